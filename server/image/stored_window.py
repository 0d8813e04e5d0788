"""A part of a level out of its stored tiles, whole in memory: the quickest way to pixels, where they are not many.

libjpeg-turbo decodes a tile in half the time that libvips takes for it within the TIFF; each goes into the memory of
the one before, and of the lowest tiles only the rows that are wanted. They are the pixels that libvips decodes, but the
last tile of a row or column is the one that is served, cut, not the padded one of the TIFF. Nothing is resampled here.

JPEG: ITU-T T.81, annex B; B.2.2 is the frame header.
"""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import simplejpeg
from numpy.typing import NDArray

from manifests.errors import Damaged
from manifests.model import Box
from manifests.tiling import TILE
from server.image.stop import Stop
from server.image.work_memory import Bytes, WorkMemory
from server.pyramid.tile_index import SOI, TileIndex, open_file, read_at, splice

Pixels: TypeAlias = NDArray[np.uint8]
"""Rows x columns x bands."""

_FRAME = SOI + b"\xff\xc0"
"""How a stored tile begins. Behind it stand two bytes of length, one of depth, and two each of height and width."""
_SIZE = len(_FRAME) + 3

_BELOW = 2
"""The rows below the last wanted one that have a part in its colours."""

_LEFT_OVER = "extraneous bytes before marker"
"""What libjpeg says when it has all rows and data is left. Of several complaints it says the first."""


class StoredLevel(NamedTuple):
    """One level of a pyramid, and its size in pixels."""

    file: Path
    tiles: TileIndex
    number: int
    width: int
    height: int


class Colours(NamedTuple):
    """What is wanted of a level in colour. `grey`: its luma alone. `rough`: between the stored colours, which stand for
    2 x 2 pixels, nothing need be interpolated, because what is made of them stores colours so again. That is a tenth
    quicker, and the colours are as near to the master's."""

    grey: bool = False
    rough: bool = False


def read_window(level: StoredLevel, box: Box, stop: Stop, memory: WorkMemory, colours: Colours) -> Pixels:
    """The pixels of a box that lies within the level: RGB, or luma. They are gone with what was taken from `memory`.

    Raises Damaged where a tile cannot be read, Busy where it was told to stop.
    """
    descriptor = open_file(level.file)
    try:
        return _Tiles(level, descriptor, colours).joined(box, stop, memory)
    except ValueError as error:  # simplejpeg's word for whatever libjpeg complains of
        raise damaged_tile() from error
    finally:
        os.close(descriptor)


def damaged_tile() -> Damaged:
    return Damaged("A tile of this image cannot be read. Ingest the work again.")


def _touched(box: Box) -> Iterator[tuple[int, int]]:
    """(column, row) of each tile that the box lies on."""
    rows = range(box.y // TILE, (box.y + box.h - 1) // TILE + 1)
    columns = range(box.x // TILE, (box.x + box.w - 1) // TILE + 1)
    return ((column, row) for row, column in product(rows, columns))


class _Tiles:
    """Those of one level, in a file that is open."""

    def __init__(self, level: StoredLevel, descriptor: int, colours: Colours) -> None:
        self._level = level
        self._colours = colours
        self._descriptor = descriptor

    def joined(self, box: Box, stop: Stop, memory: WorkMemory) -> Pixels:
        bands = 1 if self._colours.grey or self._is_grey(*next(_touched(box))) else 3
        taken, of_a_tile = memory.take((box.h * box.w + TILE * TILE) * bands), TILE * TILE * bands
        one, found = taken[:of_a_tile], taken[of_a_tile:].reshape(box.h, box.w, bands)
        for column, row in _touched(box):
            stop.raise_if_set()
            x, y = column * TILE, row * TILE
            left, top = max(box.x, x), max(box.y, y)
            right, bottom = min(box.x + box.w, x + TILE), min(box.y + box.h, y + TILE)
            tile = self._decoded(column, row, bottom - y, one)
            found[top - box.y : bottom - box.y, left - box.x : right - box.x] = tile[top - y :, left - x : right - x]
        return found

    def _is_grey(self, column: int, row: int) -> bool:
        return bool(simplejpeg.decode_jpeg_header(splice(*self._read(column, row)))[2] == "Gray")

    def _decoded(self, column: int, row: int, rows: int, memory: Bytes) -> Pixels:
        """The first rows of a tile, in the given memory."""
        level, bands = self._level, memory.size // TILE**2
        width, height = min(TILE, level.width - column * TILE), min(TILE, level.height - row * TILE)
        prefix, stored = self._read(column, row)
        size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
        is_ours = stored.startswith(_FRAME) and stored[_SIZE : _SIZE + len(size)] == size
        lower = min(rows + _BELOW, height)
        cut = stored[:_SIZE] + lower.to_bytes(2, "big") + stored[_SIZE + 2 :]
        is_done = is_ours and lower < height and self._is_decoded(splice(prefix, cut), memory)
        if not is_done and self._decode(splice(prefix, stored), memory).shape != (height, width, bands):
            raise damaged_tile()
        return memory[: rows * width * bands].reshape(rows, width, bands)

    def _decode(self, jpeg: bytes, memory: Bytes) -> Pixels:
        """Raises ValueError for whatever libjpeg complains of."""
        kind = "rgb" if memory.size > TILE**2 else "gray"
        found: Pixels = simplejpeg.decode_jpeg(jpeg, kind, fastupsample=self._colours.rough, buffer=memory)
        return found

    def _is_decoded(self, cut: bytes, memory: Bytes) -> bool:
        """Of a tile that is said to be lower than it is libjpeg complains in the end, of other faults before."""
        try:
            self._decode(cut, memory)
        except ValueError as error:
            return _LEFT_OVER in str(error)
        return True

    def _read(self, column: int, row: int) -> tuple[bytes, bytes]:
        """What stands in front of a tile, and the tile as stored."""
        offset, length, complete = self._level.tiles.place(self._level.number, column, row)
        stored = read_at(self._descriptor, self._level.file.name, offset, length)
        return SOI if complete else self._level.tiles.prefix, stored
