"""The text of a book in a browser: beside the page in Mirador, and taken home as PDF and as plain text."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOOK, Open, Served, until
from tests.browser.looking import assert_clean, box_of, coloured, picture_of, until_shown
from tests.pdf.reading import opened, text_of

pytestmark = pytest.mark.browser


def test_mirador_lists_the_lines_of_the_page_and_marks_the_one_that_is_pointed_at(
    open_page: Open, served_library: Served
) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer=mirador")
    until_shown(page, seen)
    page.get_by_role("button", name="Toggle sidebar").click()
    page.get_by_role("tab", name="Annotations").click()
    lines = page.get_by_text(re.compile("^(Trăm năm trong cõi|khéo là ghét nhau)"))
    expect(lines).to_have_count(2)
    words = served_library.truth["1"]
    last = next(place for place, printed in enumerate(words) if printed.word == "khéo") - 1
    lines.first.hover()
    line = box_of(words, "Trăm", last + 1)

    def is_marked() -> bool:
        mark = coloured(picture_of(page)).getbbox()
        return mark is not None and abs((mark[2] - mark[0]) / (mark[3] - mark[1]) / (line.w / line.h) - 1) < 0.15

    until(page, f"a mark on {line}", is_marked)
    assert not [request for request in seen.requests if request.url.endswith("/annotations/1/word")]
    assert_clean(seen)


def hrefs(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator("#download a").all()]


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_what_can_be_taken_home_lies_within_the_screen(open_page: Open, width: int, locale: str) -> None:
    page, seen = open_page(f"/works/{BOOK}", width=width, locale=locale)
    until_shown(page, seen)
    panel = page.locator("#download").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= width
    for part in page.locator("#download :is(a, input, button)").all():
        part.click(trial=True)  # nothing lies over it
    assert_clean(seen)


def test_the_book_is_taken_home_as_pdf_and_as_text(open_page: Open, served_library: Served) -> None:
    page, _ = open_page(f"/works/{BOOK}")
    pdf, text = hrefs(page)
    whole = page.request.get(served_library.url + pdf).body()
    with opened(whole) as document:
        assert len(document) == 3
    printed = [printed.word for printed in served_library.truth["2"]]
    assert text_of(whole, 1).split() == printed
    assert " ".join(printed) in " ".join(page.request.get(served_library.url + text).text().split())


def test_some_pages_are_taken_home_by_typing_which(open_page: Open) -> None:
    page, _ = open_page(f"/works/{BOOK}")
    page.locator("#download input").fill("2-3")
    with page.expect_request(re.compile(r"/works/[\w-]+\.pdf\?pages=2-3$")):
        page.locator("#download button").click()


def test_what_is_typed_must_be_pages(open_page: Open) -> None:
    page, _ = open_page(f"/works/{BOOK}")
    for typed, is_pages in (("", False), ("3-10", True), ("7", True), ("3-", True), ("x", False), ("3,4", False)):
        page.locator("#download input").fill(typed)
        assert page.locator("#download form").evaluate("form => form.checkValidity()") == is_pages
