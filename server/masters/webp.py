"""WebP masters: what the container says (RFC 9649), and how one is opened. libwebp decodes it whole."""

import struct
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding, Master
from server.libvips import pyvips
from server.masters.header import MasterHeader, OpenedMaster
from server.masters.refusal import master_refused

_ICC, _ALPHA, _ANIMATION = 0x20, 0x10, 0x02
"""Flags of VP8X (section 2.7.1)."""
_MOST_CHUNKS = 10_000
_MOST_BYTES = 1 << 26
_KEPT = (b"VP8X", b"VP8 ", b"VP8L", b"ICCP")
_LOSSY, _LOSSLESS = "webp", "webp lossless"


def describe(file: Path) -> MasterHeader:
    chunks, frames = _read_chunks(file)
    head = chunks.get(b"VP8X", b"")
    flags = head[0] if head else 0
    if len(head) >= 10:
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (4, 7))
        has_alpha = bool(flags & _ALPHA)
    else:
        width, height, has_alpha = _of_bare_image(chunks)
    compression = _LOSSLESS if b"VP8L" in chunks else _LOSSY
    master = Master("webp", width, height, 8, 3 + has_alpha, "rgb", compression=compression, images=max(frames, 1))
    profile = chunks.get(b"ICCP") if flags & _ICC else None
    return MasterHeader(master, partial(_open, file, profile), _said(frames), decoded_whole=True)


def _said(frames: int) -> tuple[Finding, ...]:
    return (make_finding("animated", images=frames),) if frames > 1 else ()


def _open(file: Path, profile: bytes | None, *, access: str, fail_on: str, completed: bool = False) -> OpenedMaster:
    image = pyvips.Image.webpload(str(file), access=access, fail_on=fail_on, revalidate=True)
    orientation = image.get("orientation") if image.get_typeof("orientation") else 1
    return OpenedMaster(image, orientation, profile)


def _read_chunks(file: Path) -> tuple[Mapping[bytes, bytes], int]:
    """What the chunks that matter begin with, and how many frames of an animation there are."""
    kept: dict[bytes, bytes] = {}
    frames = 0
    for name, content in _chunks(file):
        frames += name == b"ANMF"
        if name in _KEPT:
            kept.setdefault(name, content)
    return kept, frames


def _chunks(file: Path) -> Iterator[tuple[bytes, bytes]]:
    """Raises MasterRefused where the file is shorter than it says."""
    length = file.stat().st_size
    with file.open("rb") as stream:
        (promised,) = struct.unpack("<I", stream.read(12)[4:8])
        if promised + 8 > length:
            raise master_refused("truncated")
        for _ in range(_MOST_CHUNKS):
            head = stream.read(8)
            if len(head) < 8 or stream.tell() > promised + 8:
                return
            name, size = struct.unpack("<4sI", head)
            start = stream.tell()
            if start + size > length:
                raise master_refused("truncated")
            yield name, stream.read(min(size, _MOST_BYTES if name == b"ICCP" else 16))
            stream.seek(start + size + size % 2)
    raise master_refused("unreadable", reason=N_("its header is broken"))


def _of_bare_image(chunks: Mapping[bytes, bytes]) -> tuple[int, int, bool]:
    """Width, height and whether there is transparency (RFC 6386 section 9.1; RFC 9649 section 3.4)."""
    lossy, lossless = chunks.get(b"VP8 ", b""), chunks.get(b"VP8L", b"")
    if len(lossy) >= 10 and lossy[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", lossy, 6)
        return width & 0x3FFF, height & 0x3FFF, False
    if len(lossless) >= 5 and lossless[0] == 0x2F:
        (bits,) = struct.unpack_from("<I", lossless, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    raise master_refused("unreadable", reason=N_("its header is broken"))
