"""Boxes, of which JPEG 2000 and HEIF files are made (ISO/IEC 15444-1 annex I, ISO/IEC 14496-12 section 4.2).

Reading is bounded whatever the file claims. What a box means is its format's business.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from manifests.errors import N_
from server.masters.refusal import master_refused

MOST_BOXES = 100_000
MOST_BYTES = 1 << 26
"""Of the content of one box that is read as a whole: a profile, or the list of the parts of an image."""


@dataclass(frozen=True, slots=True)
class Box:
    """`start` and `end` are those of its content in the file."""

    file: Path
    kind: bytes
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def content(self, skip: int = 0) -> bytes:
        """All of it behind the first bytes."""
        if self.length > MOST_BYTES:
            raise master_refused("unreadable", reason=N_("its header is broken"))
        with self.file.open("rb") as stream:
            stream.seek(self.start + skip)
            return stream.read(max(self.length - skip, 0))

    def boxes(self, skip: int = 0) -> Iterator["Box"]:
        """Those inside it, behind the first bytes."""
        return _boxes(self.file, self.start + skip, self.end)

    def first(self, kind: bytes, skip: int = 0) -> "Box | None":
        return next((box for box in self.boxes(skip) if box.kind == kind), None)


def boxes_of(file: Path) -> Iterator[Box]:
    """The outermost ones. MasterRefused where one says that it is longer than the file or the box around it."""
    return _boxes(file, 0, os.stat(file).st_size)


def _boxes(file: Path, position: int, end: int) -> Iterator[Box]:
    for _ in range(MOST_BOXES):
        if position + 8 > end:
            return
        kind, start, stop = _head(file, position, end)
        if stop < start:
            raise master_refused("unreadable", reason=N_("its header is broken"))
        if stop > end:
            raise master_refused("truncated")
        yield Box(file, kind, start, stop)
        position = stop
    raise master_refused("unreadable", reason=N_("its header is broken"))


def _head(file: Path, position: int, end: int) -> tuple[bytes, int, int]:
    """The kind, and where the content begins and ends."""
    with file.open("rb") as stream:
        stream.seek(position)
        head = stream.read(16)
    length, kind = struct.unpack_from(">I4s", head)
    if length == 0:  # to the end
        return kind, position + 8, end
    if length == 1:
        if len(head) < 16:
            raise master_refused("truncated")
        return kind, position + 16, position + struct.unpack_from(">Q", head, 8)[0]
    return kind, position + 8, position + length
