"""A TIFF as libvips is shown it: one directory, written here, in front of the file's own bytes.

So libtiff meets only tags that pixels need, with values that have been understood, in the right order; what it warns of
afterwards is damage to the pixels themselves. The kinds that libvips leaves out are shown as others that it reads.
BigTIFF always, so that no size is a special case (TIFF 6.0 section 2; BigTIFF as libtiff has it).
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from server.masters import tiff_directories as tags
from server.masters.header import VipsImage
from server.masters.joined_source import ByteRange, open_joined
from server.masters.tiff_layout import Layout

Entry: TypeAlias = tuple[str, Sequence[int]]
"""The letter of the type in struct, and the numbers."""

_TYPES = {"B": 7, "H": 3, "I": 4, "Q": 16}
_HEADER_BYTES, _ENTRY_BYTES, _INLINE = 16, 20, 8


def open_rewritten(
    pieces: ByteRange, order: str, layout: Layout, entries: Mapping[int, Entry], *, access: str, fail_on: str
) -> VipsImage:
    """`entries` say what the samples are, and the layout where in `pieces` they lie."""
    length = len(_written(order, {**entries, **_places(layout)}))  # depends only on how many numbers there are
    moved = replace(layout, offsets=[offset + length for offset in layout.offsets])
    before = _written(order, {**entries, **_places(moved)})
    return open_joined(pieces, before=before, access=access, fail_on=fail_on, unlimited=True, revalidate=True)


def _places(layout: Layout) -> dict[int, Entry]:
    entries: dict[int, Entry] = {
        tags.WIDTH: ("I", [layout.width]),
        tags.HEIGHT: ("I", [layout.height]),
        tags.BITS: ("H", [layout.bits] * layout.samples),
        tags.SAMPLES: ("H", [layout.samples]),
        tags.PLANES: ("H", [1]),
    }
    if layout.tiled:
        entries |= {tags.TILE_WIDTH: ("I", [layout.across]), tags.TILE_HEIGHT: ("I", [layout.down])}
        return entries | {tags.TILE_OFFSETS: ("Q", layout.offsets), tags.TILE_LENGTHS: ("Q", layout.lengths)}
    entries |= {tags.ROWS_PER_STRIP: ("I", [layout.down])}
    return entries | {tags.STRIP_OFFSETS: ("Q", layout.offsets), tags.STRIP_LENGTHS: ("Q", layout.lengths)}


def _written(order: str, entries: Mapping[int, Entry]) -> bytes:
    behind_at = _HEADER_BYTES + 8 + _ENTRY_BYTES * len(entries) + 8
    rows, behind = bytearray(), bytearray()
    for tag, (letter, values) in sorted(entries.items()):
        packed = struct.pack(f"{order}{len(values)}{letter}", *values)
        if len(packed) > _INLINE:
            at = behind_at + len(behind)
            behind += packed.ljust(-(-len(packed) // 8) * 8, b"\0")
            packed = struct.pack(f"{order}Q", at)
        rows += struct.pack(f"{order}HHQ8s", tag, _TYPES[letter], len(values), packed)
    head = struct.pack(f"{order}2sHHHQQ", b"II" if order == "<" else b"MM", 43, 8, 0, _HEADER_BYTES, len(entries))
    return head + bytes(rows) + bytes(8) + bytes(behind)
