"""An image whose rows a second reader sees on their way through libvips.

A master's pixels are wanted twice, by libvips' saver and for the edge tiles, and are dear: decoding and colour take
most of the time of a JPEG or a profiled scan. libvips cannot branch a stream, but it reads from a source. So the rows
are fetched once, shown, and offered again as an uncompressed TIFF that exists only as answers to read and seek. Nothing
here knows what a tile or a file is.

TIFF 6.0, part 1, sections 2 and 8; BigTIFF as libtiff has it, always, so that no size is a special case.
"""

import struct
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from server.libvips import pyvips

Rows: TypeAlias = NDArray[np.uint8]
"""Rows x columns x bands."""

ROWS = 64
"""Rows fetched at once. Measured on 73 megapixels: fewer cost calls, more leave the processor's cache."""

_SHORT, _LONG, _LONG8 = (3, "H"), (4, "I"), (16, "Q")
_HEADER = struct.Struct("<2sHHHQ")
_ENTRY = struct.Struct("<HHQ8s")
_COUNT = struct.Struct("<Q")


class RowTap:
    """`image` has the pixels of the image given (8 bit, one or three bands), and may be read once, from the top.

    `see` gets every block of rows, once and in order, before libvips does. What goes wrong while a block is fetched or
    seen is kept in `failure`: libvips only learns that its source broke off.
    """

    def __init__(self, original: pyvips.Image, see: Callable[[Rows], None]) -> None:
        self.failure: Exception | None = None
        self._original = original
        self._region = pyvips.Region.new(original)
        self._see = see
        self._top = 0
        self._block = memoryview(_directory(original.width, original.height, original.bands))
        self._start = 0
        self._length = len(self._block) + original.width * original.height * original.bands
        self._position = 0
        self._source = pyvips.SourceCustom()
        self._source.on_read(self._read)
        self._source.on_seek(self._seek)
        self.image: Any = pyvips.Image.new_from_source(self._source, "", access="sequential", fail_on="error")

    def _seek(self, offset: int, whence: int) -> int:
        self._position = offset + (0, self._position, self._length)[whence]
        return self._position

    def _read(self, length: int) -> memoryview | None:
        """As `io.read`, called by libvips; an exception here would end in its C code, so none may leave."""
        try:
            return self._piece(length)
        except Exception as failure:  # noqa: BLE001 -- kept for the caller, who raises it again
            self.failure = self.failure or failure
            return None

    def _piece(self, length: int) -> memoryview | None:
        if self.failure is not None or self._position >= self._length:
            return None
        while self._position >= self._start + len(self._block):
            self._start += len(self._block)
            self._block = self._next()
        offset = self._position - self._start
        piece = self._block[offset : offset + length]
        self._position += len(piece)
        return piece

    def _next(self) -> memoryview:
        width, bands = self._original.width, self._original.bands
        height = min(ROWS, self._original.height - self._top)
        block = self._region.fetch(0, self._top, width, height)
        self._top += height
        self._see(np.frombuffer(block, np.uint8).reshape(height, width, bands))
        return memoryview(block)


def _directory(width: int, height: int, bands: int) -> bytes:
    """All that stands before the first row: header, one directory, the places of the strips."""
    strips = -(-height // ROWS)
    full = width * bands * ROWS
    sizes = [full] * (strips - 1) + [width * bands * height - full * (strips - 1)]
    # The places depend on the length of the directory, and that only on how many there are.
    length = len(_written(width, height, bands, [0] * strips, sizes))
    return _written(width, height, bands, [length + full * strip for strip in range(strips)], sizes)


def _written(width: int, height: int, bands: int, places: Sequence[int], sizes: Sequence[int]) -> bytes:
    rgb, black_is_zero, top_left, chunky, none = 2, 1, 1, 1, 1
    entries = (
        (256, _LONG, [width]),
        (257, _LONG, [height]),
        (258, _SHORT, [8] * bands),
        (259, _SHORT, [none]),
        (262, _SHORT, [rgb if bands == 3 else black_is_zero]),
        (273, _LONG8, places),
        (274, _SHORT, [top_left]),
        (277, _SHORT, [bands]),
        (278, _LONG, [ROWS]),
        (279, _LONG8, sizes),
        (284, _SHORT, [chunky]),
    )
    after = _HEADER.size + _COUNT.size + _ENTRY.size * len(entries) + _COUNT.size
    rows, beyond = bytearray(), bytearray()
    for tag, (kind, letter), values in entries:
        packed = struct.pack(f"<{len(values)}{letter}", *values)
        if len(packed) > 8:
            beyond += packed
            packed = struct.pack("<Q", after + len(beyond) - len(packed))
        rows += _ENTRY.pack(tag, kind, len(values), packed)
    head = _HEADER.pack(b"II", 43, 8, 0, _HEADER.size) + _COUNT.pack(len(entries))
    return head + bytes(rows) + _COUNT.pack(0) + bytes(beyond)
