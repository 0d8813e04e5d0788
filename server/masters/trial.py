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


_WRITERS: Mapping[str, Callable[[Path, VipsImage], None]] = {"bmp": _bmp, "jp2": _jpeg_2000, "heif": _heic}
