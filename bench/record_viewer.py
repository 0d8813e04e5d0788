"""Records what a reader's viewer asks for: `python -m bench.record_viewer` writes `bench/viewer_mix.txt`.

OpenSeadragon (in Mirador, as the library serves it) opens the sample book in a window of 1440 by 900, and a reader
zooms in at three places until the picture is sharp, drags the page about, zooms out, and turns to the next page, four
times. Every address of the Image API that the browser asks is kept, in the order of asking. Needs Chromium and
playwright; the file ships with the project, so that measuring needs neither.
"""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, sync_playwright

from bench.prepared import prepare
from bench.servers import mocban

FILE = Path(__file__).with_name("viewer_mix.txt")
CHROMIUM = "/usr/bin/chromium"
WINDOW = {"width": 1440, "height": 900}
PLACES = ((0.35, 0.3), (0.6, 0.5), (0.45, 0.75))
"""Where on the canvas the reader zooms in, as parts of its width and height."""

PAGES = 4
TURNS = 40
"""Of the mouse's wheel, at most."""

FULL_SIZE = re.compile(r"/\d+,\d+,(\d+),(\d+)/\1,\2/")
CALM = 1500
"""Milliseconds in which nothing is asked, after which the viewer has what it wants."""


class Recorder:
    def __init__(self, page: Page) -> None:
        self._page = page
        self.paths: list[str] = []
        page.on("request", self._keep)

    def _keep(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if path.startswith("/iiif/image/"):
            self.paths.append(path)

    def until_calm(self) -> None:
        before = -1
        while before != len(self.paths):
            before = len(self.paths)
            self._page.wait_for_timeout(CALM)


def read_a_page(page: Page, recorder: Recorder) -> None:
    place = page.locator(".openseadragon-canvas").first.bounding_box()
    if place is None:
        raise SystemExit("the viewer shows no canvas")
    for across, down in PLACES:
        x, y = place["x"] + across * place["width"], place["y"] + down * place["height"]
        page.mouse.move(x, y)
        _until_sharp(page, recorder)
        page.mouse.down()
        page.mouse.move(x - 250, y - 150, steps=12)
        page.mouse.up()
        recorder.until_calm()
        for _ in range(TURNS // 2):
            page.mouse.wheel(0, 300)
            page.wait_for_timeout(250)
        recorder.until_calm()


def _until_sharp(page: Page, recorder: Recorder) -> None:
    """Zooms in until a tile of the full size is asked for."""
    before = len(recorder.paths)
    for _ in range(TURNS):
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(250)
        if any(FULL_SIZE.search(path) for path in recorder.paths[before:]):
            break
    recorder.until_calm()


def main() -> None:
    with mocban(prepare(only_the_book=True)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=WINDOW, locale="vi-VN")  # type: ignore[arg-type]
        recorder = Recorder(page)
        page.goto(f"{server.url}/works/Truyen-Kieu?viewer=mirador")
        page.locator(".openseadragon-canvas").first.wait_for()
        for _ in range(PAGES):
            recorder.until_calm()
            read_a_page(page, recorder)
            page.locator("button.mirador-next-canvas-button").first.click()
        recorder.until_calm()
        browser.close()
    FILE.write_text("\n".join([*recorder.paths, ""]), encoding="utf-8")
    print(f"{len(recorder.paths)} addresses, {len(set(recorder.paths))} different", file=sys.stderr)


if __name__ == "__main__":
    main()
