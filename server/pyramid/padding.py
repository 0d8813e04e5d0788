"""How far an image is continued before libvips makes its levels, so that no black reaches a true pixel.

libvips rounds its levels down and fills their part-tiles with black; IIIF viewers ask for levels rounded up, and black
bleeds into what is computed near an edge (decisions.md, 2). An image continued by its last column and row to whole
tiles has neither fault. Whole numbers only: no pixels, no files.
"""

from manifests.tiling import TILE, levels

_BLOCK = 16
"""Pixels that one JPEG block with halved colour covers: black within the same block would be seen."""
_FURTHER = 4096
"""How much further than whole tiles is tried; only extreme strips need more, whose small levels are made anew."""


def padded(width: int, height: int) -> tuple[int, int]:
    """The size to continue an image to: at least its own. A page of one tile has a tile of its own size."""
    scale = len(levels(width, height)) - 1
    if scale == 0:
        return _up(width, _BLOCK), _up(height, _BLOCK)
    return _side(width, scale), _side(height, scale)


def tile_size(width: int, height: int) -> tuple[int, int]:
    """libvips opens no TIFF whose tiles are many times its size, so a page of one tile is its tile."""
    return padded(width, height) if len(levels(width, height)) == 1 else (TILE, TILE)


def _side(side: int, scale: int) -> int:
    """Whole tiles, and as many levels as the true, rounded-up sizes have: libvips stops at a side of one pixel."""
    step = max(TILE, 1 << scale)
    whole = _up(side, step)
    return next((s for s in range(whole, whole + _FURTHER + 1, step) if _is_clean(s, side, scale)), whole)


def _is_clean(padded_side: int, side: int, scale: int) -> bool:
    """Whether every level is whole tiles, or has a block and a pixel of ours between the true pixels and the black."""
    return all(
        (padded_side >> k) % TILE == 0 or (padded_side >> k) >= _up(-(-side >> k) + 1, _BLOCK) for k in range(scale + 1)
    )


def _up(number: int, step: int) -> int:
    return -(-number // step) * step
