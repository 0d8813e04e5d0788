"""The small levels of a strip: of an image that is lower, or narrower, than a pixel of the level is high or wide.

Continued by its last row, such an image would end as mostly that row: of 70001 x 40 pixels the level at 1/256 would be
217 instead of 6 grey levels dark. So the pixels of such a level are exact means of the true ones: over the whole of
the short side, and over 2^k of the long one. So too where `padding` would let black reach a level. They are read from
the full size as stored, whose noise such means do not see. Nothing here writes a file.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from manifests.tiling import TILE
from server.libvips import pyvips
from server.masters.header import VipsImage


def tiles(file: Path, level: int) -> Iterator[NDArray[np.uint8]]:
    """The tiles of such a level in order, continued to whole ones; `file` has the full size, true in its size."""
    full = pyvips.Image.tiffload(str(file), access="sequential", revalidate=True)
    small = _means(full, 1 << level)
    columns, rows = -(-small.width // TILE), -(-small.height // TILE)
    whole = small.embed(0, 0, columns * TILE, rows * TILE, extend="copy").numpy()
    pixels = whole.reshape(rows * TILE, columns * TILE, small.bands)
    for row in range(rows):
        for column in range(columns):
            yield pixels[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]


def _means(image: VipsImage, scale: int) -> VipsImage:
    return image.shrink(min(scale, image.width), min(scale, image.height), ceil=True)
