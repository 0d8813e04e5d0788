"""Places as steps: the same come back, and they are small."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from manifests.text.steps import places_of, steps_of


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 40))))
def test_places_come_back_from_their_steps(spans: list[tuple[int, int]]) -> None:
    starts, ends, at = [], [], 0
    for gap, length in spans:
        starts.append(at + gap)
        ends.append(at + gap + length)
        at = ends[-1]
    gaps, lengths = steps_of(np.array(starts, np.uint32), np.array(ends, np.uint32))
    assert (gaps.tolist(), lengths.tolist()) == ([gap for gap, _ in spans], [length for _, length in spans])
    read = places_of(gaps.astype(np.uint8), lengths.astype(np.uint8))
    assert [column.tolist() for column in read] == [starts, ends]
