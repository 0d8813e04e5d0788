"""Masters made in code, and what a pyramid of them must show, worked out by libvips' own shrink."""

import io
from pathlib import Path

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image

from manifests.model import Pyramid
from server.pyramid import tile_index


def scan(width: int, height: int, bands: int = 3) -> pyvips.Image:
    """Soft waves, so that JPEG has little to lose and a shift by one pixel shows."""
    y, x = np.mgrid[0:height, 0:width].astype("f4")
    planes = [128 + 60 * (np.sin(x / (97 + i)) + np.cos(y / (83 - i))) for i in range(bands)]
    pixels = np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)
    kind = "srgb" if bands == 3 else "b-w"
    return pyvips.Image.new_from_memory(pixels.tobytes(), width, height, bands, "uchar").copy(interpretation=kind)


def stored(folder: Path, image: pyvips.Image, name: str = "master.tif", **options: object) -> Path:
    file = folder / name
    image.write_to_file(str(file), **options)
    return file


def shrunk(image: pyvips.Image, level: int) -> NDArray[np.int16]:
    """What the design says a level is (decisions.md, 2)."""
    small = image.shrink(1 << level, 1 << level, ceil=True)
    return small.numpy().reshape(small.height, small.width, small.bands).astype(np.int16)


def tile(library: Path, pyramid: Pyramid, level: int, column: int, row: int) -> Image.Image:
    index = tile_index.unpack(pyramid.index)
    opened = Image.open(io.BytesIO(tile_index.tile(library / pyramid.file, index, level, column, row)))
    opened.load()
    return opened


def joined(library: Path, pyramid: Pyramid, level: int) -> NDArray[np.int16]:
    """A level put together from its tiles, as a viewer does; they must fill it exactly."""
    columns, rows = tile_index.unpack(pyramid.index).grid[level]
    bands = 1 if pyramid.grey else 3

    def pixels(column: int, row: int) -> NDArray[np.int16]:
        opened = tile(library, pyramid, level, column, row)
        return np.asarray(opened).reshape(opened.height, opened.width, bands).astype(np.int16)

    return np.vstack([np.hstack([pixels(column, row) for column in range(columns)]) for row in range(rows)])
