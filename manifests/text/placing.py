"""Puts the places that a text names onto the image of its page, whatever the OCR was made from.

The text says how large the image was that it lies on; that, and how ingest turned the master, gives the scale. Where
the two do not agree, or too many words would lie outside, the page keeps its words without places: a wrong box is worse
than none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from manifests import findings
from manifests.model import Box, Finding, Word
from manifests.text.reader import PageImage

_ASPECT = 0.01
"""How far the two sides may be scaled differently: a few pixels lost at the edge of a small image."""

_OUTSIDE = 0.02
"""Of the words may lie outside the image: specks at the edge that the OCR took for letters."""

_SWAPS_SIDES = 5
"""From this orientation on the sides of the master are the other way round."""


@dataclass(slots=True)
class Placing:
    """`across` and `down` are pixels of the image for one unit of the text, before it is turned; None where no place
    can be made out, and then `about` says why.
    """

    image: PageImage
    across: float = 1.0
    down: float = 1.0
    orientation: int = 1
    about: Finding | None = None
    placed: int = field(default=0, init=False)
    outside: int = field(default=0, init=False)

    def box(self, x: float, y: float, w: float, h: float) -> Box | None:
        """The whole pixels that the place touches, cut at the edge of the image. None for a place that is none."""
        if self.about is not None or w <= 0 or h <= 0:
            return None
        x, y, w, h = self._turned(x * self.across, y * self.down, w * self.across, h * self.down)
        if not all(map(math.isfinite, (x, y, x + w, y + h))):
            return None
        self.placed += 1
        left, top = max(0, math.floor(x)), max(0, math.floor(y))
        right, bottom = min(self.image.width, math.ceil(x + w)), min(self.image.height, math.ceil(y + h))
        if 2 * (right - left) * (bottom - top) < w * h or right <= left or bottom <= top:
            self.outside += 1
        return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None

    def _turned(self, x: float, y: float, w: float, h: float) -> tuple[float, float, float, float]:
        """From the master as it is stored to the upright image (Exif 2.32, tag Orientation)."""
        if self.orientation < _SWAPS_SIDES:
            return x, y, w, h
        left = y if self.orientation in (5, 8) else self.image.width - y - h
        top = x if self.orientation in (5, 6) else self.image.height - x - w
        return left, top, h, w

    def settle(self, words: Sequence[Word]) -> tuple[Sequence[Word], tuple[Finding, ...]]:
        """Once all words have been placed: as they may be kept, and what there is to say."""
        about = self.about
        if about is None and self.outside > _OUTSIDE * self.placed:
            about = findings.make_finding("ocr-outside", words=self.outside)
        if about is None:
            return words, ()
        return [replace(word, box=None) for word in words], (about,)


def placing_of(image: PageImage, measured: tuple[float, float] | None, unit: float | None) -> Placing:
    """`measured` are the sides of the OCR's own image as the text says them, `unit` its pixels where it says so
    (1 for pixels; None where the unit is known by nothing).
    """
    if measured is not None:
        return _by_sides(image, *measured)
    if unit is None:
        return Placing(image, about=findings.make_finding("ocr-unit"))
    return Placing(image, unit, unit)


def _by_sides(image: PageImage, width: float, height: float) -> Placing:
    across, down = image.width / width, image.height / height
    if _is_one_scale(across, down):
        return Placing(image, across, down)
    turned = image.height / width, image.width / height
    if image.orientation >= _SWAPS_SIDES and _is_one_scale(*turned):
        return Placing(image, *turned, image.orientation)
    size = f"{width:g}x{height:g}"
    return Placing(image, about=findings.make_finding("ocr-aspect", size=size, image=f"{image.width}x{image.height}"))


def _is_one_scale(across: float, down: float) -> bool:
    return abs(across / down - 1) <= _ASPECT
