"""What the boxes of a HEIF or AVIF file say of its primary image (ISO/IEC 23008-12; 14496-12 section 8.11).

Nothing is decoded here.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from manifests.errors import N_
from server.masters.boxes import Box, boxes_of
from server.masters.refusal import MasterRefused, master_refused

_MOST_ITEMS = 100_000
_OF_PARTS = (b"grid", b"iovl", b"iden")
CODED = (b"av01", b"hvc1", b"hev1", b"jpeg", b"avc1", b"vvc1", b"j2k1", b"unci")
_ALPHA_NAMES = (b":alpha", b"hevc:2015:auxid:1")
_HIDDEN = 1
_NOT_PAGES = (b"thmb", b"auxl")
"""References from a copy or a channel to the image that it belongs to."""


@dataclass(frozen=True, slots=True)
class HeifImage:
    """The primary image, its size as it is stored; `images` counts those of the file that stand for themselves.

    `turned` is by how many quarters of a circle the decoder turns it; `numbers` those of primaries and transfer.
    """

    coding: bytes
    width: int
    height: int
    bits: int
    is_grey: bool
    has_alpha: bool
    premultiplied: bool
    turned: int
    profile: bytes | None
    numbers: tuple[int, int] | None
    images: int

    @property
    def upright(self) -> tuple[int, int]:
        return (self.height, self.width) if self.turned % 2 else (self.width, self.height)


_MONOCHROME, _AT_CHROMA_FORMAT = 0x10, 16


@dataclass(frozen=True, slots=True)
class _Item:
    kind: bytes
    hidden: bool


@dataclass(slots=True)
class _Meta:
    primary: int = 0
    items: Mapping[int, _Item] = field(default_factory=dict)
    references: Sequence[tuple[bytes, int, Sequence[int]]] = ()
    properties: Mapping[int, Sequence[Box]] = field(default_factory=dict)


def read_primary(file: Path) -> HeifImage:
    found: dict[bytes, Box] = {}
    try:
        for box in boxes_of(file):
            found.setdefault(box.kind, box)
    except MasterRefused:
        if b"mdat" not in found:  # what is left behind the data takes nothing from it
            raise
    meta = found.get(b"meta")
    if meta is None:
        raise master_refused("unreadable", reason=N_("no image in it"))
    try:
        return _image(_read(meta))
    except struct.error as error:
        raise master_refused("unreadable", reason=N_("its header is broken")) from error


def _image(meta: _Meta) -> HeifImage:
    found = {box.kind: box for box in reversed(meta.properties.get(meta.primary, ()))}
    if meta.primary not in meta.items or b"ispe" not in found:
        raise master_refused("unreadable", reason=N_("no image in it"))
    width, height = struct.unpack_from(">II", found[b"ispe"].content(), 4)
    parts = [
        number for kind, start, ends in meta.references if kind == b"dimg" for number in ends if start == meta.primary
    ]
    item, inner = meta.items[meta.primary], meta.items.get(parts[0]) if parts else None
    coded = inner if item.kind in _OF_PARTS and inner is not None else item
    pixi = _pixi(found.get(b"pixi")) or _pixi(_property(meta, parts[0], b"pixi") if parts else None)
    alphas = [
        start
        for kind, start, ends in meta.references
        if kind == b"auxl" and meta.primary in ends and _is_alpha(meta, start)
    ]
    profile, numbers = _colours([box.content() for box in meta.properties.get(meta.primary, ()) if box.kind == b"colr"])
    return HeifImage(
        coded.kind,
        width,
        height,
        pixi[0] if pixi else 8,
        _is_grey(meta, (meta.primary, *parts[:1]), pixi),
        bool(alphas),
        any(kind == b"prem" and start == meta.primary for kind, start, _ in meta.references),
        found[b"irot"].content()[0] & 3 if b"irot" in found and found[b"irot"].length else 0,
        profile,
        numbers,
        _count(meta),
    )


def _property(meta: _Meta, item: int, kind: bytes) -> Box | None:
    return next((box for box in meta.properties.get(item, ()) if box.kind == kind), None)


def _pixi(box: Box | None) -> Sequence[int]:
    """Bits of each channel."""
    content = box.content() if box is not None else b""
    return tuple(content[5 : 5 + content[4]]) if len(content) > 5 else ()


def _is_grey(meta: _Meta, items: Sequence[int], pixi: Sequence[int]) -> bool:
    """As the decoder is told (AV1 in ISOBMFF 2.3.3, ISO/IEC 14496-15 8.3.2.1), else by the channels that are named."""
    for item in items:
        of_av1, of_hevc = (_property(meta, item, kind) for kind in (b"av1C", b"hvcC"))
        if of_av1 is not None:
            return bool(_number(of_av1.content(), 2, 1) & _MONOCHROME)
        if of_hevc is not None:
            return _number(of_hevc.content(), _AT_CHROMA_FORMAT, 1) & 3 == 0
    return len(pixi) == 1


def _is_alpha(meta: _Meta, item: int) -> bool:
    box = _property(meta, item, b"auxC")
    return box is not None and any(name in box.content() for name in _ALPHA_NAMES)


def _colours(specifications: Sequence[bytes]) -> tuple[bytes | None, tuple[int, int] | None]:
    """The profile, and the numbers of primaries and transfer (ITU-T H.273); a file may have both."""
    profile, numbers = None, None
    for content in specifications:
        if content[:4] in (b"prof", b"rICC"):
            profile = content[4:]
        elif content[:4] == b"nclx":
            primaries, transfer = struct.unpack_from(">HH", content, 4)
            numbers = primaries, transfer
    return profile, numbers


def _count(meta: _Meta) -> int:
    """Images that are no part, copy or channel of another, and not hidden."""
    parts = {number for kind, _, ends in meta.references if kind == b"dimg" for number in ends}
    others = {start for kind, start, _ in meta.references if kind in _NOT_PAGES}
    pages = [
        number
        for number, item in meta.items.items()
        if item.kind in (*CODED, *_OF_PARTS) and not item.hidden and number not in parts | others
    ]
    return max(len(pages), 1)


def _read(box: Box) -> _Meta:
    meta = _Meta()
    for inner in box.boxes(4):
        if inner.kind == b"pitm":
            meta.primary = _number(inner.content(), 4, 2 if inner.content()[0] == 0 else 4)
        elif inner.kind == b"iinf":
            meta.items = dict(_items(inner))
        elif inner.kind == b"iref":
            meta.references = tuple(_references(inner))
        elif inner.kind == b"iprp":
            meta.properties = _properties(inner)
    return meta


def _number(content: bytes, at: int, length: int) -> int:
    if at + length > len(content):
        raise struct.error("too short")
    return int.from_bytes(content[at : at + length], "big")


def _items(box: Box) -> Iterator[tuple[int, _Item]]:
    for entry in box.boxes(6 if box.content()[:1] == b"\0" else 8):
        content = entry.content()
        if entry.kind == b"infe" and content and content[0] >= 2:
            width = 2 if content[0] == 2 else 4
            yield _number(content, 4, width), _Item(content[6 + width : 10 + width], bool(content[3] & _HIDDEN))


def _references(box: Box) -> Iterator[tuple[bytes, int, Sequence[int]]]:
    """The kind, from which item, to which."""
    width = 2 if box.content()[:1] == b"\0" else 4
    for entry in box.boxes(4):
        content = entry.content()
        count = _number(content, width, 2)
        yield (
            entry.kind,
            _number(content, 0, width),
            [_number(content, width + 2 + width * at, width) for at in range(count)],
        )


def _properties(box: Box) -> Mapping[int, Sequence[Box]]:
    """Of each item."""
    container = box.first(b"ipco")
    every = list(container.boxes()) if container is not None else []
    found: dict[int, list[Box]] = {}
    for association in box.boxes():
        if association.kind != b"ipma":
            continue
        content = association.content()
        width, wide = 2 if content[0] == 0 else 4, content[3] & 1
        at, count = 8, _number(content, 4, 4)
        for _ in range(min(count, _MOST_ITEMS)):
            item, entries = _number(content, at, width), _number(content, at + width, 1)
            at += width + 1
            for _ in range(entries):
                index = _number(content, at, 1 + wide) & (0x7FFF if wide else 0x7F)
                at += 1 + wide
                if 0 < index <= len(every):
                    found.setdefault(item, []).append(every[index - 1])
    return found
