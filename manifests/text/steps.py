"""Where words stand in a text, as steps: how far each begins behind the end of the one before, and how long it is.

Both are small numbers, so that they take a byte each where the places themselves take eight.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.uint32]
Steps: TypeAlias = NDArray[np.integer[Any]]


def steps_of(starts: NDArray[Any], ends: NDArray[Any]) -> tuple[Steps, Steps]:
    """`starts` and `ends` are in order and do not overlap."""
    before = np.concatenate([[0], ends[:-1]]).astype(np.int64) if len(ends) else np.empty(0, np.int64)
    return starts - before, ends.astype(np.int64) - starts


def places_of(gaps: Steps, lengths: Steps) -> tuple[Places, Places]:
    """Starts and ends."""
    ends = np.cumsum(gaps.astype(np.uint32) + lengths.astype(np.uint32), dtype=np.uint32)
    return ends - lengths.astype(np.uint32), ends
