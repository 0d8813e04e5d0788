"""A real library, served by the real `serve`, and Debian's Chromium in front of it, which writes down all it does."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.browser.book import Printed, write
from tests.conftest import Mocban
from tests.routes.serving import running

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Root needs --no-sandbox; the others keep the browser from asking hosts of its own while it is watched.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
GUARD = 120
"""Seconds after which a state that a test waits for is given up; on a machine at rest all come within two."""
BOOK = "Truyen-Kieu"
WITHDRAWN = "Da-rut"
COLLECTIONS = """
[Nom]
label = { vi = "Sách Nôm", en = "Nôm books" }
[Tho]
label = { vi = "Thơ" }
parent = "Nom"
"""


@dataclass(frozen=True, slots=True)
class Served:
    url: str
    truth: dict[str, list[Printed]]


@dataclass(slots=True)
class Seen:
    """What a page did while it was open."""

    home: str
    requests: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uncaught: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request))
        page.on("response", lambda response: self.responses.append(response))
        page.on("pageerror", lambda error: self.uncaught.append(str(error)))
        page.on("console", lambda message: self._hear(message))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def elsewhere(self) -> list[str]:
        """Addresses asked that are neither this library's nor written into the page itself."""
        own = urlsplit(self.home).netloc
        addresses = {request.url for request in self.requests}
        return sorted(a for a in addresses if not a.startswith(("data:", "blob:")) and urlsplit(a).netloc != own)

    def images(self) -> list[Response]:
        return [r for r in self.responses if "/iiif/image/" in r.url and not r.url.endswith("info.json")]


@pytest.fixture(scope="session")
def served_library(tmp_path_factory: pytest.TempPathFactory, mocban: Mocban) -> Iterator[Served]:
    """A book of three pages with its text, a wide map, a work without text, and one that was withdrawn. The book stands
    in a collection in a collection, the work without text in the outer one."""
    folder = tmp_path_factory.mktemp("reading-room")
    scans, library = folder / "scans", folder / "library"
    truth = write(scans / "Truyện Kiều")
    for name, size in (("Bản đồ", (1600, 700)), ("Đã rút", (300, 400)), ("Gia phả họ Trần ở làng Tức Mặc", (700, 900))):
        (scans / name).mkdir()
        Image.effect_mandelbrot(size, (-2.2, -1.2, 0.8, 1.2), 60).convert("RGB").save(scans / name / "1.png")
    (scans / "collections.toml").write_text(COLLECTIONS, encoding="utf-8")
    (scans / "Truyện Kiều" / "work.toml").write_text('[metadata]\ncollection = "Tho"', encoding="utf-8")
    said = '[metadata]\ncollection = "Nom"\ndate = "1902"\ntype = "Gia phả"'
    (scans / "Gia phả họ Trần ở làng Tức Mặc" / "work.toml").write_text(said, encoding="utf-8")
    ingested = mocban("ingest", scans, "--library", library)
    assert ingested.returncode == 0, ingested.stderr
    assert mocban("withdraw", WITHDRAWN, "--library", library).returncode == 0
    with running(library, folder / "log") as reading_room:
        yield Served(f"http://{reading_room.host}", truth)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """For one file of tests: while it is open, playwright's event loop runs in this thread, where others run theirs."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"Chromium is not at {CHROMIUM}; CHROMIUM names another place")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


Open = Callable[..., tuple[Page, Seen]]


@pytest.fixture
def open_page(chromium: Browser, served_library: Served) -> Iterator[Open]:
    """Opens a path in a browser of its own: `open_page("/", width=360, locale="vi-VN", color_scheme="dark")`.

    `before` is done to the page while it is still empty.
    """
    contexts = []

    def open_at(path: str, *, width: int = 1440, height: int = 900, locale: str = "en-GB",
                color_scheme: str = "light", before: Callable[[Page], object] = bool,
                **more: object) -> tuple[Page, Seen]:  # fmt: skip
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme=color_scheme, **more
        )  # type: ignore[arg-type]
        context.set_default_timeout(GUARD * 1000)
        contexts.append(context)
        page, seen = context.new_page(), Seen(served_library.url)
        seen.watch(page)
        before(page)
        page.goto(served_library.url + path)
        return page, seen

    yield open_at
    for context in contexts:
        context.close()


def until(page: Page, what: str, is_so: Callable[[], object]) -> None:
    """Waits for a state, however long this machine takes for it; the guard only ends what will never be."""
    for _ in range(GUARD * 10):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came: {what}")


@contextmanager
def more_of(seen: list[Response]) -> Iterator[list[Response]]:
    """Those that came in the meantime."""
    before, new = len(seen), []
    yield new
    new += seen[before:]
