"""The last tile of a row or column, cut to its true size: a TIFF stores it padded, viewers ask for it without.

It is decoded and encoded once more with the tables of its page, so that all tiles of a page share one prefix; against
the master that costs at most 0.09 dB. No files here.

JPEG: ITU-T T.81, annex B; B.2.2 is the frame header, B.5 the abbreviated format without tables.
"""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from server.pyramid.tile_index import SOI, splice

_APP0 = b"\xff\xe0"
_SOF0 = b"\xff\xc0"
_WITHOUT_TABLES = 2
"""Pillow's `streamtype`, libjpeg's jpeg_suppress_tables."""


class TileEncoder:
    """Cuts and encodes tiles with the tables that libvips wrote for one page; `prefix` is that of its tile index."""

    def __init__(self, prefix: bytes, sample: bytes) -> None:
        """`sample` is any stored tile of the page: its header says how the colours are sampled."""
        self._prefix = prefix
        with Image.open(io.BytesIO(splice(prefix, sample)), formats=["JPEG"]) as stored:
            factors = [layer[1:3] for layer in stored.layer]
            # Pillow's own way to say "as in this image" also copies what it finds in APP segments.
            self._options: dict[str, Any] = {"qtables": stored.quantization}
        if len(factors) > 1:
            self._options["subsampling"] = "4:2:0" if factors[0] == (2, 2) else "4:4:4"

    def cut(self, stored: bytes, width: int, height: int) -> bytes:
        """The upper left part of a stored tile."""
        jpeg = splice(self._prefix, _of_height(stored, height))
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as tile:
            return self._encoded(tile.crop((0, 0, width, height)))

    def encode(self, pixels: NDArray[np.uint8]) -> bytes:
        """A tile from pixels, rows x columns x bands."""
        return self._encoded(Image.fromarray(pixels if pixels.shape[2] == 3 else pixels[:, :, 0]))

    def _encoded(self, tile: Image.Image) -> bytes:
        kept = io.BytesIO()
        tile.save(kept, "JPEG", streamtype=_WITHOUT_TABLES, **self._options)
        return _without_jfif(kept.getvalue())

    def tables(self) -> bytes:
        """The tables that its tiles are encoded with, as a JPEG without an image: those of the TIFF, or none opens."""
        kept = io.BytesIO()
        mode = "RGB" if "subsampling" in self._options else "L"
        Image.new(mode, (16, 16)).save(kept, "JPEG", streamtype=1, **self._options)
        return kept.getvalue()


def _of_height(stored: bytes, height: int) -> bytes:
    """Says a lower height, so that the rows below are not decoded: most of what cutting costs (B.2.2, field Y)."""
    y = stored.index(_SOF0) + 5
    return stored[:y] + height.to_bytes(2, "big") + stored[y + 2 :]


def _without_jfif(jpeg: bytes) -> bytes:
    """The prefix has that segment already."""
    if jpeg[2:4] != _APP0:
        return jpeg
    return SOI + jpeg[4 + int.from_bytes(jpeg[4:6], "big") :]
