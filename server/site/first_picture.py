"""The picture of a page that stands in the page's place before the viewer's program has come, and without scripts.

Only geometry and addresses. A whole page is given in levels of its pyramid, which are quick to make: the browser takes
the one that is sharp at the width it is shown in. Where a level of a page in tiny print is too many bytes for a slow
line, and a viewer will draw it sharp anyway, what comes first is a little smaller and in WebP. A page opened at a box
is given as the region around the box, in a frame that shows of it what the viewer will show. `static/first.js` takes
the picture away when the viewer has drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from manifests.addresses import Addresses
from manifests.errors import Damaged
from manifests.model import Box, Page
from manifests.scaling import Extent, Limits, Scaling, largest_size
from manifests.tiling import TILE, levels
from server.pyramid import tile_index

ON_A_PHONE, ON_A_DESK = 1600, 3200
"""Longest side of a level that is offered to a narrow screen and to a wide one, in pixels."""
ENOUGH = 500
"""A level of which no side is longer is smaller than any screen."""
MOST_BYTES = 200_000
"""Of a picture that a viewer replaces: one second at 1.6 Mbit/s, so that the page is there within two."""
IN_WEBP = 0.73
"""Bytes of dense print in WebP for one in JPEG, measured; paper without print takes fewer."""
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
    page: Page, limits: Limits, addresses: Addresses, box: Box | None, view: Box | None, *, is_replaced: bool = False
) -> WholePage | PartOfPage:
    """`view` is the part of the page that the viewer opens at for the box. A box beyond the page is no box.
    `is_replaced`: by a viewer; then a page that comes with its tile index is bounded in bytes.
    """
    on_page = cut_to_page(box, page) if box else None
    if on_page is None or view is None:
        return _whole(page, limits, addresses, is_bounded=is_replaced and bool(page.pyramid.index))
    return _part(page, limits, addresses, on_page, view)


def _whole(page: Page, limits: Limits, addresses: Addresses, *, is_bounded: bool) -> WholePage:
    whole = Extent(page.width, page.height)
    lengths = _lengths(page) if is_bounded else {}

    def offered(longest: int) -> list[Candidate]:
        largest = largest_size(whole, limits, longest)
        smaller = [level for level in levels(*whole) if level[0] < largest.width]
        sizes = [largest, *(Extent(*level) for level in smaller if max(level) > ENOUGH)]
        heavy = [size for size in sizes if lengths.get(size, 0) > MOST_BYTES]
        light = [_candidate(page, size, addresses) for size in sizes[len(heavy) :]]
        if not heavy:
            return light
        return [_lightened(page, heavy[-1], lengths[heavy[-1]], limits, addresses), *light]

    return WholePage(offered(ON_A_DESK), offered(ON_A_PHONE))


def _lengths(page: Page) -> Mapping[Extent, int]:
    """Bytes of each level as a JPEG, as its tiles tell; of none where their index cannot be read: the tiles will say
    so, and the page is there all the same."""
    try:
        lengths = tile_index.level_lengths(page.pyramid.index)
    except Damaged:
        return {}
    return {Extent(*level): length for level, length in zip(levels(page.width, page.height), lengths, strict=False)}


def _lightened(page: Page, level: Extent, length: int, limits: Limits, addresses: Addresses) -> Candidate:
    """The level, of so many bytes as a JPEG, with so many pixels that they are at most MOST_BYTES in WebP. Bytes go
    down a little faster."""
    share = min(1.0, sqrt(MOST_BYTES / (IN_WEBP * length)))
    whole = Extent(page.width, page.height)
    size = Scaling(Box(0, 0, *whole), whole, limits.of(whole)).largest(int(level.width * share), level.height)
    return _candidate(page, size, addresses, "webp")


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


def _candidate(page: Page, size: Extent, addresses: Addresses, form: str = "jpg") -> Candidate:
    width, height = size
    return Candidate(f"{addresses.image(3, page.image)}/full/{width},{height}/0/default.{form}", width, height)


def cut_to_page(box: Box, page: Page) -> Box | None:
    """What of the box lies on the page; None where nothing does."""
    left, top = max(box.x, 0), max(box.y, 0)
    right, bottom = min(box.x + box.w, page.width), min(box.y + box.h, page.height)
    return Box(left, top, right - left, bottom - top) if left < right and top < bottom else None
