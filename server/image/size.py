"""The size of an image request: what may be asked, and how many pixels of output it means.

A value is made by the grammar; a `SizeContext` tells it the extracted region, the image and the limits, which work as
`manifests.scaling` says. Image API 3.0 and 2.1, section 4.2.

A size of which only one side is given, or a percentage, is answered with the pixels of a level where the region lies
on that level's grid and the given side is the level's own: the levels are rounded up and the exact ratio often is not
(`188,` of 1501 x 1001 is 188 x 126 as a level, 188 x 125 by ratio), and all spellings of a tile are that tile.
Otherwise the other side is the nearest whole number, and at least one pixel.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from manifests.errors import Malformed, Unsupported
from manifests.rounding import nearest
from manifests.scaling import LONGEST_JPEG_SIDE, Extent, Scaling
from server.image.region import decimal_text


@dataclass(frozen=True, slots=True)
class SizeContext(Scaling):
    """What a size is a size of. `upscales`: this version asks for upscaling without a mark of its own (2.1)."""

    upscales: bool = False

    def by_percent(self, percent: Decimal) -> Extent:
        """Refused only where both sides would vanish; a strip keeps its one pixel."""
        numerator, denominator = percent.as_integer_ratio()
        if numerator and 100 * denominator % numerator == 0:
            for k, level in enumerate(self.levels()):
                if 100 * denominator == numerator << k:
                    return level
        width, height = (nearest(side * numerator, 100 * denominator) for side in self.region_size)
        return Extent(max(1, width), max(1, height)) if width or height else Extent(0, 0)

    def largest_upscaled(self) -> Extent:
        """What `^max` means: the limits filled, as far as a JPEG goes. Without limits nothing is upscaled."""
        if not self.limits.enlarge:
            return self.largest(*self.region_size)
        # Without a limit of sides, a box that certainly holds more than the area, in the region's proportions
        width = self.limits.width or self.limits.area * self.region.w
        height = self.limits.height or self.limits.area * self.region.h
        return self.largest(min(width, LONGEST_JPEG_SIDE), min(height, LONGEST_JPEG_SIDE))

    def checked(self, width: int, height: int, *, upscales: bool) -> Extent:
        """An explicit size: not empty, not above the region unasked, not beyond the limits."""
        if width < 1 or height < 1:
            raise Malformed("The size is less than one pixel.")
        if width > self.region.w or height > self.region.h:
            self._check_upscaling(width, height, asked=upscales or self.upscales)
        if not self.limits.allow(width, height):
            raise Malformed(
                "{width} x {height} pixels are more than is served. The size max gives the most: {most}.",
                width=width,
                height=height,
                most="{} x {}".format(*self.largest(*self.region_size)),
            )
        return Extent(width, height)

    def _check_upscaling(self, width: int, height: int, *, asked: bool) -> None:
        if not asked:
            raise Malformed(
                "{width} x {height} pixels are more than the region has, {own}. Put ^ in front to have it enlarged.",
                width=width,
                height=height,
                own="{} x {}".format(*self.region_size),
            )
        if not self.limits.enlarge:
            raise Unsupported("Nothing is enlarged here: this server has no limit of size set.")


@dataclass(frozen=True, slots=True)
class Max:
    """`max`, in 3.0 also `^max`."""

    upscale: bool = False

    def __str__(self) -> str:
        return "^max" if self.upscale else "max"

    def resolve(self, context: SizeContext) -> Extent:
        return context.largest_upscaled() if self.upscale else context.largest(*context.region_size)


@dataclass(frozen=True, slots=True)
class FullSize:
    """`full` of 2.1: the region's own pixels, or an error where the limits forbid them."""

    def __str__(self) -> str:
        return "full"

    def resolve(self, context: SizeContext) -> Extent:
        return context.checked(*context.region_size, upscales=False)


@dataclass(frozen=True, slots=True)
class Width:
    w: int
    upscale: bool = False

    def __str__(self) -> str:
        return f"{_caret(self.upscale)}{self.w},"

    def resolve(self, context: SizeContext) -> Extent:
        return context.checked(*context.by_width(self.w), upscales=self.upscale)


@dataclass(frozen=True, slots=True)
class Height:
    h: int
    upscale: bool = False

    def __str__(self) -> str:
        return f"{_caret(self.upscale)},{self.h}"

    def resolve(self, context: SizeContext) -> Extent:
        return context.checked(*context.by_height(self.h), upscales=self.upscale)


@dataclass(frozen=True, slots=True)
class SizePercent:
    n: Decimal
    upscale: bool = False

    def __str__(self) -> str:
        return f"{_caret(self.upscale)}pct:{decimal_text(self.n)}"

    def resolve(self, context: SizeContext) -> Extent:
        if self.n > 100 and not (self.upscale or context.upscales):
            raise Malformed("More than 100 percent enlarges the region. Put ^ in front to have that.")
        return context.checked(*context.by_percent(self.n), upscales=self.upscale)


@dataclass(frozen=True, slots=True)
class SizeWH:
    w: int
    h: int
    upscale: bool = False

    def __str__(self) -> str:
        return f"{_caret(self.upscale)}{self.w},{self.h}"

    def resolve(self, context: SizeContext) -> Extent:
        return context.checked(self.w, self.h, upscales=self.upscale)


@dataclass(frozen=True, slots=True)
class SizeWithin:
    """`!w,h`: never an error for being large.

    3.0 says "not larger than the extracted region", so a thumbnail of a small image is the image itself (decisions.md,
    13); 2.1 leaves "the exact scaling" to the server, which does the same.
    """

    w: int
    h: int
    upscale: bool = False

    def __str__(self) -> str:
        return f"{_caret(self.upscale)}!{self.w},{self.h}"

    def resolve(self, context: SizeContext) -> Extent:
        w, h = (self.w, self.h) if self.upscale else (min(self.w, context.region.w), min(self.h, context.region.h))
        size = context.largest(w, h) if w and h else Extent(0, 0)
        return context.checked(*size, upscales=self.upscale)


Size: TypeAlias = Max | FullSize | Width | Height | SizePercent | SizeWH | SizeWithin


def _caret(upscale: bool) -> str:
    return "^" if upscale else ""
