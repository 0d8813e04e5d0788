"""Mirador and Universal Viewer on a real book: they show it, zoom into it, search in it, and ask nobody else."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import BOOK, Open, Seen, Served, more_of, until
from tests.browser.looking import assert_clean, box_of, until_marked, until_shown

pytestmark = pytest.mark.browser

VIEWERS = ("mirador", "uv")
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("width", [360, 1440])
def test_a_viewer_shows_the_book(open_page: Open, viewer: str, width: int, locale: str) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}", width=width, locale=locale)
    until_shown(page, seen)
    assert [r for r in seen.responses if r.url.endswith(f"{BOOK}~1/info.json")]
    assert_clean(seen)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_zooming_fetches_tiles_of_finer_levels(open_page: Open, viewer: str) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}")
    until_shown(page, seen)
    with more_of(seen.responses) as fetched:
        place = page.locator(".viewer .openseadragon-canvas").first.bounding_box()
        assert place is not None
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)

        def zoomed() -> bool:
            page.mouse.wheel(0, -400)
            return any(w == width and h == height for w, h, width, height in tiles(seen))

        until(page, "a tile of the full size", zoomed)
    assert all(max(tile[2:]) <= 512 for tile in tiles(seen, since=fetched[0].url if fetched else None))
    assert_clean(seen)


def tiles(seen: Seen, since: str | None = None) -> list[tuple[int, ...]]:
    """Of each tile of the first page, the size of its region and its own."""
    addresses = [response.url for response in seen.images()]
    start = addresses.index(since) if since in addresses else 0
    regions = [re.search(r"~1/\d+,\d+,(\d+),(\d+)/(\d+),(\d+)/0/default\.jpg", url) for url in addresses[start:]]
    return [tuple(map(int, region.groups())) for region in regions if region]


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("number", ["2", "3"])
def test_a_page_of_the_address_is_the_page_that_opens(open_page: Open, viewer: str, number: str) -> None:
    page, seen = open_page(f"/works/{BOOK}/pages/{number}?viewer={viewer}")
    until_shown(page, seen, number)
    assert [r for r in seen.responses if r.url.endswith(f"{BOOK}~{number}/info.json")]
    assert_clean(seen)


@pytest.mark.parametrize(("query", "words"), [("triều", 1), ("trieu", 1), ("triều & Minh?", 2)])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_words_of_the_address_are_found_and_lie_on_the_print(
    open_page: Open, served_library: Served, viewer: str, query: str, words: int
) -> None:
    """The box of the hit is the box of the words, and the middle of the view is marked there and not beside it."""
    box = box_of(served_library.truth["2"], "triều", words)
    xywh = ",".join(map(str, box))
    page, seen = open_page(f"/works/{BOOK}/pages/2?viewer={viewer}&q={quote(query)}&xywh={xywh}")
    until_shown(page, seen, "2")
    until_marked(page, box)
    answer = answers(seen)[-1]
    assert len(answer["resources"]) == 1  # type: ignore[arg-type]
    assert answer["resources"][0]["on"].endswith(f"/canvas/2#xywh={xywh}")  # type: ignore[index]
    assert_clean(seen)


def answers(seen: Seen) -> list[dict[str, object]]:
    return [response.json() for response in seen.responses if "/iiif/search/1/" in response.url]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_work_opened_with_words_alone_opens_where_they_stand(
    open_page: Open, served_library: Served, viewer: str
) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}&q=tri%E1%BB%81u")
    until_shown(page, seen, "2")
    until_marked(page, box_of(served_library.truth["2"], "triều"))
    assert_clean(seen)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_box_without_words_is_marked(open_page: Open, served_library: Served, viewer: str) -> None:
    box = box_of(served_library.truth["3"], "Thúy", 2)
    page, seen = open_page(f"/works/{BOOK}/pages/3?viewer={viewer}&xywh={','.join(map(str, box))}")
    until_shown(page, seen, "3")
    until_marked(page, box)
    assert_clean(seen)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_on_a_phone_a_hit_is_in_view_and_there_is_one_field_to_search_in(
    open_page: Open, served_library: Served, viewer: str
) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}&q=tri%E1%BB%81u", **PHONE)
    until_shown(page, seen, "2")
    until_marked(page, box_of(served_library.truth["2"], "triều"))
    assert visible_search_fields(page) == 1
    picture = page.locator(".viewer .openseadragon-canvas").first.bounding_box()
    assert picture is not None
    assert picture["width"] >= PHONE["width"] * 0.9
    assert picture["height"] >= PHONE["height"] * 0.6
    assert_clean(seen)


def visible_search_fields(page: Page) -> int:
    fields = page.locator("input[type=search], .viewer input[type=text]").all()
    return sum(field.is_visible() for field in fields)


ENGLISH = re.compile(
    r"\b(the|page|item|search|zoom|next|previous|close|open|full|screen|contents|more|settings)\b", re.I
)
SAID = """() => [...document.querySelectorAll(".viewer *")].filter(e => e.getClientRects().length).flatMap(e => [
    ...(e.matches("a, button, input, select, [role]") ? [e.title, e.ariaLabel, e.placeholder] : []),
    ...[...e.childNodes].filter(node => node.nodeType === 3).map(node => node.data)])
    .filter(text => text && text.trim())"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_speaks_vietnamese(open_page: Open, viewer: str, width: int) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}&q=ch%E1%BB%AF", width=width, locale="vi-VN")
    until_shown(page, seen)
    until(page, "its buttons", lambda: {"Phóng to", "Thu nhỏ"} <= set(page.evaluate(SAID)))
    said = page.evaluate(SAID)
    assert not [text for text in said if ENGLISH.search(text.replace("Universal Viewer", ""))]
