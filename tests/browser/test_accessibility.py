"""Every page of ours against WCAG 2.2 AA, on a desk and on the narrowest phone; by keyboard; in colours that the
reader forces; without motion."""

import pytest

from tests.browser.axe import faults
from tests.browser.conftest import BOOK, WITHDRAWN, Open

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/?after=zzz",
    "/search",
    "/search?q=thu+vien",
    f"/search?q=thu+vien&work={BOOK}",
    "/search?q=truyen&titles=1",
    "/?collection=Nom&date=19XX",
    "/search?q=thu+vien&collection=Nom",
    "/collections/Nom",
    "/collections/Nom?date=19XX",
    "/nowhere",
    f"/works/{WITHDRAWN}",
    f"/works/{BOOK}?viewer=mirador",
    f"/works/{BOOK}?viewer=uv",
    f"/works/{BOOK}/pages/2?viewer=mirador",
    f"/works/{BOOK}/pages/2?viewer=uv&q=nhau",
)
SCREENS = ((1280, "en-GB", "light"), (320, "vi-VN", "light"), (1280, "vi-VN", "dark"))


@pytest.mark.parametrize(("width", "locale", "scheme"), SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(open_page: Open, path: str, width: int, locale: str, scheme: str) -> None:
    page, _ = open_page(path, width=width, locale=locale, color_scheme=scheme)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_fault_would_be_found(open_page: Open) -> None:
    page, _ = open_page("/")
    page.locator("h1").evaluate("heading => heading.append(document.createElement('img'))")
    assert [fault.partition(":")[0] for fault in faults(page)] == ["image-alt"]


@pytest.mark.parametrize("path", ["/", f"/works/{BOOK}", f"/works/{BOOK}/pages/2"])
def test_a_page_without_scripts_is_for_everybody(open_page: Open, path: str) -> None:
    page, _ = open_page(path, width=320, java_script_enabled=False)
    assert page.locator("h1").is_visible()
    assert page.locator("main, [role=main]").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["/", "/search?q=thu+vien", f"/works/{BOOK}"])
def test_where_the_keyboard_is_can_be_seen_in_forced_colours_too(open_page: Open, path: str) -> None:
    page, _ = open_page(path, forced_colors="active")
    page.keyboard.press("Tab")
    for _ in range(6):
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none", page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")


@pytest.mark.parametrize(("motion", "scrolling"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_who_does_not_want_it(open_page: Open, motion: str, scrolling: str) -> None:
    page, _ = open_page(f"/works/{BOOK}", reduced_motion=motion)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolling


def test_what_was_found_can_be_read_in_forced_colours(open_page: Open) -> None:
    page, _ = open_page("/search?q=thu+vien", forced_colors="active", color_scheme="dark")
    mark = page.locator(".find mark").first
    colours = mark.evaluate("mark => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]")
    assert colours[0] != colours[1]
    assert "rgba(0, 0, 0, 0)" not in colours


@pytest.mark.parametrize("viewer", ["mirador", "picture"])
def test_on_paper_a_page_is_picture_and_text_without_what_can_be_pressed(open_page: Open, viewer: str) -> None:
    page, _ = open_page(f"/works/{BOOK}/pages/2?viewer={viewer}")
    page.emulate_media(media="print")
    stage, text = page.locator(".stage").bounding_box(), page.locator("#lines").bounding_box()
    assert stage is not None
    assert text is not None
    assert stage["y"] + stage["height"] <= text["y"]
    assert stage["height"] <= 900
    pressed = page.locator(":is(button, summary, select, input):visible:not(.viewer *)")
    assert pressed.evaluate_all("all => all.map(element => element.outerHTML)") == []
