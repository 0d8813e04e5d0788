"""Our own pages in a browser: on narrow and wide screens, by keyboard, in both languages, by day and by night."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOOK, WITHDRAWN, Open

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1440)
PATHS = (
    "/",
    "/search",
    "/search?q=ch%E1%BB%AF",
    "/search?q=khongcogi",
    f"/works/{BOOK}",
    f"/works/{WITHDRAWN}",
    "/nowhere",
)
TARGET = 40
LONG_TITLE = "Gia-pha-ho-Tran-o-lang-Tuc-Mac"

# Elements that can be pressed, without those of a viewer, whose insides are its own, and those that are not shown.
TARGETS = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden])")]
    .filter(e => !e.closest(".viewer") && e.getClientRects().length && e.checkVisibility()
        && getComputedStyle(e).clipPath === "none")"""
FOCUSED = "document.activeElement"
SIZES = f"""() => ({TARGETS})().filter(e => !e.matches(".skip")).map(e => {{
    const {{ width, height }} = e.getBoundingClientRect();
    return [e.outerHTML.slice(0, 90), width, height];
}})"""
CONTRASTS = """() => {
    const parse = colour => colour.match(/[\\d.]+/g).map(Number);
    const linear = value => value <= 10 ? value / 3294.6 : ((value / 255 + .055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const colour = parse(getComputedStyle(e).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const texts = [...document.querySelectorAll("body *")].filter(e => !e.closest(".viewer, script, noscript") &&
        e.getClientRects().length && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
    return texts.map(e => {
        const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
        return [e.outerHTML.slice(0, 90), (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
    });
}"""


# Titles that are higher than their box, and hints of fields that are wider than theirs.
CUT_OFF = """() => {
    const pen = document.createElement("canvas").getContext("2d");
    const isNarrow = field => {
        const style = getComputedStyle(field);
        pen.font = style.font;
        const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return pen.measureText(field.placeholder).width > room;
    };
    const titles = [...document.querySelectorAll(".worktitle, .card .name, .brand")];
    return [...titles.filter(title => title.scrollHeight > title.clientHeight + 1),
            ...[...document.querySelectorAll("input[type=search]")].filter(isNarrow)].map(e => e.outerHTML);
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_off_the_side_and_every_target_can_be_hit(open_page: Open, path: str, width: int) -> None:
    page, _ = open_page(path, width=width, locale="vi-VN")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = [target for target in page.evaluate(SIZES) if min(target[1:]) < TARGET]
    assert not small


@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("width", [390, 768, 1024, 1440])
@pytest.mark.parametrize("path", ["/", f"/works/{LONG_TITLE}"])
def test_no_title_and_no_hint_in_a_field_is_cut_off(open_page: Open, path: str, width: int, locale: str) -> None:
    page, _ = open_page(path, width=width, locale=locale)
    page.evaluate("document.fonts.ready")
    assert not page.evaluate(CUT_OFF)


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_every_text_stands_out_from_its_ground(open_page: Open, path: str, color_scheme: str) -> None:
    page, _ = open_page(path, color_scheme=color_scheme)
    faint = [text for text in page.evaluate(CONTRASTS) if text[1] < 4.5]
    assert not faint


@pytest.mark.parametrize("path", [path for path in PATHS if "/works/T" not in path])
def test_every_target_is_reached_by_keyboard_and_shows_that_it_is(open_page: Open, path: str) -> None:
    page, _ = open_page(path)
    wanted = page.evaluate(f"({TARGETS})().length")
    for number in range(wanted):
        page.keyboard.press("Tab")
        assert page.evaluate(f"({TARGETS})().indexOf({FOCUSED})") == number
        outline = page.evaluate(f"(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle({FOCUSED}))")
        assert outline == ["solid", "3px"], page.evaluate(f"{FOCUSED}.outerHTML")


def test_the_first_stop_skips_to_the_content(open_page: Open) -> None:
    page, _ = open_page("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main .seek input[type=search]")).to_be_focused()


@pytest.mark.parametrize(("locale", "language"), [("vi-VN", "vi"), ("en-GB", "en"), ("fr-FR", "vi")])
def test_the_browsers_language_is_spoken(open_page: Open, locale: str, language: str) -> None:
    page, _ = open_page("/", locale=locale)
    assert page.locator("html").get_attribute("lang") == language


def test_the_switch_changes_the_language_for_this_and_the_next_pages(open_page: Open) -> None:
    page, _ = open_page("/search?q=thu", locale="vi-VN")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("main input[type=search]").input_value() == "thu"
    page.locator(".brand").click()
    expect(page.get_by_role("heading", name="Works")).to_be_visible()


def test_the_works_are_shown_with_their_pictures(open_page: Open) -> None:
    page, seen = open_page("/")
    expect(page.locator("[aria-labelledby=works] .card")).to_have_count(3)
    for picture in page.locator(".card img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
    assert not seen.elsewhere()
    assert not seen.errors


def test_a_search_leads_from_a_word_to_the_page_it_stands_on(open_page: Open) -> None:
    page, seen = open_page("/")
    page.get_by_role("searchbox").fill("thu vien")
    page.keyboard.press("Enter")
    place = page.locator(".find").first
    expect(place).to_contain_text("thư viện")
    assert place.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    place.click()
    expect(page).to_have_url(re.compile(rf"/works/{BOOK}/pages/1\?q=thu.*&xywh=\d+"))
    assert not seen.elsewhere()


def test_without_scripts_the_book_can_be_leafed_through(open_page: Open) -> None:
    page, seen = open_page(f"/works/{BOOK}", java_script_enabled=False)
    picture = page.locator(".page-picture img")
    for link, number in (("Next page", 2), ("Next page", 3), ("Previous page", 2), ("Previous page", 1)):
        page.get_by_role("link", name=link, exact=True).click()
        expect(picture).to_have_attribute("src", re.compile(f"/{BOOK}~{number}/"))
        expect(picture).to_be_visible()
    assert all(response.ok for response in seen.images())


def words_of(page: Page) -> str:
    return page.locator("main").inner_text()


def test_a_withdrawn_work_says_so(open_page: Open) -> None:
    page, seen = open_page(f"/works/{WITHDRAWN}", locale="vi-VN")
    assert seen.responses[0].status == 410
    assert "đã được rút khỏi thư viện" in words_of(page)
