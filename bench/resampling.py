"""How true pictures are when they are made smaller: ours, other kernels, and without the larger level, in one table.

    python -m bench.resampling

Patterns in which resampling goes wrong (a newspaper's halftone, an engraver's lines, print, a hard edge) are made in
code, taken in as masters, and asked for in five sizes. The reference is a Lanczos reduction of the master itself. In
the table: decibels of the luma; behind the slash, grey levels by which an even tone is uneven where the reference is
even (moiré). Below it, by how many levels a hard edge of 150 overshoots.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from manifests.scaling import Limits
from manifests.tiling import levels
from server.image.answer_plan import Derived, plan_answer
from server.image.grammar import parse
from server.image.output_formats import Encoding
from server.image.pixels import render
from server.pyramid.build import build_pyramid
from server.pyramid.tile_index import TileIndex, unpack

Grey: TypeAlias = NDArray[np.float64]

SIDE = 1760
FACTORS = (1.3, 2.7, 3.3, 5.9, 11.0)
_BORDER = 8
"""Pixels at the edges of an answer that are not compared: each program continues a picture in its own way."""


class Made(NamedTuple):
    file: Path
    index: TileIndex


def _places() -> tuple[Grey, Grey]:
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(float)
    return x, y


def halftone(lines: float, ppi: float, angle: float) -> Grey:
    """Printer's dots of an even tone, so many lines an inch, scanned at so many pixels an inch."""
    x, y = _places()
    turn, period = math.radians(angle), ppi / lines
    u, v = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
    dots = (np.cos(2 * math.pi * u / period) + np.cos(2 * math.pi * v / period)) / 2
    return 128 + 90 * np.tanh(2 * dots)


def lines(period: float, angle: float) -> Grey:
    """As an engraver shades: lines so many pixels apart."""
    x, y = _places()
    turn = math.radians(angle)
    return 128 + 90 * np.tanh(3 * np.sin(2 * math.pi * (x * math.cos(turn) + y * math.sin(turn)) / period))


def print_of_a_page() -> Grey:
    dice, font = np.random.default_rng(7), ImageFont.load_default(40)
    page = Image.new("L", (SIDE, SIDE), 236)
    pen = ImageDraw.Draw(page)
    for y in range(30, SIDE - 60, 56):
        words = ("".join(dice.choice(list("abcdefghiklmnopqrstuvxy"), dice.integers(2, 9))) for _ in range(14))
        pen.text((30, y), " ".join(words), font=font, fill=45)
    return np.clip(np.asarray(page, float) + dice.normal(0, 2.5, (SIDE, SIDE)), 0, 255)


def edge() -> Grey:
    found = np.full((SIDE, SIDE), 200.0)
    found[:, SIDE // 2 :] = 50
    return found


PATTERNS: Mapping[str, Callable[[], Grey]] = {
    "halftone, 150 lines at 400 ppi, 45 degrees": lambda: halftone(150, 400, 45),
    "halftone, 133 lines at 600 ppi, 15 degrees": lambda: halftone(133, 600, 15),
    "lines 3.3 pixels apart, 11 degrees": lambda: lines(3.3, 11),
    "lines 2.3 pixels apart, 30 degrees": lambda: lines(2.3, 30),
    "print": print_of_a_page,
}


def made(pattern: Grey, folder: Path) -> Made:
    file = folder / "master.png"
    Image.fromarray(pattern.astype(np.uint8)).save(file)
    pyramid = build_pyramid(file, folder / "pyramids", "work", "master", max_pixels=10**8).pyramid
    if pyramid is None:
        raise ValueError("the pattern was refused")
    return Made(folder / pyramid.file, unpack(pyramid.index))


def ours(made: Made, output: int, *, larger: bool = True) -> Grey:
    """As the server answers. `larger`: from the level that the plan names, else from the one below it."""
    resolved = parse(3, "full", f"{output},{output}", "0", "gray.png").resolve(SIDE, SIDE, Limits(), grey=True)
    planned = plan_answer(resolved, SIDE, SIDE)
    deepest = min(len(levels(SIDE, SIDE)) - 1, int(math.log2(SIDE / output)))
    level = planned.level if larger else deepest
    body = render(made.file, made.index, Derived(level, aligned=False), resolved, Encoding())
    found: Grey = pyvips.Image.new_from_buffer(body, "").numpy().astype(float)
    return found


def by_kernel(pattern: Grey, output: int, kernel: str) -> Grey:
    """From the same level, without a loss between, with another kernel of libvips."""
    level = pattern
    for _ in range(min(len(levels(SIDE, SIDE)) - 1, int(math.log2(SIDE / output)))):
        level = np.round(level.reshape(level.shape[0] // 2, 2, -1, 2).mean(axis=(1, 3)))
    factor = level.shape[0] / output
    found: Grey = pyvips.Image.new_from_array(level.astype(np.uint8)).reduce(factor, factor, kernel=kernel).numpy()
    return found.astype(float)[:output, :output]


def reference(pattern: Grey, output: int) -> Grey:
    whole = Image.fromarray(pattern.astype(np.uint8))
    return np.asarray(whole.resize((output, output), Image.Resampling.LANCZOS), float)


def _inner(picture: Grey) -> Grey:
    return picture[_BORDER:-_BORDER, _BORDER:-_BORDER]


def decibels(one: Grey, other: Grey) -> float:
    return 10 * math.log10(255**2 / max(1e-6, float(np.mean((_inner(one) - _inner(other)) ** 2))))


def moire(one: Grey, other: Grey) -> float:
    """How much more uneven it is than the reference, in grey levels."""
    return math.sqrt(max(0.0, float(np.var(_inner(one)) - np.var(_inner(other)))))


KERNELS = ("lanczos2", "mitchell", "mks2013", "mks2021")


def rows() -> Iterator[str]:
    yield "| pattern | factor | ours | from the level below | " + " | ".join(KERNELS) + " |"
    yield "| --- |" + " ---: |" * (3 + len(KERNELS))
    for name, pattern in PATTERNS.items():
        with TemporaryDirectory() as folder:
            grey = pattern()
            pyramid = made(grey, Path(folder))
            for factor in FACTORS:
                output = round(SIDE / factor)
                wanted = reference(grey, output)
                found = [ours(pyramid, output), ours(pyramid, output, larger=False)]
                found += [by_kernel(grey, output, kernel) for kernel in KERNELS]
                cells = " | ".join(f"{decibels(one, wanted):.1f} / {moire(one, wanted):.1f}" for one in found)
                yield f"| {name} | {factor} | {cells} |"


def overshoot() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        grey = edge()
        pyramid = made(grey, Path(folder))
        for factor in FACTORS:
            output = round(SIDE / factor)
            found = {"ours": ours(pyramid, output)}
            found |= {kernel: by_kernel(grey, output, kernel) for kernel in KERNELS}
            cells = "  ".join(f"{name} {max(one.max() - 200, 50 - one.min()):.0f}" for name, one in found.items())
            yield f"overshoot at {factor}: {cells}"


def main() -> None:
    for line in (*rows(), "", *overshoot()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
