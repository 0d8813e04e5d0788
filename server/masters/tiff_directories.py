"""What a TIFF says about its images, read from its directories without touching a pixel (TIFF 6.0; BigTIFF).

Reading is bounded whatever the file claims. No pixel is decoded here, and nothing is judged but whether the directories
can be read.
"""

import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from manifests.errors import N_
from server.masters.refusal import MasterRefused, master_refused

MOST_DIRECTORIES = 20_000
MOST_SUBDIRECTORIES = 1_000
MOST_ENTRIES = 10_000
MOST_NUMBERS = 1 << 22
"""In one tag: the offsets of a gigapixel in strips of one row are 32,768, in tiles of 64 pixels 262,144."""
MOST_BYTES = 1 << 26
"""In one tag: a profile or tables."""

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, FILL_ORDER = 256, 257, 258, 259, 262, 266
STRIP_OFFSETS, ORIENTATION, SAMPLES, ROWS_PER_STRIP, STRIP_LENGTHS = 273, 274, 277, 278, 279
X_RESOLUTION, Y_RESOLUTION, PLANES, T4_OPTIONS, T6_OPTIONS, RESOLUTION_UNIT = 282, 283, 284, 292, 293, 296
TRANSFER_FUNCTION, PREDICTOR, WHITE_POINT, PRIMARIES, COLOUR_MAP = 301, 317, 318, 319, 320
TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_LENGTHS, SUB_DIRECTORIES, INK_SET = 322, 323, 324, 325, 330, 332
SUBFILE, OLD_SUBFILE, EXTRA_SAMPLES, SAMPLE_FORMAT = 254, 255, 338, 339
LOWEST_SAMPLE, HIGHEST_SAMPLE, LERC_PARAMETERS, DNG_VERSION = 340, 341, 50674, 50706
JPEG_TABLES, JPEG_OFFSET, JPEG_LENGTH, PROFILE = 347, 513, 514, 34675
JPEG_PROCESS, JPEG_RESTART, JPEG_QUANTISED, JPEG_DC, JPEG_AC = 512, 515, 519, 520, 521
LUMA, SUBSAMPLING, REFERENCE = 529, 530, 532

_FIELDS: Mapping[int, str] = {
    1: "B", 3: "H", 4: "I", 5: "II", 6: "b", 7: "B", 8: "h", 9: "i", 10: "ii", 13: "I", 16: "Q", 18: "Q",
}  # fmt: skip
"""TIFF's field types (section 2) that a number can be of, as struct letters."""

_REAL_FIELDS: Mapping[int, str] = {11: "f", 12: "d"}

_MILLIMETRES_IN_UNIT = {2: 25.4, 3: 10.0}


@dataclass(frozen=True, slots=True)
class Directory:
    """One image of a TIFF: `entries` are its tags as they stand in the file, read when they are asked for."""

    file: Path
    order: str
    """`<` or `>`, as struct has it."""
    big: bool
    entries: Mapping[int, bytes]

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Of a fraction both numbers; nothing where the tag is absent or no number."""
        if tag not in self.entries:
            return ()
        kind, count = self._kind_and_count(tag)
        if kind not in _FIELDS or not 0 < count <= MOST_NUMBERS:
            return ()
        letters = _FIELDS[kind]
        layout = f"{self.order}{count * len(letters)}{letters[0]}"
        return struct.unpack(layout, self._value(tag, struct.calcsize(layout)))

    def raw(self, tag: int) -> bytes:
        """The tag's bytes, where it holds bytes."""
        if tag not in self.entries:
            return b""
        kind, count = self._kind_and_count(tag)
        return self._value(tag, count) if kind in (1, 7) and 0 < count <= MOST_BYTES else b""

    def first(self, tag: int, default: int) -> int:
        return next(iter(self.numbers(tag)), default)

    def fractions(self, tag: int) -> tuple[float, ...]:
        """Numbers or fractions as decimals; what is divided by 0 is 0, as scanners mean it."""
        numbers = self.numbers(tag)
        if not numbers or len(_FIELDS[self._kind_and_count(tag)[0]]) == 1:
            return tuple(float(number) for number in numbers)
        return tuple(a / b if b else 0.0 for a, b in zip(numbers[::2], numbers[1::2], strict=True))

    def reals(self, tag: int) -> tuple[float, ...]:
        """Numbers of any type, floating point too."""
        if tag not in self.entries:
            return ()
        kind, count = self._kind_and_count(tag)
        if kind not in _REAL_FIELDS or not 0 < count <= MOST_NUMBERS:
            return self.fractions(tag)
        layout = f"{self.order}{count}{_REAL_FIELDS[kind]}"
        return struct.unpack(layout, self._value(tag, struct.calcsize(layout)))

    @property
    def size(self) -> tuple[int, int]:
        return self.first(WIDTH, 0), self.first(HEIGHT, 0)

    @property
    def reduced(self) -> bool:
        """A smaller copy (bit 0) or a mask (bit 2) of another image of the file."""
        return bool(self.first(SUBFILE, 0) & 0b101) or self.first(OLD_SUBFILE, 0) == 2

    @property
    def ppi(self) -> float | None:
        resolution = next(iter(self.fractions(X_RESOLUTION)), 0.0)
        millimetres = _MILLIMETRES_IN_UNIT.get(self.first(RESOLUTION_UNIT, 2))
        return resolution * 25.4 / millimetres if resolution > 0 and millimetres else None

    @property
    def tiled(self) -> bool:
        return TILE_WIDTH in self.entries

    def _kind_and_count(self, tag: int) -> tuple[int, int]:
        kind, count = struct.unpack_from(f"{self.order}H{'Q' if self.big else 'I'}", self.entries[tag], 2)
        return kind, count

    def _value(self, tag: int, length: int) -> bytes:
        inline = 8 if self.big else 4
        value = self.entries[tag][-inline:]
        if length <= inline:
            return value[:length]
        (offset,) = struct.unpack(f"{self.order}{'Q' if self.big else 'I'}", value)
        with self.file.open("rb") as stream:
            return read_bytes(stream, offset, length)


@dataclass(frozen=True, slots=True)
class Chain:
    """The directories in the order of the file, at least one. `is_circle`: the last leads back to one of them;
    `breaks`: what it leads to cannot be read.
    """

    directories: Sequence[Directory]
    is_circle: bool = False
    breaks: bool = False


def read_directories(file: Path) -> Chain:
    """Raises MasterRefused where not even the first can be read."""
    with file.open("rb") as stream:
        return _TiffReader(file, stream).chain()


def read_subdirectories(directory: Directory) -> tuple[Directory, ...]:
    """The images below this one (TIFF Technical Note 1); what cannot be read there is no image."""
    with directory.file.open("rb") as stream:
        reader = _TiffReader(directory.file, stream)
        return tuple(reader.readable(directory.numbers(SUB_DIRECTORIES)[:MOST_SUBDIRECTORIES]))


def read_bytes(stream: BinaryIO, offset: int, length: int) -> bytes:
    if offset + length > os.fstat(stream.fileno()).st_size:
        raise master_refused("truncated")
    stream.seek(offset)
    return stream.read(length)


class _TiffReader:
    """Knows the byte order and the width of the numbers of one file."""

    def __init__(self, file: Path, stream: BinaryIO) -> None:
        self._file, self._stream = file, stream
        head = read_bytes(stream, 0, 8)
        self._order = "<" if head[:2] == b"II" else ">"
        self._big = struct.unpack(f"{self._order}H", head[2:4])[0] == 43
        self._first = self._number("Q", 8) if self._big else self._number("I", 4)

    def chain(self) -> Chain:
        offset, found = self._first, dict[int, Directory]()
        while offset and offset not in found:
            if len(found) == MOST_DIRECTORIES:
                raise master_refused("too-many-pages", limit=MOST_DIRECTORIES)
            try:
                found[offset], offset = self._directory(offset)
            except MasterRefused:
                if not found:
                    raise
                return Chain(tuple(found.values()), breaks=True)
        if not found:
            raise master_refused("unreadable", reason=N_("no image in it"))
        return Chain(tuple(found.values()), is_circle=bool(offset))

    def readable(self, offsets: tuple[int, ...]) -> Iterator[Directory]:
        for offset in offsets:
            with suppress(MasterRefused):
                yield self._directory(offset)[0]

    def _directory(self, offset: int) -> tuple[Directory, int]:
        """The directory there, and where the next one is."""
        letter, length = ("Q", 20) if self._big else ("H", 12)
        count = self._number(letter, offset)
        if not 0 < count <= MOST_ENTRIES:
            raise master_refused("unreadable", reason=N_("its list of tags is broken"))
        start = offset + struct.calcsize(letter)
        raw = read_bytes(self._stream, start, count * length)
        entries: dict[int, bytes] = {}
        for at in range(0, len(raw), length):
            (tag,) = struct.unpack_from(f"{self._order}H", raw, at)
            entries.setdefault(tag, raw[at : at + length])
        return Directory(self._file, self._order, self._big, entries), self._next(start + len(raw))

    def _next(self, offset: int) -> int:
        """A file cut right behind its last directory still has its image."""
        letter = "Q" if self._big else "I"
        end = offset + struct.calcsize(letter)
        return 0 if end > os.fstat(self._stream.fileno()).st_size else self._number(letter, offset)

    def _number(self, letter: str, offset: int) -> int:
        layout = self._order + letter
        number: int = struct.unpack(layout, read_bytes(self._stream, offset, struct.calcsize(layout)))[0]
        return number
