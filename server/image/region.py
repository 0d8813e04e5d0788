"""The region of an image request: what may be asked, and which pixels of a given image it means.

A value is made by the grammar and knows no image until it is resolved. Image API 3.0 and 2.1, section 4.1.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from manifests.errors import Malformed
from manifests.model import Box
from manifests.rounding import nearest


@dataclass(frozen=True, slots=True)
class Full:
    def __str__(self) -> str:
        return "full"

    def resolve(self, width: int, height: int) -> Box:
        return Box(0, 0, width, height)


@dataclass(frozen=True, slots=True)
class Square:
    """In the middle of the longer side: "centered is often a reasonable default"."""

    def __str__(self) -> str:
        return "square"

    def resolve(self, width: int, height: int) -> Box:
        side = min(width, height)
        return Box((width - side) // 2, (height - side) // 2, side, side)


@dataclass(frozen=True, slots=True)
class Pixels:
    x: int
    y: int
    w: int
    h: int

    def __str__(self) -> str:
        return f"{self.x},{self.y},{self.w},{self.h}"

    def resolve(self, width: int, height: int) -> Box:
        """Cropped at the image's edge; nothing left of it is an error (section 4.1, after the table)."""
        if not (self.w and self.h):
            raise Malformed("The region is empty: its width and height must be at least one pixel.")
        if self.x >= width or self.y >= height:
            raise Malformed(
                "The region lies outside the image, which is {width} x {height} pixels.", width=width, height=height
            )
        return Box(self.x, self.y, min(self.w, width - self.x), min(self.h, height - self.y))


@dataclass(frozen=True, slots=True)
class Percent:
    x: Decimal
    y: Decimal
    w: Decimal
    h: Decimal

    def __str__(self) -> str:
        return "pct:" + ",".join(map(decimal_text, (self.x, self.y, self.w, self.h)))

    def resolve(self, width: int, height: int) -> Box:
        """Each of the four is rounded by itself: "x represents the number of pixels ... calculated as a percentage"."""
        x, w = (_share(percent, width) for percent in (self.x, self.w))
        y, h = (_share(percent, height) for percent in (self.y, self.h))
        return Pixels(x, y, w, h).resolve(width, height)


Region: TypeAlias = Full | Square | Pixels | Percent


def decimal_text(number: Decimal) -> str:
    """Digits and a point only, no trailing zeros (Image API 3.0 section 4.7)."""
    return format(number.normalize(), "f")


def _share(percent: Decimal, whole: int) -> int:
    numerator, denominator = percent.as_integer_ratio()
    return nearest(numerator * whole, denominator * 100)
