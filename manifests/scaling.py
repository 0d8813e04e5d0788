"""How large an image is given out: the limits, and the largest size that they leave to a region of an image.

The Image API answers `max` by this, and the documents say by it how large the picture is that they name: one rule, so
that both are true. Image API 3.0 and 2.1, section 4.2, and section 5.2 (3.0) or 5.3 (2.1) for the limits. Whole
numbers, no files, no requests.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isqrt
from typing import NamedTuple

from manifests.model import Box
from manifests.rounding import nearest, upwards
from manifests.tiling import levels

LONGEST_JPEG_SIDE = 65_500
"""Pixels that libjpeg can write, a little below the format's own limit. Every image is given out as JPEG."""


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
    nobody_set: bool = False
    """It is what can be made, and gives no leave to enlarge."""
    widest: int = LONGEST_JPEG_SIDE
    """What can be made of an image that is wider still; told of such an image alone."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", self.width or self.height)
        object.__setattr__(self, "height", self.height or self.width)

    @property
    def enlarge(self) -> bool:
        """Whether there is a limit within which images are enlarged (3.0 section 5.7: only with one)."""
        return bool(self.width or self.area) and not self.nobody_set

    def of(self, image: Extent) -> "Limits":
        """With what can be made and what JPEG can hold, for an image that is wider or longer."""
        longest = Extent(self.widest, LONGEST_JPEG_SIDE)
        if image.width <= longest.width and image.height <= longest.height:
            return self
        width, height = (
            min(self.width or longest.width, longest.width),
            min(self.height or longest.height, longest.height),
        )
        return replace(self, width=width, height=height, nobody_set=not self.enlarge)

    def allow(self, width: int, height: int) -> bool:
        beyond_a_side = self.width and (width > self.width or height > self.height)
        return not beyond_a_side and not (self.area and width * height > self.area)


UNLIMITED = Limits()


@dataclass(frozen=True, slots=True)
class Scaling:
    """The sizes of a region of an image."""

    region: Box
    image: Extent
    limits: Limits

    @property
    def region_size(self) -> Extent:
        return Extent(self.region.w, self.region.h)

    def by_width(self, width: int) -> Extent:
        for level in self.levels():
            if level.width == width:
                return level
        return Extent(width, max(1, nearest(self.region.h * width, self.region.w)))

    def by_height(self, height: int) -> Extent:
        for level in self.levels():
            if level.height == height:
                return level
        return Extent(max(1, nearest(self.region.w * height, self.region.h)), height)

    def largest(self, width: int, height: int) -> Extent:
        """As large as possible within this box and the limits, in the region's proportions."""
        if self.limits.width:
            width, height = min(width, self.limits.width), min(height, self.limits.height)
        wide = width * self.region.h <= height * self.region.w
        fitted = self.by_width(width) if wide else self.by_height(height)
        return self._within_area(Extent(min(fitted.width, width), min(fitted.height, height)))

    def levels(self) -> Iterator[Extent]:
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


def largest_size(image: Extent, limits: Limits, longest: int = 0) -> Extent:
    """The whole image as `max` gives it; with `longest`, its largest level without a longer side that the limits allow.

    Where they allow no level, it is the largest size that they do allow.
    """
    scaling = Scaling(Box(0, 0, *image), image, limits.of(image))
    if not longest:
        return scaling.largest(*image)
    fitting = (level for level in scaling.levels() if max(level) <= longest and scaling.limits.allow(*level))
    return next(fitting, scaling.largest(longest, longest))
