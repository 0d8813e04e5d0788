"""The deflated pieces of a TIFF as libtiff is given them: inflated here, and packed again without compression.

Each piece ends in a checksum of what was compressed (RFC 1950). libtiff stops before it, so that damage which happens
to give enough bytes would be taken in without a word. zstd and LZMA, which libvips' libtiff lacks, come the same way.
Packed in stored blocks (RFC 1951, 3.2.4) a piece costs libtiff no more than a copy, and the predictor stays its
business.
"""

import struct
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from server.masters.joined_source import FileRange
from server.masters.refusal import MasterRefused
from server.masters.tiff_layout import Layout
from server.masters.tiff_pixels import DEFLATE
from server.masters.tiff_unpacking import unpacked

MOST_BYTES = 1 << 26
"""In one piece; what is larger would have to be held whole, and streams through libtiff unchecked instead."""

_HEAD = b"\x78\x01"
_MOST_IN_BLOCK = 65_535
_BLOCK_HEAD = struct.Struct("<BHH")
_TURNED = bytes(int(f"{number:08b}"[::-1], 2) for number in range(256))
"""Each byte with its bits in the other order."""
_DAMAGED = b"\xff"
"""No zlib stream begins so: libtiff then says what it says of any damage."""


class CheckedPieces:
    """The pieces one behind the other, as a range of bytes; `offsets` and `lengths` say where each stands in it."""

    def __init__(
        self, file: Path, layout: Layout, compression: int = DEFLATE[0], *, low_bit_first: bool = False
    ) -> None:
        """`compression` as the file has it: what libtiff does not know is packed as deflated too.

        `low_bit_first`: FillOrder 2, which libtiff applies to compressed bytes; the pieces given are of order 1."""
        self._file = FileRange(file)
        self._compression, self._low_bit_first = compression, low_bit_first
        self._stored = tuple(zip(layout.offsets, layout.lengths, strict=True))
        self._inflated = layout.inflated_lengths
        self.lengths: Sequence[int] = [_packed_length(length) for length in self._inflated]
        *offsets, self.length = accumulate(self.lengths, initial=0)
        self.offsets: Sequence[int] = offsets
        self._last: tuple[int, bytes] = (-1, b"")

    def read_into(self, buffer: memoryview, position: int) -> int:
        number = bisect_right(self.offsets, position) - 1
        if self._last[0] != number:
            self._last = number, self._piece(number)
        start = position - self.offsets[number]
        part = self._last[1][start : start + len(buffer)]
        buffer[: len(part)] = part
        return len(part)

    def _piece(self, number: int) -> bytes:
        offset, length = self._stored[number]
        stored = self._file.read(offset, length)
        stored = stored.translate(_TURNED) if self._low_bit_first else stored
        try:
            return _packed(unpacked(stored, self._compression, self._inflated[number]))
        except MasterRefused:
            return _DAMAGED * self.lengths[number]


def _packed(content: bytes) -> bytes:
    blocks = [content[at : at + _MOST_IN_BLOCK] for at in range(0, len(content), _MOST_IN_BLOCK)]
    parts = [_HEAD]
    for number, block in enumerate(blocks, 1):
        parts += [_BLOCK_HEAD.pack(number == len(blocks), len(block), len(block) ^ 0xFFFF), block]
    return b"".join([*parts, struct.pack(">I", zlib.adler32(content))])


def _packed_length(length: int) -> int:
    return len(_HEAD) + length + _BLOCK_HEAD.size * -(-length // _MOST_IN_BLOCK) + 4
