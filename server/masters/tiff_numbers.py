"""The samples of a TIFF's pieces as numbers, of any depth and kind (TIFF 6.0 section 19; TIFF Technical Note 3).

A sample that is no whole number of bytes begins where the last one ends, the highest bit first, each row at a new byte.
Samples of whole bytes stand in the byte order of the file. What the numbers mean is `tiff_scaling`'s business.
"""

from collections.abc import Iterator

import imagecodecs
import numpy as np

from server.masters import damage
from server.masters import tiff_directories as tags
from server.masters.decoded import Samples, as_damage
from server.masters.joined_source import FileRange
from server.masters.jpeg import END_OF_IMAGE
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory
from server.masters.tiff_layout import Layout
from server.masters.tiff_oddities import sensible
from server.masters.tiff_pixels import FLOAT, JPEG, LOW_BIT_FIRST, SIGNED, Pixels
from server.masters.tiff_unpacking import WITH_SAMPLES, samples_of, unpacked

_OF_WHOLE_BYTES = (8, 16, 32, 64)
_DIFFERENCES, _OF_FLOATS = 2, 3
"""Values of Predictor."""
_TURNED = bytes(int(f"{number:08b}"[::-1], 2) for number in range(256))


class TiffNumbers:
    """Reads one piece after another; an instance keeps its file open."""

    def __init__(self, directory: Directory, layout: Layout, pixels: Pixels) -> None:
        self.layout, self.pixels = layout, pixels
        self._directory = directory
        self._file = FileRange(directory.file)
        self._low_bit_first = sensible(directory, tags.FILL_ORDER, 1) == LOW_BIT_FIRST
        self.samples = 1 if pixels.separate else layout.samples

    def piece(self, number: int) -> Samples:
        """Rows x pixels of a row x samples, as they stand in the file: integers, or floating point."""
        layout = self.layout
        stored = self._file.read(layout.offsets[number], layout.lengths[number])
        stored = stored.translate(_TURNED) if self._low_bit_first else stored
        rows = self._rows(number)
        if self.pixels.compression in WITH_SAMPLES or self.pixels.compression == JPEG:
            return self._of_codec(stored, rows)
        raw = unpacked(stored, self.pixels.compression, self._row_bytes * rows)
        return self._signed(self._without_predictor(self._numbers(raw, rows), raw, rows))

    def seen(self, number: int) -> Samples:
        """The piece without what fills tiles up beyond the image."""
        each = self.layout.columns * self.layout.rows
        row, column = divmod(number % each, self.layout.columns)
        rows = min(self.layout.down, self.layout.height - row * self.layout.down)
        return self.piece(number)[:rows, : self.layout.width - column * self.layout.across]

    def all_seen(self) -> Iterator[tuple[int, Samples]]:
        """With the number of the plane that each is of, 0 where there are none."""
        each = self.layout.columns * self.layout.rows
        for number in range(len(self.layout.offsets)):
            yield number // each, self.seen(number)

    def reals(self, tag: int) -> tuple[float, ...]:
        """What the file says in a tag of numbers of any kind."""
        return self._directory.reals(tag)

    @property
    def _row_bytes(self) -> int:
        return -(-self.layout.across * self.samples * self.pixels.bits // 8)

    def _rows(self, number: int) -> int:
        row = number % (self.layout.columns * self.layout.rows) // self.layout.columns
        left = self.layout.height - row * self.layout.down
        return self.layout.down if self.layout.tiled else min(self.layout.down, left)

    def _shape(self, rows: int) -> tuple[int, int, int]:
        return rows, self.layout.across, self.samples

    def _numbers(self, raw: bytes, rows: int) -> Samples:
        bits, order = self.pixels.bits, self._directory.order
        floating = self.pixels.sample_format == FLOAT
        if bits in _OF_WHOLE_BYTES:
            found = np.frombuffer(raw, f"{order}{'f' if floating else 'u'}{bits // 8}")
        elif bits == 24 and floating:
            found = imagecodecs.float24_decode(raw, byteorder="<" if order == "<" else ">")
        elif bits == 24:
            three = np.frombuffer(raw, np.uint8).reshape(-1, 3).astype(np.uint32)
            low, high = (0, 2) if order == "<" else (2, 0)
            found = three[:, low] | three[:, 1] << 8 | three[:, high] << 16
        else:
            kind = "u1" if bits < 8 else "u2" if bits < 16 else "u4"
            found = imagecodecs.packints_decode(raw, kind, bits, runlen=self.layout.across * self.samples)
        return found.reshape(self._shape(rows))

    def _without_predictor(self, found: Samples, raw: bytes, rows: int) -> Samples:
        if self.pixels.predictor == _DIFFERENCES:
            native = found.dtype.newbyteorder("=")
            return np.cumsum(found.astype(native), axis=1, dtype=native)
        return self._floats(raw, rows) if self.pixels.predictor == _OF_FLOATS else found

    def _floats(self, raw: bytes, rows: int) -> Samples:
        """Of Technical Note 3: the bytes of a row by their weight, the highest first, and of these the differences."""
        width = self.pixels.bits // 8
        stored = np.frombuffer(raw, np.uint8).reshape(rows, -1, self.samples)
        weights = np.cumsum(stored, axis=1, dtype=np.uint8).reshape(rows, width, -1)
        ordered = np.ascontiguousarray(weights.transpose(0, 2, 1)).tobytes()
        if width == 3:
            found = imagecodecs.float24_decode(ordered, byteorder=">")
        else:
            found = np.frombuffer(ordered, f">f{width}")
        return found.reshape(self._shape(rows))

    def _signed(self, found: Samples) -> Samples:
        if self.pixels.sample_format != SIGNED:
            return found
        half = 1 << self.pixels.bits - 1
        if self.pixels.bits in _OF_WHOLE_BYTES:
            return found.astype(found.dtype.newbyteorder("=")).view(f"i{self.pixels.bits // 8}")
        return (found.astype(np.int64) ^ half) - half

    def _of_codec(self, stored: bytes, rows: int) -> Samples:
        """What says its own size must have the one that is told, but for a last strip that is whole."""
        if self.pixels.compression == JPEG:
            found = self._jpeg(stored)
        else:
            packing = (*self._directory.numbers(tags.LERC_PARAMETERS), 0, 0)[1]
            room = np.empty(self._shape(rows), f"u{self.pixels.bits // 8}")
            found = samples_of(stored, self.pixels.compression, room, packing)
        found = found if found.ndim == 3 else found[:, :, None]
        whole = found[:rows]
        if whole.shape != self._shape(rows):
            raise master_refused("unreadable", reason=damage.DAMAGED)
        return whole

    def _jpeg(self, stored: bytes) -> Samples:
        """Of 12 bits, which libvips' libjpeg does not decode. This one fills up with grey what breaks off."""
        if not stored.rstrip(b"\0").endswith(END_OF_IMAGE):
            raise master_refused("unreadable", reason=damage.DAMAGED)
        tables = self._directory.raw(tags.JPEG_TABLES) or None
        with as_damage():
            found: Samples = imagecodecs.jpeg8_decode(stored, tables=tables)
        return found
