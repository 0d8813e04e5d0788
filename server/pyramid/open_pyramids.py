"""The pyramids of which tiles are asked now: each opened and its index unpacked once, as long as there is room.

A file that stays open is the one whose index is held, also after another has taken its name. A pyramid is known by its
digest, so one that is replaced is opened anew. Safe between threads: a file is closed when nobody reads it any more.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TypeAlias

from manifests.model import Pyramid
from server.pyramid import tile_index

Pieces: TypeAlias = tuple[bytes | memoryview, ...]

MOST_FILES = 128
MOST_BYTES = 16 * 2**20
"""Of indices: a page of a gigapixel has 60 kB."""


class OpenPyramid:
    """One file and where its tiles lie. The file is closed with the last reference."""

    def __init__(self, file: Path, pyramid: Pyramid) -> None:
        self._descriptor = -1
        self._name = file.name
        self._index = tile_index.unpack(pyramid.index)
        self.size = len(pyramid.index)
        self._descriptor = tile_index.open_file(file)

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def place(self, level: int, column: int, row: int) -> tile_index.TileLocation:
        return self._index.place(level, column, row)

    def length(self, place: tile_index.TileLocation) -> int:
        """Bytes of the tile as a JPEG of its own."""
        return place.length if place.complete else place.length + len(self._index.prefix) - len(tile_index.SOI)

    def read(self, place: tile_index.TileLocation) -> Pieces:
        """A whole JPEG in pieces, as stored, never decoded: one read."""
        stored = tile_index.read_at(self._descriptor, self._name, place.offset, place.length)
        return (stored,) if place.complete else (self._index.prefix, memoryview(stored)[len(tile_index.SOI) :])


class Tile(NamedTuple):
    """What is known of a tile before it is read."""

    length: int
    read: Callable[[], Pieces]


class OpenPyramids:
    """Those of one library, the least recently asked closed first."""

    def __init__(self, folder: Path, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_files = most_files
        self._bytes_left = most_bytes
        self._open: OrderedDict[str, OpenPyramid] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._open)

    def tile(self, pyramid: Pyramid, level: int, column: int, row: int) -> Tile:
        """Raises Damaged where the file is gone. It need not be open when the tile is read."""
        opened = self._get(pyramid)
        place = opened.place(level, column, row)
        return Tile(opened.length(place), lambda: self._get(pyramid).read(place))

    def _get(self, pyramid: Pyramid) -> OpenPyramid:
        with self._lock:
            found = self._open.get(pyramid.digest)
            if found is not None:
                self._open.move_to_end(pyramid.digest)
                return found
        found = OpenPyramid(self._folder / pyramid.file, pyramid)
        with self._lock:
            self._put(pyramid.digest, found)
        return found

    def close_all(self) -> None:
        """Each when nobody reads it any more."""
        with self._lock:
            while self._open:
                self._drop_one()

    def _put(self, digest: str, opened: OpenPyramid) -> None:
        self._bytes_left += self._open[digest].size if digest in self._open else 0
        self._open[digest] = opened
        self._bytes_left -= opened.size
        while len(self._open) > self._most_files or (self._bytes_left < 0 and len(self._open) > 1):
            self._drop_one()

    def _drop_one(self) -> None:
        self._bytes_left += self._open.popitem(last=False)[1].size
