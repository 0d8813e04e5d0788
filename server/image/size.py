"""The size of an image request: what may be asked, and how many pixels of output it means.

A value is made by the grammar; a `SizeContext` tells it the extracted region, the image and the limits. Image API 3.0
and 2.1, section 4.2, and section 5.2 (3.0) or 5.3 (2.1) for the limits.

A size of which only one side is given, or a percentage, is answered with the pixels of a level where the region lies
on that level's grid and the given side is the level's own: the levels are rounded up and the exact ratio often is not
(`188,` of 1501 x 1001 is 188 x 126 as a level, 188 x 125 by ratio), and all spellings of a tile are that tile.
Otherwise the other side is the nearest whole number, and at least one pixel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isqrt
from typing import NamedTuple, TypeAlias

from manifests.errors import Malformed, Unsupported
from manifests.model import Box
from manifests.tiling import levels
from server.image.region import plainly
from server.image.rounding import nearest, upwards


class Extent(NamedTuple):
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The most pixels that are sent, before rotation; 0 is no limit.

    One side alone limits the other too: that is how clients must read `maxWidth` without `maxHeight`, and `maxHeight`
    alone may not be advertised.
    """

    width: int = 0
    height: int = 0
    area: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", self.width or self.height)
        object.__setattr__(self, "height", self.height or self.width)

    def __bool__(self) -> bool:
        return bool(self.width or self.area)

    def allow(self, width: int, height: int) -> bool:
        beyond_a_side = self.width and (width > self.width or height > self.height)
        return not beyond_a_side and not (self.area and width * height > self.area)


@dataclass(frozen=True, slots=True)
class SizeContext:
    """What a size is a size of. `grows`: this version asks for upscaling without a mark of its own (2.1)."""

    region: Box
    image: Extent
    limits: Limits
    grows: bool = False

    @property
    def own(self) -> Extent:
        return Extent(self.region.w, self.region.h)

    def by_width(self, width: int) -> Extent:
        for level in self._levels():
            if level.width == width:
                return level
        return Extent(width, max(1, nearest(self.region.h * width, self.region.w)))

    def by_height(self, height: int) -> Extent:
        for level in self._levels():
            if level.height == height:
                return level
        return Extent(max(1, nearest(self.region.w * height, self.region.h)), height)

    def by_percent(self, percent: Decimal) -> Extent:
        """Refused only where both sides would vanish; a strip keeps its one pixel."""
        numerator, denominator = percent.as_integer_ratio()
        if numerator and 100 * denominator % numerator == 0:
            for k, level in enumerate(self._levels()):
                if 100 * denominator == numerator << k:
                    return level
        width, height = (nearest(side * numerator, 100 * denominator) for side in self.own)
        return Extent(max(1, width), max(1, height)) if width or height else Extent(0, 0)

    def largest(self, width: int, height: int) -> Extent:
        """As large as possible within this box and the limits, in the region's proportions."""
        if self.limits.width:
            width, height = min(width, self.limits.width), min(height, self.limits.height)
        wide = width * self.region.h <= height * self.region.w
        fitted = self.by_width(width) if wide else self.by_height(height)
        return self._within_area(Extent(min(fitted.width, width), min(fitted.height, height)))

    def largest_grown(self) -> Extent:
        """What `^max` means: the limits filled. Without limits nothing is upscaled."""
        if self.limits.width:
            return self.largest(self.limits.width, self.limits.height)
        # A box that certainly holds more than the area, in the region's proportions
        return (
            self.largest(self.limits.area * self.region.w, self.limits.area * self.region.h)
            if self.limits
            else self.own
        )

    def checked(self, width: int, height: int, *, grows: bool) -> Extent:
        """An explicit size: not empty, not above the region unasked, not beyond the limits."""
        if width < 1 or height < 1:
            raise Malformed("The size is less than one pixel.")
        if width > self.region.w or height > self.region.h:
            self._check_growth(width, height, asked=grows or self.grows)
        if not self.limits.allow(width, height):
            raise Malformed(
                "{width} x {height} pixels are more than is served. The size max gives the most: {most}.",
                width=width,
                height=height,
                most="{} x {}".format(*self.largest(*self.own)),
            )
        return Extent(width, height)

    def _check_growth(self, width: int, height: int, *, asked: bool) -> None:
        if not asked:
            raise Malformed(
                "{width} x {height} pixels are more than the region has, {own}. Put ^ in front to have it enlarged.",
                width=width,
                height=height,
                own="{} x {}".format(*self.own),
            )
        if not self.limits:
            raise Unsupported("Nothing is enlarged here: this server has no limit of size set.")

    def _levels(self) -> Iterator[Extent]:
        """The region as it stands in each level whose grid it lies on, the full size first."""
        x, y, w, h = self.region
        right, bottom = (x + w) % self.image.width, (y + h) % self.image.height
        for k in range(len(levels(*self.image))):
            scale = 1 << k
            if x % scale or y % scale or right % scale or bottom % scale:
                return
            yield Extent(upwards(w, scale), upwards(h, scale))

    def _within_area(self, size: Extent) -> Extent:
        if not self.limits.area or size.width * size.height <= self.limits.area:
            return size
        area = self.limits.area
        width = min(max(1, isqrt(area * self.region.w // self.region.h)), area, size.width)
        height = max(1, nearest(self.region.h * width, self.region.w))
        return Extent(width, min(height, area // width, size.height))


@dataclass(frozen=True, slots=True)
class Max:
    """`max`, in 3.0 also `^max`."""

    up: bool = False

    def __str__(self) -> str:
        return "^max" if self.up else "max"

    def resolve(self, frame: SizeContext) -> Extent:
        return frame.largest_grown() if self.up else frame.largest(*frame.own)


@dataclass(frozen=True, slots=True)
class FullSize:
    """`full` of 2.1: the region's own pixels, or an error where the limits forbid them."""

    def __str__(self) -> str:
        return "full"

    def resolve(self, frame: SizeContext) -> Extent:
        return frame.checked(*frame.own, grows=False)


@dataclass(frozen=True, slots=True)
class Width:
    w: int
    up: bool = False

    def __str__(self) -> str:
        return f"{_mark(self.up)}{self.w},"

    def resolve(self, frame: SizeContext) -> Extent:
        return frame.checked(*frame.by_width(self.w), grows=self.up)


@dataclass(frozen=True, slots=True)
class Height:
    h: int
    up: bool = False

    def __str__(self) -> str:
        return f"{_mark(self.up)},{self.h}"

    def resolve(self, frame: SizeContext) -> Extent:
        return frame.checked(*frame.by_height(self.h), grows=self.up)


@dataclass(frozen=True, slots=True)
class SizePercent:
    n: Decimal
    up: bool = False

    def __str__(self) -> str:
        return f"{_mark(self.up)}pct:{plainly(self.n)}"

    def resolve(self, frame: SizeContext) -> Extent:
        if self.n > 100 and not (self.up or frame.grows):
            raise Malformed("More than 100 percent enlarges the region. Put ^ in front to have that.")
        return frame.checked(*frame.by_percent(self.n), grows=self.up)


@dataclass(frozen=True, slots=True)
class SizeWH:
    w: int
    h: int
    up: bool = False

    def __str__(self) -> str:
        return f"{_mark(self.up)}{self.w},{self.h}"

    def resolve(self, frame: SizeContext) -> Extent:
        return frame.checked(self.w, self.h, grows=self.up)


@dataclass(frozen=True, slots=True)
class SizeWithin:
    """`!w,h`: never an error for being large.

    3.0 says "not larger than the extracted region", so a thumbnail of a small image is the image itself (decisions.md,
    13); 2.1 leaves "the exact scaling" to the server, which does the same.
    """

    w: int
    h: int
    up: bool = False

    def __str__(self) -> str:
        return f"{_mark(self.up)}!{self.w},{self.h}"

    def resolve(self, frame: SizeContext) -> Extent:
        w, h = (self.w, self.h) if self.up else (min(self.w, frame.region.w), min(self.h, frame.region.h))
        return frame.checked(*frame.largest(w, h), grows=self.up) if w and h else frame.checked(0, 0, grows=False)


Size: TypeAlias = Max | FullSize | Width | Height | SizePercent | SizeWH | SizeWithin


def _mark(up: bool) -> str:
    return "^" if up else ""
