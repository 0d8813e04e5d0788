"""Type on a sheet: words set one by one, and the box of each taken from its own ink.

A sheet knows nothing of paper or of scanning. It is a layer for each ink, from 0 (none) to 255, and the words that
stand on it. The setting is the plain one (no shaping library, which a machine may or may not have), so
that a sheet is the same everywhere; Vietnamese needs no more, as long as the text is composed (NFC).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from importlib.resources import as_file, files
from unicodedata import normalize

from PIL import Image, ImageDraw, ImageFont

from manifests.errors import Missing
from manifests.model import Box, Word

REGULAR, ITALIC, SEMIBOLD = "EBGaramond-Regular", "EBGaramond-Italic", "EBGaramond-SemiBold"
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


class Ink(Enum):
    BLACK = "black"
    RED = "red"
    BLUE = "blue"


@lru_cache(maxsize=64)
def font(face: str, size: int, package: str = "server.demo") -> ImageFont.FreeTypeFont:
    """`size` in pixels of the body, as type is measured; `package` is the one whose folder `fonts` holds it."""
    found = files(package) / "fonts" / f"{face}.ttf"
    if not found.is_file():
        raise Missing("The typeface {face} of the sample library is not there. Run `make install`.", face=face)
    with as_file(found) as path:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set: `tracking` is the space added after each letter, in pixels."""

    face: str
    size: int
    tracking: int = 0
    ink: Ink = Ink.BLACK


@dataclass(slots=True)
class Sheet:
    """`lines` counts the lines set so far; the words carry its numbers. A layer is there once ink lies on it."""

    width: int
    height: int
    layers: dict[Ink, Image.Image] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    lines: int = 0

    def layer(self, ink: Ink) -> Image.Image:
        if ink not in self.layers:
            self.layers[ink] = Image.new("L", (self.width, self.height), 0)
        return self.layers[ink]

    def line(self, text: str, style: Style, x: float, baseline: float, align: float = LEFT) -> Box:
        """Sets one line with its left end, middle or right end at x; the box of all its ink."""
        text = normalize("NFC", text)
        left = x - align * length(text, style)
        boxes = []
        for start, word in _words(text):
            box = self._stamp(word, style, round(left + length(text[:start], style)), round(baseline))
            self.words.append(Word(word, self.lines, box))
            boxes.append(box)
        self.lines += 1
        return around(boxes)

    def paragraph(self, text: str, style: Style, x: float, baseline: float, width: float, leading: float) -> float:
        """Sets lines no wider than `width`, the first set in; the baseline after the last."""
        line, indent = "", style.size * 1.5
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and length(longer, style) > width - indent:
                self.line(line, style, x + indent, baseline)
                baseline, indent, longer = baseline + leading, 0, word
            line = longer
        self.line(line, style, x + indent, baseline)
        return baseline + leading

    def ornament(self, sign: str, style: Style, x: float, baseline: float) -> None:
        """A sign that is no word: ink alone, its middle at x."""
        self._stamp(sign, style, round(x - length(sign, style) / 2), round(baseline))

    def rule(self, box: Box, ink: Ink = Ink.BLACK) -> None:
        ImageDraw.Draw(self.layer(ink)).rectangle((box.x, box.y, box.x + box.w - 1, box.y + box.h - 1), fill=255)

    def _stamp(self, word: str, style: Style, x: int, baseline: int) -> Box:
        mask, left, top = _struck(word, style)
        self.layer(style.ink).paste(255, (x + left, baseline + top), mask)
        return Box(x + left, baseline + top, *mask.size)


def length(text: str, style: Style) -> float:
    return float(font(style.face, style.size).getlength(text)) + style.tracking * len(text)


def around(boxes: Sequence[Box]) -> Box:
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(left, top, max(b.x + b.w for b in boxes) - left, max(b.y + b.h for b in boxes) - top)


@lru_cache(maxsize=4096)
def _struck(word: str, style: Style) -> tuple[Image.Image, int, int]:
    """The ink of a word cut to its edges, and where its corner lies from the pen on the baseline."""
    face = font(style.face, style.size)
    pad = style.size
    image = Image.new("L", (math.ceil(length(word, style)) + 2 * pad, 3 * pad), 0)
    pen = ImageDraw.Draw(image)
    if style.tracking:
        for place, letter in enumerate(word):
            pen.text((pad + round(length(word[:place], style)), 2 * pad), letter, 255, face, anchor="ls")
    else:
        pen.text((pad, 2 * pad), word, 255, face, anchor="ls")
    ink = image.getbbox()
    assert ink is not None, f"{word!r} leaves no ink"  # noqa: S101 -- our own texts hold no blank words
    return image.crop(ink), ink[0] - pad, ink[1] - 2 * pad


def _words(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        found.append((start, word))
        start += len(word)
    return found


def turned(words: Sequence[Word], degrees: float, width: int, height: int) -> list[Word]:
    """Where words lie once their sheet has been turned clockwise about its middle: upright boxes around the ink."""
    return [replace(word, box=_turned(word.box, math.radians(degrees), width, height)) for word in words if word.box]


def _turned(box: Box, angle: float, width: int, height: int) -> Box:
    cos, sin = math.cos(angle), math.sin(angle)
    middle_x, middle_y = width / 2, height / 2
    corners = [(x - middle_x, y - middle_y) for x in (box.x, box.x + box.w) for y in (box.y, box.y + box.h)]
    xs = [middle_x + x * cos - y * sin for x, y in corners]
    ys = [middle_y + x * sin + y * cos for x, y in corners]
    left, top = math.floor(min(xs)), math.floor(min(ys))
    return Box(left, top, math.ceil(max(xs)) - left, math.ceil(max(ys)) - top)
