"""JPEG masters: what the header says (ITU-T T.81 annex B, JFIF 1.02, Exif 2.3, DCF 2.0), and how it is opened."""

import re
import struct
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from manifests.errors import N_
from manifests.model import Master
from server.masters import damage, profiles
from server.masters.header import MasterHeader, OpenedMaster, VipsImage, nothing, sensible_ppi
from server.masters.joined_source import FileRange, open_joined
from server.masters.jpeg_rest import WatchedJpeg
from server.masters.jpeg_samples import LOSSLESS, decoded_samples
from server.masters.jpeg_scans import has_all_scans
from server.masters.refusal import MasterRefused, master_refused, unsupported_samples

_FRAMES = {
    0xC0: "jpeg",
    0xC1: "jpeg",
    0xC2: "jpeg progressive",
    LOSSLESS: "jpeg lossless",
    0xC9: "jpeg arithmetic",
    0xCA: "jpeg arithmetic progressive",
}
"""The frames that are decoded; B.1.1.3 knows hierarchical ones too, and lossless ones coded arithmetically."""
_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC} - _FRAMES.keys()
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_COLOURS = {1: "grey", 3: "rgb", 4: "cmyk"}
_END, _SCAN, PROGRESSIVE = 0xD9, 0xDA, 0xC2
_IN_SCANS = (PROGRESSIVE, 0xCA)
_DEEP, _DEPTHS_OF_LOSSLESS, _SAMPLES_DECODED_HERE = 12, range(2, 17), (1, 3)
START_OF_IMAGE, END_OF_IMAGE = b"\xff\xd8", b"\xff\xd9"
MOST_RUBBISH = 4_096
MOST_SEGMENTS = 10_000
"""A profile of 16 MB takes 256 segments, its XMP as many again."""


class Frame(NamedTuple):
    marker: int
    bits: int
    height: int
    width: int
    samples: int
    sampling: tuple[int, int]
    """That of the first component, across and down."""


def describe(file: Path) -> MasterHeader:
    with file.open("rb") as stream:
        stream.seek(2)
        frame = frame_of(stream)
        begins = stream.tell()
    if frame.marker not in _FRAMES or not frame.height:  # that is said behind the pixels then (B.2.5)
        raise master_refused("unsupported-pixels", what=N_("a rare kind of JPEG"))
    decodes_here = frame.marker == LOSSLESS or frame.bits == _DEEP
    depths = _DEPTHS_OF_LOSSLESS if frame.marker == LOSSLESS else (8, _DEEP)
    if frame.bits not in depths or frame.samples not in (_SAMPLES_DECODED_HERE if decodes_here else _COLOURS):
        raise unsupported_samples("JPEG", frame.samples, frame.bits)
    colour, compression = _COLOURS[frame.samples], _FRAMES[frame.marker]
    master = Master("jpeg", frame.width, frame.height, frame.bits, frame.samples, colour, compression=compression)
    in_scans = frame.marker in _IN_SCANS
    found = () if not in_scans or has_all_scans(file.read_bytes()) else damage.WITHOUT_SCANS
    opener = partial(_open_decoded if decodes_here else _open, file, frame, begins)
    return MasterHeader(master, opener, found, decoded_whole=in_scans or decodes_here)


def _open(
    file: Path, _frame: Frame, begins: int, *, access: str, fail_on: str, completed: bool = False
) -> OpenedMaster:
    how: dict[str, Any] = {"access": access, "fail_on": fail_on, "unlimited": True, "revalidate": True}
    content = WatchedJpeg(FileRange(file), begins)
    image = open_joined(content, behind=END_OF_IMAGE if completed else b"", **how)
    orientation = image.get("orientation") if image.get_typeof("orientation") else 1
    return OpenedMaster(image, orientation, _profile(image), _ppi(image), check=content.check)


def _open_decoded(file: Path, frame: Frame, begins: int, **how: Any) -> OpenedMaster:
    """What the header says from libvips, the pixels from elsewhere."""
    opened = _open(file, frame, begins, **how)
    pixels = decoded_samples(file, begins, frame.bits, frame.samples, lossless=frame.marker == LOSSLESS)
    return replace(opened, image=pixels, check=nothing)


def _ppi(image: VipsImage) -> float | None:
    """JFIF's density; libvips invents one where there is none, without a unit."""
    return sensible_ppi(image.xres * 25.4) if image.get_typeof("resolution-unit") else None


def _profile(image: VipsImage) -> bytes | None:
    """The embedded one, or what Exif says of a camera's colours (DCF 2.0: R03 is Adobe RGB)."""
    if image.get_typeof("icc-profile-data"):
        return bytes(image.get("icc-profile-data"))
    if image.bands == 3 and _exif(image, "exif-ifd4-InteroperabilityIndex").startswith("R03"):
        return profiles.adobe_rgb()
    return None


def _exif(image: VipsImage, field: str) -> str:
    return str(image.get(field)) if image.get_typeof(field) else ""


def frame_of(stream: BinaryIO) -> Frame:
    """The frame of the JPEG into which two bytes were read."""
    for _ in range(MOST_SEGMENTS):
        marker = _marker(stream)
        if marker in _WITHOUT_LENGTH:
            continue
        if marker in (_END, _SCAN):
            raise master_refused("unreadable", reason=N_("no image in it"))
        (length,) = struct.unpack(">H", _bytes(stream, 2))
        if marker in _FRAMES or marker in _OTHER_FRAMES:
            header = _bytes(stream, max(length - 2, 8))
            bits, height, width, samples = struct.unpack(">BHHB", header[:6])
            return Frame(marker, bits, height, width, samples, (header[7] >> 4, header[7] & 15))
        stream.seek(max(length - 2, 0), 1)
    raise master_refused("unreadable", reason=N_("its header is broken"))


def frame_at(file: Path, offset: int) -> Frame | None:
    """The frame of the JPEG that begins there, if one does."""
    with file.open("rb") as stream:
        stream.seek(offset)
        if stream.read(2) != START_OF_IMAGE:
            return None
        try:
            return frame_of(stream)
        except MasterRefused:
            return None


def _marker(stream: BinaryIO) -> int:
    """The next marker; some rubbish and fill bytes before it are passed over, as libjpeg does."""
    ahead = stream.read(MOST_RUBBISH)
    found = re.search(rb"\xff+([^\xff])", ahead, re.DOTALL)
    if found is None:
        if len(ahead) < MOST_RUBBISH:
            raise master_refused("truncated")
        raise master_refused("unreadable", reason=N_("its header is broken"))
    stream.seek(found.end() - len(ahead), 1)
    return found[1][0]


def _bytes(stream: BinaryIO, length: int) -> bytes:
    got = stream.read(length)
    if len(got) < length:
        raise master_refused("truncated")
    return got
