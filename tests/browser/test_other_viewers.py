"""TIFY and Clover, on a page of another site: they open our manifests, and show picture, title and what is in them."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BOOK, GUARD, Seen, Served, until

pytestmark = pytest.mark.browser

READERS = Path(__file__).parents[2] / ".cache/readers"
TIFY = """<!doctype html><title>TIFY</title><link rel="stylesheet" href="/readers/tify/tify.css">
<div id="viewer" style="height: 100vh"></div>
<script type="module">import Tify from "/readers/tify/tify.js";
new Tify({{container: "#viewer", manifestUrl: "{manifest}", view: "{view}"}})</script>"""
CLOVER = """<!doctype html><title>Clover</title><script src="/readers/clover/clover.js"></script>
<div id="viewer"><clover-viewer iiif-content="{manifest}"></clover-viewer></div>"""
TYPES = {".js": "text/javascript", ".css": "text/css"}

Look = Callable[..., tuple[Page, Seen]]


class OtherSite(BaseHTTPRequestHandler):
    """The viewers' programs, and a page that opens one of them on a manifest: another site by its port."""

    pages: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = READERS / path.removeprefix("/readers/")
        text = self.pages.get(path)
        found = text.encode() if text is not None else file.read_bytes() if file.is_file() else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", TYPES.get(file.suffix, "text/html; charset=utf-8"))
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def other_site() -> Iterator[str]:
    for name in ("tify/tify.js", "clover/clover.js"):
        if not (READERS / name).is_file():
            pytest.fail(f"{READERS / name} is not there: `make test` fetches it")
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherSite) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def look(chromium: Browser, served_library: Served, other_site: str) -> Iterator[Look]:
    """Opens a manifest of the library in a page of another site."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(GUARD * 1000)

    def look_at(html: str, manifest: str, view: str = "") -> tuple[Page, Seen]:
        page, seen = context.new_page(), Seen(served_library.url)
        seen.watch(page)
        OtherSite.pages["/viewer"] = html.format(manifest=served_library.url + manifest, view=view)
        page.goto(f"{other_site}/viewer")
        return page, seen

    yield look_at
    context.close()


def until_drawn(page: Page) -> None:
    """Print is on the screen: paper and ink have many shades."""
    canvas = page.locator("#viewer canvas").first
    canvas.wait_for(state="attached")

    def shades() -> int:
        shown = Image.open(BytesIO(page.screenshot())).convert("RGB").crop((150, 80, 780, 560))
        return len(shown.getcolors(1 << 24) or [])

    until(page, "a page of the book drawn", lambda: shades() > 200)


def until_said(page: Page, *texts: str) -> None:
    for text in texts:
        until(page, text, lambda text=text: text in page.locator("#viewer").inner_text())


@pytest.mark.parametrize("version", [3, 2])
def test_tify_shows_the_title_and_the_picture(look: Look, version: int) -> None:
    page, seen = look(TIFY, f"/iiif/presentation/{version}/{BOOK}/manifest", "info")
    until_said(page, "Truyện Kiều")
    until_drawn(page)
    assert [r for r in seen.responses if r.url.endswith(f"{BOOK}~1/info.json") and r.status == 200]
    assert not seen.uncaught


def test_tify_shows_the_text_beside_the_picture(look: Look) -> None:
    page, seen = look(TIFY, f"/iiif/presentation/3/{BOOK}/manifest", "text")
    until_said(page, "Trăm năm trong cõi người ta")
    assert not seen.uncaught


def test_clover_shows_the_title_and_the_picture(look: Look) -> None:
    page, seen = look(CLOVER, f"/iiif/presentation/3/{BOOK}/manifest")
    until_said(page, "Truyện Kiều")
    until_drawn(page)
    assert not seen.uncaught


def test_clover_opens_the_collection_of_all_works(look: Look) -> None:
    page, seen = look(CLOVER, "/iiif/presentation/3/collection/top")
    until(page, "the works to choose from", lambda: page.locator("#viewer canvas, #viewer option").count())
    assert not seen.uncaught
