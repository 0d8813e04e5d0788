"""From the TIFF of a continued image to one whose every level has its true size (decisions.md, 2).

libvips writes the levels of the padded image. Here each directory loses the tiles beyond its true size and says the
true width and height, so that any tool that opens the file sees the levels that viewers ask for, and no padding. No
pixel is touched. TIFF 6.0, sections 2 and 15: tiles stand row by row, "the last column or row may be partly outside".

To be done before the file is opened by name anywhere: libvips remembers what it has opened.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tifffile import TiffFile

from manifests.tiling import TILE, levels

_TRUE_SIZE = ("ImageWidth", "ImageLength")
_PLACES = ("TileOffsets", "TileByteCounts")


class TrueLevel(NamedTuple):
    """Size in pixels; `places` are offset and length of its tiles, row by row."""

    width: int
    height: int
    places: list[tuple[int, int]]

    @property
    def columns(self) -> int:
        return -(-self.width // TILE)

    @property
    def rows(self) -> int:
        return -(-self.height // TILE)


def trim(file: Path, width: int, height: int) -> tuple[bytes, list[TrueLevel]]:
    """Gives every level of the file its true size; returns the JPEG tables that its tiles share, and the levels."""
    with TiffFile(file, mode="r+") as tiff:
        pages: list[Any] = list(tiff.pages)
        sizes = levels(width, height)
        if len(pages) != len(sizes):
            raise LookupError(f"{len(pages)} levels of {width} x {height} instead of {len(sizes)}")
        found = [TrueLevel(*size, list(_true_tiles(page, *size))) for page, size in zip(pages, sizes, strict=True)]
        tables: bytes = pages[0].tags["JPEGTables"].value
        for page, level in zip(pages, found, strict=True):
            _say(page, _TRUE_SIZE, (level.width, level.height))
            _say(page, _PLACES, zip(*level.places, strict=True))
    return tables, found


def replace_tiles(file: Path, level: int, places: Sequence[tuple[int, int]]) -> None:
    """Lets a level's tiles be those at other places of the file."""
    with TiffFile(file, mode="r+") as tiff:
        page: Any = tiff.pages[level]
        for name, values in zip(_PLACES, zip(*places, strict=True), strict=True):
            # Byte counts may stand as 16-bit numbers, too narrow for a larger tile.
            page.tags[name].overwrite(values, dtype="Q" if tiff.is_bigtiff else "I")


def _true_tiles(page: Any, width: int, height: int) -> Iterator[tuple[int, int]]:
    """The places of the tiles that hold true pixels."""
    columns, across, down = (-(-side // TILE) for side in (page.imagewidth, width, height))
    for row in range(down):
        first = row * columns
        yield from zip(
            page.dataoffsets[first : first + across], page.databytecounts[first : first + across], strict=True
        )


def _say(page: Any, names: Sequence[str], values: Any) -> None:
    for name, value in zip(names, values, strict=True):
        if page.tags[name].value != value:
            page.tags[name].overwrite(value)
