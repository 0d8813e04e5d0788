"""The strip of a page that shows a hit."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from manifests.addresses import Addresses
from manifests.model import Box, Page
from server.site.snippets import STRIP, snippet
from tests.site.made_library import hit, page

HERE = Addresses("")


def sized(width: int, height: int) -> Page:
    made = page("work", 1)
    return replace(made, pyramid=replace(made.pyramid, width=width, height=height))


@st.composite
def boxes_on_pages(draw: st.DrawFn) -> tuple[Page, Box]:
    width, height = draw(st.integers(1, 20_000)), draw(st.integers(1, 20_000))
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    box = Box(left, top, draw(st.integers(1, width - left)), draw(st.integers(1, height - top)))
    return sized(width, height), box


@given(boxes_on_pages())
def test_the_strip_lies_on_the_page_and_the_box_on_the_strip(case: tuple[Page, Box]) -> None:
    page, box = case
    strip = snippet(hit("work", boxes=[box]), page, HERE)
    assert strip is not None
    x, y, w, h = map(int, strip.address.split("/")[5].split(","))
    assert (w, h) == (strip.width, strip.height)
    assert 0 <= x < x + w <= page.width
    assert 0 <= y < y + h <= page.height
    inside = strip.boxes[0]
    assert (inside.x + x, inside.y + y, inside.w, inside.h) == box
    assert inside.x >= 0
    assert inside.x + inside.w <= w
    assert inside.y >= 0
    assert inside.y + inside.h <= h


def test_a_word_stands_in_the_middle_with_a_line_above_and_below() -> None:
    strip = snippet(hit("work", boxes=[Box(700, 300, 90, 40)]), page("work", 1), HERE)
    assert strip is not None
    assert strip.address == "/iiif/image/3/work~1/445,260,600,120/max/0/default.jpg"
    assert strip.boxes == [Box(255, 40, 90, 40)]


def test_a_wide_strip_is_asked_for_smaller() -> None:
    strip = snippet(hit("work", boxes=[Box(0, 0, 1200, 40)]), page("work", 1), HERE)
    assert strip is not None
    assert f"/!{STRIP},{STRIP}/0/" in strip.address


def test_a_text_without_boxes_has_no_strip() -> None:
    assert snippet(hit("work", boxes=[]), page("work", 1), HERE) is None
