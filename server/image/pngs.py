"""PNG masters: what the header says (PNG third edition, 11.2.1), and the loader. Nothing is judged here."""

import struct
from pathlib import Path

import pyvips

from manifests.model import Master
from server.image.found import Found, Image, sensible_ppi
from server.image.refusal import refuse

_KINDS = {0: ("grey", 1), 2: ("rgb", 3), 3: ("palette", 1), 4: ("grey", 2), 6: ("rgb", 4)}
_DEPTHS = (1, 2, 4, 8, 16)


def describe(file: Path) -> Found:
    with file.open("rb") as stream:
        head = stream.read(33)
    if len(head) < 33:
        raise refuse("truncated")
    name, width, height, bits, kind = struct.unpack(">4sIIBB", head[12:26])
    if name != b"IHDR" or kind not in _KINDS or bits not in _DEPTHS:
        raise refuse("unreadable", reason="its header is broken")
    colour, samples = _KINDS[kind]
    compression = "deflate interlaced" if head[28] else "deflate"
    return Found(Master("png", width, height, bits, samples, colour, compression=compression))


def load(file: Path, found: Found, *, access: str, fail_on: str) -> Image:
    return pyvips.Image.pngload(str(file), access=access, fail_on=fail_on, unlimited=True, revalidate=True)


def ppi(image: Image) -> float | None:
    return sensible_ppi(image.xres * 25.4) if image.xres != 1.0 else None
