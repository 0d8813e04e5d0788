"""The page that is measured with: print on grainy paper, so that its tiles weigh what tiles of scans weigh.

Letters are the hardest that a library shows: where a server puts them half a pixel beside their place, or makes them
soft, `bench.fidelity` sees it.
"""

from importlib.resources import files
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (7201, 10201)
"""73 megapixels; odd, so that every level has edges of its own."""

MARGIN, LEADING, LETTERS = 600, 118, 92
"""Pixels: the margin, from line to line, and the height of the type."""


def draw(file: Path) -> None:
    """Two columns of verse with a grey picture between them, as a TIFF without loss."""
    sheet = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(files("server.demo") / "fonts" / "EBGaramond-Regular.ttf"), LETTERS)
    lines = (files("server.demo") / "texts" / "kieu.txt").read_text(encoding="utf-8").split("\n")
    for number, top in enumerate(range(MARGIN, SIZE[1] - MARGIN, LEADING)):
        for column, left in enumerate((MARGIN, SIZE[0] // 2 + 100)):
            pen.text((left, top), lines[(2 * number + column) % len(lines)], font=face, fill=205)
    ink = np.asarray(sheet.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float32)
    height, width = ink.shape
    paper = (
        np.linspace(238, 222, height, dtype=np.float32)[:, None] - np.linspace(0, 8, width, dtype=np.float32)[None, :]
    )
    grain = np.random.default_rng(7).normal(0, 3, (1024, 1024)).astype(np.float32)
    grey = paper - ink + np.tile(grain, (-(-height // 1024), -(-width // 1024)))[:height, :width]
    grey[4000:5200, 2400:4800] = _picture(1200, 2400)
    pixels = np.stack([np.clip(grey * tint, 0, 255).astype(np.uint8) for tint in (1.0, 0.97, 0.9)], axis=2)
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(file)


def _picture(height: int, width: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return 128 + 60 * np.sin(x / 90) * np.cos(y / 70) + 30 * np.sin((x + y) / 23)
