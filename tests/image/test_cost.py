"""What an answer costs before it is made, what is refused for it, and what is served instead."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from manifests.errors import LibraryError, Malformed
from manifests.presentation.institution import limits_of
from manifests.scaling import Limits
from manifests.settings import Settings
from server.image.answer_plan import plan_answer
from server.image.cost import Cost, CostLimits, check_cost, estimate, limits_of_cost, nearest_within
from server.image.grammar import parse
from server.image.request import Resolved
from tests.image.request_strategies import requests

PAGE = (7201, 10201)
LIMITS = Limits(area=40_000_000)
MEGABYTE = 2**20
USUAL = CostLimits(seconds=10, memory=256 * MEGABYTE)


def resolved(rest: str, image: tuple[int, int] = PAGE, version: int = 3) -> Resolved:
    return parse(version, *rest.split("/")).resolve(*image, LIMITS)


def cost(rest: str, image: tuple[int, int] = PAGE) -> Cost:
    found = resolved(rest, image)
    return estimate(found, plan_answer(found, *image))


def test_a_stored_tile_costs_nothing() -> None:
    assert cost("512,512,512,512/512,/0/default.jpg") == Cost()


def test_a_stored_tile_in_another_format_is_one_tile_read() -> None:
    assert cost("512,512,512,512/512,/0/default.png").read == 512 * 512


@pytest.mark.parametrize(
    ("rest", "read", "made"),
    [
        ("full/max/0/default.jpg", 15 * 20 * 512**2, 5313 * 7526),
        ("full/3601,/0/default.jpg", 8 * 10 * 512**2, 3601 * 5101),
        ("full/400,/0/default.jpg", 2 * 3 * 512**2, 400 * 567),
        ("511,511,2,2/max/0/default.jpg", 4 * 512**2, 4),
        ("0,0,10,10/^1000,1000/0/default.jpg", 512**2, 10**6),
    ],
)
def test_the_pixels_read_are_those_of_whole_tiles_of_the_level(rest: str, read: int, made: int) -> None:
    assert (cost(rest).read, cost(rest).made) == (read, made)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("full/400,/0/default.jpg", "full/800,/0/default.jpg"),
        ("full/max/0/default.jpg", "full/max/0/default.png"),
        ("full/max/0/default.png", "full/max/0/default.webp"),
        ("full/max/0/default.jpg", "full/max/90/default.jpg"),
        ("full/max/0/gray.png", "full/max/0/default.png"),
        ("full/3601,/0/default.jpg", "full/3602,/0/default.jpg"),
        ("0,0,512,512/512,/0/default.png", "1,1,512,512/512,/0/default.png"),
    ],
)
def test_more_pixels_a_costlier_format_a_turn_and_an_unlucky_grid_cost_more(less: str, more: str) -> None:
    assert cost(less).seconds < cost(more).seconds
    assert cost(less).memory <= cost(more).memory


def test_what_is_read_and_encoded_at_once_stands_whole_in_memory() -> None:
    """As pixels of the level, one decoded tile, and pixels of the answer."""
    found = cost("1,1,3000,3000/1500,1500/0/default.jpg")
    assert found.memory > 3 * (1500 * 1500 + 512 * 512 + 1500 * 1500)
    assert found.memory < 32 * MEGABYTE, "so that it need not wait behind costly ones"


def test_a_picture_that_is_turned_stands_whole_in_memory() -> None:
    turned, upright = cost("full/max/90/default.png"), cost("full/max/0/default.png")
    assert turned.memory - upright.memory == 3 * upright.made
    assert cost("full/max/!0/default.png").memory == upright.memory


@pytest.mark.parametrize(
    "rest",
    ["full/max/0/default.jpg", "full/max/90/default.png", "full/max/0/default.webp", "full/^7300,5000/0/gray.png"],
)
def test_what_readers_may_ask_of_a_large_page_is_served(rest: str) -> None:
    check_cost(resolved(rest), cost(rest), USUAL)


@pytest.mark.parametrize(
    ("rest", "served"),
    [
        ("full/max/90/default.webp", "/full/max/90/default.jpg"),
        ("full/^999999,1/0/default.png", "/full/6779,1/0/default.png"),
        ("full/^1,65000/0/default.jpg", "/full/1,9138/0/default.jpg"),
    ],
)
def test_what_costs_too_much_is_refused_with_the_nearest_that_is_served(rest: str, served: str) -> None:
    with pytest.raises(Malformed) as caught:
        check_cost(resolved(rest), cost(rest), USUAL)
    assert str(caught.value).endswith(f"This one is served: {served}")
    check_cost(resolved(served[1:]), cost(served[1:]), USUAL)


def test_without_a_limit_of_area_a_gigapixel_is_refused_by_its_cost_and_the_rest_of_it_served() -> None:
    image = (40_000, 30_000)

    def check(rest: str) -> None:
        found = parse(3, *rest.split("/")).resolve(*image, Limits())
        check_cost(found, estimate(found, plan_answer(found, *image)), USUAL)

    with pytest.raises(Malformed) as caught:
        check("full/max/0/default.jpg")
    served = str(caught.value).rpartition("This one is served: /")[2]
    assert served == "full/19598,14699/0/default.jpg"
    for rest in (
        served,
        "512,512,512,512/max/0/default.jpg",
        "full/1000,/0/default.png",
        "7,7,9000,9000/max/0/default.jpg",
    ):
        check(rest)


@given(
    st.sampled_from([3, 2]),
    st.integers(1, 400_000),
    st.integers(1, 400_000),
    st.tuples(*[st.integers(0, 20_000)] * 4) | st.none(),
    st.sampled_from([(0, 20, 256), (40_000_000, 20, 256), (0, 1, 40), (10**9, 3600, 64), (0, 60, 4000)]),
)
@example(3, 40_000, 30_000, None, (0, 20, 256))
@example(3, 65_500, 600, None, (40_000_000, 20, 256))
def test_max_is_always_served_as_jpeg_within_what_is_told_of_the_image(
    version: int, width: int, height: int, region: tuple[int, ...] | None, allowed: tuple[int, int, int]
) -> None:
    area, seconds, megabytes = allowed
    limits = limits_of(Settings(max_area=area, max_image_seconds=seconds, max_image_memory=megabytes))
    asked = "full" if region is None else "{},{},{},{}".format(*region)
    request = parse(version, asked, "max", "0", "default.jpg")
    if (
        region is not None
    ):  # libvips keeps whole rows of tiles: of wider images, or in less memory, a part may be too much
        width, megabytes = min(width, 30_000), max(megabytes, 256)
        assume(region[0] < width and region[1] < height and region[2] and region[3])
    found = request.resolve(width, height, limits)
    check_cost(found, estimate(found, plan_answer(found, width, height)), limits_of_cost(seconds, megabytes))


def test_a_strip_one_pixel_high_of_absurd_width_is_refused_on_every_image() -> None:
    for image in (PAGE, (1501, 1001), (65_000, 65_000)):
        for width in (999_999, 999_998, 700_001):
            with pytest.raises(LibraryError, match="enlarged one way"):
                check_cost(
                    resolved(f"full/^{width},1/0/default.png", image),
                    cost(f"full/^{width},1/0/default.png", image),
                    USUAL,
                )


def test_a_strip_as_narrow_as_its_region_is_served_however_long() -> None:
    for rest in (
        "0,0,7201,1/^14402,2/0/default.jpg",
        "5,0,1,10201/1,100/0/default.jpg",
        "0,0,7201,1/10,1/0/default.jpg",
    ):
        check_cost(resolved(rest), cost(rest), USUAL)


@given(requests, st.integers(1, 70_000), st.integers(1, 70_000))
def test_what_is_served_instead_is_within_the_limits_and_understood(
    request_: tuple[int, str, str, str, str], width: int, height: int
) -> None:
    version, *parts = request_
    try:
        asked = parse(version, *parts).resolve(width, height, LIMITS)
    except LibraryError:
        return
    tight = CostLimits(seconds=0.5, memory=64 * MEGABYTE)
    assume(estimate(asked, plan_answer(asked, width, height)).seconds > tight.seconds)
    found = nearest_within(asked, tight)
    again = parse(version, *found.canonical.split("/")).resolve(width, height, LIMITS)
    planned = plan_answer(again, width, height)
    assert again == found
    assert tight.allow(estimate(again, planned)) or max(again.width, again.height) == 1
