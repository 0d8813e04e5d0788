"""The largest size within limits: always allowed, never more than the image has, in its proportions."""

from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.scaling import LONGEST_JPEG_SIDE, UNLIMITED, Extent, Limits, largest_size
from manifests.tiling import TILE, levels

SIDES = st.integers(1, 200_000)
EXTENTS = st.builds(Extent, SIDES, SIDES)
LIMITS = st.builds(Limits, *[st.integers(0, 100_000)] * 2, st.integers(0, 10**9))


@given(EXTENTS, LIMITS, st.integers(0, 2000))
def test_the_largest_size_is_within_everything(image: Extent, limits: Limits, longest: int) -> None:
    width, height = largest_size(image, limits, longest)
    assert 1 <= width <= image.width
    assert 1 <= height <= image.height
    assert limits.allow(width, height)
    assert max(width, height) <= (longest or LONGEST_JPEG_SIDE)


@given(EXTENTS)
def test_without_limits_an_image_that_jpeg_can_hold_is_itself(image: Extent) -> None:
    assert (largest_size(image, UNLIMITED) == image) == (max(image) <= LONGEST_JPEG_SIDE)


@given(EXTENTS, st.sampled_from([TILE, 1600]))
def test_a_preview_is_the_largest_level_that_fits(image: Extent, longest: int) -> None:
    assert largest_size(image, UNLIMITED, longest) == next(size for size in levels(*image) if max(size) <= longest)


@pytest.mark.parametrize(
    ("image", "limits", "size"),
    [
        ((7201, 10201), Limits(area=40_000_000), (5313, 7526)),
        ((70_001, 40), Limits(area=40_000_000), (65_500, 37)),
        ((70_001, 40), UNLIMITED, (65_500, 37)),
        ((40, 70_001), Limits(width=100_000), (37, 65_500)),
        ((1501, 1001), Limits(width=751), (751, 501)),
        ((1501, 1001), Limits(height=100), (100, 67)),
        ((1501, 1001), Limits(area=9), (3, 2)),
        ((40, 30_000), Limits(area=9), (1, 9)),
    ],
)
def test_max_is(image: tuple[int, int], limits: Limits, size: tuple[int, int]) -> None:
    assert largest_size(Extent(*image), limits) == size


def test_the_side_of_a_jpeg_gives_no_leave_to_enlarge() -> None:
    long = Extent(70_001, 40)
    assert (UNLIMITED.of(long).width, UNLIMITED.of(long).enlarge) == (LONGEST_JPEG_SIDE, False)
    assert Limits(area=isqrt(10**12)).of(long).enlarge
    assert UNLIMITED.of(Extent(LONGEST_JPEG_SIDE, 40)) is UNLIMITED
