"""A work's record in Mirador, Universal Viewer and on our own page: what it says is there, and nothing in it acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.axe import faults
from tests.browser.conftest import GUARD, Seen, until
from tests.browser.looking import is_known
from tests.conftest import Mocban
from tests.routes.serving import running

pytestmark = pytest.mark.browser

ATTACK = "<script>window.acted = 1</script><img src=x onerror='window.acted = 1'>"
RECORD = f"""
title = {{ vi = "Chinh phụ ngâm", vi-Hani = "征婦吟" }}
summary = "<p>Khúc <b>ngâm</b></p>"
statement = "Ảnh của Thư viện"
rights = "http://creativecommons.org/publicdomain/mark/1.0/"
viewing-direction = "right-to-left"
behavior = "paged"
[metadata]
"Tác giả" = "Đặng Trần Côn"
"Ghi chú" = '''{ATTACK}'''
[pages]
1 = "Bìa"
3 = {{ label = "1b-2a", behavior = "double" }}
"""
SIDE_PANEL = {"vi-VN": "Đóng hoặc mở thanh bên", "en-GB": "Toggle sidebar"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, mocban: Mocban) -> Iterator[str]:
    """A library of two works: one well described, one whose very title is an attack."""
    folder = tmp_path_factory.mktemp("described")
    for name, record in (("Chinh phu", RECORD), ("Doc hai", f"title = '''{ATTACK}'''\n[metadata]\nx = '''{ATTACK}'''")):
        _scan(folder / "scans" / name, record)
    ingested = mocban("ingest", folder / "scans", "--library", folder / "library")
    assert ingested.returncode == 0, ingested.stderr
    with running(folder / "library", folder / "log") as reading_room:
        yield f"http://{reading_room.host}"


def _scan(folder: Path, record: str) -> None:
    folder.mkdir(parents=True)
    for number in range(1, 5):
        Image.effect_mandelbrot((300, 400), (-2.2, -1.2, 0.8, 1.2), 40).convert("RGB").save(folder / f"{number}.png")
    (folder / "work.toml").write_text(record, encoding="utf-8")


@pytest.fixture
def look(chromium: Browser, home: str) -> Iterator["Look"]:
    found = Look(chromium, home)
    yield found
    assert not found.seen.uncaught
    assert not [error for error in found.seen.errors if not is_known(error)]
    assert found.page.evaluate("window.acted") is None
    found.page.context.close()


class Look:
    def __init__(self, chromium: Browser, home: str) -> None:
        self._chromium, self._home = chromium, home
        self.seen = Seen(home)
        self.page: Page

    def at(self, path: str, locale: str = "en-GB", width: int = 1440) -> Page:
        context = self._chromium.new_context(locale=locale, viewport={"width": width, "height": 900})
        context.set_default_timeout(GUARD * 1000)
        self.page = context.new_page()
        self.seen.watch(self.page)
        self.page.goto(self._home + path)
        return self.page


def says(page: Page, where: str, what: str) -> None:
    until(page, what, lambda: what in page.locator(where).first.inner_text())


@pytest.mark.parametrize(("locale", "author"), [("vi-VN", "Tác giả"), ("en-GB", "Author")])
def test_mirador_tells_title_lines_rights_and_names_of_pages(look: Look, locale: str, author: str) -> None:
    page = look.at("/works/Chinh-phu?viewer=mirador", locale)
    page.get_by_label(SIDE_PANEL[locale]).first.click()
    for what in ("Chinh phụ ngâm", "Khúc ngâm", author, "Đặng Trần Côn", "onerror", "Bìa"):
        says(page, ".viewer", what)


@pytest.mark.parametrize("viewer", ["mirador", "uv"])
def test_a_viewer_turns_pages_from_right_to_left(look: Look, viewer: str) -> None:
    """The second page stands right of the third in the strip of pages."""
    page = look.at(f"/works/Chinh-phu?viewer={viewer}")
    second, third = (page.locator(".viewer").get_by_text(name, exact=True).last for name in ("2", "1b-2a"))
    until(page, "the strip of pages", lambda: second.count() and third.count())
    right, left = second.bounding_box(), third.bounding_box()
    assert right is not None
    assert left is not None
    assert right["x"] > left["x"]


def test_universal_viewer_shows_the_statement(look: Look) -> None:
    page = look.at("/works/Chinh-phu?viewer=uv")
    says(page, ".viewer", "Ảnh của Thư viện")


@pytest.mark.parametrize("viewer", ["mirador", "uv"])
def test_an_attack_in_a_title_is_text_in_a_viewer(look: Look, viewer: str) -> None:
    page = look.at(f"/works/Doc-hai?viewer={viewer}")
    page.locator(".viewer .openseadragon-canvas canvas").first.wait_for(state="attached")
    until(page, "the viewer's own picture", lambda: not page.locator(".page-picture").count())
    assert page.locator(".worktitle").inner_text() == ATTACK
    assert page.locator("[onerror]").count() == 0


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize(("locale", "author"), [("vi-VN", "Tác giả"), ("en-GB", "Author")])
@pytest.mark.parametrize("work", ["Chinh-phu", "Doc-hai"])
def test_the_record_stands_below_the_viewer_for_everybody(
    look: Look, work: str, width: int, locale: str, author: str
) -> None:
    page = look.at(f"/works/{work}", locale, width)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if work == "Chinh-phu":
        for what in (author, "Đặng Trần Côn", "Khúc ngâm", "征婦吟", ATTACK):
            says(page, "#about", what)
    else:
        says(page, "#about .title", ATTACK)
        says(page, "#citation", ATTACK)
