"""How soon a reader sees the page: `python -m bench.bench_first_view [--rounds N] [--library DIR]`.

Chromium on a slow line (1.6 Mbit/s down, 150 ms) opens a page of the sample book, with nothing in its cache: in both
viewers, on a desk and on a phone, at the whole page and at words that were found. Two moments count, in seconds since
the reader asked: when the page stands there sharp, which is the picture that the server has drawn, and when the viewer
has drawn all of the view itself. Before there was such a picture, the page was blank until the second one. How far the
layout has shifted until then is the browser's own measure (CLS); 0.1 is what is held to be good.
"""

import argparse
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from bench.prepared import prepare
from bench.results import table
from bench.servers import mocban

CHROMIUM = "/usr/bin/chromium"
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SCREENS = {"desk": ({"width": 1440, "height": 900}, 1), "phone": ({"width": 390, "height": 844}, 3)}
PAGES = {"whole page": "/works/Truyen-Kieu/pages/0002?", "words found": "/works/Truyen-Kieu?q=thuy+kieu&"}
GOAL = 2.0
"""Seconds until the page stands there sharp."""
HEAD = ("seconds until", "it is sharp", "goal", "", "the viewer has drawn it", "shift of the layout")
INTRODUCTION = "In Chromium on a line of 1.6 Mbit/s and 150 ms, with nothing in its cache."
PATIENCE = 120_000
"""Milliseconds after which a view is given up."""

WATCH = """
window.seen = {shift: 0};
new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) seen.shift += entry.value;
})).observe({type: "layout-shift", buffered: true});
const has = image => image && performance.getEntriesByName(new URL(image, location).href).some(e => e.responseEnd);
addEventListener("DOMContentLoaded", () => (function watch() {
    const picture = document.querySelector(".page-picture");
    const images = [...document.querySelectorAll(".page-picture svg image")];
    const sharp = images.at(-1)?.getAttribute("href") ?? document.querySelector(".page-picture img")?.currentSrc;
    if (!seen.sharp && has(sharp)) requestAnimationFrame(() => seen.sharp ??= performance.now());
    if (picture) requestAnimationFrame(watch);
    else seen.drawn = performance.now();
})());
"""


@dataclass(frozen=True, slots=True)
class View:
    sharp: float
    drawn: float
    shift: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with mocban(prepare(only_the_book=True)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        rows = []
        for viewer in ("mirador", "uv"):
            for screen in SCREENS:
                for page, path in PAGES.items():
                    address = f"{server.url}{path}viewer={viewer}"
                    views = [opened(browser, address, screen) for _ in range(options.rounds)]
                    rows.append([f"{viewer}, {screen}, {page}", *_medians(views)])
        browser.close()
    print("\n".join(["## How soon a page is seen", "", INTRODUCTION, "", *table(HEAD, rows)]))


def opened(browser: Browser, address: str, screen: str) -> View:
    """One opening by a reader who comes for the first time."""
    window, density = SCREENS[screen]
    context = browser.new_context(viewport=window, device_scale_factor=density, locale="vi-VN")  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
        page.goto(address, wait_until="commit", timeout=PATIENCE)
        _until_drawn(page)
        seen = page.evaluate("() => seen")
        return View(seen["sharp"] / 1000, seen["drawn"] / 1000, seen["shift"])
    finally:
        context.close()


def _until_drawn(page: Page) -> None:
    for _ in range(PATIENCE // 100):
        if page.evaluate("() => window.seen?.drawn ?? 0"):
            return
        page.wait_for_timeout(100)
    raise SystemExit(f"{page.url} was never drawn")


def _medians(views: Sequence[View]) -> list[str]:
    sharp, drawn, shift = (
        statistics.median(column) for column in zip(*((v.sharp, v.drawn, v.shift) for v in views), strict=True)
    )
    return [f"{sharp:.2f}", f"{GOAL:g}", "yes" if sharp <= GOAL else "**no**", f"{drawn:.2f}", f"{shift:.3f}"]


if __name__ == "__main__":
    main()
