"""A small master of each format, for `doctor` to see that it can be read here; no master of a library's is written."""

import struct
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pillow_heif
from imagecodecs import jpeg2k_encode

from server.masters.header import VipsImage


def write_trial(name: str, file: Path, image: VipsImage) -> None:
    """The image, of three bands of 8 bits, as a file of the format of that name."""
    _WRITERS.get(name, _by_libvips)(file, image)


def _by_libvips(file: Path, image: VipsImage) -> None:
    image.write_to_file(str(file))


def _bmp(file: Path, image: VipsImage) -> None:
    """Rows from below, each filled up to four bytes, blue first."""
    rows = image.numpy()[::-1, :, ::-1]
    filling = bytes(-image.width * 3 % 4)
    pixels = b"".join(row.tobytes() + filling for row in rows)
    head = struct.pack("<2sIII", b"BM", 54 + len(pixels), 0, 54)
    file.write_bytes(head + struct.pack("<IiiHH24x", 40, image.width, image.height, 1, 24) + pixels)


def _jpeg_2000(file: Path, image: VipsImage) -> None:
    file.write_bytes(jpeg2k_encode(np.ascontiguousarray(image.numpy()), level=0, reversible=True))


def _heic(file: Path, image: VipsImage) -> None:
    size = image.width, image.height
    pillow_heif.from_bytes("RGB", size, image.write_to_memory()).save(file, quality=90, chroma=444)


def _pdf(file: Path, image: VipsImage) -> None:
    """A page of points as large as the pixels."""
    jpeg = image.jpegsave_buffer(Q=90, subsample_mode="off")
    size = b"%d %d" % (image.width, image.height)
    drawn = b"q %d 0 0 %d 0 0 cm /Im Do Q" % (image.width, image.height)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + size + b"] /Contents 4 0 R"
        b" /Resources << /XObject << /Im 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d" % (image.width, image.height)
        + b" /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode /Length %d >>\nstream\n" % len(jpeg)
        + jpeg
        + b"\nendstream",
    )
    content, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    places = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 6\n0000000000 65535 f \n" + places + b"trailer\n<< /Size 6 /Root 1 0 R >>\n"
    file.write_bytes(content + table + b"startxref\n%d\n%%%%EOF\n" % len(content))


_WRITERS: Mapping[str, Callable[[Path, VipsImage], None]] = {"bmp": _bmp, "jp2": _jpeg_2000, "heif": _heic, "pdf": _pdf}
