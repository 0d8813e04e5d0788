"""Pictures without a model: a bay in the morning, the face of a bronze drum, a lotus; drawn by formula, each seeded."""

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from server.demo.paper import Array

FINER = 3
"""Shapes are drawn this many times larger and reduced, which smooths their edges."""


def bay(width: int, height: int, seed: int) -> Array:
    """Limestone rocks in mist over still water, as an albumen print would have it; grey from 0 to 1."""
    rng = np.random.default_rng(seed)
    shore = round(height * 0.6)
    down, across = np.mgrid[0:height, 0:width]
    sun = np.hypot(across - width * 0.63, down - shore * 0.52)
    picture = 0.93 - 0.3 * (down / height) + 0.3 * np.exp(-sun / (height * 0.16)) + 0.25 * (sun < height * 0.035)
    for depth in range(5):
        near = depth / 4
        crest = shore - _crest(width, rng, height * (0.13 + 0.22 * near), 5 + depth)
        tone = 0.78 - 0.58 * near
        rock = down > crest[None, :]
        haze = np.clip((down - crest[None, :]) / (height * 0.2), 0, 1) * (0.16 - 0.1 * near)
        picture = np.where(rock & (down <= shore), tone + haze, picture)
    mirrored = picture[np.clip(2 * shore - down[:, 0] - 1, 0, height - 1)]
    swell = np.sin(down / (2.5 + (down - shore).clip(1) * 0.022) + rng.normal(0, 0.6, (height, 1))) * 0.03
    water = mirrored * 0.74 + 0.13 + swell
    picture = np.where(down > shore, water, picture)
    fade = ((across / width - 0.5) ** 2 + (down / height - 0.5) ** 2) * 0.35
    return np.asarray(np.clip(picture - fade + rng.normal(0, 0.022, picture.shape), 0, 1))


def _crest(width: int, rng: np.random.Generator, tallest: float, rocks: int) -> Array:
    """The skyline of a row of steep rocks, 0 where open water lies between two."""
    x = np.arange(width) / width
    crest = np.zeros(width)
    for _ in range(rocks):
        middle, half, tall = rng.uniform(-0.05, 1.05), rng.uniform(0.035, 0.11), rng.uniform(0.35, 1) * tallest
        crest = np.maximum(crest, tall * np.clip(1 - np.abs((x - middle) / half) ** 3.2, 0, None) ** 0.6)
    rough = sum(
        np.interp(x, np.linspace(0, 1, 24 * 3**octave), rng.normal(0, 0.05 / 2**octave, 24 * 3**octave))
        for octave in range(4)
    )
    return np.asarray(np.where(crest > 0, np.clip(crest * (1 + rough), 0, None), 0))


def drum(size: int, seed: int) -> Array:
    """The face of a Đông Sơn drum: a star of fourteen rays and rings of teeth, circles and steps; grey from 0 to 1."""
    line = np.linspace(-1, 1, size)
    x, y = np.meshgrid(line, line)
    radius, turn = np.hypot(x, y) / 0.93, np.arctan2(y, x) / math.tau
    relief = _star(radius, turn)
    for start, count, kind in (
        (0.27, 48, "teeth"), (0.33, 40, "circles"), (0.41, 64, "steps"), (0.49, 28, "waves"),
        (0.6, 72, "circles"), (0.67, 96, "teeth"), (0.73, 24, "waves"), (0.85, 110, "circles"), (0.91, 130, "teeth"),
    ):  # fmt: skip
        relief = relief + _ring(radius, turn, start, count, kind)
    relief = relief + 0.9 * (radius < 1)
    rng = np.random.default_rng(seed)
    patina = np.asarray(
        Image.fromarray(rng.normal(0, 1, (size // 8, size // 8)).astype(np.float32)).resize((size, size))
    )
    relief = _blurred(relief, 1.6) + patina * 0.012
    south, east = np.gradient(relief)
    light = 0.42 + 0.1 * patina * (radius < 1) * 0.5 - (south + east) * 1.9 + 0.1 * (1 - radius)
    ground = 0.08 + 0.05 * np.clip(1.4 - radius, 0, 1)
    return np.asarray(np.clip(np.where(radius < 1.004, light, ground) + rng.normal(0, 0.008, relief.shape), 0, 1))


def _star(radius: Array, turn: Array) -> Array:
    ray = np.abs((turn * 14) % 1 - 0.5) * 2
    return np.asarray(0.9 * (radius < 0.08 + 0.16 * ray**2.2) + 0.6 * (np.abs(radius - 0.25) < 0.006))


def _ring(radius: Array, turn: Array, start: float, count: int, kind: str) -> Array:
    wide = {"teeth": 0.05, "circles": 0.06, "steps": 0.06, "waves": 0.09}[kind]
    height, along = (radius - start) / wide, (turn * count) % 1
    inside = (height > 0) & (height < 1)
    match kind:
        case "teeth":
            mark = np.abs(along - 0.5) * 2 < 1 - height
        case "circles":
            away = np.hypot((along - 0.5) * math.tau * radius / count / wide, height - 0.5)
            mark = (np.abs(away - 0.33) < 0.07) | (away < 0.09)
        case "steps":
            mark = ((along * 4).astype(int) % 2 == 0) ^ (height > 0.5)
        case _:
            mark = np.abs(height - 0.5 - 0.3 * np.sin(along * math.tau)) < 0.09
    return np.asarray(0.55 * (mark & inside) + 0.6 * (np.abs(radius - start) < 0.004))


def _blurred(values: Array, reach: float) -> Array:
    top = float(values.max())
    image = Image.fromarray((values / top * 65535 / 257).astype(np.uint8)).filter(ImageFilter.GaussianBlur(reach))
    return np.asarray(image, dtype=np.float64) / 255 * top


def lotus(width: int, height: int, seed: int) -> Image.Image:
    """A lotus over its leaves in flat colours, in the manner of a woodblock print."""
    image = Image.new("RGB", (width * FINER, height * FINER), "#f2e3c2")
    pen = ImageDraw.Draw(image)
    unit = width * FINER / 100
    dice = random.Random(seed)
    for x, top in ((50, 52), (20, 45), (81, 40)):
        pen.line([((50 + (x - 50) * 0.5) * unit, 88 * unit), (x * unit, top * unit)], "#3c5f45", round(1.5 * unit))
    for number in range(7):
        middle, low = 12 + number * 13 + dice.uniform(-4, 4), 90 + dice.uniform(-7, 5) + 4 * (number % 2)
        _leaf(pen, unit, middle, low, dice.uniform(11, 17), ("#4f7d5a", "#6c9a5f")[number % 2])
    _bud(pen, unit, 20, 45, 0.55)
    _bud(pen, unit, 81, 40, 0.46)
    _flower(pen, unit, 50, 53)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _leaf(pen: ImageDraw.ImageDraw, unit: float, x: float, y: float, reach: float, colour: str) -> None:
    pen.ellipse([(x - reach) * unit, (y - reach * 0.42) * unit, (x + reach) * unit, (y + reach * 0.42) * unit],
                colour, "#2c4634", round(0.5 * unit))  # fmt: skip
    for vein in range(11):
        angle = math.tau * vein / 11
        end = (x + 0.9 * reach * math.cos(angle), y + 0.38 * reach * math.sin(angle))
        pen.line([(x * unit, y * unit), (end[0] * unit, end[1] * unit)], "#2c4634", round(0.3 * unit))


def _petal(pen: ImageDraw.ImageDraw, unit: float, x: float, y: float, lean: float, tall: float, colour: str) -> None:
    """From its foot at x, y: pointed at the tip, full in the middle."""
    steps = [step / 24 for step in range(25)]
    wide = [0.3 * tall * math.sin(math.pi * t**0.8) * (1 - 0.25 * t) for t in steps]
    outline = [(-w, tall * t) for w, t in zip(wide, steps, strict=True)]
    outline += [(w, tall * t) for w, t in zip(reversed(wide), reversed(steps), strict=True)]
    cos, sin = math.cos(lean), math.sin(lean)
    points = [((x + across * cos + up * sin) * unit, (y + across * sin - up * cos) * unit) for across, up in outline]
    pen.polygon(points, colour)
    pen.line([*points, points[0]], "#7c2f42", round(0.5 * unit), joint="curve")


def _flower(pen: ImageDraw.ImageDraw, unit: float, x: float, y: float) -> None:
    for leans, tall, colour in (
        ((-1.25, 1.25, -0.95, 0.95), 25, "#d9748a"),
        ((-0.68, 0.68, -0.38, 0.38), 29, "#e69aa8"),
        ((0.0,), 31, "#efb9bf"),
        ((-0.52, 0.52, -0.2, 0.2), 20, "#f4d0cf"),
    ):
        for lean in leans:
            _petal(pen, unit, x, y, lean, tall, colour)
    pen.ellipse(
        [(x - 4.6) * unit, (y - 8.5) * unit, (x + 4.6) * unit, (y - 4) * unit], "#d9b44a", "#7a5a1d", round(0.4 * unit)
    )


def _bud(pen: ImageDraw.ImageDraw, unit: float, x: float, y: float, share: float) -> None:
    for lean, colour in ((-0.3, "#d9748a"), (0.3, "#d9748a"), (0.0, "#e69aa8")):
        _petal(pen, unit, x, y, lean, 34 * share, colour)
