"""A TIFF read as if one of its directories said something else, for the few kinds that libvips 8.18 leaves out.

The file is mapped so that what is written stays in memory: the master is never touched, and never read whole. Which
kinds these are is `tiffs`' business.
"""

import mmap
import struct
from pathlib import Path
from typing import Any

from server.libvips import pyvips
from server.masters import tiff_directories
from server.masters.header import VipsImage
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory

_LENGTHS = {1: 1, 3: 2, 4: 4, 16: 8}
_LETTERS = {1: "B", 3: "H", 4: "I", 16: "Q"}


class TiffOverride:
    """The bytes of the file, and the places of one directory's tags in them."""

    def __init__(self, file: Path, directory: Directory) -> None:
        layout = tiff_directories.layout(file, directory)
        self._order, self._places, big = layout.order, layout.places, layout.big
        self._number, self._value_at, self._inline = ("Q", 12, 8) if big else ("I", 8, 4)
        with file.open("rb") as stream:
            self._content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)

    def set_number(self, tag: int, number: int) -> None:
        """Let the tag, where the directory has it, hold this one number."""
        if tag in self._places:
            place, kind = self._places[tag], self._kind(tag)
            struct.pack_into(f"{self._order}{self._number}", self._content, place + 4, 1)
            struct.pack_into(f"{self._order}{_LETTERS[kind]}", self._content, place + self._value_at, number)

    def keep_part(self, tag: int, part: int, parts: int) -> None:
        """Let the tag hold only one of so many equal parts of its numbers."""
        if tag not in self._places:
            return
        place, length = self._places[tag], _LENGTHS[self._kind(tag)]
        (count,) = struct.unpack_from(f"{self._order}{self._number}", self._content, place + 4)
        value = place + self._value_at
        inside = count * length <= self._inline
        start = value if inside else struct.unpack_from(f"{self._order}{self._number}", self._content, value)[0]
        kept = count // parts * length
        start += part * kept
        struct.pack_into(f"{self._order}{self._number}", self._content, place + 4, count // parts)
        if kept <= self._inline:
            self._content[value : value + self._inline] = self._content[start : start + kept].ljust(self._inline, b"\0")
        else:
            struct.pack_into(f"{self._order}{self._number}", self._content, value, start)

    def open(self, **how: Any) -> VipsImage:
        # Not tiffload_source: only this way of opening keeps the mapped file as long as the image.
        return pyvips.Image.new_from_source(pyvips.Source.new_from_memory(self._content), "", **how)

    def _kind(self, tag: int) -> int:
        kind: int = struct.unpack_from(f"{self._order}H", self._content, self._places[tag] + 2)[0]
        if kind not in _LETTERS:
            raise master_refused("unreadable", reason="its list of tags is broken")
        return kind
