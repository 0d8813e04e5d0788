"""What is named as cheaper shows the same place, costs less and is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.errors import LibraryError
from manifests.scaling import Limits
from server.image.answer_plan import StoredTile, plan_answer
from server.image.cheaper import cheaper
from server.image.cost import estimate
from server.image.grammar import parse
from server.image.request import Resolved
from tests.image.request_strategies import requests

PAGE = (7201, 10201)
LIMITS = Limits(area=40_000_000)


def resolved(rest: str, version: int = 3) -> Resolved:
    return parse(version, *rest.split("/")).resolve(*PAGE, LIMITS)


@pytest.mark.parametrize(
    ("rest", "named"),
    [
        ("full/400,/0/default.png", ["full/451,638/0/default.jpg", "full/226,319/0/default.jpg"]),
        ("full/451,/0/default.jpg", ["full/226,319/0/default.jpg"]),
        ("512,512,512,512/512,/0/default.png", ["512,512,512,512/max/0/default.jpg"]),
        (
            "1,1,3000,3000/1500,/90/default.jpg",
            ["0,0,3002,3002/1501,1501/0/default.jpg", "0,0,3004,3004/751,751/0/default.jpg"],
        ),
        ("512,512,512,512/512,/0/default.jpg", []),
    ],
)
def test_the_nearest_larger_and_smaller_level_are_named_where_they_cost_less(rest: str, named: list[str]) -> None:
    assert [one.canonical for one, _ in cheaper(resolved(rest))] == named


def test_a_stored_tile_is_among_them_wherever_the_region_is_one() -> None:
    [(one, cost)] = cheaper(resolved("1024,1024,1024,1024/512,512/0/gray.webp"))
    assert isinstance(plan_answer(one, *PAGE), StoredTile)
    assert cost.seconds == 0


@given(requests, st.integers(1, 20_000), st.integers(1, 20_000))
def test_whatever_is_named_is_understood_and_costs_less(
    request_: tuple[int, str, str, str, str], width: int, height: int
) -> None:
    version, *parts = request_
    try:
        asked = parse(version, *parts).resolve(width, height, LIMITS)
    except LibraryError:
        return
    for one, cost in cheaper(asked):
        again = parse(version, *one.canonical.split("/")).resolve(width, height, LIMITS)
        assert (again.region, again.width, again.height) == (one.region, one.width, one.height)
        assert cost.seconds < estimate(asked, plan_answer(asked, width, height)).seconds
