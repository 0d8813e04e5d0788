"""A master read by libvips with other bytes before it or behind it, so that nothing is ever written to the file.

Which bytes is the readers' matter. Reading goes through Python, which costs nothing that can be measured: a decoder
asks for a strip or a tile at a time.
"""

import os
import weakref
from pathlib import Path
from typing import Protocol

from server.libvips import pyvips
from server.masters.header import VipsImage


class ByteRange(Protocol):
    """Bytes that are made or read when they are asked for."""

    @property
    def length(self) -> int: ...

    def read(self, position: int, length: int) -> bytes:
        """At most so many; OSError where the disk does not give them."""


class FileRange:
    """The file's bytes from `start` to `end`."""

    def __init__(self, file: Path, start: int = 0, end: int | None = None) -> None:
        self._descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, self._descriptor)
        self._start = start
        self.length = (os.fstat(self._descriptor).st_size if end is None else end) - start

    def read(self, position: int, length: int) -> bytes:
        return os.pread(self._descriptor, min(length, self.length - position), position + self._start)


def open_joined(middle: ByteRange, *, before: bytes = b"", behind: bytes = b"", **how: object) -> VipsImage:
    """The image in the three one after the other."""
    joined = _Joined(before, middle, behind)
    source = pyvips.SourceCustom()
    source.on_read(joined.read)
    source.on_seek(joined.seek)
    # Not tiffload_source and the like: only this way of opening keeps the source as long as the image.
    return pyvips.Image.new_from_source(source, "", **how)


class _Joined:
    """`read` and `seek` as libvips calls them; no exception may leave them."""

    def __init__(self, before: bytes, middle: ByteRange, behind: bytes) -> None:
        self._before, self._middle, self._behind = before, middle, behind
        self._middle_end = len(before) + middle.length
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
            return self._middle.read(position - len(self._before), length)
        return self._behind[position - self._middle_end : position - self._middle_end + length]
