"""Mirador and Universal Viewer on a real book: they show it, zoom into it, search in it, and ask nobody else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from manifests.model import Box
from tests.browser.conftest import BOOK, Open, Seen, Served, more_of

pytestmark = pytest.mark.browser

VIEWERS = ("mirador", "uv")

# What a viewer says on its console as an error, by no fault of ours: (viewer and version, what, cause).
KNOWN = (
    ("mirador 4.0.0", "Accessing element.ref was removed in React 19", "Material UI 5 reads it under React 19"),
    ("universalviewer 4.4.0", "/data:image/gif;base64", "a data address is taken for a path of this site"),
)


def is_known(error: str) -> bool:
    return any(what in error for _, what, _ in KNOWN)


def settled(page: Page, seen: Seen) -> None:
    """Waits until pictures of the book have come and no more come for a while."""
    page.locator(".viewer canvas").first.wait_for(state="attached")
    quiet, before = 0, -1
    while quiet < 4:
        page.wait_for_timeout(250)
        quiet, before = (quiet + 1, before) if before == len(seen.responses) > 0 else (0, len(seen.responses))


def assert_clean(seen: Seen) -> None:
    assert not seen.uncaught
    assert not seen.elsewhere()
    assert not [error for error in seen.errors if not is_known(error)]
    assert not [(r.status, r.url) for r in seen.responses if r.status >= 400 and not is_known(r.url)]


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("width", [360, 1440])
def test_a_viewer_shows_the_book(open_page: Open, viewer: str, width: int, locale: str) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}", width=width, locale=locale)
    settled(page, seen)
    assert [r.url for r in seen.images() if f"{BOOK}~1/" in r.url]
    assert [r for r in seen.responses if r.url.endswith(f"{BOOK}~1/info.json")]
    assert len(colours(picture_of(page))) > 50
    assert_clean(seen)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_zooming_fetches_tiles_of_finer_levels(open_page: Open, viewer: str) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}")
    settled(page, seen)
    with more_of(seen.responses) as fetched:
        place = page.locator(".viewer .openseadragon-canvas").first.bounding_box()
        assert place is not None
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        for _ in range(8):
            page.mouse.wheel(0, -400)
            page.wait_for_timeout(100)
        settled(page, seen)
    regions = [re.search(r"~1/(\d+),(\d+),(\d+),(\d+)/(\d+),(\d+)/0/default\.jpg", r.url) for r in fetched]
    tiles = [tuple(map(int, region.groups())) for region in regions if region]
    assert [tile for tile in tiles if tile[2:4] == tile[4:6]], "no tile of the full size was asked for"
    assert all(max(tile[4:6]) <= 512 for tile in tiles)
    assert_clean(seen)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("number", ["2", "3"])
def test_a_page_of_the_address_is_the_page_that_opens(open_page: Open, viewer: str, number: str) -> None:
    page, seen = open_page(f"/works/{BOOK}/pages/{number}?viewer={viewer}")
    settled(page, seen)
    whole = [r.url for r in seen.images() if f"{BOOK}~{number}/" in r.url]
    assert whole
    assert [r for r in seen.responses if r.url.endswith(f"{BOOK}~{number}/info.json")]
    assert_clean(seen)


@pytest.mark.parametrize(("query", "words"), [("triều", 1), ("trieu", 1), ("triều & Minh?", 2)])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_words_of_the_address_are_found_and_lie_on_the_print(
    open_page: Open, served_library: Served, viewer: str, query: str, words: int
) -> None:
    """The box of the hit is the box of the words, and the middle of the view is marked there and not beside it."""
    page_two = served_library.truth["2"]
    first = next(index for index, printed in enumerate(page_two) if printed.word == "triều")
    box = around([printed.box for printed in page_two[first : first + words]])
    xywh = ",".join(map(str, box))
    page, seen = open_page(f"/works/{BOOK}/pages/2?viewer={viewer}&q={quote(query)}&xywh={xywh}")
    settled(page, seen)
    # The last answer is the one shown: Mirador's first is asked without percent-encoding (`static/mirador.js`).
    answer = [r for r in seen.responses if "/iiif/search/1/" in r.url][-1].json()
    canvas, _, found = answer["resources"][0]["on"].partition("#xywh=")
    assert len(answer["resources"]) == 1
    assert canvas.endswith("/canvas/2")
    assert found == xywh
    assert_marked(page, box)
    assert_clean(seen)


def around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(left, top, right - left, bottom - top)


def picture_of(page: Page) -> Image.Image:
    shown = page.locator(".viewer .openseadragon-canvas").first.screenshot()
    return Image.open(BytesIO(shown)).convert("RGB")


def colours(picture: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    return picture.getcolors(1 << 24) or []  # type: ignore[return-value]


def assert_marked(page: Page, box: Box) -> None:
    """The mark has the proportions of the box and is where both viewers were told to go: in the middle of the view."""
    marked = mark_in(picture_of(page))
    assert marked.width / marked.height == pytest.approx(box.w / box.h, rel=0.08)
    assert (marked.left, marked.top) == pytest.approx((marked.right, marked.bottom), abs=8)


@dataclass(frozen=True, slots=True)
class Mark:
    """The size of what is marked, and how far it is from each side of the view."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int


def mark_in(picture: Image.Image) -> Mark:
    """Paper and ink differ by little between red and blue, whatever their lightness; a mark differs by much."""
    red, _, blue = picture.split()
    coloured = ImageChops.difference(red, blue).point(lambda difference: 255 if difference > 55 else 0)
    width, height = picture.size
    middle = coloured.crop((width // 5, height // 5, width - width // 5, height - height // 5))
    found = middle.getbbox()
    assert found is not None, "nothing is marked"
    left, top, right, bottom = found
    return Mark(right - left, bottom - top, left, top, middle.width - right, middle.height - bottom)
