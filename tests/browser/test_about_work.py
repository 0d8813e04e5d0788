"""What stands below the viewer on a work's page: reached by keyboard and finger, copied, printed, read on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BOOK, Open, Served, until
from tests.browser.looking import assert_clean, until_shown

pytestmark = pytest.mark.browser
WORK = f"/works/{BOOK}"


def is_in_sight(page: Page, selector: str) -> bool:
    return bool(
        page.locator(selector).evaluate(
            "element => { const box = element.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0 }"
        )
    )


@pytest.mark.parametrize("viewer", ["mirador", "uv"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 640)])
def test_a_strip_of_it_is_in_sight_below_the_viewer(open_page: Open, viewer: str, width: int, height: int) -> None:
    page, _ = open_page(f"{WORK}?viewer={viewer}", width=width, height=height)
    assert is_in_sight(page, "#about h2")
    stage = page.locator(".stage").bounding_box()
    assert stage is not None
    assert height / 3 < stage["height"] < height - 60
    assert page.evaluate("scrollY") == 0


def test_a_link_in_the_head_leads_there_by_keyboard(open_page: Open) -> None:
    page, seen = open_page(WORK, reduced_motion="reduce")
    page.get_by_role("link", name="About this work").first.focus()
    page.keyboard.press("Enter")
    until(page, "what is below", lambda: page.evaluate("document.activeElement.id") == "about")
    assert page.evaluate("scrollY") > 0
    assert is_in_sight(page, "#about .title")
    assert_clean(seen)


def test_on_a_phone_a_finger_finds_the_way_below_the_viewer(open_page: Open) -> None:
    page, seen = open_page(WORK, width=390, height=844, has_touch=True)
    until_shown(page, seen)
    page.locator("#about h2 a").tap()
    until(page, "the record", lambda: page.evaluate("scrollY") > 300)


@pytest.mark.parametrize("button", ["citation", "address", "manifest"])
def test_what_is_copied_is_what_stands_there(open_page: Open, served_library: Served, button: str) -> None:
    page, _ = open_page(WORK, permissions=["clipboard-read", "clipboard-write"])
    copy = page.locator(f"[data-copies={button}]")
    copy.focus()
    page.keyboard.press("Enter")
    expect(copy.locator("xpath=../*[@role='status']")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == " ".join(page.locator(f"#{button}").inner_text().split())
    assert served_library.url in copied


def test_without_a_clipboard_the_text_is_selected_at_least(open_page: Open) -> None:
    page, _ = open_page(WORK)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate("document.execCommand = () => false")
    page.locator("[data-copies=address]").click()
    expect(page.locator("[data-copies=address] ~ [role=status]")).to_have_text(re.compile("Ctrl"))
    assert page.evaluate("getSelection().toString()").strip().endswith(WORK)


def test_without_scripts_nothing_pretends_to_copy(open_page: Open) -> None:
    page, _ = open_page(WORK, java_script_enabled=False)
    assert page.locator("#citation").is_visible()
    assert not [button for button in page.locator("[data-copies]").all() if button.is_visible()]


def test_the_mark_of_iiif_is_dragged_with_the_address_of_the_manifest(open_page: Open, served_library: Served) -> None:
    page, _ = open_page(WORK)
    link = page.locator("a.iiif")
    assert link.evaluate("link => link.draggable")
    manifest = link.evaluate("link => new URL(link.href).searchParams.get('manifest')")
    assert page.request.get(manifest).json()["type"] == "Manifest"
    link.click()
    expect(page.locator("#about-title")).to_be_attached()


def test_references_are_loaded_down_under_the_name_of_the_work(open_page: Open) -> None:
    page, _ = open_page(WORK)
    for name, extension, first in (("RIS", "ris", "TY  - "), ("BibTeX", "bib", "@misc{Truyen-Kieu,")):
        with page.expect_download() as started:
            page.get_by_role("link", name=name, exact=True).click()
        assert started.value.suggested_filename.endswith(f".{extension}")
        assert started.value.path().read_text(encoding="utf-8").startswith(first)


def test_on_paper_stand_the_record_and_the_citation_and_no_viewer(open_page: Open) -> None:
    page, _ = open_page(WORK)
    page.emulate_media(media="print")
    for selector, is_printed in (("#citation", True), (".record", True), (".stage", False), (".copy", False)):
        assert page.locator(selector).first.is_visible() == is_printed, selector


def test_the_search_engines_data_is_no_script_to_the_policy(open_page: Open) -> None:
    page, seen = open_page(WORK)
    told = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert told["url"] == page.evaluate("document.querySelector('link[rel=canonical]').href")
    picture = page.request.get(page.evaluate("document.querySelector('[property=\"og:image\"]').content"))
    assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")
    assert_clean(seen)
