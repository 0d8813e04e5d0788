"""The picture of a page before the viewer: which level, which region, and in which frame."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.addresses import Addresses
from manifests.model import Box, Page
from manifests.scaling import UNLIMITED, Limits
from manifests.tiling import levels
from server.site.first_picture import ON_A_DESK, ON_A_PHONE, PartOfPage, WholePage, first_picture
from server.site.viewers import VIEWERS
from tests.site.made_library import page

HERE = Addresses("")


def sized(width: int, height: int) -> Page:
    made = page("work", 1)
    return replace(made, pyramid=replace(made.pyramid, width=width, height=height))


def test_a_whole_page_is_offered_in_levels_of_its_pyramid_smaller_ones_to_a_phone() -> None:
    picture = first_picture(sized(2835, 4488), UNLIMITED, HERE, None, None)
    assert isinstance(picture, WholePage)
    assert [(level.width, level.height) for level in picture.wide] == [(1418, 2244), (709, 1122), (355, 561)]
    assert picture.narrow == picture.wide[1:]
    assert picture.narrow[0].address == "/iiif/image/3/work~1/full/709,1122/0/default.jpg"


@given(st.integers(1, 9000), st.integers(1, 9000))
def test_each_offer_is_a_level_and_none_is_larger_than_its_screen_needs(width: int, height: int) -> None:
    picture = first_picture(sized(width, height), UNLIMITED, HERE, None, None)
    assert isinstance(picture, WholePage)
    for offered, longest in ((picture.wide, ON_A_DESK), (picture.narrow, ON_A_PHONE)):
        sizes = [(level.width, level.height) for level in offered]
        assert sizes
        assert set(sizes) <= set(levels(width, height))
        assert sizes == sorted(sizes, reverse=True)
        assert max(sizes[0]) <= longest


def test_no_picture_is_larger_than_the_limits_of_the_library() -> None:
    limits = Limits(area=300_000)
    whole = first_picture(sized(2835, 4488), limits, HERE, None, None)
    assert isinstance(whole, WholePage)
    assert all(level.width * level.height <= limits.area for level in (*whole.wide, *whole.narrow))
    box = Box(100, 100, 80, 40)
    part = first_picture(sized(2835, 4488), limits, HERE, box, VIEWERS[0].view(box))
    assert isinstance(part, PartOfPage)
    width, height = map(int, part.address.split("/")[6].split(","))
    assert width * height <= limits.area


@st.composite
def boxes_on_pages(draw: st.DrawFn) -> tuple[Page, Box]:
    width, height = draw(st.integers(1, 20_000)), draw(st.integers(1, 20_000))
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    return sized(width, height), Box(left, top, draw(st.integers(1, width)), draw(st.integers(1, height)))


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.id)
@given(case=boxes_on_pages())
def test_the_region_lies_on_the_page_around_the_box_in_the_middle_of_the_view(
    viewer: object, case: tuple[Page, Box]
) -> None:
    made, box = case
    view = next(row for row in VIEWERS if row is viewer).view(box)
    picture = first_picture(made, UNLIMITED, HERE, box, view)
    assert isinstance(picture, PartOfPage)
    x, y, w, h = picture.region
    assert 0 <= x < x + w <= made.width
    assert 0 <= y < y + h <= made.height
    assert picture.address.split("/")[5] == f"{x},{y},{w},{h}"
    assert x <= picture.box.x < x + w
    assert y <= picture.box.y + picture.box.h // 2 <= y + h
    assert abs(2 * view.x + view.w - 2 * box.x - box.w) <= 3
    assert abs(2 * view.y + view.h - 2 * box.y - box.h) <= 3


@pytest.mark.parametrize("box", [Box(0, 0, 0, 9), Box(5000, 10, 40, 40), Box(10, 99_999, 4, 4)])
def test_a_box_that_is_not_on_the_page_is_none(box: Box) -> None:
    assert isinstance(first_picture(page("work", 1), UNLIMITED, HERE, box, box), WholePage)
