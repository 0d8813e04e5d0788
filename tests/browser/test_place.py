"""The address says what is shown: it follows the pages that are turned, every switch carries it, and Back goes back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOOK, Open, until
from tests.browser.looking import assert_clean, until_shown

pytestmark = pytest.mark.browser

VIEWERS = ("mirador", "uv")
NEXT = {"mirador": "Next item", "uv": "Next Image"}


def turn(page: Page, viewer: str) -> None:
    page.locator(".viewer").get_by_role("button", name=NEXT[viewer], exact=True).first.click()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_turning_a_page_changes_the_address_and_back_leaves_the_book(open_page: Open, viewer: str) -> None:
    page, seen = open_page("/")
    page.locator(".card", has_text="Kiều").click()
    page.goto(f"{page.url}?viewer={viewer}&q=ch%E1%BB%AF&xywh=1,2,30,40")
    until_shown(page, seen)
    turn(page, viewer)
    expect(page).to_have_url(re.compile(rf"/works/{BOOK}/pages/2\?viewer={viewer}&q=ch%E1%BB%AF$"))
    until_shown(page, seen, "2")
    turn(page, viewer)
    expect(page).to_have_url(re.compile(r"/pages/3\?"))
    page.go_back()
    expect(page).to_have_url(re.compile(rf"/works/{BOOK}$"))
    assert_clean(seen)


@pytest.mark.parametrize(("viewer", "other"), [("mirador", "Universal Viewer"), ("uv", "Mirador")])
def test_another_viewer_opens_the_present_page_and_back_finds_the_first(
    open_page: Open, viewer: str, other: str
) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}")
    until_shown(page, seen)
    turn(page, viewer)
    expect(page).to_have_url(re.compile(r"/pages/2\?"))
    page.get_by_role("link", name=other).click()
    expect(page.locator(f".viewer.{'uv' if viewer == 'mirador' else 'mirador'}")).to_be_attached()
    expect(page).to_have_url(re.compile(rf"/works/{BOOK}/pages/2\?"))
    page.go_back()
    expect(page.locator(f".viewer.{viewer}")).to_be_attached()
    expect(page).to_have_url(re.compile(rf"/works/{BOOK}/pages/2\?"))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_another_language_opens_the_present_page(open_page: Open, viewer: str) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}")
    until_shown(page, seen)
    turn(page, viewer)
    expect(page).to_have_url(re.compile(r"/pages/2\?"))
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page).to_have_url(re.compile(rf"/works/{BOOK}/pages/2\?"))
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_back_from_another_language_finds_the_first(open_page: Open) -> None:
    page, _ = open_page("/search?q=thu", locale="vi-VN")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert page.locator("main input[type=search]").input_value() == "thu"


def test_back_from_a_hit_finds_the_results(open_page: Open) -> None:
    page, seen = open_page("/search?q=tri%E1%BB%81u")
    page.locator(".find").first.click()
    until_shown(page, seen, "2")
    page.go_back()
    expect(page.locator(".find").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_work_has_one_main_landmark_and_a_named_way_home(open_page: Open, viewer: str, width: int) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}", width=width)
    until_shown(page, seen)
    landmarks = page.locator("main, [role=main]")
    until(page, "the main landmark", lambda: landmarks.count())
    assert landmarks.count() == 1
    assert page.locator(":is(main, [role]) :is(main, [role=main])").count() == 0
    expect(page.get_by_role("link", name="Mộc bản")).to_have_count(1)


@pytest.mark.parametrize("path", ["/", "/search?q=ch%E1%BB%AF", f"/works/{BOOK}?viewer=uv", "/nowhere"])
def test_every_text_is_set_in_the_typeface_that_the_library_brings(open_page: Open, path: str) -> None:
    """And of its parts only those come that a Vietnamese page needs; the one for all other languages is the largest."""
    page, seen = open_page(path, locale="vi-VN")
    page.evaluate("document.fonts.ready.then(() => 0)")
    families = page.evaluate(FAMILIES)
    assert families == ['"EB Garamond"']
    fetched = {response.url.rpartition("/")[2] for response in seen.responses if "/static/fonts/" in response.url}
    assert {"vietnamese.woff2", "latin.woff2"} <= fetched
    assert not [name for name in fetched if name.startswith("latin-ext")]


FAMILIES = """() => [...new Set([...document.querySelectorAll("body, body *:not(.viewer *)")]
    .map(e => getComputedStyle(e).fontFamily.split(",")[0]))]"""
