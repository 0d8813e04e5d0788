"""A work's record in Mirador, Universal Viewer and on our own page: what it says is there, and nothing in it acts."""

from collections.abc import Iterator
from io import BytesIO
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
[provider]
name = "Viện Hán Nôm"
logo = "https://hannom.example.org/logo.png"
[metadata]
"Tác giả" = "Đặng Trần Côn"
"Ghi chú" = '''{ATTACK}'''
[pages]
1 = "Bìa"
3 = {{ label = "1b-2a", behavior = "double" }}
"""
BACKWARDS = 'viewing-direction = "right-to-left"\nbehavior = "paged"'
LOGO = "https://hannom.example.org/logo.png"
CHAPTERS = {"Hồi thứ nhất": (1, 2), "Hồi thứ hai": (3, 4)}
METS = f"""<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<fileSec><fileGrp USE="MASTER">
{"".join(f'<file ID="F{n}"><FLocat xlink:href="{n}.png"/></file>' for n in range(1, 5))}
</fileGrp></fileSec>
<structMap TYPE="LOGICAL"><div ID="L" DMDID="none">
{"".join(f'<div ID="{title}" LABEL="{title}"/>' for title in CHAPTERS)}
</div></structMap>
<structMap TYPE="PHYSICAL"><div ID="P">
{"".join(f'<div ID="P{n}" ORDER="{n}"><fptr FILEID="F{n}"/></div>' for n in range(1, 5))}
</div></structMap>
<structLink>
{"".join(f'<smLink xlink:from="{title}" xlink:to="P{n}"/>' for title, pages in CHAPTERS.items() for n in pages)}
</structLink></mets>"""
TORN = 'start = "2"\nbehavior = "paged"\n[pages]\n1 = "Bìa"\n3 = { label = "1b", missing = true }'
SIDE_PANEL = {"vi-VN": "Đóng hoặc mở thanh bên", "en-GB": "Toggle sidebar"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, mocban: Mocban) -> Iterator[str]:
    """A library of two works: one well described, one whose very title is an attack."""
    folder = tmp_path_factory.mktemp("described")
    attacked = f"title = '''{ATTACK}'''\n{BACKWARDS}\n[metadata]\nx = '''{ATTACK}'''"
    for name, record in (("Chinh phu", RECORD), ("Doc hai", attacked), ("Thieu", TORN)):
        _scan(folder / "scans" / name, record)
    (folder / "scans" / "Thieu" / "3.png").unlink()
    (folder / "scans" / "Chinh phu" / "mets.xml").write_text(METS, encoding="utf-8")
    ingested = mocban("ingest", folder / "scans", "--library", folder / "library")
    assert ingested.returncode == 0, ingested.stderr
    with running(folder / "library", folder / "log") as reading_room:
        yield f"http://{reading_room.host}"


def _scan(folder: Path, record: str) -> None:
    folder.mkdir(parents=True)
    for number in range(1, 5):
        Image.effect_mandelbrot((300, 400), (-2.2, -1.2, 0.8, 1.2), 40).convert("RGB").save(folder / f"{number}.png")
    (folder / "work.toml").write_text(record, encoding="utf-8")


def _logo() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (80, 40), (0, 160, 0)).save(drawn, "PNG")
    return drawn.getvalue()


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

    def at(self, path: str, locale: str = "en-GB", width: int = 1440, before: str = "") -> Page:
        context = self._chromium.new_context(locale=locale, viewport={"width": width, "height": 900})
        context.set_default_timeout(GUARD * 1000)
        self.page = context.new_page()
        self.page.route(LOGO, lambda route: route.fulfill(body=_logo(), content_type="image/png"))
        self.page.add_init_script(before)
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
    page = look.at(f"/works/Doc-hai?viewer={viewer}")
    second, third = (page.locator(".viewer").get_by_text(name, exact=True).last for name in ("2", "3"))
    until(page, "the strip of pages", lambda: second.count() and third.count())
    right, left = second.bounding_box(), third.bounding_box()
    assert right is not None
    assert left is not None
    assert right["x"] > left["x"]


def test_mirador_lays_nothing_beside_a_double_page(look: Look) -> None:
    """Of an opening its panel names the left page and the right one."""
    page = look.at("/works/Chinh-phu/pages/3?viewer=mirador")
    page.get_by_label(SIDE_PANEL["en-GB"]).first.click()
    says(page, ".viewer", "1b-2a")
    says(page, ".viewer", "Đặng Trần Côn")
    assert not page.locator(".viewer").get_by_text("Left", exact=True).count()
    assert page.locator(".viewer").get_by_text("Current item", exact=True).count()


@pytest.mark.parametrize(("path", "shown"), [("Thieu", ["2"]), ("Chinh-phu/pages/2", ["2"])])
@pytest.mark.parametrize("viewer", ["mirador", "uv"])
def test_a_page_that_is_asked_for_is_seen_alone_as_the_server_has_drawn_it(
    look: Look, viewer: str, path: str, shown: list[str]
) -> None:
    """Although the book is one of two pages side by side."""
    hear = "document.addEventListener('opened', ({detail}) => { window.osd = detail; }, true)"
    page = look.at(f"/works/{path}?viewer={viewer}", before=hear)
    until(page, "the viewer's own picture", lambda: not page.locator(".page-picture").count())
    sources = """() => Array.from({length: osd.world.getItemCount()}, (_, number) =>
        decodeURIComponent(osd.world.getItemAt(number).source.id ?? osd.world.getItemAt(number).source["@id"]))"""
    assert [source.rpartition("~")[2] for source in page.evaluate(sources)] == shown


def test_universal_viewer_lays_nothing_beside_a_double_page(look: Look) -> None:
    """In an opening both are marked in its strip of pages."""
    page = look.at("/works/Chinh-phu/pages/3?viewer=uv")
    says(page, ".viewer", "1b-2a")
    until(page, "the viewer's own picture", lambda: not page.locator(".page-picture").count())
    assert page.locator(".viewer .thumb").count() == 4
    assert page.locator(".viewer .thumb.selected").count() == 1


def test_mirador_tells_the_rights_and_the_contents(look: Look) -> None:
    """Its tabs are pressed by what presses them: a note on the one before lies over the next for a moment."""
    page = look.at("/works/Chinh-phu?viewer=mirador")
    page.get_by_label(SIDE_PANEL["en-GB"]).first.click()
    page.get_by_role("tab", name="Rights").first.dispatch_event("click")
    for what in ("Ảnh của Thư viện", "http://creativecommons.org/publicdomain/mark/1.0/"):
        says(page, ".viewer", what)
    page.get_by_role("tab", name="Index").first.dispatch_event("click")
    for title in CHAPTERS:
        says(page, ".viewer", title)


def test_universal_viewer_tells_statement_names_of_pages_contents_rights_and_shows_the_logo(look: Look) -> None:
    page = look.at("/works/Chinh-phu?viewer=uv")
    for what in ("Ảnh của Thư viện", "Bìa", "1b-2a"):
        says(page, ".viewer", what)
    page.get_by_text("Index", exact=True).first.dispatch_event("click")
    for title in CHAPTERS:
        says(page, ".viewer", title)
    page.get_by_text("More information", exact=False).first.dispatch_event("click")
    says(page, ".viewer", "http://creativecommons.org/publicdomain/mark/1.0/")
    is_seen = """address => [...document.images].some(image => image.src === address && image.naturalWidth === 80)"""
    until(page, "the provider's logo", lambda: page.evaluate(is_seen, LOGO))


@pytest.mark.parametrize("viewer", ["mirador", "uv"])
def test_a_work_with_a_missing_page_opens_where_it_says_and_names_the_gap(look: Look, viewer: str) -> None:
    page = look.at(f"/works/Thieu?viewer={viewer}", "vi-VN")
    until(page, "page 2 asked for", lambda: [r for r in look.seen.images() if "Thieu~2/" in r.url])
    until(page, "the viewer's own picture", lambda: not page.locator(".page-picture").count())
    says(page, ".viewer", "1b (thiếu)")


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
