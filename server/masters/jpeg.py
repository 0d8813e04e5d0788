"""JPEG masters: what the header says (ITU-T T.81 annex B, JFIF 1.02, Exif 2.3, DCF 2.0), and how it is opened."""

import re
import struct
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from manifests.errors import N_
from manifests.model import Master
from server.masters import damage, profiles
from server.masters.header import MasterHeader, OpenedMaster, VipsImage, sensible_ppi
from server.masters.joined_source import FileRange, open_joined
from server.masters.jpeg_rest import WatchedJpeg
from server.masters.jpeg_scans import has_all_scans
from server.masters.refusal import MasterRefused, master_refused, unsupported_samples

_FRAMES = {0xC0: "jpeg", 0xC1: "jpeg", 0xC2: "jpeg progressive"}
"""The frames that libvips decodes; B.1.1.3 knows lossless, hierarchical and arithmetic ones too."""
_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_COLOURS = {1: "grey", 3: "rgb", 4: "cmyk"}
_END, _SCAN, PROGRESSIVE = 0xD9, 0xDA, 0xC2
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
    if frame.bits != 8 or frame.samples not in _COLOURS:
        raise unsupported_samples("JPEG", frame.samples, frame.bits)
    colour, compression = _COLOURS[frame.samples], _FRAMES[frame.marker]
    master = Master("jpeg", frame.width, frame.height, frame.bits, frame.samples, colour, compression=compression)
    progressive = frame.marker == PROGRESSIVE
    found = () if not progressive or has_all_scans(file.read_bytes()) else damage.WITHOUT_SCANS
    return MasterHeader(master, partial(_open, file, begins), found, decoded_whole=progressive)


def _open(file: Path, begins: int, *, access: str, fail_on: str, completed: bool = False) -> OpenedMaster:
    how: dict[str, Any] = {"access": access, "fail_on": fail_on, "unlimited": True, "revalidate": True}
    content = WatchedJpeg(FileRange(file), begins)
    image = open_joined(content, behind=END_OF_IMAGE if completed else b"", **how)
    orientation = image.get("orientation") if image.get_typeof("orientation") else 1
    return OpenedMaster(image, orientation, _profile(image), _ppi(image), check=content.check)


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
