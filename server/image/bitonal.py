"""What is black and what is white: a threshold for each place of a page, so that print can be read on all of it.

One grey value for a page fails where the paper is darker, in the shadow of the gutter or on a stain, and where the ink
is pale. So the threshold lies half-way between paper and ink, each as it is there: the paper is what is bright in each
of some thousand blocks of the page, the ink what is dark in it and beside it. Where nothing is printed it is what it is
on the page altogether, low enough for a bare sheet to stay white; where no paper is (a photograph, the black beside the
page), the paper counts as a part as bright as elsewhere.

All of it is found in one small level of the whole image, whatever the region, so regions fit together
(decisions.md, 51).
"""

from dataclasses import dataclass
from math import ceil
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from manifests.model import Box
from server.libvips import pyvips

Grid: TypeAlias = NDArray[np.float32]

_ENOUGH = 2**21
"""Of more pixels one in four is counted."""

_BLOCKS = 64
"""Along the longer side: of a page, a block is a line or two of print high, and some of its paper is in it."""
_PAPER = 90
"""Of 100 pixels of a block as many are darker than its paper, or as dark."""
_USUAL = 75
"""The same of the blocks of a page, for the paper of the page."""
_LEAST = 0.35
"""Of the brightness of the page's paper, what each block's has at least."""
_INK = 2
"""Of 100 pixels of a block as many are as dark as its ink."""
_PALEST = 0.75
"""Of the paper's grey, what ink has at most; what is paler is grain, a crease, or the other side showing through."""
_NOTHING = 0.6
"""The same for a sheet on which nothing is printed: its grain stays white."""
_DARKEST = 0.2
"""What it counts as at least, so that a grey letter beside a black one is one still."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One for each block of `side` pixels of the whole image. What is as bright, or brighter, is white."""

    grid: Grid
    side: int

    def over(self, region: Box, width: int, height: int) -> Any:
        """For each pixel of a region that has so many."""
        rows, columns = self.grid.shape
        image = pyvips.Image.new_from_memory(np.ascontiguousarray(self.grid).data, columns, rows, 1, "float")
        across, down = (output * self.side / extent for output, extent in ((width, region.w), (height, region.h)))
        # Both count from the middle of their first pixel, as in `server.image.pixels`
        idx, idy = (
            0.5 - (start + extent / output / 2) / self.side
            for start, extent, output in ((region.x, region.w, width), (region.y, region.h, height))
        )
        return image.affine(
            [across, 0, 0, down],
            interpolate=pyvips.Interpolate.new("bilinear"),
            idx=idx,
            idy=idy,
            oarea=[0, 0, width, height],
            extend="copy",
        )


def thresholds(grey: NDArray[np.uint8], scale: int) -> Thresholds:
    """From the grey pixels of a level, rows x columns, each of which stands for `scale` x `scale`."""
    if grey.size > _ENOUGH:
        grey, scale = grey[::2, ::2], 2 * scale
    block = ceil(max(grey.shape) / _BLOCKS)
    blocks = _in_blocks(grey, block)
    bright: Grid
    dark, bright = np.percentile(blocks, (_INK, _PAPER), axis=(1, 3)).astype(np.float32)
    paper = _smooth(np.maximum(bright, _LEAST * float(np.percentile(bright, _USUAL))))
    ink = _darkest_near(dark / np.maximum(bright, 1))
    printed = ink < _PALEST
    usual = float(np.median(ink[printed])) if printed.any() else _NOTHING
    ink = np.clip(np.where(printed, ink, usual), _DARKEST, _PALEST).astype(np.float32)
    half_way = _smooth(((1 + ink) / 2).astype(np.float32))
    return Thresholds((paper * half_way).astype(np.float32), block * scale)


def _in_blocks(grey: NDArray[np.uint8], block: int) -> NDArray[np.uint8]:
    """Rows of blocks x rows x columns of blocks x columns; the last blocks are filled up with their edge."""
    rows, columns = grey.shape
    padded = np.pad(grey, ((0, -rows % block), (0, -columns % block)), mode="edge")
    return padded.reshape(padded.shape[0] // block, block, -1, block)


def _smooth(grid: Grid) -> Grid:
    """Means of 3 x 3 blocks: paper grows darker by degrees."""
    mean: Grid = np.mean(_neighbours(grid), axis=0, dtype=np.float32)
    return mean


def _darkest_near(grid: Grid) -> Grid:
    darkest: Grid = np.min(_neighbours(grid), axis=0)
    return darkest


def _neighbours(grid: Grid) -> list[Grid]:
    """The grid itself, and moved by a block in each direction."""
    rows, columns = grid.shape
    padded = np.pad(grid, 1, mode="edge")
    return [padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
