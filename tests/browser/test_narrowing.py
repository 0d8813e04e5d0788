"""The list narrowed down in Chromium: without scripts, by the keyboard alone, on a phone, in both languages."""

from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import GUARD
from tests.conftest import Mocban
from tests.routes.serving import running

pytestmark = pytest.mark.browser

WORKS = {"Kieu": ("1871", "vi-Hani"), "Lettre": ("1885", "fr"), "Plan": ("1902", "fr")}
KEPT_IN = {"Kieu": "Tho", "Lettre": "Kho", "Plan": "Kho"}
COLLECTIONS = '[Kho]\nlabel = "Kho sách"\n[Tho]\nlabel = "Thơ"\nparent = "Kho"'
LEAST_TARGET = 24
"""Pixels (WCAG 2.2, 2.5.8)."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, mocban: Mocban) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("narrowed")
    for name, (date, language) in WORKS.items():
        (folder / "scans" / name).mkdir(parents=True)
        Image.effect_mandelbrot((300, 400), (-2.2, -1.2, 0.8, 1.2), 40).save(folder / "scans" / name / "1.png")
        record = f'[metadata]\ndate = "{date}"\nlanguage = "{language}"\ntype = "Sách"\ncollection = "{KEPT_IN[name]}"'
        (folder / "scans" / name / "work.toml").write_text(record, encoding="utf-8")
    (folder / "scans" / "collections.toml").write_text(COLLECTIONS, encoding="utf-8")
    ingested = mocban("ingest", folder / "scans", "--library", folder / "library")
    assert ingested.returncode == 0, ingested.stderr
    with running(folder / "library", folder / "log") as reading_room:
        yield f"http://{reading_room.host}"


@pytest.fixture(params=[("vi-VN", 320), ("en-GB", 1280)], ids=["phone", "desk"])
def page(chromium: Browser, home: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    locale, width = request.param
    size = {"width": width, "height": 900}
    context = chromium.new_context(viewport=size, locale=locale, java_script_enabled=False)  # type: ignore[arg-type]
    context.set_default_timeout(GUARD * 1000)
    page = context.new_page()
    page.goto(home)
    yield page
    context.close()


def shown(page: Page) -> list[str]:
    cards = page.locator("[aria-labelledby=works] a.card")
    return [address.rpartition("/")[2] for address in cards.evaluate_all("all => all.map(a => a.href)")]


def press_on(page: Page, selector: str) -> None:
    """As a reader without a mouse."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard never comes to {selector}")


def test_a_list_is_narrowed_down_and_back_by_the_keyboard(page: Page) -> None:
    assert shown(page) == list(WORKS)
    press_on(page, ".facets summary")
    press_on(page, ".groups a[href*='language=fr']")
    page.wait_for_url("**language=fr")
    assert shown(page) == ["Lettre", "Plan"]
    press_on(page, ".chosen a")
    page.wait_for_url(lambda address: "language" not in address)
    assert shown(page) == list(WORKS)


def test_nothing_stands_beyond_the_edge_and_every_link_is_large_enough(page: Page) -> None:
    page.locator(".facets summary").first.click()
    wide = page.viewport_size
    assert wide is not None
    boxes = [box for one in page.locator(".facets a, .facets summary").all() if (box := one.bounding_box())]
    assert len(boxes) > 5
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= wide["width"] for box in boxes)
    assert all(min(box["height"], box["width"]) >= LEAST_TARGET for box in boxes)


def test_each_group_is_named_and_what_is_chosen_is_said(page: Page, home: str) -> None:
    page.goto(f"{home}/?date=18XX")
    page.locator(".facets summary").first.click()
    named = page.locator(".groups section[aria-labelledby]").evaluate_all(
        "all => all.map(one => document.getElementById(one.getAttribute('aria-labelledby')).textContent.trim())"
    )
    assert len(named) == len(set(named)) == 4
    assert page.locator(".groups [aria-current]").count() == 1
    assert page.locator(".groups .part").count() == 2


def test_a_collection_is_narrowed_down_and_searched_as_it_is(page: Page, home: str) -> None:
    page.goto(f"{home}/collections/Kho")
    assert shown(page) == ["Lettre", "Plan"]
    page.locator(".facets summary").first.click()
    page.locator(".groups a[href*='date=18XX']").click()
    page.wait_for_url("**/collections/Kho?date=18XX")
    assert shown(page) == ["Kieu", "Lettre"]
    page.locator("#q").fill("x")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?collection=Kho&date=18XX&q=x")
    page.go_back()
    page.locator(".chosen a.clear").click()
    page.wait_for_url("**/collections/Kho")
    assert shown(page) == ["Lettre", "Plan"]
