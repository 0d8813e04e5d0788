"""The page stands there as a picture before the viewer's program has come, exactly where the viewer then draws it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOOK, Open, Served, until
from tests.browser.looking import assert_clean, box_of, until_shown

pytestmark = pytest.mark.browser

VIEWERS = ("mirador", "uv")
SCREENS = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})
PROGRAM = "**/static/viewers/**"

# Where the page lies: in the server's picture when it comes and when it goes, and in the viewer at that moment.
WATCH = """addEventListener("DOMContentLoaded", () => {
    const picture = document.querySelector(".page-picture"), viewer = document.getElementById("viewer");
    if (!picture) return;
    const round = rect => [rect.x, rect.y, rect.width, rect.height].map(Math.round);
    const own = () => {
        const image = picture.querySelector("img, image");
        const rect = image.getBoundingClientRect();
        if (image.tagName !== "IMG") return round(rect);
        const [w, h] = [image.getAttribute("width"), image.getAttribute("height")];
        const fit = Math.min(rect.width / w, rect.height / h);
        return round({x: rect.x + (rect.width - w * fit) / 2, y: rect.y + (rect.height - h * fit) / 2,
                      width: w * fit, height: h * fit});
    };
    let drawing;
    viewer.addEventListener("opened", event => { drawing = event.detail; });
    const remove = picture.remove.bind(picture);
    const first = own();
    picture.remove = () => {
        const {viewport, element, world} = drawing, bounds = world.getItemAt(0).getBounds(true);
        const corner = viewport.pixelFromPoint(bounds.getTopLeft(), true), at = element.getBoundingClientRect();
        const size = viewport.pixelFromPoint(bounds.getBottomRight(), true).minus(corner);
        window.places = [first, own(), round({x: corner.x + at.x, y: corner.y + at.y, width: size.x, height: size.y})];
        remove();
    };
});"""


MAIN = "main:not([role]), div[role=main]"


def is_where(one: list[int], other: list[int]) -> bool:
    """Within two pixels; a page that is larger than the screen may be off by a thousandth."""
    return all(abs(a - b) <= 2 + max(map(abs, other)) / 1000 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
@pytest.mark.parametrize("words", ["", "q=triều", "xywh=400,350,200,80"])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_picture_lies_where_the_viewer_draws_the_page(
    open_page: Open, viewer: str, words: str, screen: dict[str, int]
) -> None:
    path = f"/works/{BOOK}?viewer={viewer}&{words}"
    page, seen = open_page(path, before=lambda page: page.add_init_script(WATCH), **screen)
    until_shown(page, seen, "2" if words.startswith("q") else "1")
    first, last, drawn = page.evaluate("places")
    assert is_where(first, drawn), (first, drawn)
    assert is_where(last, drawn), (last, drawn)
    expect(page.locator(MAIN)).to_have_count(1)
    assert_clean(seen)


@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
@pytest.mark.parametrize("path", [f"/works/{BOOK}", f"/works/{BOOK}/pages/2", f"/works/{BOOK}?q=tri%E1%BB%81u"])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_page_is_there_although_the_viewers_program_never_comes(
    open_page: Open, viewer: str, path: str, screen: dict[str, int]
) -> None:
    address = f"{path}{'&' if '?' in path else '?'}viewer={viewer}"
    page, seen = open_page(address, before=lambda page: page.route(PROGRAM, lambda route: route.abort()), **screen)
    picture = page.locator(".page-picture :is(img, svg[role])")
    expect(picture).to_be_visible()
    expect(page.locator(MAIN)).to_have_count(1)
    until(page, "its picture", lambda: [r for r in seen.images() if r.ok])
    inside = page.evaluate("""() => {
        const box = element => document.querySelector(element).getBoundingClientRect();
        const [picture, stage] = [box(".page-picture"), box(".stage")];
        return picture.top >= stage.top && picture.bottom <= stage.bottom && picture.left >= 0 && picture.height > 300;
    }""")
    assert inside
    stage = page.locator(".stage").bounding_box()
    assert stage is not None
    assert stage["y"] + stage["height"] <= screen["height"], "the text may lie below it"
    assert not seen.uncaught


def test_where_words_were_found_they_are_marked_before_the_viewer_comes(
    open_page: Open, served_library: Served
) -> None:
    page, _ = open_page(
        f"/works/{BOOK}?viewer=mirador&q=tri%E1%BB%81u",
        before=lambda page: page.route(PROGRAM, lambda route: route.abort()),
    )
    box = box_of(served_library.truth["2"], "triều")
    mark = page.locator(".page-picture rect").bounding_box()
    stage = page.locator(".page-picture").bounding_box()
    assert mark is not None
    assert stage is not None
    assert abs(mark["width"] / mark["height"] - box.w / box.h) < 0.05
    assert abs(mark["x"] + mark["width"] / 2 - stage["x"] - stage["width"] / 2) < 2
    assert abs(mark["y"] + mark["height"] / 2 - stage["y"] - stage["height"] / 2) < 2


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_picture_that_fails_does_not_keep_the_viewer(open_page: Open, viewer: str) -> None:
    def fail(page: Page) -> None:
        page.route("**/full/**/default.jpg", lambda route: route.abort(), times=1)

    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}", before=fail)
    until_shown(page, seen)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nothing_that_the_page_fetches_ahead_is_fetched_twice(open_page: Open, viewer: str) -> None:
    page, seen = open_page(f"/works/{BOOK}?viewer={viewer}", locale="vi-VN")
    until_shown(page, seen)
    ahead = page.evaluate("[...document.querySelectorAll('link[rel=preload]')].map(link => link.href)")
    assert len(ahead) == 4
    assert [len([r for r in seen.requests if r.url == address]) for address in ahead] == [1, 1, 1, 1]
