"""Old paper, and what a scanner sees of a printed sheet on it.

Everything is lazy libvips: nothing of the size of a page is held but the sheet's own ink. All noise is seeded.
"""

import random
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from PIL import Image, ImageDraw

from server.demo.typeset import Ink, Sheet
from server.libvips import pyvips

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]

PAPER = (233, 218, 186)
BED = (38, 35, 33)
INKS = {Ink.BLACK: (43, 36, 30), Ink.RED: (158, 40, 30), Ink.BLUE: (38, 70, 108)}
WARMTH = np.array([0.75, 1.0, 1.35])
"""Stains take most from blue: a brown."""
PATCH = 1021
COARSE = 8
"""Slow changes of tone are drawn this many times smaller, then stretched."""


def scan(sheet: Sheet, verso: Sheet | None, degrees: float, seed: int) -> pyvips.Image:
    """The sheet as a left page (even seed) or a right page: turned by `degrees`, the fold at its inner edge.

    `verso` is what is printed on the back; a little of it shows through.
    """
    width, height = sheet.width, sheet.height
    seen = _paper(width, height, seed)
    if verso is not None:
        seen = seen * (1 - _through(verso.layer(Ink.BLACK), seed) * 0.075)
    for ink, layer in sheet.layers.items():
        seen = _printed(seen, turn(as_vips(layer), degrees), INKS[ink], seed)
    leaf = as_vips(_leaf(width, height, degrees, seed)).gaussblur(1.2)
    return as_srgb(leaf.ifthenelse(seen, list(BED), blend=True) + noise(width, height, seed, 1.3, 0))


def as_vips(layer: Image.Image | Array) -> pyvips.Image:
    return pyvips.Image.new_from_array(np.asarray(layer))


def as_srgb(image: pyvips.Image) -> pyvips.Image:
    return image.rint().cast("uchar").copy(interpretation="srgb")


def turn(image: pyvips.Image, degrees: float) -> pyvips.Image:
    """Clockwise about the middle, the size kept; `typeset.turned` says where that takes the words."""
    angle = np.radians(degrees)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    x, y = (image.width - 1) / 2, (image.height - 1) / 2
    return image.affine(
        [cos, -sin, sin, cos],
        interpolate=pyvips.Interpolate.new("bilinear"),
        odx=x - cos * x + sin * y,
        ody=y - sin * x - cos * y,
        oarea=[0, 0, image.width, image.height],
    )


def stretched(image: pyvips.Image, width: int, height: int, way: str = "bilinear") -> pyvips.Image:
    wide, high = width / image.width, height / image.height
    return image.affine(
        [wide, 0, 0, high], interpolate=pyvips.Interpolate.new(way), extend="copy", oarea=[0, 0, width, height]
    )


def _paper(width: int, height: int, seed: int) -> pyvips.Image:
    """Paper browned towards its edges and dark in the fold, cloudy, with foxing, grain and fibres; bands of float."""
    coarse = as_vips(_tone(width // COARSE + 1, height // COARSE + 1, seed))
    fibres = noise(width // 10 + 1, height // 2 + 1, seed + 1, 6, 0.8)
    fine = noise(width, height, seed, 9, 1.1) + stretched(fibres, width, height)
    return stretched(coarse, width, height) + fine


def noise(width: int, height: int, seed: int, sigma: float, blur: float) -> pyvips.Image:
    """Grain around 0: one patch laid side by side, each page beginning elsewhere in it. Nobody sees the repeat."""
    x, y = seed * 173 % PATCH, seed * 619 % PATCH
    patch = _patch(sigma, blur)
    return patch.replicate((width + x) // PATCH + 1, (height + y) // PATCH + 1).crop(x, y, width, height)


@lru_cache
def _patch(sigma: float, blur: float) -> pyvips.Image:
    """Grain that joins itself at all four edges."""
    patch = as_vips(np.random.default_rng(PATCH).normal(0, sigma, (PATCH, PATCH)).astype(np.float32))
    return patch.replicate(3, 3).gaussblur(blur).crop(PATCH, PATCH, PATCH, PATCH).copy_memory() if blur else patch


def _tone(columns: int, rows: int, seed: int) -> Array:
    across, down = np.linspace(-1, 1, columns)[None, :], np.linspace(-1, 1, rows)[:, None]
    browning = np.maximum(np.abs(across), np.abs(down)) ** 6 * 26 + (across**2 + down**2) * 5
    browning = browning + _foxing(columns, rows, seed) + _damp(columns, rows, seed)
    cloud = pyvips.Image.perlin(columns, rows, cell_size=24, seed=seed).numpy() * 2.5
    from_fold = np.arange(columns) / columns
    light = 1 - 0.42 * np.exp(-from_fold / 0.022) - 0.1 * np.exp(-from_fold / 0.1)
    light = light if is_right_page(seed) else light[::-1]
    tone = (np.array(PAPER) - (browning + cloud)[:, :, None] * WARMTH) * light[None, :, None]
    return np.asarray(tone, dtype=np.float32)


def _foxing(columns: int, rows: int, seed: int) -> Array:
    """Rust-brown freckles, most of them small and pale."""
    dice = random.Random(seed)
    y, x = np.mgrid[0:rows, 0:columns]
    spots = np.zeros((rows, columns))
    for _ in range(26):
        centre_x, centre_y, size = dice.uniform(0, columns), dice.uniform(0, rows), dice.uniform(0.6, 1) ** 5 * 7 + 0.7
        spots += dice.uniform(4, 17) * np.exp(-((x - centre_x) ** 2 + (y - centre_y) ** 2) / (2 * size**2))
    return spots


def _damp(columns: int, rows: int, seed: int) -> Array:
    """Water crept in from the lower outer corner: less far with every leaf, with a dark rim where it dried."""
    y, x = np.mgrid[0:rows, 0:columns]
    corner = columns if is_right_page(seed) else 0
    reach = columns * (0.42 - 0.015 * seed)
    creep = pyvips.Image.perlin(columns, rows, cell_size=round(columns * 0.23), seed=9).numpy() * columns * 0.07
    beyond = np.hypot(x - corner, (y - rows) * 0.8) + (creep if is_right_page(seed) else creep[:, ::-1]) - reach
    return np.asarray(7 * np.exp(-((beyond / 2.5) ** 2)) + 4 / (1 + np.exp(beyond / 2)))


def _through(verso: Image.Image, seed: int) -> pyvips.Image:
    """The print of the other side, seen dimly and in reverse; 0 to 1."""
    small = as_vips(verso).shrink(4, 4).fliphor().gaussblur(1.4) / 255
    patchy = pyvips.Image.perlin(small.width, small.height, cell_size=160, seed=seed + 3) * 0.5 + 0.7
    return stretched((small * patchy).copy_memory(), verso.width, verso.height)


def _printed(paper: pyvips.Image, layer: pyvips.Image, ink: tuple[int, int, int], seed: int) -> pyvips.Image:
    """Ink pressed into paper: it creeps out a little, its edge is ragged, and it lies unevenly."""
    width, height = paper.width, paper.height
    ragged = noise(width, height, seed, 80, 1.3).clamp(min=-60, max=60)
    edge = ((layer.gaussblur(1.5) + ragged - 77) * (2.6 / 255)).clamp()
    heavy = pyvips.Image.perlin(width // COARSE + 1, height // COARSE + 1, cell_size=52, seed=seed + 6) * 0.1 + 0.87
    cover = edge * stretched(heavy, width, height)
    return paper * (1 - cover) + cover * list(ink)


def _leaf(width: int, height: int, degrees: float, seed: int) -> Image.Image:
    """Where there is paper (255) and where the scanner's bed shows past its three free edges (0)."""
    dice = random.Random(seed + 7)
    rim = width * 0.011
    outer = width - rim - dice.uniform(0, rim)
    corners = [(-4 * rim, rim), (outer, rim), (outer, height - rim), (-4 * rim, height - rim)]
    edge = [
        (x0 + (x1 - x0) * step / 90 + dice.gauss(0, rim / 22), y0 + (y1 - y0) * step / 90 + dice.gauss(0, rim / 22))
        for (x0, y0), (x1, y1) in pairwise([*corners, corners[0]])
        for step in range(90)
    ]
    if not is_right_page(seed):
        edge = [(width - x, y) for x, y in edge]
    lean = np.tan(np.radians(degrees))
    leaf = Image.new("L", (width, height), 0)
    turned = [(x - (y - height / 2) * lean, y + (x - width / 2) * lean) for x, y in edge]
    ImageDraw.Draw(leaf).polygon(turned, fill=255)
    return leaf


def is_right_page(seed: int) -> bool:
    """Pages are seeded with their number: the first is a right page."""
    return seed % 2 == 1


def save_tiff(image: pyvips.Image, file: Path, ppi: float, **options: Any) -> None:
    """As scanners' programs write it: losslessly packed, resolution and profile said."""
    per_millimetre = ppi / 25.4
    image.tiffsave(
        str(file),
        **{"compression": "lzw", "predictor": "horizontal", "profile": "srgb"} | options,
        xres=per_millimetre,
        yres=per_millimetre,
        resunit="inch",
    )
