"""From pixels to the bytes of an answer: one function for each name in the column `encoder` of the formats.

libvips streams; JPEG 2000 and PDF need the picture, or its JPEG, whole. Image API 3.0 and 2.1, section 4.5.
"""

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, NamedTuple

from server.image.jp2_encoder import encode_jp2
from server.image.jpeg_encoder import pixels_of
from server.image.output_formats import Encoding
from server.image.pdf_page import of_bitonal, of_jpeg
from server.image.request import Resolved
from server.image.stop import Stop
from server.image.work_memory import WorkMemory
from server.libvips import pyvips


class Making(NamedTuple):
    """All that an encoder is told beside the pixels."""

    resolved: Resolved
    encoding: Encoding
    stop: Stop
    memory: WorkMemory


def encoded(image: Any, making: Making, into: BinaryIO | None = None) -> bytes:
    """An image of libvips in the format that was asked for, or nothing where it is written into a file.

    Raises pyvips.Error, RuntimeError of OpenJPEG, and Busy where it was told to stop.
    """
    image = image.copy(interpretation="srgb" if image.bands > 2 else "b-w")
    return _ENCODERS[making.resolved.format.encoder](image, making, into)


def sent(body: bytes, into: BinaryIO | None) -> bytes:
    if into is None:
        return body
    into.write(body)
    return b""


def _by_libvips(image: Any, making: Making, into: BinaryIO | None) -> bytes:
    row = making.resolved.format
    options = making.encoding.options(row, bitonal=making.resolved.quality.bitonal)
    if into is None:
        return bytes(image.write_to_buffer(row.suffix, keep="none", **options))
    image.write_to_target(pyvips.Target.new_to_descriptor(into.fileno()), row.suffix, keep="none", **options)
    return b""


def _jpeg_2000(image: Any, making: Making, into: BinaryIO | None) -> bytes:
    options = making.encoding.options(making.resolved.format, bitonal=making.resolved.quality.bitonal)
    return sent(encode_jp2(pixels_of(image, making.stop, making.memory), **options), into)


def _pdf(image: Any, making: Making, into: BinaryIO | None) -> bytes:
    resolved, points = making.resolved, making.encoding.points
    if resolved.quality.bitonal:
        return sent(of_bitonal(pixels_of(image, making.stop, making.memory), resolved, points), into)
    jpeg = _by_libvips(image, making, None)
    return sent(of_jpeg(jpeg, resolved, points, grey=image.bands == 1), into)


_ENCODERS: Mapping[str, Callable[[Any, Making, BinaryIO | None], bytes]] = {
    "libvips": _by_libvips,
    "jpeg": _by_libvips,
    "jpeg2000": _jpeg_2000,
    "pdf": _pdf,
}
