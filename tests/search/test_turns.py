"""Taking turns: each hit once, however many are passed over."""

import pytest

from manifests.search.turns import HITS_AT_ONCE, in_turn


def test_each_has_its_turn_and_each_hit_comes_once() -> None:
    turns = list(in_turn([25, 3, 0, 12]))
    assert [work for work, _ in turns] == [0] * HITS_AT_ONCE + [1] * 3 + [3] * 10 + [0] * 10 + [3] * 2 + [0] * 5
    assert [number for work, number in turns if work == 0] == list(range(25))
    assert list(in_turn([])) == list(in_turn([0, 0])) == []


@pytest.mark.parametrize("skipped", [0, 1, 9, 10, 11, 13, 24, 39, 40, 99])
def test_what_is_passed_over_is_what_comes_first(skipped: int) -> None:
    assert list(in_turn([25, 3, 0, 12], skipped)) == list(in_turn([25, 3, 0, 12]))[skipped:]
