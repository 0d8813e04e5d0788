"""What a TIFF says about its images, read from its directories without touching a pixel (TIFF 6.0; BigTIFF).

libvips hides what decides here: whether a fourth sample is transparency, whether a second image is only a smaller copy
of the first, whether the pixels it points to lie in the file at all. Reading is bounded whatever the file claims.
No pixel is decoded here, and nothing is judged but whether the directories can be read.
"""

import os
import struct
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from server.masters.refusal import master_refused

MOST_DIRECTORIES = 1_000
MOST_ENTRIES = 1_000
MOST_NUMBERS = 64
"""In one tag; the longest of use here has one number for each sample."""
MOST_PLACES = 1 << 21
"""Strips or tiles of one image; a gigapixel in strips of one row has 32,768, in tiles of 64 pixels 262,144."""

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
STRIP_OFFSETS, ORIENTATION, SAMPLES, STRIP_LENGTHS = 273, 274, 277, 279
X_RESOLUTION, PLANES, RESOLUTION_UNIT, TILE_OFFSETS, TILE_LENGTHS = 282, 284, 296, 324, 325
SUBFILE, OLD_SUBFILE, TILE_WIDTH, EXTRA_SAMPLES, SAMPLE_FORMAT = 254, 255, 322, 338, 339
JPEG_TABLES, PROFILE = 347, 34675

_PLACES = frozenset({STRIP_OFFSETS, STRIP_LENGTHS, TILE_OFFSETS, TILE_LENGTHS, JPEG_TABLES, PROFILE})
"""Without any of these libtiff would give other pixels, or none."""
_PIXELS = frozenset({WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES, EXTRA_SAMPLES, SAMPLE_FORMAT})
_WANTED = _PIXELS | {TILE_WIDTH, PLANES, ORIENTATION, X_RESOLUTION, RESOLUTION_UNIT, SUBFILE, OLD_SUBFILE}

_FIELDS: Mapping[int, str] = {1: "B", 3: "H", 4: "I", 5: "II", 6: "b", 7: "B", 8: "h", 9: "i", 16: "Q", 18: "Q"}
"""TIFF's field types (section 2) that a number can be of, as struct letters."""

_MILLIMETRES_IN_UNIT = {2: 25.4, 3: 10.0}


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of a TIFF, by its tags; `offset` is the directory's place in the file."""

    offset: int
    tags: Mapping[int, tuple[int, ...]]

    def first(self, tag: int, default: int) -> int:
        return next(iter(self.tags.get(tag, ())), default)

    @property
    def size(self) -> tuple[int, int]:
        return self.first(WIDTH, 0), self.first(HEIGHT, 0)

    @property
    def reduced(self) -> bool:
        """A smaller copy (bit 0) or a mask (bit 2) of another image of the file."""
        return bool(self.first(SUBFILE, 0) & 0b101) or self.first(OLD_SUBFILE, 0) == 2

    @property
    def ppi(self) -> float | None:
        numerator, denominator = (*self.tags.get(X_RESOLUTION, ()), 0, 0)[:2]
        millimetres = _MILLIMETRES_IN_UNIT.get(self.first(RESOLUTION_UNIT, 2))
        return numerator / denominator * 25.4 / millimetres if denominator and millimetres else None

    @property
    def tiled(self) -> bool:
        return TILE_WIDTH in self.tags


def read_directories(file: Path) -> tuple[Directory, ...]:
    """The directories in the order of the file; a chain that comes back to itself ends there."""
    with file.open("rb") as stream:
        return tuple(_Reader(stream).directories())


def end_of_pixels(file: Path, directory: Directory) -> int:
    """Where in the file the last strip or tile of this image claims to end; refuses tables that lie outside it."""
    with file.open("rb") as stream:
        tags = _Reader(stream).directory(directory.offset, _PLACES, MOST_PLACES)[0].tags
    places = ((STRIP_OFFSETS, STRIP_LENGTHS), (TILE_OFFSETS, TILE_LENGTHS))
    pairs = (zip(tags.get(at, ()), tags.get(long, ()), strict=False) for at, long in places)
    return max((offset + length for pair in pairs for offset, length in pair if length), default=0)


@dataclass(frozen=True, slots=True)
class Layout:
    """Byte order, BigTIFF or not, and where in the file the entry of each tag begins."""

    order: str
    big: bool
    places: Mapping[int, int]


def layout(file: Path, directory: Directory) -> Layout:
    with file.open("rb") as stream:
        return _Reader(stream).layout(directory.offset)


class _Reader:
    """Knows the byte order and the width of the numbers of one file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._length = os.fstat(stream.fileno()).st_size
        head = self._bytes(0, 8)
        self._order = "<" if head[:2] == b"II" else ">"
        self._big = struct.unpack(f"{self._order}H", head[2:4])[0] == 43
        self._first = self._numbers("Q", 8)[0] if self._big else self._numbers("I", 4)[0]

    def directories(self) -> Iterator[Directory]:
        offset, seen = self._first, set[int]()
        while offset and offset not in seen and len(seen) < MOST_DIRECTORIES:
            seen.add(offset)
            directory, offset = self.directory(offset, _WANTED, MOST_NUMBERS)
            yield directory
        if not seen:
            raise master_refused("unreadable", reason="no image in it")

    def directory(self, offset: int, wanted: Collection[int], most: int) -> tuple[Directory, int]:
        """The directory there with the tags wanted that have at most so many numbers, and where the next one is."""
        entries, end = self._entries(offset)
        tags = {tag: self._value(entry) for tag, entry in entries if tag in wanted and self._is_sound(entry, most)}
        return Directory(offset, tags), self._next(end)

    def layout(self, offset: int) -> Layout:
        count_length, entry_length = (8, 20) if self._big else (2, 12)
        tags = enumerate(tag for tag, _ in self._entries(offset)[0])
        places = {tag: offset + count_length + at * entry_length for at, tag in tags}
        return Layout(self._order, self._big, places)

    def _entries(self, offset: int) -> tuple[list[tuple[int, bytes]], int]:
        letter, length = ("Q", 20) if self._big else ("H", 12)
        (count,) = self._numbers(letter, offset)
        if not 0 < count <= MOST_ENTRIES:
            raise master_refused("unreadable", reason="its list of tags is broken")
        start = offset + struct.calcsize(letter)
        raw = self._bytes(start, count * length)
        entries = [raw[at : at + length] for at in range(0, len(raw), length)]
        return [(struct.unpack_from(f"{self._order}H", entry)[0], entry) for entry in entries], start + len(raw)

    def _next(self, offset: int) -> int:
        """A file cut right behind its last directory still has its image."""
        letter = "Q" if self._big else "I"
        return 0 if offset + struct.calcsize(letter) > self._length else self._numbers(letter, offset)[0]

    def _is_sound(self, entry: bytes, most: int) -> bool:
        kind, count = self._kind_and_count(entry)
        return kind in _FIELDS and 0 < count <= most

    def _kind_and_count(self, entry: bytes) -> tuple[int, int]:
        kind, count = struct.unpack_from(f"{self._order}H{'Q' if self._big else 'I'}", entry, 2)
        return kind, count

    def _value(self, entry: bytes) -> tuple[int, ...]:
        kind, count = self._kind_and_count(entry)
        layout = f"{self._order}{count * len(_FIELDS[kind])}{_FIELDS[kind][0]}"
        length, inline = struct.calcsize(layout), 8 if self._big else 4
        value = entry[-inline:]
        if length > inline:
            value = self._bytes(struct.unpack(f"{self._order}{'Q' if self._big else 'I'}", value)[0], length)
        return struct.unpack(layout, value[:length])

    def _numbers(self, letter: str, offset: int) -> tuple[int, ...]:
        layout = self._order + letter
        return struct.unpack(layout, self._bytes(offset, struct.calcsize(layout)))

    def _bytes(self, offset: int, length: int) -> bytes:
        if offset + length > self._length:
            raise master_refused("truncated")
        self._stream.seek(offset)
        return self._stream.read(length)
