"""Pyramids as an ingest makes them, of pictures in which every place looks different."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from server.pyramid.build import build_pyramid
from server.pyramid.tile_index import TileIndex, unpack


class Carved(NamedTuple):
    file: Path
    index: TileIndex
    size: tuple[int, int]

    def __repr__(self) -> str:
        return f"Carved({self.file.name})"


def carved(folder: Path, size: tuple[int, int], mode: str = "RGB") -> Carved:
    width, height = size
    rows, columns = np.indices((height, width))
    grain = np.random.default_rng(7).integers(0, 40, (height, width, 3))
    picture = (
        np.stack((columns * 200 // width, rows * 200 // height, (rows // 3 ^ columns // 5) % 200), axis=-1) + grain
    )
    name = f"{mode}-{width}-{height}"
    Image.fromarray(picture.astype(np.uint8)).convert(mode).save(folder / f"{name}.png")
    made = build_pyramid(folder / f"{name}.png", folder / "pyramids", "work", name, max_pixels=10**9).pyramid
    assert made is not None
    return Carved(folder / made.file, unpack(made.index), size)
