"""The picture of a page that stands in the page's place before the viewer's program has come, and without scripts.

Only geometry and addresses. A whole page is given in levels of its pyramid, which are quick to make: the browser takes
the one that is sharp at the width it is shown in. A page opened at a box is given as the region around the box, in a
frame that shows of it what the viewer will show. `static/first.js` takes the picture away when the viewer has drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.addresses import Addresses
from manifests.model import Box, Page
from manifests.scaling import Extent, Limits, Scaling, largest_size
from manifests.tiling import TILE, levels

ON_A_PHONE, ON_A_DESK = 1600, 3200
"""Longest side of a level that is offered to a narrow screen and to a wide one, in pixels."""
ENOUGH = 500
"""A level of which no side is longer is smaller than any screen."""
AROUND, PART = 0.6, 1000
"""The region around a box: its least height for one of its width; its least width, and its longest side as sent."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One level as the browser may choose it: its address, and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class WholePage:
    """Levels from the largest on; `narrow` are those for a phone, at least one."""

    wide: Sequence[Candidate]
    narrow: Sequence[Candidate]

    @property
    def proportion(self) -> float:
        """Width for one of height."""
        return self.narrow[0].width / self.narrow[0].height


@dataclass(frozen=True, slots=True)
class PartOfPage:
    """`region` is the picture's place on the page, `view` what the viewer shows of the page, `box` what is marked.

    `ground` is the page in the one tile that the viewer asks for first: it lies below, where a high screen shows more.
    """

    address: str
    ground: Candidate
    region: Box
    view: Box
    box: Box


def first_picture(
    page: Page, limits: Limits, addresses: Addresses, box: Box | None, view: Box | None
) -> WholePage | PartOfPage:
    """`view` is the part of the page that the viewer opens at for the box. A box beyond the page is no box."""
    on_page = cut_to_page(box, page) if box else None
    if on_page is None or view is None:
        return _whole(page, limits, addresses)
    return _part(page, limits, addresses, on_page, view)


def _whole(page: Page, limits: Limits, addresses: Addresses) -> WholePage:
    def offered(longest: int) -> list[Candidate]:
        largest = largest_size(Extent(page.width, page.height), limits, longest)
        smaller = [level for level in levels(page.width, page.height) if level[0] < largest.width]
        sizes = [largest, *(Extent(*level) for level in smaller if max(level) > ENOUGH)]
        return [_candidate(page, size, addresses) for size in sizes]

    return WholePage(offered(ON_A_DESK), offered(ON_A_PHONE))


def _part(page: Page, limits: Limits, addresses: Addresses, box: Box, view: Box) -> PartOfPage:
    width = max(view.w, view.h, PART)
    height = max(round(width * AROUND), view.h)
    around = Box(box.x + box.w // 2 - width // 2, box.y + box.h // 2 - height // 2, width, height)
    region = cut_to_page(around, page) or box
    scaling = Scaling(region, Extent(page.width, page.height), limits)
    size = scaling.largest(min(region.w, PART), min(region.h, PART))
    place = ",".join(map(str, region))
    # WebP: three quarters of the bytes of a JPEG of print, which is what a slow line waits for.
    address = f"{addresses.image(3, page.image)}/{place}/{size.width},{size.height}/0/default.webp"
    ground = _candidate(page, largest_size(Extent(page.width, page.height), limits, TILE), addresses)
    return PartOfPage(address, ground, region, view, box)


def _candidate(page: Page, size: Extent, addresses: Addresses) -> Candidate:
    width, height = size
    return Candidate(f"{addresses.image(3, page.image)}/full/{width},{height}/0/default.jpg", width, height)


def cut_to_page(box: Box, page: Page) -> Box | None:
    """What of the box lies on the page; None where nothing does."""
    left, top = max(box.x, 0), max(box.y, 0)
    right, bottom = min(box.x + box.w, page.width), min(box.y + box.h, page.height)
    return Box(left, top, right - left, bottom - top) if left < right and top < bottom else None
