#!/usr/bin/env python3
"""Draw the sample illustrations of the learning portal.

Everything is made of flat shapes drawn at four times the final size and
scaled down with LANCZOS: no fonts, no network, no photographs and no real
persons. Random details use fixed seeds, so with the pinned Pillow every run
writes the same pictures.

    python3 -m venv /tmp/pictures
    /tmp/pictures/bin/pip install -r tests/pictures/requirements.txt
    /tmp/pictures/bin/python tests/pictures/draw.py [NAME ...]

Results go to content/pictures/ and content/static/ of this repository. With
names, such as `hero` or `topics/law`, only the pictures whose path starts
with one of them are drawn.
"""

import sys
from contextlib import contextmanager
from math import atan2, cos, hypot, pi, radians, sin
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

CONTENT = Path(__file__).resolve().parents[2] / "content"
SCALE = 4
LIMIT = 60_000


def rgb(c):
    return c if isinstance(c, tuple) else tuple(int(c[i : i + 2], 16) for i in (1, 3, 5))


def mix(a, b, t):
    """The colour t of the way from a to b."""
    return tuple(round(x + (y - x) * t) for x, y in zip(rgb(a), rgb(b)))


TEAL, VERM, GOLD, CREAM, INK, SKY = map(
    rgb, ("#0b5d5b", "#c8452d", "#e0a43a", "#f7f1e5", "#22302f", "#bcd8d4")
)
WHITE = rgb("#fffdf8")
LEAF, MOSS, WOOD = rgb("#6fa37c"), rgb("#3f7f68"), rgb("#8a5a3b")
SEA, STONE, SILVER = rgb("#5fa3a0"), rgb("#d8cfbd"), rgb("#c9cdc8")
PEACH, ROSE = rgb("#f3d9c0"), rgb("#e39a80")
SAND = mix(GOLD, CREAM, 0.62)
FAIR, TAN, DEEP = rgb("#f4d2b3"), rgb("#e8bb93"), rgb("#d6a177")
HAIR, BROWN = rgb("#2b2a2c"), rgb("#4f382d")


# --- geometry ---------------------------------------------------------------


def ring(cx, cy, rx, ry=None, a0=0, a1=360):
    """Points of an elliptic arc, clockwise from a0 to a1 degrees."""
    ry = rx if ry is None else ry
    n = max(8, int(abs(a1 - a0) / 4))
    angles = (radians(a0 + (a1 - a0) * i / n) for i in range(n + 1))
    return [(cx + rx * cos(a), cy + ry * sin(a)) for a in angles]


def quad(a, b, c, n=20):
    """Points of a quadratic Bézier curve."""
    return [
        tuple((1 - t) ** 2 * p + 2 * t * (1 - t) * q + t * t * r for p, q, r in zip(a, b, c))
        for t in (i / n for i in range(n + 1))
    ]


def spline(pts, closed=False, n=10):
    """A Catmull-Rom curve through the points."""
    k = len(pts)
    at = (lambda i: pts[i % k]) if closed else (lambda i: pts[min(max(i, 0), k - 1)])
    out = []
    for i in range(k if closed else k - 1):
        a, b, c, d = at(i - 1), at(i), at(i + 1), at(i + 2)
        for j in range(n):
            t = j / n
            out.append(
                tuple(
                    0.5
                    * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2
                       + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d)
                )
            )
    return out if closed else out + [pts[-1]]


class Pic:
    """A canvas measured in final pixels, with a movable origin."""

    def __init__(self, w, h, bg=CREAM):
        self.w, self.h = w, h
        self.img = Image.new("RGB", (w * SCALE, h * SCALE), bg)
        self.pen = ImageDraw.Draw(self.img)
        self.m = (SCALE, 0, 0, 0, SCALE, 0)

    @contextmanager
    def at(self, x=0, y=0, scale=1, rot=0, flip=False):
        old = a, b, c, d, e, f = self.m
        co, si = cos(radians(rot)) * scale, sin(radians(rot)) * scale
        sx = -1 if flip else 1
        self.m = (
            (a * co + b * si) * sx, -a * si + b * co, a * x + b * y + c,
            (d * co + e * si) * sx, -d * si + e * co, d * x + e * y + f,
        )
        yield self
        self.m = old

    def map(self, pts):
        a, b, c, d, e, f = self.m
        return [(a * x + b * y + c, d * x + e * y + f) for x, y in pts]

    def poly(self, pts, fill):
        self.pen.polygon(self.map(pts), fill=fill)

    def blob(self, pts, fill):
        self.poly(spline(pts, closed=True), fill)

    def oval(self, x, y, rx, ry=None, fill=INK, a0=0, a1=360):
        self.poly(ring(x, y, rx, ry, a0, a1), fill)

    def rect(self, x, y, w, h, fill, r=0):
        r = min(r, w / 2, h / 2)
        if not r:
            return self.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], fill)
        corners = ((x + w - r, y + r, -90), (x + w - r, y + h - r, 0),
                   (x + r, y + h - r, 90), (x + r, y + r, 180))
        self.poly([q for cx, cy, a in corners for q in ring(cx, cy, r, r, a, a + 90)], fill)

    def line(self, pts, width, fill, curve=False, taper=False):
        """A stroke with round ends; `taper` thins it towards the last point."""
        pts = self.map(spline(pts) if curve else pts)
        pts = [q for i, q in enumerate(pts) if not i or q != pts[i - 1]]
        r = width * hypot(self.m[0], self.m[3]) / 2
        last = len(pts) - 1
        radius = [r * (1 - 0.92 * i / max(1, last)) if taper else r for i in range(last + 1)]
        turn = [atan2(d - b, c - a) for (a, b), (c, d) in zip(pts, pts[1:])]
        for i, (x, y) in enumerate(pts):
            if not 0 < i < last or cos(turn[i] - turn[i - 1]) <= 0.8:
                self.pen.polygon(ring(x, y, radius[i]), fill=fill)
        for i, t in enumerate(turn):
            ends = []
            for k, other in ((i, i - 1), (i + 1, i + 1)):
                near = turn[other] if 0 <= other < last else t
                half = atan2(sin(t) + sin(near), cos(t) + cos(near)) if cos(t - near) > 0.8 else t
                dx, dy = -sin(half) * radius[k], cos(half) * radius[k]
                x, y = pts[k]
                ends.append(((x + dx, y + dy), (x - dx, y - dy)))
            (a, b), (c, d) = ends
            self.pen.polygon([a, b, d, c], fill=fill)

    def arc(self, x, y, r, a0, a1, width, fill, ry=None):
        self.line(ring(x, y, r, ry, a0, a1), width, fill)

    def done(self):
        return self.img.resize((self.w, self.h), Image.LANCZOS)


# --- things -----------------------------------------------------------------


def cloud(p, x, y, s, fill):
    with p.at(x, y, s):
        p.rect(-70, -14, 140, 26, fill, 13)
        p.rect(-40, -34, 84, 30, fill, 15)
        p.rect(-104, 4, 120, 18, fill, 9)
        p.rect(20, 2, 96, 16, fill, 8)


def hills(p, y, amp, fill, seed, step=160):
    rnd = Random(seed)
    pts = [(-step, y)]
    for i in range(int(p.w / step) + 3):
        pts.append(((i - 0.5) * step, y - amp * rnd.uniform(0.25, 1)))
        pts.append((i * step, y - amp * rnd.uniform(0, 0.3)))
    p.poly(spline(pts) + [(p.w + 3 * step, p.h), (-step, p.h)], fill)


def peak(p, x, y, w, h, fill, cap=None):
    left, right = quad((x - w / 2, y), (x - w * 0.14, y - h * 0.45), (x, y - h)), quad(
        (x, y - h), (x + w * 0.16, y - h * 0.55), (x + w / 2, y))
    p.poly(left + right, fill)
    shade = right + [(x + w * 0.13, y), (x + w * 0.03, y - h * 0.36), (x + w * 0.05, y - h * 0.58)]
    p.poly(shade, mix(fill, INK, 0.1))
    if cap:
        top = left[15:] + right[:5]
        (ax, ay), (bx, by) = top[0], top[-1]
        mid = (ax + bx) / 2
        p.poly(top + [(bx - w * 0.03, by - h * 0.02), (mid + w * 0.02, by + h * 0.05),
                      (mid - w * 0.02, by - h * 0.03), (ax + w * 0.03, ay + h * 0.03)], cap)


def roof(p, x, y, w, h, fill, ridge=None, rise=0.16):
    """A tiled roof with upturned eaves; (x, y) is the middle of the eaves."""
    right = quad((0.17 * w, -h), (0.25 * w, -0.15 * h), (0.5 * w, -rise * h))
    under = quad((0.5 * w, -rise * h), (0.4 * w, 0.12 * h), (0.3 * w, 0.12 * h))
    half = right + under
    with p.at(x, y):
        p.poly(half + [(-a, b) for a, b in reversed(half)], fill)
        if ridge:
            p.rect(-0.2 * w, -h * 1.06, 0.4 * w, h * 0.14, ridge, h * 0.07)
            p.line([(-a, b) for a, b in under] + under[::-1], h * 0.09, ridge)


def tower(p, x, y, w, tiers, wall=CREAM, tile=TEAL, trim=GOLD, step=0.86, th=None):
    """A storeyed tower standing on (x, y)."""
    th = th or w * 0.62
    for i in range(tiers):
        k = step**i
        p.rect(x - w * k / 2, y - th * k, w * k, th * k, wall)
        n = 3
        for j in range(n):
            cx = x + (j - 1) * w * k * 0.29
            p.rect(cx - w * k * 0.08, y - th * k * 0.66, w * k * 0.16, th * k * 0.5,
                   mix(wall, WOOD, 0.55), w * k * 0.08)
        y -= th * k
        last = i == tiers - 1
        roof(p, x, y + 2, w * k * 1.55, th * k * (0.62 if last else 0.36), tile, trim)
    y -= th * step**tiers * 0.72
    p.line([(x, y), (x, y - w * 0.3)], w * 0.05, trim)
    p.oval(x, y - w * 0.08, w * 0.07, fill=trim)


def leafy(p, x, y, r, seed, tones=(MOSS, LEAF, mix(LEAF, CREAM, 0.25)), n=26, flat=0.7, layers=(0, 1, 2)):
    """A crown of leaves: darker puffs below, lighter ones above."""
    for layer in layers:
        rnd = Random(seed * 10 + layer)
        if layer == 0:
            p.oval(x, y, r * 0.86, r * 0.86 * flat, tones[0])
        for _ in range(n):
            a, d = rnd.uniform(0, 2 * pi), rnd.uniform(0, 0.85) ** 0.5
            k = 1 - 0.22 * layer
            p.oval(x + cos(a) * r * d * k - layer * r * 0.04,
                   y + sin(a) * r * flat * d * k - layer * r * 0.13,
                   r * rnd.uniform(0.16, 0.3) * (1 - 0.18 * layer), fill=tones[layer])


def tree(p, x, y, h, seed, tones=None):
    p.line([(x, y), (x, y - h * 0.6)], h * 0.07, WOOD)
    p.line([(x, y - h * 0.35), (x + h * 0.12, y - h * 0.52)], h * 0.04, WOOD)
    leafy(p, x, y - h * 0.65, h * 0.34, seed, *([tones] if tones else []), n=16, flat=0.85)


def bamboo(p, x, y, h, fill, lean=0):
    n = 6
    for i in range(n):
        a, b = i / n, (i + 0.94) / n
        p.line([(x + lean * a, y - h * a), (x + lean * b, y - h * b)], h * 0.022, fill)
    for i in range(2, n + 1):
        for side in (-1, 1):
            with p.at(x + lean * i / n, y - h * i / n, h / 400, flip=side < 0):
                p.line([(0, 0), (16, -16)], 3, fill)
                for a in (-20, 18, 52) if (i + side) % 4 else (6, 40):
                    leaf(p, 14, -14, 66, fill, a, fat=0.13)


def leaf(p, x, y, size, fill, rot=0, vein=None, fat=0.26):
    with p.at(x, y, size, rot):
        p.poly(quad((0, 0), (0.4, -2 * fat), (1, 0)) + quad((1, 0), (0.4, 2 * fat), (0, 0)), fill)
        if vein:
            p.line([(-0.12, 0), (0.82, 0)], 0.03, vein)
            for i in (0.2, 0.38, 0.56):
                for s in (-1, 1):
                    p.line([(i, 0), (i + 0.13, s * fat * 0.55)], 0.02, vein)


def sprout(p, x, y, s, fill=LEAF):
    p.line([(x, y), (x, y - 0.5 * s), (x + 0.04 * s, y - 0.7 * s)], 0.08 * s, MOSS, curve=True)
    leaf(p, x, y - 0.62 * s, 0.62 * s, fill, -32)
    with p.at(x, y - 0.5 * s, flip=True):
        leaf(p, 0, 0, 0.56 * s, mix(fill, MOSS, 0.45), -28)


def sun(p, x, y, r, fill=GOLD, rays=12):
    p.oval(x, y, r, fill=fill)
    for i in range(rays):
        a = 2 * pi * i / rays
        p.line([(x + cos(a) * r * k, y + sin(a) * r * k) for k in (1.28, 1.55)], r * 0.12, fill)


def book(p, x, y, w, cover=VERM, page=WHITE, rot=0):
    """An open book seen from the front; (x, y) is the foot of its spine."""
    with p.at(x, y, w / 100, rot):
        for s in (-1, 1):
            p.poly([(0, 4), (s * 52, -3), (s * 52, -40), (0, -33)], cover)
            p.poly(quad((0, 0), (s * 20, -14), (s * 48, -8))
                   + quad((s * 48, -44), (s * 20, -50), (0, -36)), page)
            for i in range(3):
                p.line(quad((s * 8, -29 + 8 * i), (s * 22, -38 + 8 * i), (s * 40, -36 + 8 * i)),
                       2, mix(page, INK, 0.22))
        p.line([(0, -36), (0, 2)], 2, mix(page, INK, 0.3))


def books(p, x, y, s, tones):
    for i, tone in enumerate(tones):
        w = s * (1 - 0.08 * (i % 3))
        p.rect(x - w / 2 + s * 0.04 * (i % 2), y - s * 0.17 * (i + 1), w, s * 0.16, tone, s * 0.03)
        p.rect(x + w / 2 - s * 0.2, y - s * 0.17 * (i + 1), s * 0.05, s * 0.16, mix(tone, WHITE, 0.6))


def lantern(p, x, y, s, fill=VERM, drop=None):
    p.line([(x, y - s * (drop or 0.75)), (x, y)], s * 0.025, INK)
    p.oval(x, y, s * 0.5, s * 0.4, fill)
    p.oval(x, y, s * 0.3, s * 0.4, mix(fill, GOLD, 0.25))
    p.oval(x, y, s * 0.11, s * 0.4, fill)
    for d in (-1, 1):
        p.rect(x - s * 0.2, y + d * s * 0.4 - s * 0.05, s * 0.4, s * 0.1, GOLD, s * 0.03)
    for i in range(-2, 3):
        p.line([(x + i * s * 0.06, y + s * 0.46), (x + i * s * 0.06, y + s * 0.82)], s * 0.03, GOLD)


def blossom(p, x, y, r, fill=ROSE, heart=GOLD, petals=5):
    for i in range(petals):
        a = 2 * pi * i / petals - pi / 2
        p.oval(x + cos(a) * r * 0.58, y + sin(a) * r * 0.58, r * 0.48, fill=fill)
    p.oval(x, y, r * 0.3, fill=heart)


def branch(p, x, y, s, seed, wood=WOOD, fill=ROSE, flip=False):
    rnd = Random(seed)
    with p.at(x, y, s, flip=flip):
        p.line([(0, 0), (60, -20), (120, -70), (190, -90)], 9, wood, curve=True, taper=True)
        p.line([(70, -26), (120, -20), (160, -34)], 6, wood, curve=True, taper=True)
        p.line([(112, -62), (118, -100), (140, -126)], 6, wood, curve=True, taper=True)
        for bx, by in ((60, -22), (120, -72), (188, -92), (160, -36), (140, -128), (108, -20), (150, -80)):
            blossom(p, bx, by, rnd.uniform(11, 18), fill)


def peony(p, x, y, r, fill=VERM):
    for layer, (k, n) in enumerate(((0.72, 9), (0.48, 7), (0.24, 5))):
        tone = mix(fill, WHITE, 0.18 + 0.2 * layer)
        for i in range(n):
            a = 2 * pi * (i + layer * 0.5) / n
            p.oval(x + cos(a) * r * k, y + sin(a) * r * k, r * (0.36 - 0.06 * layer), fill=tone)
        p.oval(x, y, r * k, fill=tone)
    p.oval(x, y, r * 0.16, fill=GOLD)


def waves(p, y, fill, amp=10, step=80, phase=0):
    pts = [(-step + phase, y)]
    for i in range(int(p.w / step * 2) + 6):
        pts.append((-step / 2 + i * step / 2 + phase, y + (amp if i % 2 else -amp)))
    p.poly(spline(pts) + [(p.w + 4 * step, p.h), (-step, p.h)], fill)


def boat(p, x, y, s, sail=WHITE, hull=WOOD):
    with p.at(x, y, s):
        p.line([(0, 0), (0, -96)], 4, INK)
        p.poly(quad((5, -94), (62, -50), (54, -14)) + [(5, -10)], sail)
        p.poly(quad((-5, -80), (-40, -44), (-40, -14)) + [(-5, -12)], mix(sail, GOLD, 0.4))
        p.poly([(-58, -4), (66, -4), (46, 20), (-40, 20)], hull)


def building(p, x, y, w, h, fill, lit=GOLD, seed=1, cap=None, windows=True):
    rnd = Random(seed)
    p.rect(x, y - h, w, h, fill)
    if cap == "slant":
        p.poly([(x, y - h), (x + w, y - h), (x + w, y - h - w * 0.4)], fill)
    elif cap == "mast":
        p.rect(x + w * 0.25, y - h - 14, w * 0.5, 14, fill)
        p.line([(x + w / 2, y - h), (x + w / 2, y - h - 50)], 3, fill)
    elif cap == "dome":
        p.oval(x + w / 2, y - h, w / 2, w / 2.6, fill, 180, 360)
    cols = max(2, int(w / 26))
    for r in range(int((h - 20) / 30) if windows else 0):
        for c in range(cols):
            cx, cy = x + (c + 0.5) * w / cols, y - h + 16 + r * 30
            tone = mix(fill, lit, 0.75) if rnd.random() < 0.3 else mix(fill, WHITE, 0.28)
            p.rect(cx - 6, cy, 12, 15, tone)


# --- people -----------------------------------------------------------------


def hair_back(p, x, y, r, hair=HAIR, style="short", **_):
    """The hair that falls behind the neck."""
    band, dark = mix(hair, WHITE, 0.14), mix(hair, INK, 0.25)
    with p.at(x, y, r):
        if style == "bob":
            p.blob([(-1.08, -0.3), (-0.8, -1.05), (0, -1.3), (0.8, -1.05), (1.08, -0.3), (1.14, 0.5),
                    (0.98, 0.92), (0.5, 0.8), (-0.5, 0.8), (-0.98, 0.92), (-1.14, 0.5)], dark)
        elif style in ("long", "braids"):
            p.blob([(-1.05, -0.3), (-0.8, -1.05), (0, -1.28), (0.8, -1.05), (1.05, -0.3), (1.12, 0.7),
                    (1.22, 1.7), (0.7, 1.95), (0, 1.8), (-0.7, 1.95), (-1.22, 1.7), (-1.12, 0.7)]
                   if style == "long" else ring(0, -0.2, 1.04, 1.1), dark)
        elif style == "bun":
            p.oval(0.1, -1.3, 0.44, 0.4, dark)
            p.arc(0.1, -1.3, 0.26, 190, 330, 0.06, band)
        elif style == "pony":
            p.blob([(0.5, -0.9), (1.15, -0.95), (1.42, -0.2), (1.3, 0.7), (1.1, 1.15), (1.02, 0.4), (0.8, -0.3)], dark)
        elif style == "buns":
            for s in (-1, 1):
                p.oval(s * 0.82, -0.98, 0.36, fill=dark)
                p.oval(s * 0.66, -0.78, 0.12, fill=VERM)
        elif style == "perm":
            for a in range(150, 391, 24):
                p.oval(cos(radians(a)) * 0.92, sin(radians(a)) * 0.92 - 0.14, 0.36, fill=dark)
            for s in (-1, 1):
                p.oval(s * 0.98, 0.42, 0.27, fill=dark)


def head(p, x, y, r, skin=FAIR, hair=HAIR, style="short", glasses=None, beard=None):
    """A head without a face, r is half its width."""
    band, dark = mix(hair, WHITE, 0.14), mix(hair, INK, 0.25)
    with p.at(x, y, r):
        if style == "long":
            for s in (-1, 1):
                p.blob([(s * 0.9, -0.4), (s * 1.12, 0.6), (s * 1.24, 1.6), (s * 1.04, 2.1), (s * 0.78, 1.8), (s * 0.86, 0.8)], dark)
        for s in (-1, 1):
            p.oval(s * 0.9, 0.12, 0.17, 0.24, mix(skin, ROSE, 0.3))
        p.blob([(-0.9, -0.3), (-0.86, 0.25), (-0.66, 0.76), (-0.22, 1.08), (0.22, 1.08), (0.66, 0.76),
                (0.86, 0.25), (0.9, -0.3), (0.55, -0.92), (0, -1.06), (-0.55, -0.92)], skin)
        for s in (-1, 1):
            p.oval(s * 0.52, 0.42, 0.19, 0.13, mix(skin, ROSE, 0.35))
        if beard:
            p.blob([(-0.84, 0.25), (-0.66, 0.5), (-0.3, 0.56), (0, 0.5), (0.3, 0.56), (0.66, 0.5), (0.84, 0.25),
                    (0.7, 0.86), (0.28, 1.3), (0, 1.4), (-0.28, 1.3), (-0.7, 0.86)], beard)
            p.oval(0, 0.68, 0.2, 0.07, mix(beard, skin, 0.6))
        fronts = {
            "short": [(-1.0, 0.1), (-1.04, -0.5), (-0.72, -1.08), (0, -1.3), (0.72, -1.14), (1.04, -0.5), (1.0, 0.1),
                      (0.88, -0.2), (0.74, -0.52), (0.1, -0.56), (-0.36, -0.7), (-0.7, -0.5), (-0.88, -0.2)],
            "crop": [(-0.95, 0.05), (-0.98, -0.5), (-0.66, -1.02), (0, -1.2), (0.66, -1.02), (0.98, -0.5), (0.95, 0.05),
                     (0.84, -0.42), (0.5, -0.68), (0, -0.74), (-0.5, -0.68), (-0.84, -0.42)],
            "swept": [(-1.0, 0.12), (-1.08, -0.5), (-0.9, -1.1), (-0.3, -1.42), (0.5, -1.36), (1.0, -0.8), (1.0, 0.12),
                      (0.86, -0.3), (0.6, -0.68), (0.0, -0.78), (-0.5, -0.62), (-0.84, -0.3)],
            "part": [(-1.02, 0.3), (-1.06, -0.5), (-0.7, -1.1), (0, -1.28), (0.7, -1.1), (1.06, -0.5), (1.02, 0.3),
                     (0.84, -0.12), (0.5, -0.55), (0.16, -0.84), (-0.3, -0.5), (-0.84, -0.05)],
            "fringe": [(-1.05, 0.3), (-1.08, -0.5), (-0.72, -1.12), (0, -1.3), (0.72, -1.12), (1.08, -0.5), (1.05, 0.3),
                       (0.88, -0.1), (0.72, -0.3), (0.3, -0.26), (0, -0.24), (-0.3, -0.26), (-0.72, -0.3), (-0.88, -0.1)],
        }
        which = {"bob": "fringe", "long": "part", "braids": "part", "bun": "part", "pony": "fringe",
                 "buns": "fringe", "perm": "part", "cap": "crop", "straw": "crop"}.get(style, style)
        if style == "bald":
            for s in (-1, 1):
                p.blob([(s * 0.98, 0.22), (s * 1.04, -0.2), (s * 0.9, -0.58), (s * 0.76, -0.4), (s * 0.84, 0.0)], hair)
        else:
            p.blob(fronts[which], hair)
        if which in ("short", "part", "swept") and style not in ("cap", "straw"):
            p.line(quad((-0.62, -0.88), (-0.2, -1.16), (0.4, -1.08)), 0.06, band)
        if style == "perm":
            for a in range(190, 351, 26):
                p.oval(cos(radians(a)) * 0.82, sin(radians(a)) * 0.78 - 0.24, 0.25, fill=hair)
        if style == "braids":
            for s in (-1, 1):
                for i in range(5):
                    p.oval(s * (0.98 + 0.03 * i), 0.55 + 0.27 * i, 0.2 - 0.012 * i, 0.18, hair if i % 2 else dark)
                p.oval(s * 1.12, 1.84, 0.16, 0.1, VERM)
                p.oval(s * 1.14, 2.02, 0.1, 0.16, hair)
        if style == "cap":
            p.blob([(-1.12, -0.45), (-1.1, -0.95), (-0.5, -1.38), (0.4, -1.4), (1.05, -1.0), (1.14, -0.5), (0.4, -0.62), (-0.4, -0.6)], TEAL)
            p.poly(quad((-1.06, -0.46), (0, -0.95), (1.06, -0.46)) + quad((1.06, -0.46), (0, -0.34), (-1.06, -0.46)), mix(TEAL, INK, 0.4))
        if style == "straw":
            p.oval(0, -0.56, 1.75, 0.34, mix(GOLD, WOOD, 0.25))
            p.oval(0, -0.62, 1.68, 0.28, GOLD)
            p.poly(ring(0, -0.66, 0.9, 0.84, 180, 360), mix(GOLD, CREAM, 0.25))
            p.poly([(-0.9, -0.84), (0.9, -0.84), (0.92, -0.64), (-0.92, -0.64)], VERM)
        if glasses:
            for s in (-1, 1):
                p.arc(s * 0.42, 0.06, 0.29, 0, 360, 0.07, glasses, 0.25)
                p.line([(s * 0.71, 0.02), (s * 0.92, -0.04)], 0.06, glasses)
            p.line(quad((-0.14, 0.03), (0, -0.06), (0.14, 0.03)), 0.07, glasses)


# An arm is the elbow and the hand, measured from the shoulder, outwards and down.
DOWN = ((4, 16), (3, 31))
UP = ((12, -6), (13, -24))
HOLD = ((5, 15), (-8, 20))
OUT = ((15, 6), (28, 0))
HUG = ((12, 12), (22, 18))


def person(p, x, y, h, top=TEAL, bottom=INK, left=DOWN, right=DOWN, kid=False, skirt=False,
           legs=None, shoe=INK, **look):
    """A standing figure, (x, y) between the feet, h high."""
    skin = look.get("skin", FAIR)
    hr = 13 if kid else 9
    neck = -100 + hr * 2.3
    sh, hip = neck + 6, -38 if kid else -46
    with p.at(x, y, h / 100):
        for s, leg in zip((-1, 1), legs or (((-4, -22), (-5, -3)), ((4, -22), (5, -3)))):
            p.line([(s * 4, hip), *leg], 8.5 if not skirt else 5, skin if skirt else bottom)
            fx, fy = leg[-1]
            p.oval(fx + s * 1.5, fy + 1, 5.2, 2.8, shoe)
        if skirt:
            p.poly([(-10, hip - 6), (10, hip - 6), *quad((16, -18), (0, -13), (-16, -18))], bottom)
        hair_back(p, 0, -100 + hr * 1.25, hr, **look)
        p.rect(-3.4, neck - 6, 6.8, 12, mix(skin, ROSE, 0.4))
        p.blob([(-12, sh), (-7, neck + 1), (7, neck + 1), (12, sh), (11.5, (sh + hip) / 2), (11, hip + 2),
                (0, hip + 4), (-11, hip + 2), (-11.5, (sh + hip) / 2)], top)
        p.poly([(-4, neck), (4, neck), (0, neck + 7)], mix(top, WHITE, 0.8))
        head(p, 0, -100 + hr * 1.25, hr, **look)
        for s, arm in ((-1, left), (1, right)):
            (ex, ey), (hx, hy) = arm
            wx, wy = ex + (hx - ex) * 0.75, ey + (hy - ey) * 0.75
            p.line([(s * (10 + wx), sh + 3 + wy), (s * (10 + hx), sh + 3 + hy)], 5, skin)
            p.oval(s * (10 + hx), sh + 3 + hy, 3.5, fill=skin)
            p.line([(s * 10, sh + 3), (s * (10 + ex), sh + 3 + ey), (s * (10 + wx), sh + 3 + wy)], 6.2, mix(top, INK, 0.14))


def seated(p, x, y, h, top=TEAL, bottom=INK, reading=VERM, kid=False, **look):
    """A figure sitting on the ground and reading; (x, y) is the seat."""
    skin = look.get("skin", FAIR)
    hr = 15 if kid else 12.5
    neck = -100 + hr * 2.3
    with p.at(x, y, h / 100):
        hair_back(p, 0, -100 + hr * 1.25, hr, **look)
        p.rect(-4, neck - 6, 8, 12, mix(skin, ROSE, 0.4))
        p.blob([(-17, neck + 10), (-9, neck + 1), (9, neck + 1), (17, neck + 10), (18, -12), (0, -8), (-18, -12)], top)
        p.poly([(-5, neck), (5, neck), (0, neck + 9)], mix(top, WHITE, 0.8))
        p.rect(-20, -17, 40, 18, mix(bottom, INK, 0.3), 8)
        for s in (-1, 1):
            tone = mix(bottom, INK if s < 0 else WHITE, 0.12)
            p.oval(-s * 17, 1, 6.5, 4, WHITE if s < 0 else mix(WHITE, INK, 0.1))
            p.line([(s * 12, -11), (s * 29, -5), (s * 10, -1), (-s * 12, 0)], 10.5, tone, curve=True)
        head(p, 0, -100 + hr * 1.25, hr, **look)
        for s in (-1, 1):
            p.line([(s * 14, neck + 12), (s * 22, -34), (s * 14, -26)], 8, mix(top, INK, 0.14))
        book(p, 0, -15, 36, reading)
        for s in (-1, 1):
            p.oval(s * 15, -23, 4.4, fill=skin)


# --- topics -----------------------------------------------------------------


def stage(bg, disc, ground):
    """The common frame of a topic: a disc on a calm wall above the ground."""
    p = Pic(960, 540, bg)
    p.oval(480, 268, 232, fill=disc)
    tone = mix(bg, WHITE, 0.45)
    cloud(p, 130, 110, 0.8, tone)
    cloud(p, 826, 150, 0.9, tone)
    p.poly(quad((0, 452), (480, 424), (960, 452), 40) + [(960, 540), (0, 540)], ground)
    return p


def shadow(p, x, y, w, ground):
    p.oval(x, y, w / 2, w * 0.055 + 3, mix(ground, INK, 0.16))


def civics():
    g = STONE
    p = stage(SKY, CREAM, g)
    roof(p, 480, 188, 420, 92, TEAL, GOLD)
    p.rect(326, 196, 308, 26, VERM)
    p.rect(336, 222, 288, 170, PEACH)
    for x in (344, 420, 516, 592):
        p.rect(x, 222, 24, 170, VERM, 4)
    p.rect(446, 272, 68, 120, mix(WOOD, INK, 0.2), 6)
    for i in range(4):
        p.rect(316 - 16 * i, 392 + 13 * i, 328 + 32 * i, 13, mix(WHITE, INK, 0.05 * i))
    shadow(p, 480, 506, 220, g)
    p.poly([(396, 404), (564, 404), (550, 506), (410, 506)], TEAL)
    p.poly([(388, 396), (572, 396), (564, 420), (396, 420)], mix(TEAL, WHITE, 0.18))
    p.rect(440, 402, 80, 8, INK, 4)
    with p.at(480, 406, rot=-5):
        p.rect(-32, -58, 64, 60, WHITE, 3)
        p.line([(-14, -32), (-4, -21), (16, -44)], 7, VERM)
    p.oval(480, 464, 24, fill=GOLD)
    p.line([(469, 464), (477, 473), (492, 455)], 6, WHITE)
    for x, h, look in (
        (130, 250, dict(top=VERM, right=UP, style="bob")),
        (232, 282, dict(top=MOSS, bottom=BROWN, right=UP, style="short", skin=TAN)),
        (728, 276, dict(top=GOLD, bottom=TEAL, left=UP, style="bald", hair=SILVER)),
        (830, 256, dict(top=TEAL, bottom=VERM, left=UP, style="bun", skirt=True, hair=BROWN)),
    ):
        shadow(p, x, 500, 90, g)
        person(p, x, 500, h, **look)
    return p


def law():
    g = mix(TEAL, CREAM, 0.35)
    p = stage(SAND, CREAM, g)
    shadow(p, 480, 482, 330, g)
    p.rect(380, 452, 200, 28, INK, 8)
    p.rect(412, 430, 136, 26, TEAL, 8)
    p.poly([(469, 120), (491, 120), (498, 432), (462, 432)], TEAL)
    p.oval(480, 110, 24, fill=GOLD)
    p.line(quad((282, 158), (380, 132), (480, 146)) + quad((480, 146), (580, 132), (678, 158)), 15, TEAL)
    for x in (288, 672):
        for s in (-1, 1):
            p.line([(x, 158), (x + s * 72, 310)], 4, GOLD)
        p.oval(x, 158, 11, fill=GOLD)
        p.oval(x, 308, 88, 58, GOLD, 0, 180)
        p.rect(x - 94, 300, 188, 13, mix(GOLD, WOOD, 0.35), 6)
    books(p, 168, 488, 156, (VERM, TEAL, WOOD))
    shadow(p, 790, 488, 200, g)
    p.rect(720, 464, 140, 24, WOOD, 8)
    p.rect(738, 448, 104, 20, mix(WOOD, INK, 0.25), 6)
    with p.at(786, 410, rot=-28):
        p.rect(0, -9, 150, 18, WOOD, 9)
        p.rect(-44, -52, 64, 104, mix(WOOD, VERM, 0.35), 10)
        p.rect(-52, -56, 80, 16, GOLD, 6)
        p.rect(-52, 40, 80, 16, GOLD, 6)
    return p


def arts():
    g = mix(VERM, CREAM, 0.45)
    p = stage(PEACH, CREAM, g)
    # a landscape scroll
    p.rect(330, 92, 300, 330, WHITE)
    for y in (80, 418):
        p.rect(312, y, 336, 20, WOOD, 10)
    p.oval(560, 168, 32, fill=VERM)
    for x, w, h, tone in ((420, 150, 150, mix(INK, WHITE, 0.55)), (510, 170, 190, mix(INK, WHITE, 0.35)), (576, 104, 110, mix(INK, WHITE, 0.55))):
        peak(p, x, 360, w, h, tone)
    p.rect(330, 358, 300, 40, mix(SKY, WHITE, 0.4))
    boat(p, 420, 376, 0.36, WHITE, INK)
    # brush and ink
    with p.at(236, 456, rot=28):
        p.rect(-13, -330, 26, 232, WOOD, 12)
        p.rect(-16, -118, 32, 34, GOLD, 5)
        p.blob([(-16, -86), (16, -86), (20, -52), (8, -16), (0, 8), (-8, -16), (-20, -52)], INK)
    p.line([(206, 470), (150, 486), (90, 474), (60, 486)], 22, INK, curve=True, taper=True)
    # pipa
    shadow(p, 776, 492, 170, g)
    with p.at(776, 486, rot=9):
        p.rect(-15, -320, 30, 160, mix(WOOD, INK, 0.3), 8)
        for i in range(4):
            p.line([(-30, -300 + 24 * i), (30, -300 + 24 * i)], 8, GOLD)
        p.blob([(0, -230), (32, -190), (84, -90), (72, -20), (0, 0), (-72, -20), (-84, -90), (-32, -190)], WOOD)
        p.blob([(0, -206), (25, -176), (70, -88), (60, -28), (0, -12), (-60, -28), (-70, -88), (-25, -176)], mix(GOLD, CREAM, 0.2))
        p.rect(-30, -48, 60, 12, WOOD, 4)
        for i in range(4):
            p.line([(-10.5 + 7 * i, -316), (-15 + 10 * i, -44)], 2, INK)
    for x, y, s in ((690, 130, 1), (870, 250, 0.8), (268, 96, 0.7)):
        with p.at(x, y, s, -8):
            p.oval(-24, 34, 16, 12, TEAL)
            p.oval(34, 26, 16, 12, TEAL)
            p.line([(-11, 32), (-11, -30), (47, -38), (47, 24)], 7, TEAL)
            p.line([(-11, -22), (47, -30)], 12, TEAL)
    return p


def environment():
    g = LEAF
    p = stage(SKY, CREAM, g)
    hills(p, 452, 56, mix(LEAF, SKY, 0.5), 7, 190)
    p.poly(quad((0, 458), (480, 424), (960, 458), 40) + [(960, 540), (0, 540)], g)
    for x, k in ((128, 1), (232, 0.7)):
        p.poly([(x - 5 * k, 460 - 230 * k), (x + 5 * k, 460 - 230 * k), (x + 9 * k, 462), (x - 9 * k, 462)], WHITE)
        for a in (-80, 40, 160):
            leaf(p, x, 460 - 230 * k, 104 * k, WHITE, a, fat=0.07)
        p.oval(x, 460 - 230 * k, 11 * k, fill=GOLD)
    # three arrows around a leaf
    for i in range(3):
        with p.at(480, 262, rot=120 * i):
            tone = (TEAL, MOSS, GOLD)[i]
            p.arc(0, 0, 170, -136, -60, 40, tone)
            with p.at(cos(radians(-56)) * 170, sin(radians(-56)) * 170, rot=-56 + 92):
                p.poly([(-6, -52), (58, 0), (-6, 52)], tone)
    with p.at(480, 262, rot=-52):
        leaf(p, -92, 0, 196, MOSS, 0, mix(LEAF, CREAM, 0.55), fat=0.34)
    tree(p, 812, 476, 230, 3)
    tree(p, 900, 486, 150, 9)
    for x, s in ((300, 56), (360, 40), (650, 52), (72, 44)):
        sprout(p, x, 506, s, mix(LEAF, CREAM, 0.45))
    return p


def sports():
    g = mix(MOSS, CREAM, 0.3)
    p = stage(PEACH, GOLD, g)
    for x, w, h, t in ((150, 420, 190, 0.62), (820, 460, 220, 0.62), (350, 300, 110, 0.5), (650, 280, 100, 0.5)):
        peak(p, x, 452, w, h, mix(TEAL, PEACH, t))
    cloud(p, 200, 372, 0.8, WHITE)
    cloud(p, 770, 384, 0.8, WHITE)
    p.poly(quad((0, 454), (480, 426), (960, 454), 40) + [(960, 540), (0, 540)], g)
    shadow(p, 480, 492, 420, g)
    suit, dark = WHITE, mix(WHITE, INK, 0.12)
    # lunge: bent front leg on the right, straight back leg on the left
    p.line([(462, 330), (392, 402), (326, 464)], 50, dark)
    p.line([(492, 334), (588, 380), (592, 464)], 50, suit)
    for x, s in ((312, -1), (604, 1)):
        p.oval(x, 486, 40, 15, INK)
    # far arm, body, near arm
    p.line([(500, 214), (572, 244), (644, 188)], 30, dark)
    p.oval(654, 178, 18, 20, TAN)
    p.rect(466, 168, 30, 40, mix(TAN, ROSE, 0.4))
    p.blob([(432, 206), (460, 188), (504, 188), (532, 208), (534, 270), (530, 350), (480, 366), (432, 350), (426, 270)], suit)
    p.line([(482, 194), (482, 300)], 4, dark)
    for y in (222, 252, 282):
        p.line([(470, y), (494, y)], 5, VERM)
    p.rect(430, 304, 104, 22, VERM, 8)
    p.line([(452, 322), (440, 372)], 13, VERM)
    p.line([(442, 216), (372, 262), (306, 228)], 34, suit)
    p.line([(442, 216), (372, 262)], 34, suit)
    p.oval(292, 220, 20, 18, TAN)
    head(p, 482, 130, 42, TAN, SILVER, "short")
    # the ring of movement
    for a0, a1 in ((196, 236), (304, 344)):
        p.arc(480, 268, 262, a0, a1, 7, VERM)
    for x, y, s in ((120, 506, 0.3), (850, 508, 0.3)):
        sprout(p, x, y, 170 * s, LEAF)
    return p


def heart(p, x, y, s, fill):
    with p.at(x, y, s):
        half = quad((0, -0.55), (0.12, -1.02), (0.55, -1.02)) + quad((0.55, -1.02), (1.05, -1.0), (1.02, -0.42)) + quad((1.02, -0.42), (0.98, 0.25), (0, 0.95))
        p.poly(half + [(-a, b) for a, b in reversed(half)], fill)


def health():
    g = mix(TEAL, CREAM, 0.5)
    p = stage(SKY, CREAM, g)
    shadow(p, 480, 480, 300, g)
    heart(p, 480, 282, 176, VERM)
    p.line(quad((350, 188), (364, 138), (412, 132)), 16, mix(VERM, WHITE, 0.4))
    p.line([(336, 292), (412, 292), (440, 244), (478, 350), (516, 222), (542, 292), (624, 292)], 12, WHITE)
    # stethoscope
    p.line([(300, 70), (250, 82), (232, 170), (252, 250), (300, 270)], 13, INK, curve=True)
    p.line([(340, 110), (364, 130), (366, 190), (340, 250), (300, 270)], 13, INK, curve=True)
    p.line([(300, 270), (286, 350), (210, 400), (150, 352), (140, 290)], 14, TEAL, curve=True)
    p.oval(300, 70, 13, fill=GOLD)
    p.oval(336, 106, 13, fill=GOLD)
    p.oval(140, 270, 40, fill=INK)
    p.oval(140, 270, 29, fill=SILVER)
    p.oval(140, 270, 14, fill=WHITE)
    # medicine box and apple
    shadow(p, 770, 486, 230, g)
    p.arc(770, 362, 34, 180, 360, 12, INK)
    p.rect(672, 362, 196, 122, WHITE, 16)
    p.rect(672, 404, 196, 14, SKY)
    p.oval(770, 424, 40, fill=VERM)
    p.rect(762, 400, 16, 48, WHITE, 4)
    p.rect(746, 416, 48, 16, WHITE, 4)
    apple(p, 620, 470, 36)
    for x, y, r in ((720, 250, 24), (800, 290, 15), (690, 110, 17)):
        p.rect(x - r / 3, y - r, r * 2 / 3, 2 * r, TEAL, 4)
        p.rect(x - r, y - r / 3, 2 * r, r * 2 / 3, TEAL, 4)
    return p


def apple(p, x, y, r, fill=VERM):
    p.blob([(x, y - r * 0.75), (x + r * 0.55, y - r * 0.95), (x + r, y - r * 0.2), (x + r * 0.62, y + r * 0.8),
            (x, y + r * 0.82), (x - r * 0.62, y + r * 0.8), (x - r, y - r * 0.2), (x - r * 0.55, y - r * 0.95)], fill)
    p.line([(x, y - r * 0.7), (x + r * 0.12, y - r * 1.25)], r * 0.14, WOOD)
    leaf(p, x + r * 0.1, y - r * 1.1, r * 0.8, LEAF, -18)
    p.line(quad((x - r * 0.62, y - r * 0.1), (x - r * 0.6, y - r * 0.5), (x - r * 0.35, y - r * 0.6)), r * 0.14, mix(fill, WHITE, 0.5))


def house(p, x, y, w, wall=WHITE, tile=TEAL, door=VERM):
    h = w * 0.62
    p.rect(x - w / 2, y - h, w, h, wall)
    roof(p, x, y - h + 6, w * 1.36, w * 0.4, tile, GOLD)
    p.rect(x - w * 0.1, y - h * 0.62, w * 0.2, h * 0.62, door, 4)
    p.oval(x + w * 0.06, y - h * 0.3, w * 0.015, fill=GOLD)
    for s in (-1, 1):
        cx = x + s * w * 0.3
        p.rect(cx - w * 0.1, y - h * 0.62, w * 0.2, w * 0.2, mix(wall, WOOD, 0.7), 3)
        p.rect(cx - w * 0.08, y - h * 0.62 + w * 0.02, w * 0.16, w * 0.16, SAND, 2)
        p.line([(cx, y - h * 0.6), (cx, y - h * 0.62 + w * 0.18)], w * 0.014, WOOD)
        p.line([(cx - w * 0.08, y - h * 0.62 + w * 0.1), (cx + w * 0.08, y - h * 0.62 + w * 0.1)], w * 0.014, WOOD)


def population():
    g = mix(LEAF, CREAM, 0.35)
    p = stage(PEACH, CREAM, g)
    house(p, 480, 440, 330)
    tree(p, 110, 460, 250, 4)
    tree(p, 862, 460, 240, 12)
    heart(p, 480, 70, 26, VERM)
    row = (
        (268, 248, dict(top=MOSS, bottom=INK, style="bald", hair=SILVER, glasses=INK, right=HUG)),
        (362, 236, dict(top=VERM, bottom=BROWN, style="perm", hair=SILVER, skirt=True)),
        (590, 276, dict(top=TEAL, bottom=INK, style="short", skin=TAN, left=HUG)),
        (688, 256, dict(top=GOLD, bottom=VERM, style="long", skirt=True, hair=BROWN)),
        (440, 164, dict(top=GOLD, bottom=TEAL, style="crop", kid=True, left=UP, shoe=VERM)),
        (518, 146, dict(top=VERM, bottom=VERM, style="buns", kid=True, skirt=True, right=UP)),
    )
    for x, h, look in row:
        shadow(p, x, 500, h * 0.36, g)
        person(p, x, 500, h, **look)
    return p


def housekeeping():
    g = mix(GOLD, CREAM, 0.35)
    p = stage(SKY, CREAM, g)
    house(p, 470, 446, 300, tile=VERM, door=TEAL)
    # broom
    shadow(p, 202, 490, 170, g)
    with p.at(232, 486, rot=-12):
        p.rect(-8, -390, 16, 270, WOOD, 8)
        p.blob([(-22, -132), (22, -132), (48, -70), (66, 0), (0, 8), (-66, 0), (-48, -70)], GOLD)
        for i in range(-3, 4):
            p.line([(i * 7, -110), (i * 18, -4)], 4, mix(GOLD, WOOD, 0.5))
        p.rect(-28, -136, 56, 20, VERM, 6)
    # bucket with cloth and bubbles
    shadow(p, 730, 492, 200, g)
    p.arc(730, 380, 78, 180, 360, 7, INK, 90)
    p.poly([(646, 378), (814, 378), (792, 492), (668, 492)], TEAL)
    p.oval(730, 378, 84, 17, mix(TEAL, INK, 0.35))
    p.oval(730, 376, 74, 12, SKY)
    p.poly([(660, 422), (802, 422), (799, 438), (662, 438)], GOLD)
    for x, y, r in ((696, 364, 24), (734, 352, 32), (774, 366, 21), (700, 300, 15), (770, 286, 20), (740, 228, 12), (806, 232, 9)):
        p.oval(x, y, r, fill=WHITE)
        p.oval(x - r * 0.08, y + r * 0.06, r * 0.84, fill=mix(SKY, WHITE, 0.55))
        p.arc(x, y, r * 0.55, 200, 260, r * 0.14, WHITE)
    # potted plant
    p.poly([(835, 440), (905, 440), (893, 496), (847, 496)], VERM)
    for a in (-150, -120, -90, -60, -30):
        leaf(p, 870, 442, 86, MOSS if a % 60 else LEAF, a, fat=0.2)
    for x, y in ((110, 250), (146, 310), (330, 130)):
        sparkle(p, x, y, 20)
    return p


def sparkle(p, x, y, r, fill=GOLD):
    p.poly([(x, y - r), (x + r * 0.22, y - r * 0.22), (x + r, y), (x + r * 0.22, y + r * 0.22),
            (x, y + r), (x - r * 0.22, y + r * 0.22), (x - r, y), (x - r * 0.22, y - r * 0.22)], fill)


def tourism():
    g = LEAF
    p = stage(SKY, mix(GOLD, CREAM, 0.3), g)
    peak(p, 230, 470, 460, 270, mix(TEAL, SKY, 0.5))
    peak(p, 770, 470, 480, 300, mix(TEAL, SKY, 0.4), WHITE)
    peak(p, 490, 480, 560, 372, TEAL, WHITE)
    p.line([(490, 112), (490, 34)], 7, WOOD)
    p.poly([(493, 36)] + quad((493, 36), (530, 20), (572, 44)) + quad((572, 82), (530, 62), (493, 82)), VERM)
    p.poly(quad((0, 440), (480, 424), (960, 452), 40) + [(960, 540), (0, 540)], g)
    cloud(p, 330, 330, 0.8, WHITE)
    cloud(p, 680, 300, 0.7, WHITE)
    p.poly(spline([(330, 540), (450, 500), (556, 478), (500, 448), (478, 432)]) + spline([(492, 432), (530, 446), (612, 480), (560, 510), (510, 540)]), SAND)
    for x, y, h, s in ((70, 484, 150, 1), (150, 474, 110, 2), (896, 480, 160, 5)):
        tree(p, x, y, h, s)
    shadow(p, 262, 506, 90, g)
    with p.at(262, 506, flip=True):
        p.rect(2, -148, 48, 70, GOLD, 16)
    person(p, 262, 506, 206, VERM, INK, right=((10, 12), (22, 8)), style="cap", skin=TAN)
    p.line([(302, 376), (312, 506)], 6, WOOD)
    # suitcase
    shadow(p, 760, 506, 150, g)
    p.arc(760, 410, 28, 180, 360, 9, INK)
    p.rect(692, 408, 136, 96, WOOD, 14)
    for x in (716, 790):
        p.rect(x, 408, 14, 96, mix(WOOD, INK, 0.35))
    p.oval(760, 456, 20, fill=GOLD)
    leaf(p, 748, 464, 30, TEAL, -40)
    return p


def daily_life():
    g = WOOD
    p = stage(SAND, CREAM, g)
    p.rect(0, 440, 960, 100, WOOD)
    p.rect(0, 440, 960, 14, mix(WOOD, INK, 0.2))
    # window
    p.rect(90, 96, 190, 220, TEAL, 10)
    p.rect(104, 110, 162, 192, SKY)
    p.oval(220, 160, 30, fill=GOLD)
    hills_in = spline([(104, 270), (150, 232), (190, 262), (230, 222), (266, 250)])
    p.poly(hills_in + [(266, 302), (104, 302)], LEAF)
    p.line([(185, 110), (185, 302)], 9, TEAL)
    p.line([(104, 206), (266, 206)], 9, TEAL)
    # clock
    p.oval(760, 190, 98, fill=TEAL)
    p.oval(760, 190, 82, fill=WHITE)
    for i in range(12):
        a = radians(30 * i)
        k = 58 if i % 3 == 0 else 66
        p.line([(760 + cos(a) * k, 190 + sin(a) * k), (760 + cos(a) * 72, 190 + sin(a) * 72)], 6, INK)
    p.line([(760, 190), (730, 162)], 9, INK)
    p.line([(760, 190), (804, 156)], 6, VERM)
    p.oval(760, 190, 9, fill=GOLD)
    # kettle
    shadow(p, 480, 462, 330, g)
    p.line([(372, 226), (392, 146), (480, 118), (568, 146), (588, 226)], 17, INK, curve=True)
    p.rect(428, 122, 104, 22, WOOD, 11)
    p.poly([(570, 370), (600, 330), (660, 264), (692, 280), (640, 350), (590, 420)], mix(VERM, INK, 0.12))
    p.oval(676, 270, 18, 10, mix(VERM, INK, 0.4))
    p.blob([(372, 240), (420, 216), (540, 216), (588, 240), (614, 340), (600, 440), (540, 462), (420, 462), (360, 440), (346, 340)], VERM)
    p.blob([(384, 280), (402, 262), (410, 300), (398, 400), (378, 396), (372, 330)], mix(VERM, WHITE, 0.3))
    p.oval(480, 222, 76, 17, mix(VERM, INK, 0.2))
    p.oval(480, 202, 15, fill=GOLD)
    # cups and plant
    for x in (690, 800):
        shadow(p, x, 480, 100, g)
        p.poly([(x - 44, 414), (x + 44, 414)] + quad((x + 44, 414), (x + 38, 480), (x, 480)) + quad((x, 480), (x - 38, 480), (x - 44, 414)), WHITE)
        p.oval(x, 414, 44, 9, mix(GOLD, WOOD, 0.4))
        p.line(quad((x - 24, 450), (x, 462), (x + 24, 450)), 5, TEAL)
        p.line([(x - 10, 392), (x - 18, 372), (x - 6, 352)], 5, WHITE, curve=True)
        p.line([(x + 12, 392), (x + 4, 372), (x + 16, 352)], 5, WHITE, curve=True)
    p.poly([(136, 420), (236, 420), (220, 484), (152, 484)], TEAL)
    for a in (-155, -122, -90, -58, -25):
        leaf(p, 186, 424, 116, MOSS if a in (-122, -58) else LEAF, a, fat=0.18)
    return p


def mental_health():
    g = mix(TEAL, CREAM, 0.45)
    p = stage(SKY, CREAM, g)
    with p.at(476, 268, 1.24):
        p.blob([(-92, 214), (-82, 150), (-96, 90), (-136, 30), (-140, -50), (-100, -132), (-14, -168), (70, -148), (112, -86),
                (116, -40), (122, -14), (146, 24), (142, 36), (124, 42), (128, 58), (120, 68), (126, 82), (116, 104), (84, 116),
                (56, 126), (54, 160), (72, 214)], TEAL)
    p.oval(464, 214, 116, fill=mix(TEAL, SKY, 0.5))
    p.oval(464, 214, 104, fill=PEACH)
    sun(p, 464, 204, 44)
    cloud(p, 500, 262, 0.6, WHITE)
    p.poly(quad((0, 486), (480, 462), (960, 486), 40) + [(960, 540), (0, 540)], g)
    for x, s in ((150, 1), (812, 1)):
        for i, a in enumerate((-140, -115, -90, -65, -40)):
            with p.at(x, 500, s):
                p.line([(0, 0), (cos(radians(a)) * 110, sin(radians(a)) * 110)], 4, MOSS)
                leaf(p, cos(radians(a)) * 70, sin(radians(a)) * 70, 74, LEAF if i % 2 else MOSS, a, fat=0.22)
    for x, y, r in ((260, 150, 22), (214, 244, 16), (702, 120, 24), (756, 300, 18), (690, 380, 14)):
        heart(p, x, y, r, VERM if r > 20 else ROSE)
    for x, y in ((300, 330), (664, 226), (330, 70)):
        sparkle(p, x, y, 15)
    return p


def employment():
    g = mix(TEAL, CREAM, 0.4)
    p = stage(SAND, CREAM, g)
    for i in range(5):
        x, h = 392 + 100 * i, 60 + 58 * i
        p.rect(x, 480 - h, 100, h, mix(TEAL, WHITE, 0.08 * (4 - i)))
        p.rect(x, 480 - h, 100, 12, GOLD)
    p.rect(0, 478, 960, 62, g)
    p.line([(842, 188), (842, 60)], 7, WOOD)
    p.poly([(845, 62)] + quad((845, 62), (880, 48), (918, 72)) + quad((918, 108), (880, 88), (845, 106)), VERM)
    person(p, 640, 306, 196, VERM, INK, left=((8, 14), (14, 26)), right=((12, -4), (22, -20)),
           legs=(((-10, -24), (-16, -2)), ((14, -32), (18, -24))), style="pony")
    # briefcase
    shadow(p, 210, 486, 320, g)
    p.line([(160, 268), (160, 236), (172, 222), (248, 222), (260, 236), (260, 268)], 15, INK)
    p.rect(76, 264, 268, 214, WOOD, 24)
    p.poly([(76, 300), (76, 288), (92, 264), (328, 264), (344, 288), (344, 340)] + quad((344, 346), (210, 410), (76, 346)), mix(WOOD, VERM, 0.4))
    p.rect(186, 362, 48, 42, GOLD, 8)
    p.oval(210, 383, 8, fill=WOOD)
    p.line([(420, 300), (470, 250), (520, 262), (560, 190)], 9, VERM)
    with p.at(560, 190, rot=-62):
        p.poly([(-6, -20), (28, 0), (-6, 20)], VERM)
    return p


def safety():
    g = mix(INK, CREAM, 0.6)
    p = stage(SKY, CREAM, g)
    shadow(p, 480, 486, 330, g)

    def shield(k, fill):
        with p.at(480, 278, k):
            half = [(0, -204)] + quad((0, -204), (70, -160), (160, -158)) + quad((160, -158), (176, 100), (0, 206))
            p.poly(half + [(-a, b) for a, b in reversed(half)], fill)

    shield(1, TEAL)
    shield(0.88, mix(TEAL, WHITE, 0.82))
    shield(0.8, mix(TEAL, SEA, 0.35))
    p.line([(436, 356), (470, 388), (528, 328)], 20, WHITE)
    # helmet
    with p.at(480, 284, 0.72):
        p.poly(ring(0, 0, 132, 128, 180, 360), GOLD)
        p.rect(-24, -140, 48, 136, mix(GOLD, WOOD, 0.3), 16)
        for s in (-1, 1):
            p.arc(0, 0, 78, -90 + s * 30, -90 + s * 80, 9, mix(GOLD, WOOD, 0.3), 102)
        p.rect(-168, -12, 336, 28, mix(GOLD, VERM, 0.2), 14)
    for x, k in ((170, 1), (806, 0.86)):
        shadow(p, x, 488, 170 * k, g)
        with p.at(x, 486, k):
            p.poly([(-14, -190), (14, -190), (60, -14), (-60, -14)], VERM)
            for a, b in ((-150, -116), (-78, -44)):
                wa, wb = 14 + (a + 190) * 46 / 176, 14 + (b + 190) * 46 / 176
                p.poly([(-wa, a), (wa, a), (wb, b), (-wb, b)], WHITE)
            p.rect(-82, -18, 164, 20, mix(VERM, INK, 0.25), 6)
    # extinguisher
    shadow(p, 690, 490, 90, g)
    p.line([(690, 352), (650, 350), (640, 400)], 9, INK, curve=True)
    p.rect(660, 364, 62, 124, VERM, 22)
    p.rect(680, 336, 22, 32, INK, 4)
    p.rect(676, 330, 50, 12, INK, 6)
    p.rect(670, 412, 42, 34, WHITE, 4)
    return p


def bowing(p, x, y, h, top, bottom, flip=False, **look):
    skin = look.get("skin", FAIR)
    with p.at(x, y, h / 100, flip=flip):
        for dx in (-5, 3):
            p.line([(dx, -46), (dx, -4)], 10, bottom)
            p.oval(dx + 4, -2, 8, 3.4, INK)
        with p.at(0, -46, rot=32):
            hair_back(p, 0, -58, 10.5, **look)
            p.rect(-4, -52, 8, 12, mix(skin, ROSE, 0.4))
            p.blob([(-11, -38), (-6, -44), (6, -44), (11, -38), (12, -10), (11, 6), (0, 8), (-11, 6), (-12, -10)], top)
            head(p, 0, -58, 10.5, **look)
            p.line([(2, -36), (16, -24), (29, -31)], 7, mix(top, INK, 0.16))
            p.oval(31, -33, 4.6, fill=skin)


def manners():
    g = mix(VERM, CREAM, 0.5)
    p = stage(PEACH, CREAM, g)
    lantern(p, 100, 130, 84, drop=1.8)
    lantern(p, 860, 130, 84, drop=1.8)
    for x in (200, 770):
        shadow(p, x, 498, 130, g)
    bowing(p, 192, 496, 318, TEAL, INK, style="short", skin=TAN)
    bowing(p, 768, 496, 300, VERM, BROWN, flip=True, style="bun", hair=BROWN)
    # tea table
    shadow(p, 480, 500, 320, g)
    for x in (356, 588):
        p.line([(x, 420), (x + (8 if x > 480 else -8) + 8, 496)], 16, mix(WOOD, INK, 0.2))
    p.rect(330, 400, 300, 24, WOOD, 10)
    # teapot
    p.arc(560, 338, 30, -80, 80, 13, TEAL)
    p.poly([(420, 350), (388, 308), (372, 312), (400, 372), (430, 390)], TEAL)
    p.blob([(420, 330), (452, 298), (528, 298), (560, 330), (558, 374), (530, 398), (450, 398), (422, 374)], TEAL)
    p.oval(490, 300, 40, 10, mix(TEAL, INK, 0.3))
    p.oval(490, 284, 11, fill=GOLD)
    blossom(p, 490, 350, 24, PEACH)
    for x in (360, 604):
        p.poly([(x - 24, 372), (x + 24, 372)] + quad((x + 22, 380), (x + 16, 402), (x, 402)) + quad((x, 402), (x - 16, 402), (x - 24, 372)), WHITE)
        p.oval(x, 372, 24, 5, mix(GOLD, WOOD, 0.35))
    for x in (470, 496, 522):
        p.line([(x, 256), (x - 10, 230), (x + 8, 204), (x - 2, 176)], 7, mix(SKY, TEAL, 0.12), curve=True)
    return p


def tradition():
    g = mix(GOLD, CREAM, 0.4)
    p = stage(SAND, mix(CREAM, WHITE, 0.5), g)
    # paper-cut window flower: a disc with cut-outs in rings
    cx, cy = 480, 262
    p.oval(cx, cy, 178, fill=VERM)
    for i in range(16):
        a = radians(22.5 * i)
        p.oval(cx + cos(a) * 176, cy + sin(a) * 176, 27, fill=VERM)
        p.oval(cx + cos(a) * 178, cy + sin(a) * 178, 10, fill=CREAM)
        leaf(p, cx + cos(a) * 112, cy + sin(a) * 112, 42, CREAM, 22.5 * i, fat=0.2)
    for i in range(8):
        leaf(p, cx + cos(radians(45 * i)) * 34, cy + sin(radians(45 * i)) * 34, 66, CREAM, 45 * i, fat=0.3)
        with p.at(cx, cy, rot=45 * i):
            leaf(p, 46, 0, 36, VERM, 0, fat=0.2)
        a = radians(45 * i + 22.5)
        p.oval(cx + cos(a) * 84, cy + sin(a) * 84, 9, fill=CREAM)
    p.oval(cx, cy, 26, fill=CREAM)
    blossom(p, cx, cy, 22, VERM, CREAM)
    lantern(p, 170, 190, 168, drop=1.3)
    lantern(p, 300, 110, 86, drop=1.4)
    # folding fan
    shadow(p, 774, 494, 230, g)
    with p.at(774, 466, 0.86):
        p.poly(ring(0, 0, 206, 206, -160, -20) + ring(0, 0, 84, 84, -20, -160), TEAL)
        for i in range(15):
            a = radians(-160 + 10 * i)
            p.line([(0, 0), (cos(a) * 84, sin(a) * 84)], 6, WOOD)
            p.line([(cos(a) * 86, sin(a) * 86), (cos(a) * 204, sin(a) * 204)], 2, mix(TEAL, WHITE, 0.25))
        p.line([(-120, -84), (-60, -120), (0, -150), (70, -140), (118, -110)], 7, GOLD, curve=True, taper=True)
        for x, y, r in ((-60, -120, 20), (2, -150, 24), (68, -142, 19), (-20, -112, 14), (110, -100, 14), (-110, -96, 15)):
            blossom(p, x, y, r, PEACH, VERM)
        p.oval(0, 0, 12, fill=GOLD)
        p.line([(0, 8), (0, 40)], 4, VERM)
    books(p, 200, 492, 170, (TEAL, VERM, INK))
    return p


def digital():
    g = mix(TEAL, CREAM, 0.4)
    p = stage(SKY, CREAM, g)
    shadow(p, 470, 490, 480, g)
    # tablet
    p.rect(236, 130, 420, 300, INK, 24)
    p.rect(254, 148, 384, 264, WHITE, 8)
    p.rect(254, 148, 384, 46, TEAL)
    for i, tone in enumerate((VERM, GOLD, LEAF)):
        p.oval(280 + 28 * i, 171, 8, fill=tone)
    for i, h in enumerate((60, 100, 80, 140)):
        p.rect(284 + 40 * i, 390 - h, 26, h, (TEAL, GOLD, SEA, VERM)[i], 4)
    p.line([(276, 392), (450, 392)], 4, INK)
    p.rect(470, 214, 140, 100, PEACH, 8)
    p.poly([(524, 236), (524, 292), (572, 264)], VERM)
    for i in range(3):
        p.rect(470, 332 + 22 * i, 140 - 30 * i, 10, SKY, 5)
    p.poly([(300, 430), (592, 430), (640, 488), (252, 488)], mix(INK, WHITE, 0.25))
    # phone
    p.rect(604, 236, 136, 250, INK, 22)
    p.rect(614, 254, 116, 210, mix(GOLD, CREAM, 0.55), 6)
    for i in range(6):
        x, y = 628 + 34 * (i % 3), 274 + 38 * (i // 3)
        p.rect(x, y, 24, 24, (VERM, TEAL, GOLD, SEA, ROSE, MOSS)[i], 7)
    p.rect(628, 362, 90, 40, WHITE, 10)
    p.rect(638, 374, 60, 6, SKY, 3)
    p.rect(638, 386, 40, 6, SKY, 3)
    p.oval(672, 432, 16, fill=TEAL)
    # messages and signal
    p.rect(94, 176, 116, 76, VERM, 22)
    p.poly([(150, 246), (196, 246), (200, 276)], VERM)
    for i in range(3):
        p.oval(126 + 26 * i, 214, 8, fill=WHITE)
    p.rect(782, 214, 110, 74, TEAL, 22)
    p.poly([(800, 282), (840, 282), (792, 312)], TEAL)
    heart(p, 837, 252, 24, WHITE)
    for i in range(3):
        p.arc(690, 190, 24 + 26 * i, -130, -50, 12, GOLD)
    p.oval(690, 188, 11, fill=GOLD)
    # elderly learner pointing
    shadow(p, 150, 500, 110, g)
    person(p, 140, 500, 212, MOSS, INK, right=((14, -2), (32, -8)), style="perm", hair=SILVER, glasses=INK)
    shadow(p, 830, 500, 90, g)
    person(p, 830, 500, 178, GOLD, TEAL, left=((12, 4), (24, -4)), style="crop", kid=True)
    return p


def farming():
    p = Pic(960, 540, SKY)
    sun(p, 480, 164, 70, GOLD, 16)
    cloud(p, 150, 110, 0.9, WHITE)
    cloud(p, 800, 96, 0.8, WHITE)
    hills(p, 300, 70, mix(LEAF, SKY, 0.45), 5, 240)
    p.rect(0, 290, 960, 250, mix(GOLD, LEAF, 0.45))
    for i in range(-6, 7):
        if i % 2:
            continue
        a, b = 480 + i * 44, 480 + i * 190
        p.poly([(a - 22, 290), (a + 22, 290), (b + 95, 540), (b - 95, 540)], mix(GOLD, CREAM, 0.25) if i % 4 else mix(WOOD, GOLD, 0.3))
    for i in (-4, 0, 4):
        for t in (0.1, 0.26, 0.46):
            x, y = 480 + i * (44 + 146 * t), 290 + 250 * t
            sprout(p, x, y + 8, 26 + 74 * t, mix(LEAF, CREAM, 0.15))
    house(p, 800, 316, 120)
    tree(p, 892, 322, 100, 2)
    tree(p, 700, 312, 76, 6)
    p.oval(480, 520, 120, 30, mix(WOOD, INK, 0.12))
    p.oval(480, 512, 90, 18, mix(WOOD, INK, 0.35))
    sprout(p, 480, 512, 200, LEAF)
    person(p, 196, 506, 284, TEAL, INK, right=((12, 10), (20, 2)), style="straw", skin=DEEP)
    p.line([(254, 306), (262, 508)], 8, WOOD)
    p.poly([(252, 300), (258, 316), (316, 330), (310, 308)], mix(INK, SILVER, 0.4))
    p.poly([(700, 452), (840, 452), (824, 510), (716, 510)], mix(WOOD, GOLD, 0.4))
    for x, y, r in ((726, 446, 24), (770, 438, 28), (812, 448, 23)):
        apple(p, x, y, r, VERM if r != 28 else GOLD)
    p.rect(694, 456, 152, 18, mix(WOOD, INK, 0.12), 5)
    return p


def parenting():
    g = mix(GOLD, CREAM, 0.5)
    p = stage(PEACH, CREAM, g)
    # lamp, picture, sofa
    p.line([(836, 490), (836, 214)], 9, INK)
    p.poly([(796, 130), (876, 130), (910, 226), (762, 226)], GOLD)
    p.rect(800, 482, 72, 14, INK, 7)
    p.rect(96, 120, 134, 104, WOOD, 6)
    p.rect(106, 130, 114, 84, SKY)
    sun(p, 186, 158, 13, VERM, 8)
    peak(p, 146, 214, 76, 60, TEAL)
    shadow(p, 480, 500, 600, g)
    p.rect(262, 238, 436, 210, TEAL, 50)
    p.rect(230, 316, 88, 166, mix(TEAL, INK, 0.18), 36)
    p.rect(642, 316, 88, 166, mix(TEAL, INK, 0.18), 36)
    p.rect(282, 392, 396, 96, mix(TEAL, WHITE, 0.16), 24)
    # mother and child
    for dx in (-22, 26):
        p.line([(424 + dx, 400), (418 + dx, 430), (418 + dx, 490)], 38, INK)
        p.oval(412 + dx, 498, 26, 11, VERM)
    for dx in (-16, 18):
        p.line([(552 + dx, 404), (556 + dx, 426), (556 + dx, 462)], 28, GOLD)
        p.oval(556 + dx, 472, 19, 10, INK)
    hair_back(p, 426, 186, 52, BROWN, "long")
    p.rect(412, 236, 28, 40, mix(FAIR, ROSE, 0.4))
    p.blob([(372, 286), (400, 262), (452, 262), (480, 286), (488, 350), (484, 416), (426, 428), (368, 416), (364, 350)], VERM)
    p.poly([(408, 260), (444, 260), (426, 290)], mix(FAIR, ROSE, 0.4))
    head(p, 426, 186, 52, FAIR, BROWN, "long")
    p.rect(540, 318, 20, 24, mix(FAIR, ROSE, 0.4))
    p.blob([(508, 352), (532, 334), (568, 334), (594, 352), (600, 414), (550, 424), (502, 414)], MOSS)
    hair_back(p, 550, 278, 44, HAIR, "buns")
    head(p, 550, 278, 44, FAIR, HAIR, "buns")
    p.line([(382, 294), (352, 356), (424, 386)], 30, mix(VERM, INK, 0.14))
    p.line([(586, 358), (606, 392), (566, 398)], 22, mix(MOSS, INK, 0.14))
    book(p, 488, 428, 150, GOLD)
    p.oval(428, 392, 16, fill=FAIR)
    p.oval(556, 402, 13, fill=FAIR)
    for x, y, r in ((300, 150, 17), (640, 120, 22), (688, 180, 13)):
        heart(p, x, y, r, ROSE)
    # blocks
    for x, y, tone in ((120, 456, VERM), (168, 456, TEAL), (144, 410, GOLD)):
        p.rect(x, y, 46, 46, tone, 7)
        p.oval(x + 23, y + 23, 11, fill=mix(tone, WHITE, 0.55))
    return p


TOPICS = dict(civics=civics, law=law, arts=arts, environment=environment, sports=sports, health=health,
              population=population, housekeeping=housekeeping, tourism=tourism, daily_life=daily_life,
              mental_health=mental_health, employment=employment, safety=safety, manners=manners,
              tradition=tradition, digital=digital, farming=farming, parenting=parenting)


# --- portraits --------------------------------------------------------------


def motif(p, kind, bg):
    """What stands behind a portrait."""
    light, dark = mix(bg, WHITE, 0.35), mix(bg, INK, 0.14)
    if kind == "sun":
        p.oval(240, 250, 188, fill=light)
        hills(p, 520, 80, dark, 8, 130)
    elif kind == "peaks":
        p.oval(366, 120, 50, fill=mix(GOLD, WHITE, 0.2))
        peak(p, 90, 600, 360, 400, light)
        peak(p, 420, 600, 340, 330, dark)
    elif kind == "waves":
        p.oval(110, 120, 48, fill=mix(GOLD, WHITE, 0.15))
        for i in range(5):
            waves(p, 330 + 52 * i, light if i % 2 else dark, 11, 120, 30 * i)
    elif kind == "bamboo":
        p.oval(240, 250, 180, fill=light)
        bamboo(p, 52, 610, 560, mix(MOSS, bg, 0.25), 24)
        bamboo(p, 428, 610, 500, mix(MOSS, bg, 0.4), -14)
    elif kind == "branch":
        p.oval(240, 250, 184, fill=light)
        branch(p, -12, 196, 1.05, 3, mix(WOOD, bg, 0.2), mix(VERM, WHITE, 0.45))
        branch(p, 492, 420, 0.8, 5, mix(WOOD, bg, 0.2), mix(VERM, WHITE, 0.45), flip=True)
    elif kind == "books":
        for row in range(4):
            y = 140 + 150 * row
            rnd = Random(row + 11)
            x = 6
            while x < 470:
                w, h = rnd.randint(20, 42), rnd.randint(84, 124)
                tone = rnd.choice((TEAL, VERM, GOLD, MOSS, WOOD))
                p.rect(x, y - h, w, h, mix(tone, bg, 0.55), 3)
                p.rect(x + 4, y - h + 14, w - 8, 6, mix(tone, bg, 0.8))
                x += w + 4
            p.rect(0, y, 480, 12, dark)
    elif kind == "lattice":
        p.oval(240, 262, 214, fill=dark)
        p.oval(240, 262, 198, fill=light)
        for i in range(-3, 4):
            k = (198**2 - (i * 56) ** 2) ** 0.5
            p.line([(240 + i * 56, 262 - k), (240 + i * 56, 262 + k)], 6, dark)
            p.line([(240 - k, 262 + i * 56), (240 + k, 262 + i * 56)], 6, dark)
    elif kind == "roof":
        p.oval(240, 300, 196, fill=light)
        roof(p, 240, 150, 560, 110, mix(TEAL, bg, 0.35), mix(GOLD, bg, 0.2))
        lantern(p, 60, 250, 70, mix(VERM, bg, 0.15), 1.3)
        lantern(p, 420, 250, 70, mix(VERM, bg, 0.15), 1.3)
    elif kind == "field":
        p.oval(360, 130, 56, fill=mix(GOLD, WHITE, 0.1))
        hills(p, 400, 70, light, 4, 150)
        p.rect(0, 430, 480, 170, mix(LEAF, bg, 0.35))
        for i in range(-4, 5):
            p.line([(240 + i * 30, 432), (240 + i * 130, 610)], 9, mix(GOLD, bg, 0.3))
    elif kind == "city":
        p.oval(110, 130, 52, fill=mix(GOLD, WHITE, 0.2))
        for i, (x, w, h) in enumerate(((0, 80, 300), (86, 60, 390), (340, 64, 420), (408, 80, 330))):
            building(p, x, 600, w, h, light if i % 2 else dark, seed=i, cap=("slant", None, "mast", None)[i])
    elif kind == "stars":
        p.oval(240, 250, 190, fill=light)
        rnd = Random(21)
        for _ in range(26):
            sparkle(p, rnd.uniform(10, 470), rnd.uniform(10, 500), rnd.choice((7, 10, 14)), mix(GOLD, bg, 0.25))
    elif kind == "lanterns":
        p.oval(240, 250, 184, fill=light)
        for x, y, s in ((70, 120, 92), (410, 90, 80), (442, 300, 60), (34, 330, 54)):
            lantern(p, x, y, s, mix(VERM, bg, 0.2), 6)


def shoulders(p, wear, tone, skin):
    """The clothes of a portrait: neck, trunk and collar."""
    dark, light = mix(tone, INK, 0.2), mix(tone, WHITE, 0.3)
    neck = mix(skin, ROSE, 0.35)
    body = [(240, 384), (308, 396), (384, 424), (428, 474), (446, 540), (452, 700), (28, 700), (34, 540), (52, 474), (96, 424), (172, 396)]
    p.rect(202, 300, 76, 110, neck)
    p.blob(body, tone)
    for s in (-1, 1):
        p.line(quad((240 + s * 136, 530), (240 + s * 130, 570), (240 + s * 138, 640)), 5, dark)
    if wear == "mao":  # buttoned jacket with a turned collar
        p.poly([(202, 376), (278, 376), (240, 420)], neck)
        for s in (-1, 1):
            p.poly([(240, 424), (240 + s * 42, 374), (240 + s * 66, 396), (240 + s * 36, 438)], dark)
        p.line([(240, 424), (240, 600)], 4, dark)
        for y in (456, 512, 568):
            p.oval(240, y, 8, fill=light)
        for s in (-1, 1):
            p.rect(240 + s * 88 - 34, 496, 68, 12, dark, 6)
    elif wear == "tang":  # stand-up collar and knotted buttons
        p.poly([(196, 366), (284, 366), (290, 408), (240, 424), (190, 408)], dark)
        p.poly([(222, 362), (258, 362), (240, 420)], neck)
        p.line([(240, 420), (240, 600)], 4, dark)
        for y in (450, 496, 542, 588):
            p.line([(214, y), (266, y)], 7, GOLD)
            p.oval(240, y, 8, fill=GOLD)
    elif wear == "qipao":
        p.poly([(198, 364), (282, 364), (288, 404), (240, 416), (192, 404)], dark)
        p.poly([(226, 360), (254, 360), (240, 408)], neck)
        p.line(quad((240, 412), (300, 440), (352, 500)), 7, GOLD)
        for x, y in ((262, 422), (304, 450), (338, 484)):
            p.oval(x, y, 8, fill=GOLD)
        for x, y, r in ((150, 500, 26), (196, 566, 20), (300, 572, 24), (110, 570, 18)):
            blossom(p, x, y, r, light, GOLD)
    elif wear == "suit":
        p.poly([(190, 392), (290, 392), (262, 600), (218, 600)], WHITE)
        p.poly([(204, 372), (276, 372), (240, 426)], neck)
        for s in (-1, 1):
            p.poly([(240, 430), (240 + s * 42, 372), (240 + s * 58, 398), (240 + s * 24, 452)], WHITE)
            p.poly([(240 + s * 52, 384), (240 + s * 86, 400), (240 + s * 74, 470), (240 + s * 92, 482), (240 + s * 8, 620), (240 + s * 4, 600), (240 + s * 36, 470)], dark)
        p.poly([(228, 428), (252, 428), (262, 570), (240, 600), (218, 570)], VERM if tone != VERM else TEAL)
    elif wear == "shirt":
        p.poly([(204, 372), (276, 372), (240, 430)], neck)
        for s in (-1, 1):
            p.poly([(240, 440), (240 + s * 44, 370), (240 + s * 72, 394), (240 + s * 44, 456)], light)
        p.line([(240, 440), (240, 600)], 4, dark)
        for y in (474, 524, 574):
            p.oval(240, y, 6, fill=WHITE)
    elif wear == "cardigan":
        p.poly([(186, 392), (294, 392), (276, 620), (204, 620)], WHITE)
        p.oval(240, 384, 42, 30, neck)
        for s in (-1, 1):
            p.line(quad((240 + s * 52, 388), (240 + s * 30, 470), (240 + s * 34, 620)), 20, dark)
        for y in (490, 540, 588):
            p.oval(206, y, 8, fill=GOLD)
    elif wear == "sweater":
        p.oval(240, 388, 62, 36, dark)
        p.oval(240, 380, 46, 28, neck)
        for i in range(-3, 4):
            p.poly([(240 + i * 60, 488), (270 + i * 60, 512), (240 + i * 60, 536), (210 + i * 60, 512)], light)
            p.poly([(240 + i * 60, 502), (252 + i * 60, 512), (240 + i * 60, 522), (228 + i * 60, 512)], tone)
    elif wear == "hoodie":
        p.blob([(150, 424), (180, 372), (240, 400), (300, 372), (330, 424), (290, 452), (240, 462), (190, 452)], dark)
        p.oval(240, 390, 46, 34, neck)
        for s in (-1, 1):
            p.line([(240 + s * 30, 446), (240 + s * 34, 520)], 6, WHITE)
        p.rect(160, 548, 160, 80, dark, 20)
    elif wear == "apron":
        p.oval(240, 388, 54, 32, dark)
        p.oval(240, 382, 42, 26, neck)
        for s in (-1, 1):
            p.line([(240 + s * 66, 400), (240 + s * 84, 490)], 18, CREAM)
        p.rect(144, 480, 192, 160, CREAM, 14)
        p.rect(190, 536, 100, 90, mix(CREAM, WOOD, 0.25), 10)
    elif wear == "scarf":
        p.blob([(170, 388), (200, 362), (240, 380), (280, 362), (310, 388), (300, 428), (240, 446), (180, 428)], VERM if tone != VERM else GOLD)
        p.blob([(262, 420), (310, 412), (330, 500), (318, 570), (272, 566), (276, 490)], mix(VERM if tone != VERM else GOLD, INK, 0.12))
    elif wear == "tracksuit":
        p.poly([(204, 372), (276, 372), (240, 420)], neck)
        for s in (-1, 1):
            p.poly([(240, 426), (240 + s * 42, 366), (240 + s * 58, 398), (240 + s * 30, 440)], dark)
            p.line(quad((240 + s * 90, 412), (240 + s * 176, 450), (240 + s * 186, 610)), 9, WHITE)
            p.line(quad((240 + s * 72, 410), (240 + s * 158, 452), (240 + s * 166, 610)), 9, WHITE)
        p.line([(240, 426), (240, 600)], 5, WHITE)


G, B, W = SILVER, HAIR, mix(SILVER, WHITE, 0.6)
IRON = mix(SILVER, HAIR, 0.5)
# place: (background, motif, clothes, their colour, skin, hair style, hair, extras)
STARS = {
    "muye": (
        (SAND, "books", "cardigan", VERM, TAN, "perm", G, dict(glasses=INK)),
        (SKY, "city", "mao", TEAL, DEEP, "short", IRON, {}),
        (PEACH, "sun", "shirt", MOSS, DEEP, "crop", B, {}),
        (mix(LEAF, CREAM, 0.55), "bamboo", "cardigan", GOLD, FAIR, "perm", G, dict(glasses=VERM)),
    ),
    "mengjin": (
        (SKY, "field", "scarf", TEAL, TAN, "bun", G, {}),
        (PEACH, "field", "mao", MOSS, DEEP, "straw", IRON, {}),
        (SAND, "lattice", "sweater", MOSS, FAIR, "bob", BROWN, {}),
        (mix(SKY, CREAM, 0.4), "waves", "tracksuit", VERM, TAN, "short", IRON, {}),
    ),
    "zhengzhou": (
        (mix(SKY, CREAM, 0.3), "lanterns", "qipao", VERM, FAIR, "bob", G, {}),
        (SAND, "city", "tracksuit", TEAL, DEEP, "crop", B, {}),
        (PEACH, "stars", "hoodie", SEA, TAN, "fringe", B, {}),
        (mix(LEAF, CREAM, 0.6), "roof", "tang", INK, TAN, "cap", G, dict(beard=G)),
    ),
    "mianyang": (
        (SKY, "peaks", "apron", VERM, TAN, "bun", B, {}),
        (mix(LEAF, CREAM, 0.55), "field", "mao", INK, DEEP, "bald", G, {}),
        (PEACH, "stars", "suit", MOSS, FAIR, "bob", B, dict(glasses=INK)),
        (SAND, "branch", "sweater", VERM, FAIR, "bun", W, {}),
    ),
    "wafangdian": (
        (PEACH, "field", "apron", VERM, TAN, "perm", IRON, {}),
        (SKY, "waves", "mao", TEAL, DEEP, "crop", IRON, dict(glasses=INK)),
        (SAND, "books", "cardigan", MOSS, FAIR, "part", IRON, dict(glasses=INK)),
        (mix(SKY, CREAM, 0.4), "sun", "qipao", TEAL, FAIR, "perm", BROWN, {}),
    ),
}


def star(bg, back, wear, tone, skin, style, hair, extra):
    p = Pic(480, 600, bg)
    motif(p, back, bg)
    hair_back(p, 240, 232, 98, hair, style)
    shoulders(p, wear, tone, skin)
    p.blob([(202, 318), (278, 318), (278, 346), (240, 366), (202, 346)], mix(skin, WOOD, 0.3))
    head(p, 240, 232, 98, skin, hair, style, **extra)
    return p


# --- places and brands ------------------------------------------------------


def skyline(p, y, tones, seed, hmin, hmax, wmin=50, wmax=96, x0=-10, x1=None, windows=True):
    rnd = Random(seed)
    x = x0
    while x < (x1 or p.w):
        w = rnd.randint(wmin, wmax)
        building(p, x, y, w, rnd.randint(hmin, hmax), rnd.choice(tones), seed=rnd.randint(1, 999),
                 cap=rnd.choice((None, None, "slant", "mast", "dome")), windows=windows)
        x += w + rnd.choice((0, 4, 8))


def ripples(p, box, fill, seed, n=26):
    rnd = Random(seed)
    x0, y0, x1, y1 = box
    for _ in range(n):
        x, y, w = rnd.uniform(x0, x1), rnd.uniform(y0, y1), rnd.uniform(30, 110)
        p.line([(x, y), (x + w, y)], 4, fill)


def bridge(p, x, y, w, h, fill, water):
    """A humped stone bridge with three arches."""
    top = quad((x - w / 2, y), (x, y - 2 * h), (x + w / 2, y), 40)
    p.poly(top, fill)
    for cx, r in ((0, 0.13), (-0.25, 0.085), (0.25, 0.085)):
        p.oval(x + cx * w, y, r * w, r * w * 1.05, water, 180, 360)
    p.line([(a, b - 16) for a, b in top], 6, mix(fill, WHITE, 0.4))
    for a, b in top[2:-1:2]:
        p.line([(a, b - 16), (a, b)], 5, mix(fill, WHITE, 0.4))
    p.line(top, 7, mix(fill, INK, 0.2))


def willow(p, x, y, h, seed):
    rnd = Random(seed)
    p.line([(x, y), (x - h * 0.04, y - h * 0.4), (x + h * 0.04, y - h * 0.72)], h * 0.08, WOOD, curve=True)
    leafy(p, x, y - h * 0.76, h * 0.3, seed, n=16, flat=0.55)
    for i in range(22):
        dx = (i / 10.5 - 1) * h * 0.4
        y0 = y - h * 0.76 + abs(dx) * 0.18
        length = h * rnd.uniform(0.3, 0.52)
        p.line(quad((x + dx * 0.8, y0), (x + dx * 1.15, y0 + length * 0.3), (x + dx * 1.18, y0 + length)), h * 0.02,
               rnd.choice((LEAF, MOSS, mix(LEAF, CREAM, 0.25))))


def lighthouse(p, x, y, h):
    w = h * 0.2
    for i in range(5):
        a, b = i / 5, (i + 1) / 5
        wa, wb = w * (1 - 0.38 * a), w * (1 - 0.38 * b)
        p.poly([(x - wa / 2, y - h * 0.76 * a), (x + wa / 2, y - h * 0.76 * a), (x + wb / 2, y - h * 0.76 * b), (x - wb / 2, y - h * 0.76 * b)], WHITE if i % 2 else VERM)
    p.rect(x - w * 0.45, y - h * 0.79, w * 0.9, h * 0.035, INK, 3)
    p.rect(x - w * 0.26, y - h * 0.9, w * 0.52, h * 0.12, GOLD)
    for dx in (-0.26, 0, 0.26):
        p.line([(x + dx * w, y - h * 0.9), (x + dx * w, y - h * 0.78)], w * 0.05, INK)
    p.poly([(x - w * 0.36, y - h * 0.9), (x + w * 0.36, y - h * 0.9), (x, y - h)], VERM)


def twin_tower(p, x, y, h, wall=WHITE, tile=TEAL):
    """Two joined pentagonal towers with many eaves, after the Erqi tower."""
    w = h * 0.2
    p.rect(x - w * 1.5, y - h * 0.12, w * 3, h * 0.12, mix(wall, INK, 0.12))
    for s in (-1, 1):
        cx = x + s * w * 0.62
        n = 9
        th = h * 0.76 / n
        for i in range(n):
            k = 1 - 0.025 * i
            by = y - h * 0.1 - th * i
            p.rect(cx - w * k * 0.5, by - th, w * k, th, wall)
            for j in (-1, 0, 1):
                p.rect(cx + j * w * 0.28 - w * 0.06, by - th * 0.78, w * 0.12, th * 0.5, mix(VERM, wall, 0.2))
            roof(p, cx, by - th + th * 0.12, w * k * 1.3, th * 0.4, tile, None)
        roof(p, cx, y - h * 0.86, w * 1.2, h * 0.09, tile, GOLD)
        p.line([(cx, y - h * 0.93), (cx, y - h)], w * 0.06, GOLD)
    p.oval(x - w * 0.62, y - h * 0.79, w * 0.2, fill=GOLD)
    p.oval(x - w * 0.62, y - h * 0.79, w * 0.15, fill=WHITE)
    p.line([(x - w * 0.62, y - h * 0.79 - w * 0.1), (x - w * 0.62, y - h * 0.79), (x - w * 0.54, y - h * 0.79)], w * 0.04, INK)


def corn_tower(p, x, y, h, fill=GOLD):
    """A round tower of lit rings."""
    w = h * 0.24
    n = 14
    for i in range(n):
        t = i / (n - 1)
        k = w * (0.86 + 0.22 * sin(pi * (0.15 + 0.75 * t)) - 0.18 * t)
        by = y - h * 0.86 * (i + 1) / n
        p.rect(x - k / 2, by, k, h * 0.86 / n + 1, mix(fill, WOOD, 0.18))
        p.rect(x - k / 2 - 3, by, k + 6, h * 0.022, mix(fill, CREAM, 0.35), 3)
    p.poly([(x - w * 0.3, y - h * 0.86), (x + w * 0.3, y - h * 0.86), (x + w * 0.1, y - h * 0.93), (x - w * 0.1, y - h * 0.93)], mix(fill, WOOD, 0.35))
    p.line([(x, y - h * 0.93), (x, y - h)], w * 0.05, WOOD)


def muye():
    p = Pic(1280, 720, mix(SKY, CREAM, 0.35))
    sun(p, 980, 170, 66, mix(GOLD, CREAM, 0.1), 0)
    for x, w, h, t in ((160, 560, 260, 0.62), (560, 620, 310, 0.68), (1010, 640, 280, 0.62), (1290, 460, 230, 0.55)):
        peak(p, x, 470, w, h, mix(TEAL, SKY, t))
    cloud(p, 240, 140, 1.1, WHITE)
    cloud(p, 700, 110, 0.8, WHITE)
    skyline(p, 480, (mix(TEAL, SKY, 0.3), mix(TEAL, SKY, 0.45), mix(VERM, PEACH, 0.45), mix(GOLD, CREAM, 0.3)), 4, 90, 220)
    p.rect(0, 466, 1280, 26, LEAF)
    for i in range(17):
        leafy(p, 30 + i * 78, 466, 28, i, n=8)
    p.rect(0, 488, 1280, 232, SEA)
    ripples(p, (0, 510, 1240, 680), mix(SEA, WHITE, 0.28), 3, 44)
    bridge(p, 640, 590, 640, 110, STONE, mix(SEA, INK, 0.18))
    boat(p, 430, 660, 0.9)
    boat(p, 850, 640, 0.7)
    p.poly(quad((0, 650), (260, 610), (480, 720)) + [(0, 720)], LEAF)
    p.poly(quad((1280, 630), (1040, 620), (840, 720)) + [(1280, 720)], MOSS)
    willow(p, 96, 690, 360, 8)
    willow(p, 1190, 700, 400, 5)
    return p


def mengjin():
    p = Pic(1280, 720, PEACH)
    p.oval(360, 200, 74, fill=VERM)
    cloud(p, 400, 234, 0.8, WHITE)
    cloud(p, 900, 130, 1.1, WHITE)
    for x, w, h, t in ((80, 560, 240, 0.55), (520, 640, 200, 0.62), (1180, 760, 300, 0.5), (860, 520, 210, 0.58)):
        peak(p, x, 420, w, h, mix(TEAL, PEACH, t))
    p.rect(0, 400, 1280, 320, mix(LEAF, SAND, 0.35))
    # terraces of loess on both banks of the river
    for i in range(5):
        y = 380 + 44 * i
        tone = mix(mix(GOLD, WOOD, 0.3), LEAF, 0.75 if i % 2 else 0.1)
        p.poly(quad((0, y), (260 - 20 * i, y - 36), (560 - 46 * i, y + 30)) + [(380 - 40 * i, y + 120), (0, 720)], mix(tone, CREAM, 0.1))
        p.poly(quad((1280, y - 20), (1000 + 10 * i, y - 40), (700 + 62 * i, y + 30)) + [(900 + 60 * i, y + 120), (1280, 720)], mix(tone, CREAM, 0.1))
    river = mix(GOLD, WOOD, 0.12)
    p.poly(spline([(622, 404), (560, 430), (640, 480), (700, 520), (520, 590), (330, 660), (250, 740)])
           + spline([(1010, 740), (880, 660), (880, 590), (900, 530), (800, 470), (680, 436), (650, 404)]), river)
    for k, t in ((0.25, 0.35), (0.5, 0.5), (0.75, 0.35)):
        pts = [(628 + 18 * k, 420), (585 + 80 * k, 440), (650 + 130 * k, 486), (705 + 180 * k, 526), (540 + 330 * k, 596), (350 + 520 * k, 664), (270 + 720 * k, 736)]
        p.line(pts, 6, mix(river, CREAM, t), curve=True)
    boat(p, 690, 600, 0.9, WHITE, INK)
    boat(p, 720, 500, 0.5, WHITE, INK)
    tower(p, 1070, 470, 92, 5)
    for x, y, h, s in ((980, 500, 100, 1), (1160, 500, 120, 2), (1236, 520, 140, 3)):
        tree(p, x, y, h, s)
    house(p, 170, 470, 110, tile=INK)
    house(p, 300, 478, 84, tile=INK)
    for i, (x, y, h) in enumerate(((60, 490, 110), (236, 484, 80), (380, 500, 80))):
        tree(p, x, y, h, i + 5, (ROSE, mix(ROSE, WHITE, 0.4), WHITE))
    for x, y, r in ((70, 660, 54), (172, 690, 40), (1210, 664, 58), (1108, 694, 40), (1268, 596, 32)):
        for a in (150, 30, 200):
            leaf(p, x, y, r * 1.6, MOSS, a, fat=0.22)
        peony(p, x, y, r, VERM)
    return p


def zhengzhou():
    p = Pic(1280, 720, mix(GOLD, CREAM, 0.6))
    p.oval(640, 330, 230, fill=mix(GOLD, CREAM, 0.25))
    cloud(p, 200, 130, 1.1, WHITE)
    cloud(p, 1060, 110, 1, WHITE)
    skyline(p, 520, (mix(TEAL, SAND, 0.7), mix(VERM, SAND, 0.78)), 6, 150, 310, 46, 84, windows=False)
    skyline(p, 524, (mix(TEAL, SAND, 0.4), mix(TEAL, SAND, 0.52)), 11, 70, 200, 54, 96, -10, 470)
    skyline(p, 524, (mix(TEAL, SAND, 0.4), mix(TEAL, SAND, 0.52)), 14, 70, 190, 54, 96, 800)
    corn_tower(p, 960, 524, 400)
    twin_tower(p, 470, 528, 400)
    for i in range(17):
        leafy(p, 20 + i * 80, 520, 32, i + 40, n=8)
    p.rect(0, 522, 1280, 12, STONE)
    p.rect(0, 534, 1280, 186, SEA)
    for x, w, tone in ((960, 78, GOLD), (440, 66, WHITE), (502, 66, WHITE)):
        for i in range(9):
            k = w * (1 - 0.05 * i) + (10 if i % 2 else -6)
            p.rect(x - k / 2, 540 + 17 * i, k, 8, mix(tone, SEA, 0.45 + 0.04 * i), 4)
    ripples(p, (0, 550, 1240, 700), mix(SEA, WHITE, 0.25), 9, 34)
    boat(p, 720, 610, 0.8)
    for x, s in ((80, 1), (210, 0.7), (1180, 1), (1060, 0.65)):
        with p.at(x, 684, s):
            p.oval(0, 0, 70, 18, MOSS)
            p.oval(54, 14, 44, 12, LEAF)
            for a in (-150, -120, -90, -60, -30):
                leaf(p, 0, -8, 54, mix(ROSE, WHITE, 0.2 if a % 60 else 0.45), a, fat=0.3)
    return p


def mianyang():
    p = Pic(1280, 720, SKY)
    p.oval(250, 170, 70, fill=mix(GOLD, CREAM, 0.2))
    cloud(p, 520, 120, 1, WHITE)
    for i, (x, w, h) in enumerate(((1180, 560, 330), (760, 620, 300), (330, 620, 280), (40, 500, 320))):
        peak(p, x, 470, w, h, mix(MOSS, SKY, 0.62 - 0.05 * i), WHITE if i < 2 else None)
    cloud(p, 900, 300, 1.3, mix(SKY, WHITE, 0.7))
    cloud(p, 280, 320, 1.2, mix(SKY, WHITE, 0.7))
    hills(p, 470, 100, mix(MOSS, SKY, 0.3), 3, 210)
    hills(p, 520, 90, LEAF, 8, 240)
    skyline(p, 520, (mix(TEAL, SKY, 0.25), mix(VERM, PEACH, 0.35), CREAM, mix(GOLD, CREAM, 0.3)), 9, 50, 130, 44, 70, 70, 560)
    p.oval(930, 560, 330, 130, MOSS)
    tower(p, 930, 452, 124, 5, wall=PEACH, tile=TEAL, step=0.84)
    leafy(p, 780, 470, 60, 2, n=14)
    leafy(p, 1080, 476, 66, 4, n=14)
    p.poly(quad((0, 530), (460, 500), (1280, 560), 40) + [(1280, 720), (0, 720)], SEA)
    ripples(p, (0, 560, 1240, 690), mix(SEA, WHITE, 0.28), 12, 36)
    # radio dish on the near hill: the city of science
    p.poly(quad((0, 610), (280, 560), (560, 720)) + [(0, 720)], MOSS)
    p.poly([(232, 620), (268, 620), (258, 530), (242, 530)], STONE)
    with p.at(250, 520, rot=-38):
        p.poly(ring(0, -30, 104, 84, 0, 180), WHITE)
        p.oval(0, -30, 104, 22, mix(WHITE, INK, 0.14))
        for s in (-1, 1):
            p.line([(s * 70, -30), (0, -104)], 5, INK)
        p.oval(0, -106, 11, fill=VERM)
    p.poly(quad((1280, 640), (1080, 620), (880, 720)) + [(1280, 720)], LEAF)
    for x, h, lean in ((1150, 380, -20), (1200, 450, 10), (1256, 420, 18), (1104, 280, -24)):
        bamboo(p, x, 730, h, mix(MOSS, INK, 0.1) if x % 100 else MOSS, lean)
    boat(p, 680, 612, 0.8)
    return p


def wafangdian():
    p = Pic(1280, 720, mix(SKY, CREAM, 0.25))
    sun(p, 640, 250, 84, GOLD, 16)
    cloud(p, 230, 130, 1.1, WHITE)
    cloud(p, 1060, 170, 0.8, WHITE)
    peak(p, 120, 400, 420, 110, mix(TEAL, SKY, 0.6))
    peak(p, 420, 400, 340, 76, mix(TEAL, SKY, 0.68))
    p.rect(0, 384, 1280, 340, mix(SEA, SKY, 0.3))
    for i in range(6):
        p.rect(640 - (90 - 10 * i) + (12 if i % 2 else -12), 396 + 20 * i, 180 - 20 * i, 7, mix(GOLD, SEA, 0.3 + 0.06 * i), 3)
    for i, y in enumerate((440, 500, 565)):
        waves(p, y, mix(SEA, TEAL, 0.12 + 0.24 * i), 6 + i, 110, 30 * i)
        ripples(p, (0, y + 18, 900, y + 44), mix(SEA, WHITE, 0.3), i, 8)
    boat(p, 300, 470, 0.9)
    boat(p, 560, 446, 0.5, PEACH)
    boat(p, 470, 560, 1.2, WHITE, VERM)
    for x, y, s in ((420, 210, 1), (480, 250, 0.7), (800, 150, 0.9), (350, 270, 0.6)):
        p.line(quad((x - 26 * s, y - 6 * s), (x - 14 * s, y - 20 * s), (x, y)) + quad((x, y), (x + 14 * s, y - 20 * s), (x + 26 * s, y - 6 * s)), 4, INK)
    # the cape with lighthouse
    p.poly(spline([(1280, 330), (1150, 336), (1040, 352), (960, 400), (900, 440), (880, 520), (820, 600), (760, 660)]) + [(700, 720), (1280, 720)], mix(WOOD, STONE, 0.4))
    p.poly(spline([(1280, 330), (1150, 336), (1040, 352), (960, 400), (930, 450), (1010, 440), (1100, 480), (1280, 470)]), LEAF)
    p.poly(spline([(1280, 460), (1100, 476), (1000, 560), (960, 640), (920, 720)]) + [(1280, 720)], MOSS)
    lighthouse(p, 1040, 366, 250)
    house(p, 1160, 356, 88, tile=VERM, door=TEAL)
    for x, y, h, s in ((1230, 620, 190, 3), (1100, 680, 180, 6), (1250, 720, 150, 9)):
        tree(p, x, y, h, s)
        rnd = Random(s)
        for _ in range(9):
            a, d = rnd.uniform(0, 2 * pi), rnd.uniform(0.2, 1)
            p.oval(x + cos(a) * h * 0.3 * d, y - h * 0.66 + sin(a) * h * 0.26 * d, h * 0.036, fill=VERM)
    # beach
    p.poly(spline([(0, 596), (160, 620), (360, 680), (520, 730)]) + [(0, 730)], SAND)
    p.line(spline([(0, 592), (160, 616), (360, 676), (520, 728)]), 9, WHITE)
    with p.at(110, 690):
        p.poly(ring(0, -60, 70, 46, 180, 360), VERM)
        p.poly(ring(0, -60, 24, 46, 180, 360), WHITE)
        p.line([(0, -60), (0, 0)], 5, WOOD)
    return p


PLACES = dict(muye=muye, mengjin=mengjin, zhengzhou=zhengzhou, mianyang=mianyang, wafangdian=wafangdian)


def medal(bg, rim, hill):
    """The frame of a brand: a round medallion over a wide open book."""
    p = Pic(960, 540, bg)
    for i in range(-1, 9):
        for j in range(5):
            x, y = i * 130 + (65 if j % 2 else 0), 60 + j * 96
            for r in (58, 40, 22):
                p.arc(x, y, r, 180, 360, 3, mix(bg, WHITE, 0.3))
    p.rect(0, 452, 960, 88, hill)
    p.oval(480, 240, 210, fill=rim)
    p.oval(480, 240, 196, fill=WHITE)
    p.oval(480, 240, 186, fill=mix(bg, WHITE, 0.55))
    return p


def pedestal(p, left, right, cover, stool):
    shadow(p, 480, 512, 420, stool)
    book(p, 480, 506, 286, cover)
    for x, look in ((156, left), (804, right)):
        shadow(p, x, 508, 200, stool)
        seated(p, x, 500, look.pop("h", 250), **look)


def brand_muye():
    p = medal(SAND, TEAL, mix(TEAL, CREAM, 0.4))
    # bronze tripod of the old battlefield
    bronze, dark = mix(TEAL, GOLD, 0.22), mix(TEAL, INK, 0.3)
    for s in (-1, 1):
        p.rect(480 + s * 88 - 12, 96, 24, 66, dark, 4)
        p.rect(480 + s * 88 - 26, 86, 52, 22, dark, 8)
        p.poly([(480 + s * 40, 290), (480 + s * 92, 270), (480 + s * 84, 376), (480 + s * 58, 376)], dark)
    p.poly([(360, 146), (600, 146), (590, 262)] + quad((590, 262), (480, 340), (370, 262)), bronze)
    p.rect(346, 138, 268, 24, dark, 6)
    p.rect(368, 182, 224, 10, GOLD)
    p.rect(372, 252, 216, 10, GOLD)
    for i in range(-2, 3):
        x = 480 + i * 42
        p.line([(x - 13, 238), (x - 13, 206), (x + 13, 206), (x + 13, 230), (x - 2, 230), (x - 2, 218)], 6, GOLD)
    pedestal(p, dict(top=VERM, bottom=INK, style="bun", hair=G, glasses=INK), dict(top=MOSS, bottom=BROWN, style="crop", kid=True, h=210, reading=GOLD), VERM, mix(TEAL, CREAM, 0.4))
    return p


def brand_mengjin():
    p = medal(PEACH, VERM, mix(GOLD, CREAM, 0.35))
    for a in (160, 20, 200, -20, 135, 45):
        leaf(p, 480, 232, 168, MOSS if a % 45 else LEAF, a, mix(LEAF, CREAM, 0.4), fat=0.22)
    peony(p, 480, 206, 106, VERM)
    river = mix(GOLD, WOOD, 0.1)
    for i in range(3):
        half = (186**2 - (86 + 30 * i) ** 2) ** 0.5
        y = 326 + 30 * i
        p.line([(480 - half + 16 + j * (2 * half - 32) / 8, y + (7 if j % 2 else -7)) for j in range(9)], 11, mix(river, CREAM, 0.16 * i), curve=True)
    pedestal(p, dict(top=TEAL, bottom=INK, style="straw", skin=DEEP), dict(top=GOLD, bottom=TEAL, style="bob", reading=TEAL), TEAL, mix(GOLD, CREAM, 0.35))
    return p


def brand_zhengzhou():
    p = medal(SKY, TEAL, mix(LEAF, CREAM, 0.35))
    for x, w, h in ((330, 44, 90), (374, 50, 140), (540, 54, 160), (594, 44, 110)):
        building(p, x, 372 if 360 < x < 560 else 350, w, h, mix(TEAL, SKY, 0.5), seed=x)
    twin_tower(p, 480, 386, 320)
    for i in (-2, -1, 0, 1, 2):
        leafy(p, 480 + i * 62, 394 - abs(i) * 14, 28, i + 9, n=8)
    pedestal(p, dict(top=VERM, bottom=INK, style="swept", glasses=INK), dict(top=TEAL, bottom=BROWN, style="perm", hair=G, reading=GOLD), GOLD, mix(LEAF, CREAM, 0.35))
    return p


def brand_mianyang():
    p = medal(mix(LEAF, CREAM, 0.5), MOSS, mix(SEA, CREAM, 0.35))
    p.oval(480, 240, 186, fill=mix(TEAL, INK, 0.25))
    rnd = Random(5)
    for _ in range(30):
        a, d = rnd.uniform(0, 2 * pi), 175 * rnd.uniform(0, 1) ** 0.5
        p.oval(480 + cos(a) * d, 240 + sin(a) * d, rnd.choice((2, 3, 4)), fill=CREAM)
    p.oval(560, 150, 34, fill=GOLD)
    p.arc(560, 150, 58, 160, 380, 5, PEACH, 16)
    p.poly(ring(480, 240, 186, 186, 28, 152), MOSS)
    p.poly([(458, 372), (502, 372), (492, 262), (468, 262)], STONE)
    with p.at(480, 252, rot=-34):
        p.poly(ring(0, -30, 124, 104, 0, 180), WHITE)
        p.oval(0, -30, 124, 27, mix(WHITE, INK, 0.16))
        for s in (-1, 1):
            p.line([(s * 84, -30), (0, -118)], 6, SILVER)
        p.oval(0, -120, 13, fill=VERM)
    pedestal(p, dict(top=GOLD, bottom=TEAL, style="pony", kid=True, h=214), dict(top=VERM, bottom=INK, style="bald", hair=G, glasses=INK, reading=TEAL), VERM, mix(SEA, CREAM, 0.35))
    return p


def brand_wafangdian():
    p = medal(mix(SKY, CREAM, 0.2), mix(TEAL, SEA, 0.4), SAND)
    # a ball bearing around an apple
    p.oval(480, 240, 166, fill=mix(INK, SILVER, 0.45))
    p.oval(480, 240, 152, fill=SILVER)
    p.oval(480, 240, 136, fill=mix(INK, SILVER, 0.3))
    for i in range(12):
        a = radians(30 * i)
        p.oval(480 + cos(a) * 120, 240 + sin(a) * 120, 24, fill=WHITE)
        p.oval(477 + cos(a) * 120, 243 + sin(a) * 120, 20, fill=SILVER)
    p.oval(480, 240, 104, fill=SILVER)
    p.oval(480, 240, 92, fill=CREAM)
    apple(p, 480, 256, 64)
    pedestal(p, dict(top=TEAL, bottom=INK, style="short", hair=IRON, skin=TAN, reading=GOLD), dict(top=VERM, bottom=BROWN, style="braids", kid=True, h=222, reading=TEAL), TEAL, SAND)
    return p


BRANDS = dict(muye=brand_muye, mengjin=brand_mengjin, zhengzhou=brand_zhengzhou, mianyang=brand_mianyang, wafangdian=brand_wafangdian)


# --- hero and icons ---------------------------------------------------------


def hero():
    p = Pic(1600, 700, CREAM)
    p.oval(1010, 300, 330, fill=mix(GOLD, CREAM, 0.6))
    for x, w, h, t in ((760, 560, 170, 0.78), (1180, 640, 230, 0.72), (1540, 560, 210, 0.68), (380, 620, 110, 0.86), (60, 520, 80, 0.9)):
        peak(p, x, 610, w, h + 50, mix(TEAL, CREAM, t))
    cloud(p, 680, 130, 0.9, WHITE)
    cloud(p, 330, 110, 0.7, mix(CREAM, WHITE, 0.8))
    g = mix(LEAF, CREAM, 0.4)
    p.poly(quad((0, 596), (700, 520), (1600, 556), 40) + [(1600, 700), (0, 700)], mix(LEAF, CREAM, 0.58))
    p.poly(quad((300, 700), (900, 548), (1600, 586), 40) + [(1600, 700)], g)
    # pavilion
    for x in (1206, 1300, 1452, 1546):
        p.rect(x - 9, 316, 18, 262, VERM, 4)
    p.rect(1196, 316, 360, 22, mix(VERM, INK, 0.12))
    for i in range(9):
        p.rect(1204 + i * 39, 338, 26, 10, GOLD, 3)
    p.rect(1176, 574, 400, 20, STONE, 4)
    p.rect(1156, 592, 440, 16, mix(STONE, INK, 0.12), 4)
    roof(p, 1376, 316, 430, 100, TEAL, GOLD)
    roof(p, 1376, 226, 270, 84, TEAL, GOLD)
    p.oval(1376, 134, 13, fill=GOLD)
    lantern(p, 1376, 376, 46, drop=0.9)
    # the great tree
    trunk = mix(WOOD, INK, 0.12)
    p.poly(quad((846, 600), (896, 560), (898, 430)) + quad((898, 430), (890, 330), (830, 260)) + [(860, 240)]
           + quad((860, 240), (920, 310), (940, 300)) + [(950, 200), (984, 200)]
           + quad((976, 300), (1010, 300), (1080, 236)) + [(1106, 262)]
           + quad((1106, 262), (1000, 350), (992, 440)) + quad((992, 440), (996, 560), (1052, 600)), trunk)
    tones = (MOSS, LEAF, mix(LEAF, CREAM, 0.3))
    crown = ((760, 226, 130, 1), (1096, 216, 130, 2), (860, 134, 140, 3), (1010, 130, 150, 4), (940, 216, 120, 7))
    for layer in range(3):
        for x, y, r, s in crown:
            leafy(p, x, y, r, s, tones, 22 - 6 * layer, layers=(layer,))
    rnd = Random(17)
    for _ in range(26):
        p.oval(rnd.uniform(720, 1140), rnd.uniform(90, 270), 7, fill=rnd.choice((GOLD, GOLD, VERM)))
    # teacher and learners
    shadow(p, 948, 606, 120, g)
    person(p, 948, 604, 226, VERM, INK, left=((14, 2), (26, -10)), right=HOLD, style="bald", skin=DEEP, hair=G, glasses=INK, beard=G)
    book(p, 968, 492, 46, GOLD)
    for x, h, look in (
        (1254, 200, dict(top=TEAL, bottom=INK, style="short", skin=TAN, right=HUG)),
        (1340, 124, dict(top=GOLD, bottom=VERM, kid=True, style="buns", skirt=True, left=UP, right=UP)),
        (1434, 192, dict(top=ROSE, bottom=TEAL, style="perm", hair=G, skirt=True, left=HUG)),
        (1506, 206, dict(top=MOSS, bottom=BROWN, style="swept", left=HOLD, right=HOLD)),
    ):
        shadow(p, x, 582, h * 0.36, STONE)
        person(p, x, 580, h, **look)
    book(p, 1506, 484, 44, VERM)
    for x, y, h, look in (
        (668, 604, 150, dict(top=GOLD, bottom=TEAL, style="long", hair=BROWN, reading=VERM)),
        (790, 650, 136, dict(top=TEAL, bottom=VERM, style="crop", kid=True, reading=GOLD)),
        (910, 676, 158, dict(top=mix(SEA, WHITE, 0.2), bottom=INK, style="bun", hair=G, reading=VERM)),
        (1050, 668, 162, dict(top=MOSS, bottom=BROWN, style="cap", hair=G, glasses=INK, skin=TAN, reading=GOLD)),
        (1166, 656, 134, dict(top=VERM, bottom=TEAL, style="pony", kid=True, reading=TEAL)),
    ):
        shadow(p, x, y + 4, h * 0.9, g)
        seated(p, x, y, h, **look)
    books(p, 1300, 668, 80, (VERM, TEAL, GOLD))
    for x, y, s in ((600, 666, 34), (1400, 668, 40), (1540, 660, 46), (480, 640, 26), (1240, 690, 30)):
        sprout(p, x, y, s, mix(LEAF, MOSS, 0.3))
    return p


def icon(size, rounded=True):
    """An open book under a roof, drawn more simply when small."""
    p = Pic(size, size, TEAL)
    with p.at(0, 0, size / 64):
        if size < 32:  # whole pixels: one is four units
            roof(p, 32, 26, 58, 18, GOLD, None, 0.12)
            p.rect(8, 32, 48, 20, CREAM)
            p.rect(28, 32, 8, 24, VERM)
        else:
            roof(p, 32, 27, 58, 18, GOLD, None, 0.22)
            for s in (-1, 1):
                p.poly(quad((32 + s * 0.9, 35), (32 + s * 10, 29), (32 + s * 23, 33))
                       + quad((32 + s * 23, 52), (32 + s * 10, 48), (32 + s * 0.9, 54)), CREAM)
                for y in (39, 45):
                    p.line(quad((32 + s * 5, y), (32 + s * 11, y - 3), (32 + s * 18, y - 1)), 1.5, VERM)
    img = p.done().convert("RGBA")
    if rounded:
        mask = Image.new("L", (size * SCALE, size * SCALE), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size * SCALE - 1, size * SCALE - 1), size * SCALE * 0.2, fill=255)
        img.putalpha(mask.resize((size, size), Image.LANCZOS))
    return img


# --- output -----------------------------------------------------------------


def save_jpeg(img, path):
    for quality in (82, 80, 78, 75, 72, 68):
        img.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
        if path.stat().st_size <= LIMIT:
            return


def save_png(img, path):
    img.convert("RGB").quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)


def jobs():
    for name, draw in TOPICS.items():
        yield f"pictures/topics/{name.replace('_', '-')}.jpg", draw
    for place, rows in STARS.items():
        for i, row in enumerate(rows, 1):
            yield f"pictures/stars/{place}-{i}.png", lambda row=row: star(*row)
    for place, draw in BRANDS.items():
        yield f"pictures/brands/{place}.jpg", draw
    for place, draw in PLACES.items():
        yield f"pictures/places/{place}.jpg", draw
    yield "pictures/hero.jpg", hero


def main(only):
    wanted = lambda name: not only or any(name.split("/", 1)[1].startswith(o) for o in only)
    for name, draw in jobs():
        if wanted(name):
            path = CONTENT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            (save_png if path.suffix == ".png" else save_jpeg)(draw().done(), path)
            print(f"{path.stat().st_size:7d} {name}")
    if wanted("static/icons"):
        out = CONTENT / "static"
        out.mkdir(parents=True, exist_ok=True)
        sizes = [icon(n) for n in (48, 32, 16)]
        sizes[0].save(out / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)], append_images=sizes[1:])
        icon(180, rounded=False).convert("RGB").save(out / "apple-touch-icon.png", optimize=True)
        for name in ("favicon.ico", "apple-touch-icon.png"):
            print(f"{(out / name).stat().st_size:7d} static/{name}")


if __name__ == "__main__":
    main(sys.argv[1:])
