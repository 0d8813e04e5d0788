"""How a resolved request is answered: by a stored tile as it is, or by computing. Whole numbers, no files.

A pyramid holds levels that are rounded up (`manifests.tiling.levels`). Their tiles are served without being decoded
(decisions.md, 1); what is computed is read from any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.model import Box
from manifests.rounding import upwards
from manifests.scaling import Extent
from manifests.tiling import TILE, levels
from server.image.output_formats import DEFAULT, JPG
from server.image.request import Resolved
from server.image.sampling import most_given

AT_ONCE = 4 * 2**20
"""Pixels that may stand in memory all together, 13 MB of colour, which is quicker than to stream them; once when they
are read, and once when they are encoded."""


LOOKED_AT = 2**20
"""Pixels, at least, of the level that tells black from white: print is print in it still."""


@dataclass(frozen=True, slots=True)
class StoredTile:
    """The tile is the answer, byte for byte."""

    level: int
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Derived:
    """To be computed from the pixels of `level`, whose scale is 2^level.

    `tile`, where there is one, holds exactly the pixels asked for, before rotation, quality and format; never for
    `bitonal`, whose threshold is found in the whole image.
    `aligned`: the region lies on the level's grid and is wanted in the level's own pixels, so nothing is resampled.
    """

    level: int
    aligned: bool
    tile: StoredTile | None = None


def plan_answer(resolved: Resolved, width: int, height: int) -> StoredTile | Derived:
    image = Extent(width, height)
    tile = _tile(resolved, image)
    if tile and not resolved.rotation and resolved.quality is DEFAULT and resolved.format is JPG:
        return tile
    if resolved.quality.bitonal:
        tile = None
    readable = range(len(levels(width, height)))
    aligned = next((level for level in readable if _lies_on(level, resolved, image)), None)
    if aligned is not None:
        return Derived(aligned, True, tile)
    return Derived(_level_read(resolved, readable), False, tile)


def pixels_read(resolved: Resolved, derived: Derived) -> int:
    """Those of the level that are decoded, or a few more."""
    sides = levels(*resolved.context.image)[derived.level]
    extents = ((resolved.region.w, resolved.width), (resolved.region.h, resolved.height))
    across, down = (
        min(side, most_given(extent / (1 << derived.level), output))
        for side, (extent, output) in zip(sides, extents, strict=True)
    )
    return across * down


def is_read_at_once(resolved: Resolved, derived: Derived) -> bool:
    """Whether the pixels of the level are all decoded before anything is made of them, or streamed."""
    return pixels_read(resolved, derived) <= AT_ONCE


def is_encoded_at_once(resolved: Resolved) -> bool:
    """Whether its JPEG is: the answer, or what stands in the PDF."""
    if resolved.has_corners:
        return False  # libvips turns in squares, which is twice as quick as in the strips that are asked for here
    is_jpeg = resolved.format is JPG or (resolved.format.encoder == "pdf" and not resolved.quality.bitonal)
    return is_jpeg and resolved.width * resolved.height <= AT_ONCE


def level_of_thresholds(width: int, height: int) -> int:
    """The smallest that is large enough; a small image itself."""
    sizes = levels(width, height)
    return max((k for k, (w, h) in enumerate(sizes) if w * h >= LOOKED_AT), default=0)


def _tile(resolved: Resolved, image: Extent) -> StoredTile | None:
    """The stored tile of which this is a spelling: the region and size of the implementation notes, section 3."""
    region = resolved.region
    for level in range(len(levels(*image))):
        reach = TILE << level
        if region.x % reach or region.y % reach:
            return None
        if (
            region.w == min(reach, image.width - region.x)
            and region.h == min(reach, image.height - region.y)
            and _pixels_at(region, level) == (resolved.width, resolved.height)
        ):
            return StoredTile(level, region.x // reach, region.y // reach)
    return None


def _level_read(resolved: Resolved, readable: Sequence[int]) -> int:
    """The deepest level that need not be enlarged; the full size where even that must be.

    But where it must be reduced, the next larger one, if that too is read at once: what means of 2 x 2 pixels leave of
    fine lines and printer's dots turns to moiré when it is reduced by less than two (decisions.md, 53).
    """
    deepest = next((level for level in reversed(readable) if _is_enough(level, resolved)), 0)
    region, larger = resolved.region, deepest - 1
    is_as_it_is = (resolved.width << deepest, resolved.height << deepest) == (region.w, region.h)
    if deepest and not is_as_it_is and is_read_at_once(resolved, Derived(larger, aligned=False)):
        return larger
    return deepest


def _is_enough(level: int, resolved: Resolved) -> bool:
    return resolved.width << level <= resolved.region.w and resolved.height << level <= resolved.region.h


def _lies_on(level: int, resolved: Resolved, image: Extent) -> bool:
    """Edges of the region are edges of the level's pixels, or of the image, and the output is the level's pixels."""
    x, y, w, h = resolved.region
    scale = 1 << level
    right, bottom = (x + w) % image.width, (y + h) % image.height
    on_grid = not (x % scale or y % scale or right % scale or bottom % scale)
    return on_grid and _pixels_at(resolved.region, level) == (resolved.width, resolved.height)


def _pixels_at(region: Box, level: int) -> Extent:
    return Extent(upwards(region.w, 1 << level), upwards(region.h, 1 << level))
