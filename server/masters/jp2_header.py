"""What the boxes of a JPEG 2000 file say of its channels, colours and resolution (ISO/IEC 15444-1 annex I, 15444-2 M).

A bare codestream has none of them. What stands in the codestream is `jp2_codestream`'s business.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from manifests.errors import N_
from server.masters.boxes import Box
from server.masters.refusal import master_refused

ALPHA, PREMULTIPLIED = 1, 2
_ENUMERATED, _ANY_ICC = 1, (2, 3)
_BY_PALETTE = 1
_MOST_ENTRIES = 1024

Column: TypeAlias = tuple[int, Sequence[int]]
"""Of a palette: the bits of its numbers, and the numbers."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A component as it is, or what a column of the palette makes of it."""

    component: int
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Jp2Header:
    """`colour` is an EnumCS, None where there is none; `meanings` say of a channel what it is, and of which colour."""

    profile: bytes | None = None
    colour: int | None = None
    parameters: bytes = b""
    palette: Sequence[Column] = ()
    channels: Sequence[Channel] | None = None
    meanings: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    ppi: float | None = None


def read_header(box: Box) -> Jp2Header:
    """Of the box `jp2h`; of several colour specifications the first that is one of ours counts."""
    inside = {inner.kind: inner for inner in reversed(list(box.boxes()))}
    profile, colour, parameters = _colours([inner.content() for inner in box.boxes() if inner.kind == b"colr"])
    palette = _palette(inside[b"pclr"].content()) if b"pclr" in inside else ()
    return Jp2Header(
        profile,
        colour,
        parameters,
        palette,
        _channels(inside[b"cmap"].content()) if palette and b"cmap" in inside else None,
        dict(_meanings(inside[b"cdef"].content())) if b"cdef" in inside else {},
        _ppi(inside[b"res "]) if b"res " in inside else None,
    )


def _colours(specifications: Sequence[bytes]) -> tuple[bytes | None, int | None, bytes]:
    for content in specifications:
        if len(content) >= 7 and content[0] == _ENUMERATED:
            return None, struct.unpack_from(">I", content, 3)[0], content[7:]
        if len(content) > 3 and content[0] in _ANY_ICC:
            return content[3:], None, b""
    return None, None, b""


def _palette(content: bytes) -> Sequence[Column]:
    if len(content) < 3:
        raise master_refused("unreadable", reason=N_("its palette is missing"))
    count, columns = struct.unpack_from(">HB", content)
    bits = [(depth & 0x7F) + 1 for depth in content[3 : 3 + columns]]
    widths = [-(-depth // 8) for depth in bits]
    whole = 3 + columns + count * sum(widths)
    if not 0 < count <= _MOST_ENTRIES or not columns or len(content) < whole:
        raise master_refused("unreadable", reason=N_("its palette is missing"))
    found: list[list[int]] = [[] for _ in bits]
    position = 3 + columns
    for _ in range(count):
        for column, width in enumerate(widths):
            found[column].append(int.from_bytes(content[position : position + width], "big"))
            position += width
    return list(zip(bits, found, strict=True))


def _channels(content: bytes) -> Sequence[Channel]:
    rows = struct.iter_unpack(">HBB", content[: len(content) // 4 * 4])
    return [Channel(component, column if kind == _BY_PALETTE else None) for component, kind, column in rows]


def _meanings(content: bytes) -> Iterator[tuple[int, tuple[int, int]]]:
    rows = struct.iter_unpack(">HHH", content[2 : 2 + (len(content) - 2) // 6 * 6])
    return ((channel, (kind, of)) for channel, kind, of in rows)


def _ppi(box: Box) -> float | None:
    """The resolution of capture, else of display (I.5.3.7)."""
    found = {inner.kind: inner.content() for inner in box.boxes()}
    content = found.get(b"resc") or found.get(b"resd") or b""
    if len(content) < 10:
        return None
    _, _, numerator, denominator, _, exponent = struct.unpack_from(">HHHHbb", content)
    return numerator / denominator * 10.0**exponent * 0.0254 if denominator else None
