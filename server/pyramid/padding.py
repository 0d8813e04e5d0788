"""How far an image is continued before libvips makes its levels, so that no black reaches a true pixel.

libvips rounds its levels down and fills their part-tiles with black; IIIF viewers ask for levels rounded up, and black
bleeds into what is computed near an edge (decisions.md, 2). An image continued by its last column and row to whole
tiles has neither fault. Whole numbers only: no pixels, no files.
"""

from manifests.tiling import TILE, levels

_BLOCK = 16
"""Pixels that one JPEG block with halved colour covers: black within the same block would be seen."""
_FURTHER = 4096
"""How much further than whole tiles is tried; on a side so long that this is little, a sixteenth of it."""


def padded(width: int, height: int) -> tuple[int, int]:
    """The size to continue an image to: at least its own. A page of one tile has a tile of its own size."""
    scale = len(levels(width, height)) - 1
    if scale == 0:
        return _up(width, _BLOCK), _up(height, _BLOCK)
    wanted = _not_beyond(width, height)
    return _side(width, scale, wanted), _side(height, scale, wanted)


def tile_size(width: int, height: int) -> tuple[int, int]:
    """libvips opens no TIFF whose tiles are many times its size, so a page of one tile is its tile."""
    return padded(width, height) if len(levels(width, height)) == 1 else (TILE, TILE)


def levels_to_make_anew(width: int, height: int) -> list[int]:
    """The levels whose scale exceeds a side, and those of long strips that black reaches all the same."""
    sides = tuple(zip(padded(width, height), (width, height), strict=True))
    wanted = _not_beyond(width, height)
    return [
        level
        for level in range(1, len(levels(width, height)))
        if level not in wanted or not all(_is_clean(*side, level) for side in sides)
    ]


def _not_beyond(width: int, height: int) -> range:
    """The levels whose scale exceeds no side."""
    return range(min(len(levels(width, height)), min(width, height).bit_length()))


def _side(side: int, scale: int, wanted: range) -> int:
    """Whole tiles, and as many levels as the true, rounded-up sizes have: libvips stops at a side of one pixel."""
    step = max(TILE, 1 << scale)
    whole = _up(side, step)
    tried = range(whole, whole + max(_FURTHER, side // 16) + 1, step)
    return max(tried, key=lambda padded_side: sum(_is_clean(padded_side, side, level) for level in wanted))


def _is_clean(padded_side: int, side: int, level: int) -> bool:
    """Whether the level is whole tiles, or has a block and a pixel of ours between the true pixels and the black."""
    stored = padded_side >> level
    return stored % TILE == 0 or stored >= _up(-(-side >> level) + 1, _BLOCK)


def _up(number: int, step: int) -> int:
    return -(-number // step) * step
