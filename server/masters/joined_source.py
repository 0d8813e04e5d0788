"""A master read by libvips with other bytes before it or behind it, so that nothing is ever written to the file.

Which bytes is the readers' matter. Reading goes through Python, which costs nothing that can be measured: a decoder
asks for a strip or a tile at a time.
"""

import os
import weakref
from pathlib import Path

from server.libvips import pyvips
from server.masters.header import VipsImage


def open_joined(
    file: Path, *, before: bytes = b"", behind: bytes = b"", start: int = 0, end: int | None = None, **how: object
) -> VipsImage:
    """The image in `before`, the file's bytes from `start` to `end`, and `behind`."""
    joined = _Joined(file, before, behind, start, end)
    source = pyvips.SourceCustom()
    source.on_read(joined.read)
    source.on_seek(joined.seek)
    # Not tiffload_source and the like: only this way of opening keeps the source as long as the image.
    return pyvips.Image.new_from_source(source, "", **how)


class _Joined:
    """`read` and `seek` as libvips calls them; no exception may leave them."""

    def __init__(self, file: Path, before: bytes, behind: bytes, start: int, end: int | None) -> None:
        self._descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._descriptor)
        self._before, self._behind, self._start = before, behind, start
        length = (os.fstat(self._descriptor).st_size if end is None else end) - start
        self._middle_end = len(before) + length
        self._length = self._middle_end + len(behind)
        self._position = 0

    def seek(self, offset: int, whence: int) -> int:
        self._position = offset + (0, self._position, self._length)[whence]
        return self._position

    def read(self, length: int) -> bytes | None:
        try:
            piece = self._piece(length)
        except OSError:  # told by whoever finds that the decoder failed and reads the file again
            return None
        self._position += len(piece)
        return piece

    def _piece(self, length: int) -> bytes:
        position = self._position
        if position < len(self._before):
            return self._before[position : position + length]
        if position < self._middle_end:
            wanted = min(length, self._middle_end - position)
            return os.pread(self._descriptor, wanted, position - len(self._before) + self._start)
        return self._behind[position - self._middle_end : position - self._middle_end + length]
