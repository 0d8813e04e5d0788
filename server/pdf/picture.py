"""The picture of a page as its stored tiles lie in the pyramid: which level, and where each tile stands on the page.

A JPEG in a PDF is the JPEG (ISO 32000-1, 7.4.8, DCTDecode), so a tile goes in as it is stored, and no pixel is encoded
a second time. Where two tiles meet, a reader of PDF that smooths edges lets shine through what is below: so below them
lies the smallest level, the whole page in one tile.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from manifests.scaling import Extent, Limits
from manifests.tiling import TILE, levels
from server.pdf.objects import number

SHARP, READABLE = 12_000_000, 4_000_000
"""Most pixels of a page. A4 has 8.7 million at 300 to the inch; 2.2 million, at half of that, are still read well."""
MOST_SHARP = 300_000_000
"""Most pixels of all pages of a PDF that are sharp: some forty megabytes, or thirty pages of A4. More are readable."""


class TilePlace(NamedTuple):
    """Which tile, its own size in pixels, and its place on the page from the upper left corner, in canvas pixels."""

    level: int
    column: int
    row: int
    width: int
    height: int
    x: float
    y: float
    w: float
    h: float


def pixels_of_a_page(sizes: Sequence[tuple[int, int]], limits: Limits) -> int:
    """`SHARP` or `READABLE`, for all pages of one PDF."""
    total = 0
    for size in sizes:
        level = level_of(size, limits, SHARP)
        if level is not None:
            width, height = levels(*size)[level]
            total += width * height
    return SHARP if total <= MOST_SHARP else READABLE


def level_of(size: tuple[int, int], limits: Limits, most: int) -> int | None:
    """The largest level of so many pixels at most that the limits allow; None where they allow not the smallest."""
    allowed = limits.of(Extent(*size))
    fitting = (n for n, (w, h) in enumerate(levels(*size)) if w * h <= most and allowed.allow(w, h))
    return next(fitting, None)


def tiles_of(size: tuple[int, int], limits: Limits, most: int) -> list[TilePlace]:
    """In the order in which they are laid: the smallest level, on it those of the level that is shown."""
    level, smallest = level_of(size, limits, most), len(levels(*size)) - 1
    if level is None:
        return []
    shown = [] if level == smallest else list(_places(size, level))
    return [*_places(size, smallest), *shown]


def _places(size: tuple[int, int], level: int) -> Iterator[TilePlace]:
    width, height = levels(*size)[level]
    across, down = size[0] / width, size[1] / height
    for y in range(0, height, TILE):
        for x in range(0, width, TILE):
            w, h = min(TILE, width - x), min(TILE, height - y)
            place = (x * across, y * down, w * across, h * down)
            yield TilePlace(level, x // TILE, y // TILE, w, h, *place)


def drawn(tiles: Sequence[TilePlace], height: int) -> bytes:
    """Operators for the tiles under the names `T0`, `T1` ..., in canvas pixels upwards from the lower left corner."""
    return "".join(_placed(name, tile, height - tile.y - tile.h) for name, tile in enumerate(tiles)).encode("ascii")


def _placed(name: int, tile: TilePlace, y: float) -> str:
    """A picture is one unit wide and high (8.9.5), and so is made as large as the tile is on the page."""
    return f"q {number(tile.w)} 0 0 {number(tile.h)} {number(tile.x)} {number(y)} cm /T{name} Do Q\n"
