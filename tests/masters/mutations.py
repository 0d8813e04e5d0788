"""Small masters of every kind, and what chance makes of their bytes: for readers that must survive all of it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from imagecodecs import jpeg8_encode

from tests import make
from tests.masters import samples
from tests.masters.chart import ALPHA, CHART, ENTRIES, GREYS, PALETTE, cielab, wide
from tests.masters.jp2_writer import SYCC, around, enumerated, of_depths, palette, write_jp2
from tests.masters.logluv import LOG_LUV, SGILOG, light, log_luv, packed
from tests.masters.pdf_writer import PdfPage, deflated, write_pdf
from tests.masters.tiff_writer import FAX4, GREY, LAB, LZW, RGB, YCBCR, Tiff, write_tiff, ycbcr

Mutation = Callable[[bytearray, Random], bytearray]
_EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)


def _tiff(picture: Any, tiff: Tiff) -> Callable[[Path], Path]:
    return lambda file: write_tiff(file, picture, tiff)


def _log_luv(file: Path) -> Path:
    tags = {339: (3, [2]), 258: (3, [16] * 3), 277: (3, [3])}
    coder = lambda piece: packed(np.ascontiguousarray(piece[..., 0]))  # noqa: E731
    return write_tiff(file, log_luv(light(CHART)), Tiff(LOG_LUV, SGILOG, tags=tags, coder=coder, rows=16))


def _jpeg(file: Path, picture: Any, **how: Any) -> Path:
    file.write_bytes(jpeg8_encode(picture, **how))
    return file


ORIGINALS: Mapping[str, Callable[[Path], Path]] = {
    "strips.tif": _tiff(CHART, Tiff(RGB, rows=16)),
    "tiles.tif": _tiff(CHART, Tiff(RGB, tile=(32, 32))),
    "planes.tif": _tiff(wide(CHART), Tiff(RGB, planes=True, rows=16, order=">")),
    "lzw.tif": _tiff(CHART, Tiff(RGB, LZW, rows=16)),
    "deflate.tif": _tiff(CHART, Tiff(RGB, 8, rows=16)),
    "fax.tif": _tiff(GREYS >> 7, Tiff(GREY, FAX4, bits=1)),
    "jpeg.tif": lambda file: make.packed_tiff(
        file, CHART, compression="jpeg", tile=True, tile_width=32, tile_height=32
    ),
    "ycbcr.tif": _tiff(ycbcr(CHART), Tiff(YCBCR, subsampling=(2, 2), rows=16)),
    "lab.tif": _tiff(cielab(16), Tiff(LAB)),
    "12-bit.tif": _tiff(wide(CHART) >> 4, Tiff(RGB, bits=12, rows=16)),
    "float.tif": _tiff((CHART / 255).astype(np.float32), Tiff(RGB, tile=(32, 32), tags={339: (3, [3])})),
    "signed.tif": _tiff(GREYS.astype(np.int16), Tiff(GREY, tags={339: (3, [2])})),
    "zstd.tif": lambda file: make.tiff(file, CHART, compression="zstd", rowsperstrip=16),
    "lerc.tif": lambda file: make.tiff(file, CHART, compression="lerc", tile=(32, 32)),
    "jpeg-2000.tif": lambda file: make.tiff(file, CHART, compression="jpeg2000", tile=(32, 32)),
    "jpeg-xl.tif": lambda file: make.tiff(file, CHART, compression="jpegxl", tile=(32, 32)),
    "logluv.tif": _log_luv,
    "baseline.jpg": lambda file: make.jpeg(file, CHART),
    "progressive.jpg": lambda file: make.jpeg(file, CHART, progressive=True),
    "lossless.jpg": lambda file: _jpeg(file, CHART, lossless=True),
    "12-bit.jpg": lambda file: _jpeg(file, wide(CHART) >> 4, bitspersample=12),
    "plain.png": lambda file: make.png(file, CHART),
    "interlaced.png": lambda file: make.png(file, CHART, interlace=True),
    "rgb.jp2": lambda file: samples.jpeg_2000(file, CHART),
    "sycc.jp2": lambda file: write_jp2(file, ycbcr(CHART), enumerated(SYCC)),
    "palette.jp2": lambda file: write_jp2(file, ENTRIES, palette((PALETTE[:, :24] // 257).T), enumerated(16)),
    "depths.jp2": lambda file: around(
        file, of_depths([*np.moveaxis(CHART, 2, 0), ALPHA > 127], [8, 8, 8, 1]), (*ALPHA.shape, 4), 8, enumerated(16)
    ),
    "lossy.j2k": lambda file: samples.jpeg_2000(file, CHART, reversible=False, level=40, codecformat="j2k"),
    "lossless.webp": lambda file: samples.webp(file, np.dstack([CHART, ALPHA])),
    "lossy.webp": lambda file: samples.webp(file, CHART, lossless=False, quality=80),
    "plain.gif": lambda file: samples.gif(file, CHART),
    "plain.bmp": lambda file: samples.bmp(file, CHART),
    "alpha.bmp": lambda file: samples.bmp(file, np.dstack([CHART, ALPHA])),
    "plain.heic": lambda file: samples.heic(file, np.dstack([CHART, ALPHA])),
    "plain.avif": lambda file: samples.avif(file, CHART),
    "jpeg.pdf": lambda file: samples.pdf(file, CHART),
    "deflate.pdf": lambda file: write_pdf(file, PdfPage(deflated(CHART))),
}


def mutated(content: bytes, chance: Random) -> bytes:
    """One to four changes, half of them in the first bytes, where the headers stand."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if found:
            found = chance.choice(_MUTATIONS)(found, chance)
    return bytes(found)


def _place(content: bytearray, chance: Random) -> int:
    end = min(len(content), 600) if chance.random() < 0.5 else len(content)
    return chance.randrange(end)


def _flip_bit(content: bytearray, chance: Random) -> bytearray:
    content[_place(content, chance)] ^= 1 << chance.randrange(8)
    return content


def _scribble(content: bytearray, chance: Random) -> bytearray:
    at, length = _place(content, chance), chance.choice((1, 2, 4, 16, 64))
    content[at : at + length] = chance.randbytes(min(length, len(content) - at))
    return content


def _put_extreme(content: bytearray, chance: Random) -> bytearray:
    at, width = _place(content, chance), chance.choice((1, 2, 4))
    number = chance.choice(_EXTREMES) & (1 << 8 * width) - 1
    content[at : at + width] = number.to_bytes(width, chance.choice(("big", "little")))
    return content


def _cut_out(content: bytearray, chance: Random) -> bytearray:
    at = _place(content, chance)
    del content[at : at + chance.choice((1, 2, 4, 100))]
    return content


def _put_in(content: bytearray, chance: Random) -> bytearray:
    at = _place(content, chance)
    content[at:at] = chance.randbytes(chance.choice((1, 2, 4, 100)))
    return content


def _break_off(content: bytearray, chance: Random) -> bytearray:
    return content[: _place(content, chance)]


def _copy_over(content: bytearray, chance: Random) -> bytearray:
    source, target, length = _place(content, chance), _place(content, chance), chance.choice((2, 4, 12, 100))
    part = content[source : source + length]
    content[target : target + len(part)] = part
    return content


_MUTATIONS: tuple[Mutation, ...] = (
    _flip_bit, _flip_bit, _scribble, _put_extreme, _put_extreme, _cut_out, _put_in, _break_off, _copy_over,
)  # fmt: skip
