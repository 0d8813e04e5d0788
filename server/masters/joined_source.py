"""A master read by libvips with other bytes before it or behind it, so that nothing is ever written to the file.

Which bytes is the readers' matter. Reading goes through Python, which costs nothing that can be measured: a decoder
asks for a strip or a tile at a time, and the file's bytes go straight into its buffer.
"""

import weakref
from pathlib import Path
from typing import Protocol

from server.libvips import pyvips
from server.masters.header import VipsImage


class ByteRange(Protocol):
    """Bytes that are made or read when they are asked for."""

    @property
    def length(self) -> int: ...

    def read_into(self, buffer: memoryview, position: int) -> int:
        """Fills at most the buffer and says how far; OSError where the disk does not give the bytes."""


class FileRange:
    """The file's bytes from `start` to `end`."""

    def __init__(self, file: Path, start: int = 0, end: int | None = None) -> None:
        self._stream = file.open("rb", buffering=0)
        weakref.finalize(self, self._stream.close)
        self._start = start
        self.length = (self._stream.seek(0, 2) if end is None else end) - start

    def read_into(self, buffer: memoryview, position: int) -> int:
        self._stream.seek(self._start + position)
        return self._stream.readinto(buffer[: self.length - position])

    def read(self, position: int, length: int) -> bytes:
        content = bytearray(min(length, self.length - position))
        return bytes(content[: self.read_into(memoryview(content), position)])


def open_joined(middle: ByteRange, *, before: bytes = b"", behind: bytes = b"", **how: object) -> VipsImage:
    """The image in the three one after the other."""
    joined = _Joined(before, middle, behind)
    source = pyvips.SourceCustom()
    # Not by its `on_read`, which wants the bytes handed over: one copy more of every pixel.
    source.signal_connect("read", joined.read)
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

    def read(self, buffer: object) -> int:
        """At most as much as the buffer of C's holds; 0 at the end."""
        try:
            count = self._fill(memoryview(buffer))  # type: ignore[arg-type] # of cffi, which has no types
        except OSError:  # told by whoever finds that the decoder failed and reads the file again
            return 0
        self._position += count
        return count

    def _fill(self, buffer: memoryview) -> int:
        position = self._position
        if len(self._before) <= position < self._middle_end:
            return self._middle.read_into(buffer, position - len(self._before))
        if position < len(self._before):
            piece = self._before[position : position + len(buffer)]
        else:
            piece = self._behind[position - self._middle_end : position - self._middle_end + len(buffer)]
        buffer[: len(piece)] = piece
        return len(piece)
