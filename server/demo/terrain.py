"""A country that never was: its heights, its rivers, and how far the sea is, on a coarse grid.

The grid is small (one point for many pixels of the map); the map adds the finer relief when it is drawn.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from server.demo.paper import Array, as_vips
from server.libvips import pyvips

NEIGHBOURS = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


@dataclass(frozen=True, slots=True)
class River:
    """From its spring to its mouth, in points of the grid; `flow` counts the points that drain through each."""

    course: Sequence[tuple[float, float]]
    flow: Sequence[int]


@dataclass(frozen=True, slots=True)
class Terrain:
    """`heights` in metres, below 0 at sea; `ruggedness` from 0 (plain) to 1; `offshore` in points from the coast."""

    heights: Array
    ruggedness: Array
    offshore: Array
    rivers: Sequence[River]


@lru_cache(maxsize=1)
def raise_land(columns: int, rows: int, seed: int) -> Terrain:
    """Mountains in the west, a plain, a coast of bays and islands in the east."""
    x, y = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    lie = 0.62 - 1.02 * x - 0.13 * np.cos(y * 5.2) + 0.5 * _rolling(columns, rows, 0.36, 4, seed)
    isles = _rolling(columns, rows, 0.1, 4, seed + 50) * 1.3 - 0.36 - 1.1 * np.abs(lie + 0.2)
    lie = np.maximum(lie, isles)
    ruggedness = _smooth((lie - 0.1) / 0.42)
    ridges = 1 - np.abs(_rolling(columns, rows, 0.2, 5, seed + 100)) * 1.9
    hills = _rolling(columns, rows, 0.05, 3, seed + 150)
    land = lie * 55 + ruggedness * (np.maximum(ridges, 0) ** 2 * 1500 + 260 + hills * 190 + lie * 500)
    heights = np.where(lie > 0, np.maximum(land, lie * 30), lie * 260)
    return Terrain(heights, ruggedness, _offshore(heights), _rivers(heights))


def _rolling(columns: int, rows: int, cell: float, octaves: int, seed: int) -> Array:
    """Noise about -1 to 1; `cell` is the size of its largest swell as a share of the width."""
    total = np.zeros((rows, columns))
    side = round(np.hypot(columns, rows)) + 2
    for octave in range(octaves):
        size = max(round(columns * cell / 2**octave), 2)
        # Perlin noise favours its axes: each octave is turned another way, so that no ridge runs true east.
        swell = pyvips.Image.perlin(side, side, cell_size=size, seed=seed + octave).similarity(angle=23 + 41 * octave)
        swell = swell.crop((swell.width - columns) // 2, (swell.height - rows) // 2, columns, rows)
        total += swell.numpy() * 0.5**octave
    return total


def _smooth(share: Array) -> Array:
    share = np.clip(share, 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def _offshore(heights: Array) -> Array:
    land = as_vips((heights > 0).astype(np.uint8) * 255)
    _, options = land.fill_nearest(distance=True)
    return np.asarray(options["distance"].numpy())


def _rivers(heights: Array) -> list[River]:
    """Water runs from every point to the one through which the sea was reached first (a priority flood)."""
    # A little roughness in the way of the water: over filled hollows and plains it would run dead straight.
    roughness = np.random.default_rng(heights.size).uniform(0, 0.16, heights.shape) * np.abs(heights)
    below, order = _drainage(heights + roughness)
    flow = np.ones(heights.size, dtype=np.int64)
    for point in reversed(order):
        if below[point] >= 0:
            flow[below[point]] += flow[point]
    threshold = heights.size // 1200
    return [River(*_smoothed(course, flow, heights.shape[1])) for course in _courses(below, order, flow, threshold)]


def _drainage(heights: Array) -> tuple[list[int], list[int]]:
    """For each point the next one downstream (-1 where it leaves the map), and all land points, upstream last."""
    rows, columns = heights.shape
    level = heights.ravel().tolist()
    below = [-2] * heights.size
    queue: list[tuple[float, int]] = []
    order: list[int] = []
    for point in np.flatnonzero(_outlets(heights)).tolist():
        below[point] = -1
        heapq.heappush(queue, (level[point], point))
    while queue:
        height, point = heapq.heappop(queue)
        order.append(point)
        row, column = divmod(point, columns)
        for down, across in NEIGHBOURS:
            if 0 <= row + down < rows and 0 <= column + across < columns:
                next_point = point + down * columns + across
                if below[next_point] == -2:
                    below[next_point] = point
                    heapq.heappush(queue, (max(height, level[next_point]), next_point))
    return below, order


def _outlets(heights: Array) -> Array:
    """Where water leaves the map: at the sea and over the rim."""
    outlets = heights <= 0
    outlets[[0, -1], :] = outlets[:, [0, -1]] = True
    return np.asarray(outlets)


def _courses(below: list[int], order: list[int], flow: Array, threshold: int) -> Iterator[list[int]]:
    """Each river once, the longest branch first; a tributary ends at the point where it joins."""
    wet = flow >= threshold
    to_go = np.zeros(flow.size, dtype=np.int64)
    for point in order:
        to_go[point] = to_go[below[point]] + 1 if below[point] >= 0 else 0
    springs = {point for point in order if wet[point]} - {below[p] for p in order if wet[p] and below[p] >= 0}
    seen: set[int] = set()
    for spring in sorted(springs, key=lambda point: (-to_go[point], point)):
        course, point = [spring], below[spring]
        while point >= 0:
            course.append(point)
            if point in seen:
                break
            point = below[point]
        seen.update(course)
        if len(course) > 8:
            yield course


def _smoothed(course: list[int], flow: Array, columns: int) -> tuple[list[tuple[float, float]], list[int]]:
    """The steps of the grid rounded off; both ends stay."""
    line = np.array([(point % columns, point // columns) for point in course], dtype=float)
    for _ in range(4):
        line[1:-1] = (line[:-2] + 2 * line[1:-1] + line[2:]) / 4
    return [(float(x), float(y)) for x, y in line], [int(flow[point]) for point in course]
