"""BMP masters: what the headers say (Windows' BITMAPCOREHEADER to BITMAPV5HEADER, OS/2 2), and how one is opened.

Rows that are not compressed stand in the file as in a TIFF of strips of one row, only from below; so libvips streams
them as such. What the numbers of a pixel mean is said by masks or a palette (`bmp_pixels`).
"""

import struct
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from manifests.errors import N_
from manifests.model import Master
from server.masters import bmp_pixels, profiles
from server.masters.bmp_pixels import BmpPixels, Mask
from server.masters.header import MasterHeader, OpenedMaster, sensible_ppi
from server.masters.refusal import master_refused, unsupported_samples

_CORE, _INFO, _WITH_MASKS, _WITH_ALPHA, _V4, _V5 = 12, 40, 52, 56, 108, 124
_OS2 = (16, 64)
_PLAIN, _RLE8, _RLE4, _BITFIELDS, _JPEG, _PNG, _ALPHA_BITFIELDS = range(7)
_NAMES = {_JPEG: "JPEG", _PNG: "PNG"}
_DEPTHS = {_PLAIN: (1, 2, 4, 8, 16, 24, 32), _RLE8: (8,), _RLE4: (4,), _BITFIELDS: (16, 32), _ALPHA_BITFIELDS: (16, 32)}
_MASKS = {16: (0x7C00, 0x3E0, 0x1F), 32: (0xFF0000, 0xFF00, 0xFF)}
"""Where none are said."""
_EMBEDDED, _SRGB = b"DEBM", b"BGRs"
"""bV5CSType, whose letters stand in the order of a number."""
_MOST_PROFILE_BYTES = 1 << 26


@dataclass(frozen=True, slots=True)
class _Head:
    """The file's first bytes with its colour table, and the numbers that every kind of header has."""

    content: bytes
    size: int
    width: int
    height: int
    bits: int
    compression: int
    pixels_at: int

    def number(self, at: int, default: int = 0) -> int:
        """Of 32 bits, counted from the DIB header; the default where the header is shorter."""
        return int(struct.unpack_from("<I", self.content, 14 + at)[0]) if at + 4 <= self.size else default


def describe(file: Path) -> MasterHeader:
    head = _head(file)
    if head.compression not in _DEPTHS or (head.size in _OS2 and head.compression > _RLE4):
        raise master_refused("unsupported-compression", compression=_NAMES.get(head.compression, head.compression))
    if head.bits not in _DEPTHS[head.compression]:
        raise unsupported_samples("BMP", 1, head.bits)
    pixels = _pixels(head)
    bmp_pixels.check_length(file, pixels)
    samples = 1 if head.bits <= 8 else 3 + bool(pixels.masks[3:])
    master = Master(
        "bmp",
        head.width,
        abs(head.height),
        head.bits if head.bits <= 8 else 8,
        samples,
        "palette" if head.bits <= 8 else "rgb",
        ppi=sensible_ppi(head.number(24) * 0.0254),
        compression="rle" if pixels.is_packed else "none",
    )
    return MasterHeader(master, partial(_open, file, pixels, _profile(file, head)), decoded_whole=pixels.is_packed)


def _open(
    file: Path, pixels: BmpPixels, profile: bytes | None, *, access: str, fail_on: str, completed: bool = False
) -> OpenedMaster:
    return OpenedMaster(bmp_pixels.open_pixels(file, pixels, access=access, fail_on=fail_on), profile=profile)


def _head(file: Path) -> _Head:
    with file.open("rb") as stream:
        content = stream.read(14 + _V5 + 16 + 4 * 256)
    if len(content) < 14 + _CORE:
        raise master_refused("truncated")
    (pixels_at, size) = struct.unpack_from("<II", content, 10)
    if size == _CORE:
        width, height, _, bits = struct.unpack_from("<HhHH", content, 18)
        return _Head(content, size, width, height, bits, _PLAIN, pixels_at)
    if size not in (*_OS2, _INFO, _WITH_MASKS, _WITH_ALPHA, _V4, _V5):
        raise master_refused("unreadable", reason=N_("its header is broken"))
    if len(content) < 14 + size:
        raise master_refused("truncated")
    width, height, _, bits = struct.unpack_from("<iiHH", content, 18)
    if width < 1 or not height:
        raise master_refused("unreadable", reason=N_("0 pixels wide or high"))
    compression = struct.unpack_from("<I", content, 30)[0] if size > 16 else _PLAIN
    return _Head(content, size, width, height, bits, compression, pixels_at)


def _pixels(head: _Head) -> BmpPixels:
    masks, masks_bytes = _masks(head)
    colours_at = 14 + head.size + masks_bytes
    colours, colours_end = _colours(head, colours_at)
    return BmpPixels(
        width=head.width,
        height=abs(head.height),
        bits=head.bits,
        from_below=head.height > 0,
        is_packed=head.compression in (_RLE8, _RLE4),
        starts=head.pixels_at if head.pixels_at >= 14 + head.size else colours_end,
        masks=masks,
        colours=colours,
    )


def _masks(head: _Head) -> tuple[tuple[Mask, ...], int]:
    """Red, green, blue and perhaps alpha, and how many bytes of masks stand behind the header."""
    if head.bits not in _MASKS:
        return (), 0
    if head.compression == _PLAIN:
        return tuple(map(Mask.of, _MASKS[head.bits])), 0
    count = 4 if head.compression == _ALPHA_BITFIELDS or head.size >= _WITH_ALPHA else 3
    behind = 4 * count if head.size == _INFO else 0
    if len(head.content) < 54 + 4 * count:
        raise master_refused("truncated")
    numbers = struct.unpack_from(f"<{count}I", head.content, 54)
    masks = tuple(Mask.of(number & (1 << head.bits) - 1) for number in numbers if number)
    if len(masks) < 3 or not all(numbers[:3]):
        raise master_refused("unreadable", reason=N_("its header is broken"))
    return masks, behind


def _colours(head: _Head, at: int) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """The palette as red, green and blue, and where it ends."""
    if head.bits > 8:
        return (), at
    each = 3 if head.size == _CORE else 4
    most = 1 << head.bits
    count = min(head.number(32) or most, most) if head.size >= _INFO else most
    between = (head.pixels_at - at) // each
    count = min(count, between) if between > 0 else count
    entries = [head.content[at + each * number :][:each] for number in range(count)]
    if any(len(entry) < each for entry in entries):
        raise master_refused("truncated")
    colours = [(entry[2], entry[1], entry[0]) for entry in entries]
    return tuple(colours + [(0, 0, 0)] * (most - count)), at + each * count


def _profile(file: Path, head: _Head) -> bytes | None:
    if head.size < _V4:
        return None
    told = head.content[70:74]
    if told == _SRGB:
        return profiles.by_number(1, 13, grey=False)
    if told != _EMBEDDED or head.size < _V5:
        return None
    with file.open("rb") as stream:
        stream.seek(14 + head.number(112))
        return stream.read(min(head.number(116), _MOST_PROFILE_BYTES))
