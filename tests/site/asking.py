"""A browser in front of the pages, over made-up works, and what it reads in one."""

from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient

from manifests.model import State, Tier
from server.front_door import http_errors
from server.site import pages
from server.site.viewers import VIEWERS, Viewer
from tests.site.made_library import FakeLibrary, hit, work

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LIBRARY = FakeLibrary(
    [
        work("Kieu"),
        work("Nhap", state=State.DRAFT),
        work("Da-rut", state=State.WITHDRAWN),
        work("Trong", first=False),
        work("Kieu-nom", first=False),
    ],
    [hit("Kieu", 1), hit("Kieu", 2, Tier.MARKS), hit("Trong", 1, Tier.ERROR, [])],
)


# As installed, whatever this machine has: each script is one of our own.
MIRADOR = replace(VIEWERS[0], script="mirador.js")
UV = replace(VIEWERS[1], script="uv.js", style="style.css")


def client(library: FakeLibrary = LIBRARY, viewers: Sequence[Viewer] = (MIRADOR, UV)) -> FlaskClient:
    app = Flask("test", static_folder=None)
    app.testing = True
    app.url_map.merge_slashes = False
    http_errors.register(app, library.settings.languages, pages.error_page)
    app.register_blueprint(pages.blueprint(library, viewers))  # type: ignore[arg-type]
    return app.test_client()


class Reader(HTMLParser):
    """What a page links to, loads and carries, and whether its elements are closed in order."""

    VOID = frozenset({"meta", "link", "img", "input", "source", "image", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]
