"""The memory that a drawing borrows and gives back, so that the next one need not have it from the system.

To have seven megabytes from Linux, which fills them with zeros page by page, and to give them back, takes a tenth of
the time of a picture, and more while several threads draw.
"""

from collections import deque
from types import TracebackType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]

PIECE = 8 * 2**20
"""Bytes of one piece, of which as many come to lie in memory as are used. What is larger is not kept."""

MOST_KEPT = 3
"""Pieces that a process keeps."""

_kept: deque[Bytes] = deque(maxlen=MOST_KEPT)  # safe between threads, as `collections.deque` promises


class WorkMemory:
    """What is taken is the drawing's until the block ends, also where only libvips still reads it: pyvips does not hold
    the memory of an image that was copied (`copy_memory`). Then nothing may read it any more."""

    def __init__(self) -> None:
        self._taken: list[Bytes] = []

    def __enter__(self) -> "WorkMemory":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _kept.extend(piece for piece in self._taken if piece.size == PIECE)
        self._taken = []

    def take(self, length: int) -> Bytes:
        """So many bytes, of any values."""
        piece = np.empty(length, np.uint8) if length > PIECE else _kept_or_new()
        self._taken.append(piece)
        return piece[:length]


def _kept_or_new() -> Bytes:
    try:
        return _kept.pop()
    except IndexError:
        return np.empty(PIECE, np.uint8)
