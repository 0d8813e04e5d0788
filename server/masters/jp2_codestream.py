"""What a JPEG 2000 codestream says of itself, and whether all of it is there (ISO/IEC 15444-1 annex A).

Its data has no checksums, and decoders show what they were given; so the lengths of the tiles' parts are added up here.
Nothing is decoded.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from manifests.errors import N_
from server.masters.refusal import master_refused

START, END = b"\xff\x4f", b"\xff\xd9"
_SIZ, _COD, _COC, _SOT, _EOC = 0xFF51, 0xFF52, 0xFF53, 0xFF90, 0xFFD9
_MOST_MARKERS = 100_000
_MOST_PARTS = 1_000_000
_MOST_COMPONENTS = 16_384
_MOST_TILES = 65_535


@dataclass(frozen=True, slots=True)
class Component:
    """`across` and `down`: of so many pixels the image has one sample."""

    bits: int
    signed: bool
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Codestream:
    """`start` and `end` are its bytes in the file; `ended` says whether the mark at its end is there.

    `mixes_colours`: the first three components are transformed together. `has_own_ways`: one is coded unlike others.
    """

    file: Path
    start: int
    end: int
    width: int
    height: int
    components: Sequence[Component]
    lossless: bool
    ended: bool
    mixes_colours: bool = False
    has_own_ways: bool = False

    def content(self) -> bytes:
        """The bytes that a decoder wants, with the mark at the end."""
        with self.file.open("rb") as stream:
            stream.seek(self.start)
            content = stream.read(self.end - self.start)
        return content if self.ended else content + END


def read_codestream(file: Path, start: int, end: int) -> Codestream:
    """MasterRefused where parts are missing."""
    with file.open("rb") as stream:
        stream.seek(start + 2)
        siz, cod, has_own_ways = b"", b"", False
        for marker, content in _segments(stream, end):
            siz = content if marker == _SIZ else siz
            cod = content if marker == _COD else cod
            has_own_ways |= marker == _COC
        width, height, tiles, components = _siz(siz)
        ended = _check_parts(stream, stream.tell() - 2, end, tiles)
    lossless = len(cod) > 9 and cod[9] == 1
    mixes_colours = len(cod) > 4 and cod[4] == 1
    return Codestream(file, start, end, width, height, components, lossless, ended, mixes_colours, has_own_ways)


def _segments(stream: BinaryIO, end: int) -> Iterator[tuple[int, bytes]]:
    """Those of the main header; the stream then stands behind the mark of the first tile's part."""
    for _ in range(_MOST_MARKERS):
        (marker,) = struct.unpack(">H", _bytes(stream, 2))
        if marker == _SOT:
            return
        if marker < 0xFF00 or marker == _EOC:
            break
        (length,) = struct.unpack(">H", _bytes(stream, 2))
        if length < 2 or stream.tell() + length - 2 > end:
            raise master_refused("truncated")
        yield marker, _bytes(stream, length - 2)
    raise master_refused("unreadable", reason=N_("its header is broken"))


def _siz(content: bytes) -> tuple[int, int, int, Sequence[Component]]:
    """Width, height, how many tiles, and the components (A.5.1)."""
    if len(content) < 36:
        raise master_refused("unreadable", reason=N_("its header is broken"))
    right, bottom, left, top, tile_width, tile_height, tile_left, tile_top, count = struct.unpack_from(
        ">8IH", content, 2
    )
    if not tile_width or not tile_height or len(content) < 36 + 3 * count or not 0 < count <= _MOST_COMPONENTS:
        raise master_refused("unreadable", reason=N_("its header is broken"))
    tiles = -(-(right - tile_left) // tile_width) * -(-(bottom - tile_top) // tile_height)
    if right <= left or bottom <= top or not 0 < tiles <= _MOST_TILES:
        raise master_refused("unreadable", reason=N_("its header is broken"))
    triples = [content[36 + 3 * at : 39 + 3 * at] for at in range(count)]
    components = [Component((depth & 0x7F) + 1, depth > 0x7F, across, down) for depth, across, down in triples]
    if not all(component.across and component.down for component in components):
        raise master_refused("unreadable", reason=N_("its header is broken"))
    return right - left, bottom - top, tiles, components


def _check_parts(stream: BinaryIO, position: int, end: int, tiles: int) -> bool:
    """Whether the mark at the end is there; MasterRefused where a part is not, or breaks off (A.4.2)."""
    seen: dict[int, list[int]] = {}
    for _ in range(_MOST_PARTS):
        stream.seek(position)
        head = stream.read(min(12, end - position))
        if head[:2] != b"\xff\x90" or len(head) < 12:
            break
        tile, length, _, parts = struct.unpack_from(">HIBB", head, 4)
        seen.setdefault(tile, []).append(parts)
        if not length:  # to the mark at the end
            return _ends_in_mark(stream, end, refuse=len(seen) < tiles)
        if length < 14 or position + length > end:
            raise master_refused("truncated")
        position += length
    if len(seen) < tiles or any(len(parts) < max(parts) for parts in seen.values()):
        raise master_refused("truncated")
    stream.seek(position)
    return stream.read(2) == END


def _ends_in_mark(stream: BinaryIO, end: int, *, refuse: bool) -> bool:
    stream.seek(end - 2)
    if refuse or stream.read(2) != END:
        raise master_refused("truncated")
    return True


def _bytes(stream: BinaryIO, length: int) -> bytes:
    got = stream.read(length)
    if len(got) < length:
        raise master_refused("truncated")
    return got
