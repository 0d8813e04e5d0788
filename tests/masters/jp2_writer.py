"""JPEG 2000 files put together box by box, around a codestream that OpenJPEG made (ISO/IEC 15444-1 annex I)."""

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from imagecodecs import jpeg2k_encode

from tests.masters.chart import Samples

SRGB, GREY, SYCC, CMYK, LAB = 16, 17, 18, 12, 14


def codestream(samples: Samples, **options: object) -> bytes:
    """Without loss."""
    options = {"level": 0, "reversible": True, "mct": False, "codecformat": "j2k"} | options
    made: bytes = jpeg2k_encode(np.ascontiguousarray(samples), **options)
    return made


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def enumerated(number: int, parameters: bytes = b"") -> bytes:
    return box(b"colr", struct.pack(">BBBI", 1, 0, 0, number) + parameters)


def with_profile(profile: bytes) -> bytes:
    return box(b"colr", bytes([2, 0, 0]) + profile)


def palette(colours: Samples) -> bytes:
    """Of 8 bits; and the mapping of component 0 by each of its columns."""
    count, columns = colours.shape
    entries = struct.pack(">HB", count, columns) + bytes([7] * columns) + colours.astype(np.uint8).tobytes()
    mapping = b"".join(struct.pack(">HBB", 0, 1, column) for column in range(columns))
    return box(b"pclr", entries) + box(b"cmap", mapping)


def definitions(*rows: tuple[int, int, int]) -> bytes:
    """Of channels: which, what kind (0 colour, 1 opacity, 2 premultiplied opacity), of which colour."""
    return box(b"cdef", struct.pack(">H", len(rows)) + b"".join(struct.pack(">HHH", *row) for row in rows))


def resolution(ppi: int) -> bytes:
    dots = struct.pack(">HHHHbb", ppi * 10_000 // 254, 1, ppi * 10_000 // 254, 1, 0, 0)
    return box(b"res ", box(b"resc", dots))


def of_depths(planes: Sequence[Samples], depths: Sequence[int], *, reversible: bool = True) -> bytes:
    """A codestream of components of 1 to 8 bits each.

    Each is coded as if it had 8, so that without loss the middle of its scale lies where it does in fewer, and with
    loss the steps are as much larger.
    """
    shift = [128 - (1 << depth - 1) if reversible else 0 for depth in depths]
    factor = [1 if reversible else 1 << 8 - depth for depth in depths]
    coded = [np.asarray(p, np.uint8) * np.uint8(f) + np.uint8(s) for p, s, f in zip(planes, shift, factor, strict=True)]
    return joined(coded, 1, 1, depths=depths, reversible=reversible)


def joined(
    planes: Sequence[Samples], across: int, down: int, *, depths: Sequence[int] = (), **options: object
) -> bytes:
    """A codestream of several components, all but the first of fewer samples.

    Of one resolution and one layer each component has one packet, and they follow each other in their order (B.12.1.1).
    """
    streams = [codestream(plane, resolutions=1, **options) for plane in planes]
    first = streams[0]
    siz = first.index(b"\xff\x51")
    (length,) = struct.unpack_from(">H", first, siz + 2)
    components = [(1, 1), *[(across, down)] * (len(planes) - 1)]
    told = first[siz + 4 : siz + 38] + struct.pack(">H", len(planes))
    bits = depths or [8] * len(planes)
    told += b"".join(bytes([depth - 1, *sampling]) for depth, sampling in zip(bits, components, strict=True))
    others = first[siz + 2 + length : first.index(b"\xff\x90")]
    packets = b"".join(stream[stream.index(b"\xff\x93") + 2 : -2] for stream in streams)
    part = struct.pack(">HHHIBB", 0xFF90, 10, 0, 14 + len(packets), 0, 1) + b"\xff\x93" + packets
    return first[:siz] + struct.pack(">HH", 0xFF51, 2 + len(told)) + told + others + part + b"\xff\xd9"


def write_jp2(path: Path, samples: Samples, *header: bytes, behind: bytes = b"", **options: object) -> Path:
    """`header` are the boxes of `jp2h` behind the first, which says the size."""
    samples = samples if samples.ndim == 3 else samples[:, :, None]
    stream = codestream(samples if samples.shape[2] > 1 else samples[:, :, 0], **options)
    return around(path, stream, samples.shape, samples.itemsize * 8, *header, behind=behind)


def around(path: Path, stream: bytes, shape: Sequence[int], bits: int, *header: bytes, behind: bytes = b"") -> Path:
    """`shape` is height, width and the number of components."""
    ihdr = box(b"ihdr", struct.pack(">IIHBBBB", *shape, bits - 1, 7, 0, 0))
    path.write_bytes(
        box(b"jP  ", b"\r\n\x87\n")
        + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
        + box(b"jp2h", ihdr + b"".join(header))
        + box(b"jp2c", stream)
        + behind
    )
    return path
