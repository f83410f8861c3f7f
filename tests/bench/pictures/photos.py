"""Makes photographs like those of a phone: 12 megapixels, JPEG at quality 92 with EXIF (all eight orientations, GPS position).

    photos.py FOLDER COUNT [--small N]

The same number gives the same picture. What is there already stays. `--small N` adds N of 480×360 for a large archive.
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import IFDRational

WIDTH, HEIGHT = 4000, 3000
QUALITY = 92
# Most photos have the orientation of the sensor or are upright; mirrored ones come from front cameras.
ORIENTATIONS = [1, 6, 1, 8, 1, 6, 3, 1, 6, 1, 2, 6, 1, 5, 1, 4, 6, 7, 1, 6]


def clouds(luck: np.random.Generator, width: int, height: int, fall: float) -> np.ndarray:
    """Noise whose amplitude falls with frequency, as in nature: each octave has half the scale and `fall` times the strength."""
    sides = [(width, height)]
    while sides[-1][0] > 8:
        sides.append(((sides[-1][0] + 1) // 2, (sides[-1][1] + 1) // 2))
    total = np.zeros(sides[-1][::-1], np.float32)
    weight = 1.0
    for side in reversed(sides):
        total = np.asarray(Image.fromarray(total).resize(side, Image.Resampling.BILINEAR))
        total = total + weight * luck.standard_normal(side[::-1], np.float32)
        weight *= fall
    return total / total.std()


def colour(luck: np.random.Generator) -> tuple[int, int, int]:
    """Mostly greyish, since few things have pure colours."""
    grey, strength = luck.uniform(50, 205), 14 if luck.uniform() < 0.8 else 60
    return tuple(int(np.clip(grey + part, 0, 255)) for part in luck.normal(0, strength, 3))


def scene(luck: np.random.Generator, width: int, height: int) -> Image.Image:
    """Shapes with hard and soft edges: ground, walls, distant people, signs with strokes."""
    image = Image.new("RGB", (width, height), colour(luck))
    draw = ImageDraw.Draw(image)
    sky, ground = np.array(colour(luck)), np.array(colour(luck))
    for row in range(height):
        part = row / height
        draw.line([0, row, width, row], fill=tuple(int(value) for value in sky * (1 - part) + ground * part))
    for _ in range(int(luck.integers(8, 20))):
        x, y = luck.integers(-width // 4, width, 2)
        corners = [(int(x + dx), int(y + dy)) for dx, dy in luck.integers(0, width // 3, (int(luck.integers(3, 6)), 2))]
        draw.polygon(corners, fill=colour(luck))
    image = image.filter(ImageFilter.GaussianBlur(3))
    draw = ImageDraw.Draw(image)
    for _ in range(int(luck.integers(4, 12))):
        x, y, size = int(luck.integers(0, width)), int(luck.integers(height // 3, height)), int(luck.integers(width // 40, width // 9))
        skin = tuple(int(part * luck.uniform(0.7, 1)) for part in (235, 190, 160))
        draw.ellipse([x, y, x + size, y + int(size * 1.25)], fill=skin)
        for eye in (0.3, 0.62):
            draw.ellipse([x + size * eye, y + size * 0.45, x + size * (eye + 0.1), y + size * 0.52], fill=(40, 30, 30))
        draw.pieslice([x - size * 0.05, y - size * 0.1, x + size * 1.05, y + size * 0.9], 180, 360, fill=(30, 25, 25))
    for _ in range(int(luck.integers(60, 200))):
        x, y, length = int(luck.integers(0, width)), int(luck.integers(0, height)), int(luck.integers(width // 100, width // 12))
        turn = luck.uniform(0, np.pi)
        draw.line([x, y, x + length * np.cos(turn), y + length * np.sin(turn)], fill=colour(luck), width=int(luck.integers(1, 1 + width // 250)))
    return image


def photo(number: int, width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    luck = np.random.default_rng(20_261_121 + number)
    pixels = np.asarray(scene(luck, width, height)).astype(np.float32)
    light = clouds(luck, width, height, 0.64) * 26
    # Leaves, cloth, gravel: fine detail in some places, none in others.
    where = np.clip(clouds(luck, width // 8, height // 8, 0.4), 0, 2)
    where = np.asarray(Image.fromarray(where).resize((width, height), Image.Resampling.BILINEAR))
    pixels += (light + clouds(luck, width, height, 0.88) * where * 18)[:, :, None]
    # Sensor noise grows with the light and is softened by the camera.
    noise = luck.standard_normal((height, width, 3), np.float32)
    noise += np.roll(noise, 1, 0)
    noise += np.roll(noise, 1, 1)
    pixels += noise * np.float32(luck.uniform(1.5, 3.0)) * (np.float32(0.6) + pixels / np.float32(300))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def exif(number: int) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = ORIENTATIONS[number % len(ORIENTATIONS)]
    data[0x010F], data[0x0110], data[0x0131] = "Example", "Phone 1", "camera 1.0"
    data[0x0132] = "2026:05:04 10:11:12"
    position = data.get_ifd(0x8825)
    position.update({1: "N", 2: (IFDRational(34), IFDRational(45), IFDRational(3001, 100)), 3: "E", 4: (IFDRational(112), IFDRational(30), IFDRational(100 + number, 100))})
    return data


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--small", type=int, default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.count):
        path = options.folder / f"photo-{number:03}.jpg"
        if not path.exists():
            photo(number).save(path, quality=QUALITY, exif=exif(number))
    for number in range(options.small):
        path = options.folder / f"small-{number:04}.jpg"
        if not path.exists():
            photo(100_000 + number, 480, 360).save(path, quality=QUALITY, exif=exif(number))


if __name__ == "__main__":
    main()
