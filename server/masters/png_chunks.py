"""The chunks of a PNG, walked through without reading its pixels (PNG third edition, sections 5 and 11)."""

import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from manifests.errors import N_
from server.masters.refusal import master_refused

SIGNATURE_BYTES = 8
IEND = b"\0\0\0\0IEND\xaeB`\x82"
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_KEPT = frozenset({b"IHDR", b"cICP", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"iCCP"})
_MOST_KEPT_BYTES, _MOST_PROFILE_BYTES = 64, 1 << 25
_MOST_CHUNKS = 5_000_000


@dataclass(frozen=True, slots=True)
class Chunks:
    """`kept` are those that say something of the whole, empty where their checksum is wrong.

    `end` is where the last complete chunk ends.
    """

    kept: Mapping[bytes, bytes]
    palette: bool
    end: int
    ended: bool
    """Whether the mark of the end is there."""


def read_chunks(file: Path) -> Chunks:
    kept: dict[bytes, bytes] = {}
    end, names = SIGNATURE_BYTES, set[bytes]()
    with file.open("rb") as stream:
        length = os.fstat(stream.fileno()).st_size
        for name, size in _walk(stream, length):
            if name in _KEPT:
                kept.setdefault(name, _content(stream, name, size))
            if name == b"IHDR" and names:
                raise master_refused("unreadable", reason=N_("its chunks are broken"))
            names.add(name)
            end += 12 + size
    if b"IDAT" not in names:
        raise (
            master_refused("unreadable", reason=N_("no image in it"))
            if b"IEND" in names
            else master_refused("truncated")
        )
    return Chunks(kept, b"PLTE" in names, end, b"IEND" in names)


def _walk(stream: BinaryIO, length: int) -> Iterator[tuple[bytes, int]]:
    """Name and size of each chunk, the stream standing at its content; nothing behind the end mark is looked at."""
    position = SIGNATURE_BYTES
    for _ in range(_MOST_CHUNKS):
        stream.seek(position)
        head = stream.read(8)
        if len(head) < 8:
            return
        size, name = struct.unpack(">I4s", head)
        _check_name(name)
        if position + 12 + size > length:
            if name == b"IEND":
                return
            raise master_refused("truncated")
        yield name, size
        position += 12 + size
        if name == b"IEND":
            return


def _check_name(name: bytes) -> None:
    if not name.isalpha() or not name.isascii():
        raise master_refused("unreadable", reason=N_("its chunks are broken"))
    if name[:1].isupper() and name not in _CRITICAL:
        raise master_refused("unsupported-pixels", what=f"PNG {name.decode('ascii')}")


def _content(stream: BinaryIO, name: bytes, size: int) -> bytes:
    if size > (_MOST_PROFILE_BYTES if name == b"iCCP" else _MOST_KEPT_BYTES):
        return b""
    content, told = stream.read(size), stream.read(4)
    sound = zlib.crc32(name + content) == int.from_bytes(told, "big")
    if name == b"IHDR" and not sound:
        raise master_refused("unreadable", reason=N_("its header is broken"))
    return content if sound else b""
