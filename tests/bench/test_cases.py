"""What is asked in a measurement is what its title says."""

import pytest

from bench.cases import Case, cases
from bench.page import SIZE
from manifests.scaling import Limits
from server.image.answer_plan import Derived, StoredTile, plan_answer
from server.image.grammar import parse

CASES = {case.key: case for case in cases()}
BOOK = (2835, 4488)
"""The size of each page of the sample book."""


def plans(case: Case, size: tuple[int, int]) -> list[StoredTile | Derived]:
    asked = [path.split("/")[5:] for path in case.paths if path.endswith(".jpg")]
    return [plan_answer(parse(3, *words).resolve(*size, Limits(), grey=False), *size) for words in asked]


def test_the_stored_tiles_are_all_of_the_page_and_each_is_one() -> None:
    found = plans(CASES["tiles"], SIZE)
    assert all(isinstance(plan, StoredTile) for plan in found)
    assert len(set(found)) == len(found) == len(CASES["tiles"].paths)
    assert {plan.level for plan in found} == set(range(6))


@pytest.mark.parametrize("key", ["regions", "width"])
def test_what_must_be_computed_is_no_stored_tile(key: str) -> None:
    assert all(isinstance(plan, Derived) for plan in plans(CASES[key], SIZE))


def test_regions_stand_at_odd_places_too() -> None:
    corners = [path.split("/")[5].split(",")[:2] for path in CASES["regions"].paths]
    assert {(int(x) % 2, int(y) % 2) for x, y in corners} == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_the_viewers_mix_has_all_that_a_viewer_asks() -> None:
    mix = CASES["viewer"]
    assert sum(path.endswith("info.json") for path in mix.paths) >= 4
    assert any("/full/" in path for path in mix.paths)
    assert {plan.level for plan in plans(mix, BOOK)} >= {0, 1, 2}
    edges = [path for path in mix.paths if path.endswith(".jpg") and not path.split("/")[6].startswith("512,512")]
    assert edges
    assert len(edges) < len(mix.paths)


def test_every_run_asks_the_same() -> None:
    assert [case.paths for case in cases()] == [case.paths for case in cases()]


@pytest.mark.parametrize("key", CASES)
def test_each_goal_is_held_against_a_server_that_is_measured(key: str) -> None:
    assert CASES[key].at_least.keys() <= set(CASES[key].peers)
