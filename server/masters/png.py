"""PNG masters: what the header says (PNG third edition, 11.2.1), and the loader. Nothing is judged here."""

import struct
from pathlib import Path

from manifests.model import Master
from server.libvips import pyvips
from server.masters.header import MasterHeader, VipsImage, sensible_ppi
from server.masters.refusal import master_refused

_KINDS = {0: ("grey", 1), 2: ("rgb", 3), 3: ("palette", 1), 4: ("grey", 2), 6: ("rgb", 4)}
_DEPTHS = (1, 2, 4, 8, 16)


def describe(file: Path) -> MasterHeader:
    with file.open("rb") as stream:
        head = stream.read(33)
    if len(head) < 33:
        raise master_refused("truncated")
    name, width, height, bits, kind = struct.unpack(">4sIIBB", head[12:26])
    if name != b"IHDR" or kind not in _KINDS or bits not in _DEPTHS:
        raise master_refused("unreadable", reason="its header is broken")
    colour, samples = _KINDS[kind]
    compression = "deflate interlaced" if head[28] else "deflate"
    return MasterHeader(Master("png", width, height, bits, samples, colour, compression=compression))


def load(file: Path, found: MasterHeader, *, access: str, fail_on: str) -> VipsImage:
    return pyvips.Image.pngload(str(file), access=access, fail_on=fail_on, unlimited=True, revalidate=True)


def ppi(image: VipsImage) -> float | None:
    return sensible_ppi(image.xres * 25.4) if image.xres != 1.0 else None
