"""What an answer costs, told before any pixel is opened: from the pixels read and made, the level and the format.

Whole pages of print, one thread, libvips 8.18, cores of 2023: rather too much than too little, so that what is let in
ends in time (decisions.md, 23). Measured again by hand when the way of drawing changes; what each format costs
stands in its row (`server.image.output_formats`).
"""

import sys
from dataclasses import dataclass, replace
from math import ceil, inf, sqrt

from manifests.errors import LibraryError, Malformed
from manifests.tiling import TILE, levels
from server.image.answer_plan import (
    Derived,
    StoredTile,
    is_encoded_at_once,
    is_read_at_once,
    level_of_thresholds,
    pixels_read,
    plan_answer,
)
from server.image.faults import Fault, request_error
from server.image.output_formats import JPG
from server.image.request import SEPARATORS, SIZE, Resolved

_SAMPLES = 3
"""Of a colour pixel. A grey pyramid costs less than is said here, and nobody minds."""

_STARTED = 0.002
"""Seconds for any computed answer at all."""
_DECODED = 7e-9
_RESAMPLED = 10e-9
_ENLARGED = 32e-9
_TURNED = 8e-9
_TURNED_BETWEEN = 80e-9
"""Seconds for a pixel: of the tiles read, of the region in its level, and three times of the answer; the last where it
is turned by no quarter."""
_LOOKED_AT = 25e-9
_COMPARED = 20e-9
"""Seconds for a pixel of the level that tells black from white, and of the answer in black and white."""
_THRESHOLDS = 32 * 2**20
"""Bytes that are held while the thresholds are found."""

_AT_ONCE = 0.5
"""What is read or encoded at once takes less than this part of it."""

_LINES = 320
"""The lines of a region that libvips holds between its steps, all together."""
_LINES_AT_ONCE = 64
"""The same, where it does not read tiles."""
_LEAST = 4 * 2**20
_ROWS_OF_TILES = 2
"""Rows of decoded tiles that libvips keeps while it walks down a pyramid."""

_MOST_DISTORTED = 100
"""How many times wider or narrower than it is a picture is made that is enlarged one way and reduced the other."""

_STEP = sqrt(0.7)
"""From one size that is tried to the next smaller one."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`read` and `made` are pixels, `seconds` those of one core, `memory` bytes at the height of the work.

    `answer`: the bytes of the answer, for which `memory` has room.
    `distorted`: how many times one side is enlarged more than the other, where the other is reduced; else 1.
    """

    read: int = 0
    made: int = 0
    seconds: float = 0.0
    memory: int = 0
    answer: int = 0
    distorted: float = 1.0


@dataclass(frozen=True, slots=True)
class CostLimits:
    """The most that one answer may cost."""

    seconds: float
    memory: int

    def allow(self, cost: Cost) -> bool:
        return cost.seconds <= self.seconds and cost.memory <= self.memory and cost.distorted <= _MOST_DISTORTED


UNBOUNDED = CostLimits(inf, sys.maxsize)


def limits_of_cost(seconds: int, megabytes: int) -> CostLimits:
    """Of the seconds that an answer may take half are left to whatever else the machine has to do."""
    return CostLimits(seconds / 2, megabytes * 2**20)


def estimate(resolved: Resolved, planned: StoredTile | Derived) -> Cost:
    """A stored tile costs nothing: it is read as it is."""
    if isinstance(planned, StoredTile):
        return Cost()
    made, sent = resolved.width * resolved.height, resolved.turned.width * resolved.turned.height
    tiles, kept_tiles, region = (1, 1, made) if planned.tile else _tiles(resolved, planned.level)
    read = tiles * TILE * TILE
    row, bands = resolved.format, (1 if resolved.quality.grey else _SAMPLES) + resolved.is_see_through
    enlarged = resolved.width > resolved.region.w or resolved.height > resolved.region.h
    distorted = _distortion(resolved) if enlarged else 1.0
    is_read, is_encoded = not planned.tile and is_read_at_once(resolved, planned), is_encoded_at_once(resolved)
    reading = _DECODED * read + (0.0 if planned.aligned else _RESAMPLED * region)
    samples = bands if row.has_grey else max(bands, _SAMPLES)
    samples = row.bitonal_samples if resolved.quality.bitonal else samples
    encoding = row.nanoseconds * 1e-9 * sent * samples
    seconds = _STARTED + reading * (_AT_ONCE if is_read else 1) + encoding * (_AT_ONCE if is_encoded else 1)
    seconds += (_ENLARGED if enlarged else 0.0) * made + _turning(resolved) + _thresholding(resolved)
    answer = round(row.encoded * made * samples)
    memory = _LEAST + _SAMPLES * _held(resolved, planned, kept_tiles) + answer + round(row.workspace * sent)
    memory += _THRESHOLDS * resolved.quality.bitonal
    # A turned picture stands whole in memory, one that is encoded at once, and one of which a side is enlarged and the
    # other reduced
    memory += bands * (sent * is_encoded + made * bool(resolved.rotation.degrees or distorted > 1))
    return Cost(read, made, seconds, memory, answer, distorted)


def _turning(resolved: Resolved) -> float:
    width, height = resolved.turned
    each = _TURNED_BETWEEN if resolved.has_corners else _TURNED if resolved.rotation else 0.0
    return each * width * height


def _thresholding(resolved: Resolved) -> float:
    """The level that is looked at, and the comparison of each pixel."""
    if not resolved.quality.bitonal:
        return 0.0
    width, height = levels(*resolved.context.image)[level_of_thresholds(*resolved.context.image)]
    return _LOOKED_AT * width * height + _COMPARED * resolved.width * resolved.height


def _held(resolved: Resolved, planned: Derived, tiles: int) -> int:
    """The pixels that stand in memory before the answer's."""
    if planned.tile:
        return TILE * TILE
    width = max(resolved.width, ceil(resolved.region.w / (1 << planned.level)))
    if is_read_at_once(resolved, planned):
        return pixels_read(resolved, planned) + TILE * TILE + _LINES_AT_ONCE * width
    return tiles * TILE * TILE + _LINES * width


def _distortion(resolved: Resolved) -> float:
    across, down = resolved.width / resolved.region.w, resolved.height / resolved.region.h
    return max(across, down) / min(across, down) if min(across, down) < 1 else 1.0


def _tiles(resolved: Resolved, level: int) -> tuple[int, int, int]:
    """The tiles that the region lies on, those of them that are in memory at a time, and the region's own pixels."""
    x, y, w, h = resolved.region
    reach = TILE << level
    columns = (x + w - 1) // reach - x // reach + 1
    rows = (y + h - 1) // reach - y // reach + 1
    image_columns = -(-levels(*resolved.context.image)[level][0] // TILE)
    kept = min(columns * rows, _ROWS_OF_TILES * (image_columns + 1))
    return columns * rows, kept, (w >> level) * (h >> level)


def check_cost(resolved: Resolved, cost: Cost, limits: CostLimits, address: str = "") -> None:
    """Raises Malformed for what costs more than one answer may, and names the nearest that is served.

    `address`: what stands before the request in the image's address.
    """
    if limits.allow(cost):
        return
    served = f"{address}/{nearest_within(resolved, limits).canonical}"
    if cost.distorted > _MOST_DISTORTED:
        raise _refused(
            resolved,
            Malformed(
                "The picture is enlarged one way and reduced the other, more than {times} times altogether. This one "
                "is served: {request}",
                times=_MOST_DISTORTED,
                request=served,
            ),
        )
    error = Malformed(
        "This picture would take about {seconds} seconds of a processor and {megabytes} MB of memory, which is more "
        "than one may. This one is served: {request}",
        seconds=ceil(cost.seconds),
        megabytes=ceil(cost.memory / 2**20),
        request=served,
    )
    raise _refused(resolved, error)


def _refused(resolved: Resolved, error: Malformed) -> LibraryError:
    parts = resolved.canonical.replace(".", "/").split("/")
    return request_error(parts, SEPARATORS, [Fault(SIZE, error)])


def nearest_within(resolved: Resolved, limits: CostLimits) -> Resolved:
    """The same picture as JPEG if that is enough, else the largest smaller one; at last the smallest there can be."""
    if limits.allow(_cost_of(as_jpeg := replace(resolved, format=JPG))):
        return as_jpeg
    smaller = resolved
    while max(smaller.width, smaller.height) > 1 and not limits.allow(_cost_of(smaller)):
        width, height = (max(1, int(side * _STEP)) for side in (smaller.width, smaller.height))
        smaller = replace(smaller, width=width, height=height)
    return smaller


def _cost_of(resolved: Resolved) -> Cost:
    return estimate(resolved, plan_answer(resolved, *resolved.context.image))
