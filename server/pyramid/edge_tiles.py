"""The tiles that viewers ask for and libvips does not store: the last of each row and column, on every level.

IIIF viewers ask for sizes rounded up, libvips rounds its levels down and pads the last tiles. So these tiles are made
from the master's own rows as they pass, once, from the top: a pixel of level k is the mean of 2^k x 2^k pixels, the
image continued past its right and bottom edge by its last column and row. That is libvips' `shrink(ceil=True)`, rounded
once instead of twice. What a tile's bytes look like is `encode`'s matter, where they go the caller's.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from manifests.tiling import TILE, levels
from server.pyramid.row_tap import ROWS, Rows

Sums: TypeAlias = NDArray[np.unsignedinteger[Any]]
"""Rows x samples; each row the sum of 2^k rows of the image."""
Emit: TypeAlias = Callable[[int, int, int, Rows], None]
"""Level, column, row, pixels."""


class EdgeTiles:
    """Shown all rows of an image in order, calls `emit` with each last tile as soon as its last row has been seen."""

    def __init__(self, width: int, height: int, bands: int, emit: Emit) -> None:
        sizes = levels(width, height)
        self._levels = [_Level(k, size, bands, len(sizes), emit) for k, size in enumerate(sizes)]
        self._height = height
        self._seen = 0

    def see(self, rows: Rows) -> None:
        self._pour(rows)
        self._seen += len(rows)
        if self._seen == self._height:
            self._continue(rows[-1:])

    def _continue(self, last: Rows) -> None:
        """Below its last row the image goes on with that row until the smallest level has its last row too."""
        missing = -self._height % (1 << (len(self._levels) - 1))
        while missing:
            self._pour(np.repeat(last, min(missing, ROWS), axis=0))
            missing -= min(missing, ROWS)

    def _pour(self, rows: Rows) -> None:
        sums: Sums = rows.reshape(len(rows), -1)
        for level in self._levels:
            sums = level.take(sums)


class _Level:
    """Collects one row of tiles at a time: only its last tile, but all of the last row."""

    def __init__(self, scale: int, size: tuple[int, int], bands: int, levels: int, emit: Emit) -> None:
        self._scale = scale
        self._width, self._height = size
        self._bands = bands
        self._emit = emit
        self._sum = _holding(levels - 1)
        self._square = _holding(2 * scale)
        self._odd: Sums | None = None
        self._y = 0
        self._band: Rows | None = None

    def take(self, sums: Sums) -> Sums:
        """Uses the sums of the level before; gives those of its own to the next."""
        if self._scale:
            sums = self._pairs(sums)
        wanted = min(len(sums), self._height - self._y)
        if wanted > 0:
            self._place(sums[:wanted])
        return sums

    def _pairs(self, sums: Sums) -> Sums:
        if self._odd is not None:
            sums = np.concatenate([self._odd, sums])
        even = len(sums) // 2 * 2
        self._odd = sums[even:].copy() if even < len(sums) else None
        pairs: Sums = np.add(sums[0:even:2], sums[1:even:2], dtype=self._sum)
        return pairs

    def _place(self, sums: Sums) -> None:
        """A block never crosses from one row of tiles into the next: its rows divide those of a tile."""
        row = self._y // TILE
        top, bottom = row * TILE, min((row + 1) * TILE, self._height)
        left = 0 if bottom == self._height else (self._width - 1) // TILE * TILE
        if self._band is None:
            self._band = np.empty((bottom - top, self._width - left, self._bands), np.uint8)
        self._band[self._y - top : self._y - top + len(sums)] = self._means(sums, left)
        self._y += len(sums)
        if self._y == bottom:
            self._cut(row, left)

    def _means(self, sums: Sums, left: int) -> Sums:
        """The pixels of this level from column `left` on."""
        side = 1 << self._scale
        pixels = sums.reshape(len(sums), -1, self._bands)[:, left * side :]
        if side == 1:
            return pixels
        beyond = np.repeat(pixels[:, -1:], -pixels.shape[1] % side, axis=1)
        wide: Sums = np.concatenate((pixels, beyond), axis=1, dtype=self._square).reshape(len(sums), -1)
        # Sums at every column, of which one in `side` is used: whole vectors are quicker than groups of three samples.
        for doubling in range(self._scale):
            shift = self._bands << doubling
            wide = wide[:, :-shift] + wide[:, shift:]
        squares = wide.reshape(len(sums), -1, self._bands)[:, ::side]
        means: Sums = (squares + self._square(side * side // 2)) >> self._square(2 * self._scale)
        return means

    def _cut(self, row: int, left: int) -> None:
        band, self._band = self._band, None
        assert band is not None  # noqa: S101 -- it was just filled
        for x in range(0, self._width - left, TILE):
            self._emit(self._scale, (left + x) // TILE, row, band[:, x : x + TILE])


def _holding(doublings: int) -> type[np.unsignedinteger[Any]]:
    """The narrowest numbers that add up 2^doublings samples, and half as much for rounding."""
    return np.uint16 if doublings <= 8 else np.uint32 if doublings <= 24 else np.uint64
