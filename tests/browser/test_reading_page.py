"""One page of the book as a reader uses it: the text beside the picture, the way on, what is taken along."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from manifests.model import Box
from tests.browser.book import Printed
from tests.browser.conftest import BOOK, Open, Served, until
from tests.browser.looking import around, assert_clean, box_of, until_shown
from tests.browser.test_first_picture import SCREENS, WATCH, is_where
from tests.browser.test_place import turn

pytestmark = pytest.mark.browser

FIRST = f"/works/{BOOK}/pages/1"
PHONE = {"width": 390, "height": 844}
VIEWERS = ("mirador", "uv")


def line_with(page: Page, word: str) -> str:
    """A selector of the line of text that the word stands in."""
    return f"#lines p:has-text('{word}')"


def line_box(printed: list[Printed], word: str) -> Box:
    """Around the printed line that holds the word: its words begin further right one after another."""
    at = next(number for number, there in enumerate(printed) if there.word == word)
    first, last = at, at
    while first and printed[first - 1].box.x < printed[first].box.x:
        first -= 1
    while last + 1 < len(printed) and printed[last + 1].box.x > printed[last].box.x:
        last += 1
    return around([there.box for there in printed[first : last + 1]])


def place_of(page: Page, selector: str) -> list[float]:
    mark = page.locator(selector).bounding_box()
    assert mark is not None
    return [mark["width"] / mark["height"], mark["x"], mark["y"]]


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_beside_the_text_too_the_picture_lies_where_the_viewer_draws_the_page(
    open_page: Open, viewer: str, screen: dict[str, int]
) -> None:
    """Where words are looked for too: without a box the whole page is shown, with all their places."""
    page, seen = open_page(
        f"{FIRST}?viewer={viewer}&q=l%C3%A0", before=lambda page: page.add_init_script(WATCH), **screen
    )
    until_shown(page, seen)
    first, last, drawn = page.evaluate("places")
    assert is_where(first, drawn), (first, drawn)
    assert is_where(last, drawn), (last, drawn)
    assert_clean(seen)


def test_whoever_points_at_a_line_sees_its_place_on_the_picture_and_then_that_of_the_word(
    open_page: Open, served_library: Served
) -> None:
    page, seen = open_page(f"{FIRST}?viewer=picture")
    page.locator(line_with(page, "khéo")).hover()
    words = served_library.truth["1"]
    mark = page.locator(".page-picture .marks rect")

    def marked() -> list[str | None]:
        return [mark.get_attribute(side) for side in ("x", "y", "width", "height")]

    until(page, "the words", lambda: page.locator("#lines [data-box]").count() == len(words))
    page.locator("#lines [data-box]").get_by_text("ghét", exact=True).hover()
    until(page, "its mark", lambda: marked() == [str(side) for side in box_of(words, "ghét")])
    page.locator(line_with(page, "khéo")).locator("a").focus()
    assert marked() == [str(side) for side in line_box(words, "khéo")]
    assert_clean(seen)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_in_a_viewer_a_line_is_marked_and_gone_to_without_leaving_the_page(
    open_page: Open, served_library: Served, viewer: str
) -> None:
    page, seen = open_page(f"{FIRST}?viewer={viewer}")
    until_shown(page, seen)
    loaded = len([request for request in seen.requests if request.is_navigation_request()])
    line = line_box(served_library.truth["1"], "khéo")
    page.locator(line_with(page, "khéo")).locator("a").click()
    expect(page).to_have_url(re.compile(f"xywh={line.x}(,|%2C){line.y}(,|%2C){line.w}(,|%2C){line.h}$"))
    until(page, "its mark", lambda: abs(place_of(page, ".line-mark")[0] / (line.w / line.h) - 1) < 0.1)
    page.locator(".text-tools button").hover()
    expect(page.locator(".line-mark")).to_have_count(1)
    assert len([request for request in seen.requests if request.is_navigation_request()]) == loaded
    assert_clean(seen)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_stands_around_the_viewer_follows_when_a_page_is_turned_in_it(open_page: Open, viewer: str) -> None:
    page, seen = open_page(f"{FIRST}?viewer={viewer}")
    until_shown(page, seen)
    turn(page, viewer)
    expect(page.locator("#lines")).to_contain_text("Cảo thơm")
    expect(page.locator(".turning select")).to_have_value("2")
    expect(page).to_have_title(re.compile("^Page 2 "))
    said = page.locator("#told, .viewer [role=status], .viewer [aria-live]")
    until(page, "who cannot see is told", lambda: any("2" in text for text in said.all_inner_texts()))
    expect(page.locator("#address")).to_have_value(re.compile(r"/pages/2$"))
    page.locator(line_with(page, "Cảo")).hover()
    expect(page.locator(".line-mark")).to_have_count(1)
    assert_clean(seen)


def test_the_text_is_hidden_and_shown_without_opening_the_viewer_anew_and_so_it_stays(open_page: Open) -> None:
    page, seen = open_page(f"{FIRST}?viewer=mirador")
    until_shown(page, seen)
    stage = page.locator(".stage").bounding_box()
    page.get_by_role("link", name="Hide text").click()
    expect(page.locator("#lines")).to_have_count(0)
    wide = page.locator(".stage").bounding_box()
    assert stage is not None
    assert wide is not None
    assert wide["width"] > stage["width"]
    expect(page.get_by_role("link", name="Show text")).to_be_focused()
    page.reload()
    expect(page.get_by_role("link", name="Show text")).to_be_visible()
    page.get_by_role("link", name="Show text").click()
    expect(page.locator("#lines")).to_contain_text("Trăm năm")


def test_text_and_address_are_copied(open_page: Open, served_library: Served) -> None:
    page, seen = open_page(f"{FIRST}?viewer=picture", permissions=["clipboard-read", "clipboard-write"])
    read = "navigator.clipboard.readText()"
    page.get_by_role("button", name="Copy text").click()
    expect(page.locator("#told")).to_have_text("Copied")
    assert page.evaluate(read).split() == [printed.word for printed in served_library.truth["1"]]
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("button", name="Copy", exact=True).click()
    until(page, "the address", lambda: page.evaluate(read) == f"{served_library.url}{FIRST}")
    page.get_by_role("button", name="Copy the citation").click()
    until(page, "the citation", lambda: page.evaluate(read) == page.locator("#page-citation").inner_text())
    assert_clean(seen)


def test_keys_lead_from_page_to_page_and_from_place_to_place(open_page: Open) -> None:
    page, _ = open_page(f"{FIRST}?viewer=picture&q=l%C3%A0")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"/pages/2\?q="))
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"/pages/1\?q="))
    for number in (1, 2):
        page.keyboard.press("Shift+ArrowRight")
        expect(page.locator(".stepping .place")).to_contain_text(f"{number}/")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".stepping .place")).to_contain_text("1/")
    page.locator("#q").press("ArrowRight")
    expect(page.locator(".stepping .place")).to_contain_text("1/")


SWIPE = """([from, to]) => {
    const sheet = document.querySelector(".page-picture .sheet");
    const touch = (x, y) => new Touch({identifier: 1, target: sheet, clientX: x, clientY: y});
    const say = (type, touches, changedTouches) =>
        sheet.dispatchEvent(new TouchEvent(type, {touches, changedTouches, bubbles: true}));
    say("touchstart", [touch(...from)], [touch(...from)]);
    say("touchend", [], [touch(...to)]);
}"""


def test_a_swipe_turns_the_page_and_a_stroke_up_or_down_does_not(open_page: Open) -> None:
    page, _ = open_page(f"{FIRST}?viewer=picture", has_touch=True, **PHONE)
    page.evaluate(SWIPE, [[300, 300], [290, 500]])
    page.evaluate(SWIPE, [[300, 300], [280, 300]])
    page.evaluate(SWIPE, [[300, 300], [120, 310]])
    expect(page).to_have_url(re.compile(r"/pages/2$"))
    page.evaluate(SWIPE, [[100, 300], [300, 310]])
    expect(page).to_have_url(re.compile(r"/pages/1$"))


def stroke(page: Page, start: tuple[int, int], end: tuple[int, int]) -> None:
    """One finger over the screen in a tenth of a second, however late the browser hears of it."""
    touch, now = page.context.new_cdp_session(page), time.time()
    for kind, at, after in (("touchStart", [start], 0.0), ("touchMove", [end], 0.05), ("touchEnd", [], 0.1)):
        points = [{"x": x, "y": y} for x, y in at]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, "timestamp": now + after})


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_swipe_turns_the_page_in_a_viewer_too_unless_it_is_enlarged(open_page: Open, viewer: str) -> None:
    hear = "document.addEventListener('opened', ({detail}) => { window.osd = detail; }, true)"
    page, seen = open_page(
        f"{FIRST}?viewer={viewer}", before=lambda page: page.add_init_script(hear), has_touch=True, **PHONE
    )
    until_shown(page, seen)
    loaded = len([request for request in seen.requests if request.is_navigation_request()])
    canvas = page.locator(".viewer .openseadragon-canvas").first.bounding_box()
    assert canvas is not None
    y = int(canvas["y"] + canvas["height"] / 3)
    stroke(page, (300, y), (290, y + 150))
    stroke(page, (300, y), (90, y))
    expect(page).to_have_url(re.compile(r"/pages/2\?"))
    stroke(page, (90, y), (300, y))
    expect(page).to_have_url(re.compile(r"/pages/1\?"))
    until(page, "the first page", lambda: page.evaluate("osd.world.getItemCount()"))
    page.evaluate("osd.viewport.zoomTo(osd.viewport.getHomeZoom() * 3, undefined, true)")
    before = page.evaluate("osd.viewport.getCenter().x")
    stroke(page, (300, y), (90, y))
    until(page, "the page moved about", lambda: page.evaluate("osd.viewport.getCenter().x") > before)
    expect(page).to_have_url(re.compile(r"/pages/1\?"))
    assert len([request for request in seen.requests if request.is_navigation_request()]) == loaded
    assert_clean(seen)


def test_a_part_of_the_page_is_drawn_and_cited(open_page: Open, served_library: Served) -> None:
    page, seen = open_page(f"{FIRST}?viewer=picture")
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("button", name="Draw it on the page").click()
    expect(page.locator("#drawing")).to_contain_text("Draw a frame")
    sheet = page.locator(".sheet").bounding_box()
    assert sheet is not None
    left, top = sheet["x"] + 100, sheet["y"] + 50
    page.mouse.move(left + 200, top + 100)
    page.mouse.down()
    page.mouse.move(left, top, steps=3)
    page.mouse.up()
    x, y, w, h = (int(page.locator(f"#region-{side}").input_value()) for side in "xywh")
    expect(page.locator("#drawing")).to_be_empty()
    scale = 1501 / sheet["width"]
    assert all(abs(a - b * scale) < 4 for a, b in zip((x, y, w, h), (100, 50, 200, 100), strict=True))
    expect(page.get_by_role("button", name="Choose this part")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#address")).to_have_value(f"{served_library.url}{FIRST}?xywh={x},{y},{w},{h}")
    expect(page.locator("#page-citation")).to_contain_text("Page 1 [viewed")
    expect(page.locator("#page-citation")).to_contain_text(f"{FIRST}?xywh={x},{y},{w},{h}")
    picture = page.request.get(page.locator("#image-address").input_value())
    assert picture.ok
    assert picture.headers["content-type"] == "image/jpeg"
    page.locator("#region-w").press("ArrowUp")
    expect(page.locator(".page-picture .drawn")).to_have_attribute("width", str(w + 1))
    assert_clean(seen)


@pytest.mark.parametrize("viewer", ["mirador", "picture"])
@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
def test_on_a_narrow_phone_nothing_lies_beyond_the_screen(open_page: Open, viewer: str, locale: str) -> None:
    page, seen = open_page(f"{FIRST}?viewer={viewer}&q=l%C3%A0", width=320, height=640, locale=locale)
    if viewer == "mirador":
        until_shown(page, seen)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 320
    for opener in page.locator(".reading-bar summary").all():
        opener.click()
        assert page.evaluate(width) <= 320
    text, stage = page.locator("#lines").bounding_box(), page.locator(".stage").bounding_box()
    assert text is not None
    assert stage is not None
    assert text["y"] >= stage["y"] + stage["height"]


def test_without_scripts_a_page_is_read_turned_and_cited(open_page: Open) -> None:
    page, seen = open_page(f"{FIRST}?q=l%C3%A0", java_script_enabled=False)
    expect(page.locator(".sheet img")).to_be_visible()
    expect(page.locator("#lines mark").first).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.locator(line_with(page, "khéo")).locator("a").click()
    expect(page.locator(".page-picture svg rect")).to_be_visible()
    page.locator(".turning select").select_option("3")
    page.get_by_role("button", name="Go").click()
    expect(page).to_have_url(re.compile(r"/pages/3\?q=l%C3%A0$"))
    page.get_by_role("link", name="Next place").click()
    expect(page.locator(".stepping")).to_contain_text(re.compile(r"\d+/\d+"))
    page.get_by_text("Share", exact=True).click()
    for side, value in zip("xywh", (10, 20, 300, 200), strict=True):
        page.locator(f"#region-{side}").fill(str(value))
    page.get_by_role("button", name="Choose this part").click()
    expect(page.locator("#address")).to_have_value(re.compile(r"/pages/\d\?xywh=10,20,300,200$"))
    assert_clean(seen)


def test_a_map_without_text_says_so(open_page: Open) -> None:
    page, seen = open_page("/works/Ban-do/pages/1?viewer=picture")
    expect(page.get_by_text("This page has no text.")).to_be_visible()
    expect(page.get_by_role("button", name="Copy text")).to_have_count(0)
    assert_clean(seen)
