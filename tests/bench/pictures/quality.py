"""Similarity of a derivative to the upright original scaled down with Lanczos: PSNR in dB and SSIM, over R, G and B."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

WINDOW = 7


def reference(photo: Path, size: tuple[int, int]) -> np.ndarray:
    with Image.open(photo) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
        return np.asarray(upright.resize(size, Image.Resampling.LANCZOS), np.float64)


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.float64)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.mean((one - other) ** 2)))


def averaged(values: np.ndarray) -> np.ndarray:
    """Means over all squares of size `WINDOW`."""
    for axis in (0, 1):
        sums = np.cumsum(values, axis=axis)
        zero = np.zeros_like(np.take(sums, [0], axis=axis))
        sums = np.concatenate([zero, sums], axis=axis)
        length = sums.shape[axis]
        values = (np.take(sums, range(WINDOW, length), axis=axis) - np.take(sums, range(length - WINDOW), axis=axis)) / WINDOW
    return values


def ssim(one: np.ndarray, other: np.ndarray) -> float:
    small, large = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_one, mean_other = averaged(one), averaged(other)
    both = averaged(one * other) - mean_one * mean_other
    spread = averaged(one * one) - mean_one**2 + averaged(other * other) - mean_other**2
    return float(np.mean((2 * mean_one * mean_other + small) * (2 * both + large) / ((mean_one**2 + mean_other**2 + small) * (spread + large))))
