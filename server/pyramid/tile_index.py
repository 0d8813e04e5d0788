"""Where each tile of a pyramid lies, and how it becomes a JPEG that stands alone.

The tiles of a tiled TIFF are abbreviated JPEG streams: their tables stand once in the directory. The index keeps them
as the prefix of every tile, so that serving one is one read and no decode.
Pages of recipe 1 have an index of form 1, in which the last tile of a row or column is a whole JPEG; they are served
until an ingest has made them anew.
No pixels here and no libvips: this is the walk of nearly every request.

JPEG: ITU-T T.81, annex B (B.4 and B.5 are the abbreviated formats); JFIF 1.02 for the marker in front; in TIFF: TIFF
Technical Note 2.
"""

import os
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from manifests.errors import Damaged, Missing

SOI = b"\xff\xd8"
EOI = b"\xff\xd9"
JFIF = bytes.fromhex("ffe0 0010 4a464946 00 0102 00 0001 0001 00 00")
"""Without it a decoder guesses from the component ids whether three components are YCbCr or RGB."""

_FORM = 2
_FORM_OF_RECIPE_1 = 1
_HEAD = struct.Struct("<BBH")
_LEVEL = struct.Struct("<II")
_PLACE = struct.Struct("<QI")


class TileLocation(NamedTuple):
    """`complete` tiles (of recipe 1) stand alone; others want the `prefix` of the index for their first two bytes."""

    offset: int
    length: int
    complete: bool


class LevelTiles(NamedTuple):
    """`places` of a level's tiles, row by row."""

    columns: int
    rows: int
    places: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TileIndex:
    """`grid` is (columns, rows) of each level, full size first.

    The places stay packed: a worker keeps many indices, and wants one tile of each at a time.
    `last_are_complete`: of recipe 1. To be deleted, with `complete` and form 1, once no library can hold such pages.
    """

    prefix: bytes
    grid: tuple[tuple[int, int], ...]
    _firsts: tuple[int, ...]
    _packed: bytes
    last_are_complete: bool

    def place(self, level: int, column: int, row: int) -> TileLocation:
        if not (0 <= level < len(self.grid) and 0 <= column < self.grid[level][0] and 0 <= row < self.grid[level][1]):
            raise Missing("There is no tile {column}, {row} on level {level}.", column=column, row=row, level=level)
        columns, rows = self.grid[level]
        start = self._firsts[level] + (row * columns + column) * _PLACE.size
        offset, length = _PLACE.unpack_from(self._packed, start)
        is_last = column == columns - 1 or row == rows - 1
        return TileLocation(offset, length, complete=self.last_are_complete and is_last)


def level_lengths(packed: bytes) -> list[int]:
    """Bytes of all tiles of each level: about what the level takes as one JPEG of the same quality. Raises Damaged."""
    index = unpack(packed)
    return [
        sum(index.place(level, column, row).length for column in range(columns) for row in range(rows))
        for level, (columns, rows) in enumerate(index.grid)
    ]


def pack(tables: bytes, levels: Iterable[LevelTiles]) -> bytes:
    """The index as bytes for the catalogue. `tables` is the TIFF tag JPEGTables of the stored tiles."""
    found = tuple(levels)
    prefix = prefix_of(tables)
    head = _HEAD.pack(_FORM, len(found), len(prefix)) + b"".join(_LEVEL.pack(x.columns, x.rows) for x in found)
    return head + prefix + b"".join(_PLACE.pack(*place) for level in found for place in level.places)


def prefix_of(tables: bytes) -> bytes:
    """What stands in front of every tile: the TIFF tag JPEGTables as the beginning of a JPEG file."""
    return SOI + JFIF + tables.removeprefix(SOI).removesuffix(EOI)


def unpack(packed: bytes) -> TileIndex:
    if packed[:1] not in (bytes([_FORM]), bytes([_FORM_OF_RECIPE_1])):
        raise Damaged("The page's tile index has a form that this version does not know. Ingest the page again.")
    try:
        _, count, length = _HEAD.unpack_from(packed)
        after = _HEAD.size + count * _LEVEL.size
        grid = tuple((columns, rows) for columns, rows in _LEVEL.iter_unpack(packed[_HEAD.size : after]))
    except struct.error:
        raise _broken_off() from None
    *firsts, end = accumulate((c * r * _PLACE.size for c, r in grid), initial=after + length)
    if end != len(packed):
        raise _broken_off()
    return TileIndex(packed[after : after + length], grid, tuple(firsts), packed, packed[0] == _FORM_OF_RECIPE_1)


def _broken_off() -> Damaged:
    return Damaged("The page's tile index breaks off. Ingest the page again.")


def read_range(file: Path, offset: int, length: int) -> bytes:
    """One read of a file that is not open yet."""
    descriptor = open_file(file)
    try:
        return read_at(descriptor, file.name, offset, length)
    finally:
        os.close(descriptor)


def open_file(file: Path) -> int:
    try:
        return os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise Damaged("The pyramid {file} is gone. Ingest its page again.", file=file.name) from error


def read_at(descriptor: int, name: str, offset: int, length: int) -> bytes:
    """The only way to a pyramid's stored bytes; elsewhere than on a disk this would be one ranged GET."""
    found = os.pread(descriptor, length, offset)
    if len(found) != length:
        raise Damaged("The pyramid {file} breaks off. Ingest its page again.", file=name)
    return found


def tile(file: Path, index: TileIndex, level: int, column: int, row: int) -> bytes:
    """A whole JPEG, as stored, never decoded."""
    place = index.place(level, column, row)
    stored = read_range(file, place.offset, place.length)
    return stored if place.complete else splice(index.prefix, stored)


def splice(prefix: bytes, abbreviated: bytes) -> bytes:
    return prefix + abbreviated[len(SOI) :]
