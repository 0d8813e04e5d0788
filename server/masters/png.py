"""PNG masters: what the chunks say (PNG third edition), and how one is opened."""

import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding, Master
from server.libvips import pyvips
from server.masters import damage, profiles
from server.masters.header import MasterHeader, OpenedMaster, VipsImage, sensible_ppi
from server.masters.joined_source import FileRange, open_joined
from server.masters.png_chunks import IEND, Chunks, read_chunks
from server.masters.profiles import Point
from server.masters.refusal import master_refused

_COLOUR_TYPES: Mapping[int, tuple[str, int, Sequence[int]]] = {
    0: ("grey", 1, (1, 2, 4, 8, 16)),
    2: ("rgb", 3, (8, 16)),
    3: ("palette", 1, (1, 2, 4, 8)),
    4: ("grey", 2, (8, 16)),
    6: ("rgb", 4, (8, 16)),
}
"""The colour, its samples, and the bits that one may have (table 7)."""
_METRE, _UNKNOWN = 1, 1000
"""The unit of pHYs; and a pixel a millimetre, which libvips writes where it does not know."""
_USEFUL_GAMMAS = range(10_000, 1_000_001)
"""Others, of a thousand or a thousandth, leave black and white of a picture."""
_MOST_PROFILE_BYTES = 1 << 26
_SAME_COLOUR = 0.002
_GAMMA_OF_SRGB = range(45_000, 46_000)
"""45455 is what sRGB's curve is told as where only a power can be told (11.3.2.2)."""


def describe(file: Path) -> MasterHeader:
    chunks = read_chunks(file)
    head = chunks.kept.get(b"IHDR", b"")
    if len(head) != 13:
        raise master_refused("unreadable", reason=N_("its header is broken"))
    width, height, bits, colour_type, compressed, filtered, interlaced = struct.unpack(">IIBBBBB", head)
    colour, samples, depths = _COLOUR_TYPES.get(colour_type, ("", 0, ()))
    if bits not in depths or (compressed, filtered) != (0, 0) or interlaced > 1:
        raise master_refused("unreadable", reason=N_("its header is broken"))
    if colour == "palette" and not chunks.palette:
        raise master_refused("unreadable", reason=N_("its palette is missing"))
    compression = "deflate interlaced" if interlaced else "deflate"
    master = Master("png", width, height, bits, samples, colour, ppi=_ppi(chunks.kept), compression=compression)
    found = () if chunks.ended else damage.WITHOUT_END
    return MasterHeader(master, partial(_open, file, chunks, colour), found, decoded_whole=bool(interlaced))


def _open(
    file: Path, chunks: Chunks, colour: str, *, access: str, fail_on: str, completed: bool = False
) -> OpenedMaster:
    how: dict[str, Any] = {"access": access, "fail_on": fail_on, "unlimited": True, "revalidate": True}
    if chunks.ended:
        image = pyvips.Image.pngload(str(file), **how)
    else:
        image = open_joined(FileRange(file, end=chunks.end), behind=IEND, **how)
    profile, found = _profile(chunks.kept, grey=colour == "grey")
    return OpenedMaster(image, _orientation(image), profile, findings=found)


def _orientation(image: VipsImage) -> int:
    """In its Exif, or in its XMP, since PNG had no other place for it before 2017."""
    if image.get_typeof("orientation"):
        return int(image.get("orientation"))
    xmp = image.get("xmp-data") if image.get_typeof("xmp-data") else b""
    said = re.search(rb"tiff:Orientation(?:>|=[\"'])([1-8])\b", xmp)
    return int(said[1]) if said else 1


def _ppi(kept: Mapping[bytes, bytes]) -> float | None:
    content = kept.get(b"pHYs", b"")
    across = int.from_bytes(content[:4], "big")
    if len(content) != 9 or content[8] != _METRE or across == _UNKNOWN:
        return None
    return sensible_ppi(across * 0.0254)


def _profile(kept: Mapping[bytes, bytes], *, grey: bool) -> tuple[bytes | None, tuple[Finding, ...]]:
    """Of what a file may say of its colours the first counts: cICP, iCCP, sRGB, gAMA with cHRM (section 4.3)."""
    coded = kept.get(b"cICP", b"")
    unknown: tuple[Finding, ...] = ()
    if len(coded) == 4:
        profile = profiles.by_number(coded[0], coded[1], grey=grey) if coded[2:] == b"\0\1" else None
        if profile:
            return profile, ()
        unknown = (make_finding("unknown-colours", told="cICP " + "-".join(str(number) for number in coded)),)
    if b"iCCP" in kept:
        return _embedded(kept[b"iCCP"]), unknown
    if kept.get(b"sRGB"):
        return profiles.by_number(1, 13, grey=grey), unknown
    return _from_gamma(kept, grey=grey), unknown


def _embedded(content: bytes) -> bytes:
    """libpng hands on no profile that it finds fault with; here its faults are to be said, by whoever uses it."""
    _, _, named = content.partition(b"\0")
    try:
        return zlib.decompressobj().decompress(named[1:], _MOST_PROFILE_BYTES)
    except zlib.error:
        return b""


def _from_gamma(kept: Mapping[bytes, bytes], *, grey: bool) -> bytes | None:
    """gAMA and cHRM, where what one of them does not say is sRGB's (11.3.2.1, 11.3.2.2)."""
    gamma = int.from_bytes(kept.get(b"gAMA", b""), "big")
    numbers = struct.unpack(">8I", kept[b"cHRM"]) if len(kept.get(b"cHRM", b"")) == 32 else ()
    if gamma not in (0, *_USEFUL_GAMMAS):
        gamma = 0
    if not gamma and not numbers:
        return None
    points = [(x / 100_000, y / 100_000) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    white, *primaries = points or [profiles.D65, *profiles.BT709]
    of_srgb = _near(primaries, profiles.BT709) and gamma in (0, *_GAMMA_OF_SRGB)
    curve = profiles.SRGB_CURVE if of_srgb or not gamma else profiles.gamma(100_000 / gamma)
    if grey:
        return profiles.grey_profile("PNG gAMA", curve)
    try:
        return profiles.matrix_profile("sRGB" if of_srgb else "PNG gAMA cHRM", primaries, white, curve)
    except ValueError:
        return None


def _near(some: Sequence[Point], others: Sequence[Point]) -> bool:
    pairs = zip(some, others, strict=True)
    return all(abs(one - other) < _SAME_COLOUR for pair in pairs for one, other in zip(*pair, strict=True))
