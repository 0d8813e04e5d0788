"""A place of the text is a place on the upright image, or none."""

import math

import pytest

from manifests.model import Box
from manifests.text.placing import placing_of
from manifests.text.reader import PageImage

IMAGE = PageImage(2000, 3000)


@pytest.mark.parametrize("measured", [(2000, 3000), (2019, 3000), (1000, 1510)])
def test_a_few_pixels_lost_at_the_edge_are_no_other_image(measured: tuple[float, float]) -> None:
    assert placing_of(IMAGE, measured, 1).box(10, 10, 10, 10) is not None


@pytest.mark.parametrize("measured", [(2000, 2960), (2050, 3000), (3000, 2000)])
def test_another_shape_is_another_image(measured: tuple[float, float]) -> None:
    placing = placing_of(IMAGE, measured, 1)
    assert placing.box(10, 10, 10, 10) is None
    assert [finding.code for finding in placing.settle([])[1]] == ["ocr-aspect"]


@pytest.mark.parametrize(
    "place", [(math.nan, 1, 1, 1), (1, math.inf, 1, 1), (1, 1, 0, 1), (1, 1, 1, -1), (1e308, 1e308, 1e308, 1)]
)
def test_a_place_that_is_none_has_no_box(place: tuple[float, float, float, float]) -> None:
    assert placing_of(PageImage(2000, 3000), None, 1).box(*place) is None


def test_a_box_is_cut_at_the_edge_of_the_image() -> None:
    assert placing_of(IMAGE, None, 1).box(1990, -5, 20, 20) == Box(1990, 0, 10, 15)


def test_a_page_of_words_without_places_says_nothing_of_them() -> None:
    assert placing_of(IMAGE, (2000, 3000), 1).settle([]) == ([], ())
