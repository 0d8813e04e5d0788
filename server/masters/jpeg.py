"""JPEG masters: what the header says (ITU-T T.81 annex B, JFIF 1.02), and the loader. Nothing is judged here."""

import re
import struct
from pathlib import Path
from typing import BinaryIO

from manifests.model import Master
from server.libvips import pyvips
from server.masters.header import MasterHeader, VipsImage, sensible_ppi
from server.masters.refusal import master_refused

_FRAMES = {0xC0: "jpeg", 0xC1: "jpeg", 0xC2: "jpeg progressive"}
"""The frames that libvips decodes; B.1.1.3 knows lossless, hierarchical and arithmetic ones too."""
_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_COLOURS = {1: "grey", 3: "rgb", 4: "cmyk"}
_END, _SCAN = 0xD9, 0xDA
MOST_RUBBISH = 4_096
MOST_SEGMENTS = 10_000
"""A profile of 16 MB takes 256 segments, its XMP as many again."""


def describe(file: Path) -> MasterHeader:
    with file.open("rb") as stream:
        marker, frame = _frame(stream)
    if marker not in _FRAMES:
        raise master_refused("unsupported-pixels", what="a rare kind of JPEG")
    bits, height, width, samples = struct.unpack(">BHHB", frame[:6])
    if bits != 8 or samples not in _COLOURS:
        raise master_refused("unsupported-pixels", what=f"JPEG of {samples} x {bits} bits")
    return MasterHeader(Master("jpeg", width, height, bits, samples, _COLOURS[samples], compression=_FRAMES[marker]))


def load(file: Path, found: MasterHeader, *, access: str, fail_on: str) -> VipsImage:
    return pyvips.Image.jpegload(str(file), access=access, fail_on=fail_on, unlimited=True, revalidate=True)


def ppi(image: VipsImage) -> float | None:
    """JFIF's density; libvips invents one where there is none, without a unit."""
    return sensible_ppi(image.xres * 25.4) if image.get_typeof("resolution-unit") else None


def _frame(stream: BinaryIO) -> tuple[int, bytes]:
    """The marker that begins the frame and the bytes of its header."""
    stream.seek(2)
    for _ in range(MOST_SEGMENTS):
        marker = _marker(stream)
        if marker in _WITHOUT_LENGTH:
            continue
        if marker in (_END, _SCAN):
            raise master_refused("unreadable", reason="no image in it")
        (length,) = struct.unpack(">H", _bytes(stream, 2))
        if marker in _FRAMES or marker in _OTHER_FRAMES:
            return marker, _bytes(stream, max(length - 2, 6))
        stream.seek(max(length - 2, 0), 1)
    raise master_refused("unreadable", reason="its header is broken")


def _marker(stream: BinaryIO) -> int:
    """The next marker; some rubbish and fill bytes before it are passed over, as libjpeg does."""
    ahead = stream.read(MOST_RUBBISH)
    found = re.search(rb"\xff+([^\xff])", ahead, re.DOTALL)
    if found is None:
        raise master_refused("truncated" if len(ahead) < MOST_RUBBISH else "unreadable", reason="its header is broken")
    stream.seek(found.end() - len(ahead), 1)
    return found[1][0]


def _bytes(stream: BinaryIO, length: int) -> bytes:
    got = stream.read(length)
    if len(got) < length:
        raise master_refused("truncated")
    return got
