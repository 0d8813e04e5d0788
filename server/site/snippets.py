"""The picture of a hit: a strip of the page around the word, cut by the Image API, with the boxes to lay over it.

Only geometry, in whole canvas pixels; the page shows it as an image with an SVG of the same proportions on top.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.addresses import Addresses
from manifests.model import Box, Hit, Page

STRIP = 640
"""Widest a strip is asked for, in pixels: two device pixels for each one of the column of results."""
LINES_AROUND = 1.0
"""How much of the page is shown above and below the word, in heights of its line."""
PROPORTION = 5
"""Width of a strip for one of height, where the page is wide enough."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """`boxes` are measured from the strip's own corner."""

    address: str
    width: int
    height: int
    boxes: Sequence[Box]


def snippet(hit: Hit, page: Page, addresses: Addresses) -> Snippet | None:
    """The strip around a hit's first box; None where the text has no boxes."""
    if not hit.boxes:
        return None
    strip = _strip(hit.boxes[0], page.width, page.height)
    boxes = [Box(box.x - strip.x, box.y - strip.y, box.w, box.h) for box in hit.boxes]
    size = f"!{STRIP},{STRIP}" if strip.w > STRIP else "max"  # as far as the limits of the server let it
    address = f"{addresses.image(3, page.image)}/{strip.x},{strip.y},{strip.w},{strip.h}/{size}/0/default.jpg"
    return Snippet(address, strip.w, strip.h, boxes)


def _strip(box: Box, page_width: int, page_height: int) -> Box:
    """As high as the word's line and its neighbours, as wide as its proportion or the word asks, inside the page."""
    height = min(page_height, round(box.h * (1 + 2 * LINES_AROUND)))
    width = min(page_width, max(height * PROPORTION, box.w + height))
    left = box.x + (box.w - width) // 2
    top = box.y + (box.h - height) // 2
    return Box(min(max(left, 0), page_width - width), min(max(top, 0), page_height - height), width, height)
