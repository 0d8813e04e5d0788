"""The picture of a page before the viewer: which level, which region, and in which frame."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.addresses import Addresses
from manifests.model import Box, Page
from manifests.scaling import UNLIMITED, Limits
from manifests.tiling import TILE, levels
from server.pyramid.tile_index import EOI, SOI, LevelTiles, pack
from server.site.first_picture import (
    IN_WEBP,
    MOST_BYTES,
    ON_A_DESK,
    ON_A_PHONE,
    PartOfPage,
    WholePage,
    first_picture,
)
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


def printed(width: int, height: int, bytes_for_a_pixel: float) -> Page:
    """A page of which each level has so many bytes for a pixel."""
    found = []
    for wide, high in levels(width, height):
        columns, rows = -(-wide // TILE), -(-high // TILE)
        length = round(wide * high * bytes_for_a_pixel / (columns * rows))
        found.append(LevelTiles(columns, rows, [(0, length)] * (columns * rows)))
    made = sized(width, height)
    return replace(made, pyramid=replace(made.pyramid, index=pack(SOI + EOI, found)))


def offers(page: Page, *, is_replaced: bool) -> list[tuple[str, int]]:
    """What a phone is offered: the form of each picture and its width."""
    picture = first_picture(page, UNLIMITED, HERE, None, None, is_replaced=is_replaced)
    assert isinstance(picture, WholePage)
    return [(candidate.address.rpartition(".")[2], candidate.width) for candidate in picture.narrow]


def test_a_page_in_tiny_print_comes_first_in_few_bytes_where_a_viewer_draws_it_sharp() -> None:
    newspaper = printed(4000, 5500, 0.35)
    (form, width), *smaller = offers(newspaper, is_replaced=True)
    assert form == "webp"
    assert 500 < width < 1000
    assert width / 1000 == pytest.approx((MOST_BYTES / (IN_WEBP * 0.35 * 1000 * 1375)) ** 0.5, abs=0.002)
    assert smaller == [("jpg", 500)]
    assert offers(newspaper, is_replaced=False) == [("jpg", 1000), ("jpg", 500)]


def test_a_page_that_is_a_little_too_heavy_keeps_its_size() -> None:
    assert offers(printed(4000, 5500, 0.16), is_replaced=True) == [("webp", 1000), ("jpg", 500)]


def test_a_page_whose_tile_index_cannot_be_read_comes_all_the_same() -> None:
    """Its tiles say so."""
    newspaper = printed(4000, 5500, 0.5)
    unknown = replace(newspaper, pyramid=replace(newspaper.pyramid, index=b"\x07" * 300))
    assert offers(unknown, is_replaced=True) == offers(newspaper, is_replaced=False)


def test_a_page_of_a_book_comes_as_it_is_stored() -> None:
    assert offers(printed(2835, 4488, 0.2), is_replaced=True) == [("jpg", 709), ("jpg", 355)]


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
