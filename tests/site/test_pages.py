"""The pages for people, asked as a browser asks, over made-up works."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from manifests.model import Box, State, Tier
from server import http_errors
from server.request_notes import KEY, RequestNotes
from server.site import pages, viewers
from server.site.pages import PLACES_ON_A_PAGE, WORKS_ON_A_PAGE
from tests.site.made_library import FakeLibrary, hit, work

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LIBRARY = FakeLibrary(
    [work("Kieu"), work("Nhap", state=State.DRAFT), work("Da-rut", state=State.WITHDRAWN), work("Trong", first=False)],
    [hit("Kieu", 1), hit("Kieu", 2, Tier.MARKS), hit("Trong", 1, Tier.ERROR, [])],
)


def client(library: FakeLibrary = LIBRARY) -> FlaskClient:
    app = Flask("test", static_folder=None)
    app.testing = True
    app.url_map.merge_slashes = False
    http_errors.register(app, library.settings.languages)
    app.register_blueprint(pages.blueprint(library))  # type: ignore[arg-type]
    return app.test_client()


class Reader(HTMLParser):
    """What a page links to, loads and carries, and whether its elements are closed in order."""

    VOID = frozenset({"meta", "link", "img", "input", "rect"})

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


EVERY_PAGE = ["/", "/?after=Zzz", "/search", "/search?q=thư+viện", "/search?q=x&work=Kieu", "/works/Kieu",
              "/works/Kieu/pages/2?q=thu&xywh=1,2,3,4", "/works/Nhap", "/works/Da-rut", "/nowhere"]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_is_whole_and_says_which_language_it_is_in(path: str, language: str) -> None:
    answer = client().get(path, headers={**BROWSER, "Accept-Language": language})
    page = Reader(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert answer.headers["Content-Language"] == language
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_page_carries_script_or_style_inside_or_names_another_host(path: str) -> None:
    page = Reader(client().get(path, headers=BROWSER).text)
    assert not page.all("style")
    assert all("src" in attributes for attributes in page.all("script"))
    for _, attributes in page.tags:
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        loaded = [attributes.get("src"), attributes.get("href"), attributes.get("action")]
        assert not any(re.match(r"(https?:)?//(?!localhost/)", address) for address in loaded if address)


@pytest.mark.parametrize("path", ["/", "/search?q=thư", "/nowhere"])
def test_our_own_pages_allow_nothing_but_our_own_files(path: str) -> None:
    policy = client().get(path, headers=BROWSER).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_first_page_shows_public_works_with_a_picture_that_is_one_stored_tile() -> None:
    page = Reader(client().get("/").text)
    links = [attributes["href"] for attributes in page.all("a")]
    assert "/works/Kieu" in links
    assert not [link for link in links if link and ("Nhap" in link or "Da-rut" in link)]
    pictures = [a["src"] for a in page.all("img") if a["src"] and "/iiif/" in a["src"]]
    assert pictures == ["/iiif/image/3/Kieu~1/full/376,501/0/default.jpg"]


def test_a_long_list_goes_on_where_it_stopped() -> None:
    many = client(FakeLibrary([work(f"W-{number:03d}") for number in range(WORKS_ON_A_PAGE + 3)]))
    seen: list[str] = []
    path: str | None = "/"
    while path:
        page = Reader(many.get(path).text)
        seen += [a["href"] for a in page.all("a") if a.get("class") == "card" and a["href"]]
        path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == WORKS_ON_A_PAGE + 3


def test_an_empty_library_says_so() -> None:
    assert "nothing here yet" in client(FakeLibrary()).get("/?lang=en").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/works/Nhap", 404),
        ("/works/none", 404),
        ("/works/Da-rut", 410),
        ("/works/Kieu/pages/9", 404),
        ("/search?q=x&work=Da-rut", 410),
    ],
)
def test_what_is_not_shown_says_why_in_the_readers_language(path: str, status: int) -> None:
    answer = client().get(path, headers={**BROWSER, "Accept-Language": "vi"})
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert ("rút khỏi thư viện" in answer.text) == (status == 410)
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_address_is_a_page_for_a_browser_and_a_line_for_a_program() -> None:
    assert client().get("/nowhere", headers=BROWSER).mimetype == "text/html"
    answer = client().get("/iiif/nowhere", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_a_choice_of_language_or_viewer_is_kept() -> None:
    asking = client()
    assert Reader(asking.get("/?lang=en").text).all("html") == [{"lang": "en"}]
    assert Reader(asking.get("/", headers={"Accept-Language": "vi"}).text).all("html") == [{"lang": "en"}]
    assert Reader(asking.get("/?lang=xx").text).all("html") == [{"lang": "vi"}]


def test_a_switch_keeps_the_rest_of_the_address_and_never_leads_away() -> None:
    page = Reader(client().get("/search?q=th%C6%B0&work=Kieu").text)
    switches = [attributes["href"] for attributes in page.all("a") if "hreflang" in attributes]
    assert switches == ["?q=th%C6%B0&work=Kieu&lang=vi", "?q=th%C6%B0&work=Kieu&lang=en"]
    away = Reader(client().get("//elsewhere.example/", headers=BROWSER).text)
    assert all(str(attributes["href"]).startswith("?") for attributes in away.all("a") if "hreflang" in attributes)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the named viewers stand there, whatever this machine has."""

    def set_to(*names: str) -> None:
        monkeypatch.setattr(viewers.Viewer, "is_installed", lambda viewer: viewer.id in names)
        monkeypatch.setattr("server.site.assets._version", lambda name: "0")

    return set_to


def opened(asking: FlaskClient, path: str) -> dict[str, str | None]:
    return next(a for a in Reader(asking.get(path).text).all("div") if a.get("id") == "viewer")


def test_a_work_opens_in_the_viewer_that_was_chosen_last(installed: Callable[..., None]) -> None:
    installed("mirador", "uv")
    asking = client()
    assert opened(asking, "/works/Kieu")["class"] == "viewer mirador"
    assert opened(asking, "/works/Kieu?viewer=uv")["class"] == "viewer uv"
    assert opened(asking, "/works/Kieu")["class"] == "viewer uv"
    assert opened(asking, "/works/Kieu?viewer=none")["class"] == "viewer mirador"


def test_the_viewer_is_told_the_page_the_words_and_the_box(installed: Callable[..., None]) -> None:
    installed("mirador")
    told = opened(client(), "/works/Kieu/pages/2?q=thư viện&xywh=1,2,3,4")
    assert told["data-manifest"] == "http://localhost/iiif/presentation/3/Kieu/manifest"
    assert (told["data-index"], told["data-query"], told["data-xywh"]) == ("1", "thư viện", "1,2,3,4")
    assert "data-index" not in opened(client(), "/works/Kieu")


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "1,2,3,4,5", "-1,2,3,4", '"><script>', "1,2,3,99999999999"])
def test_a_box_that_is_none_is_left_out(box: str, installed: Callable[..., None]) -> None:
    installed("uv")
    assert "data-xywh" not in opened(client(), f"/works/Kieu/pages/2?xywh={box}")


def test_without_any_viewer_the_pages_are_pictures(installed: Callable[..., None]) -> None:
    installed()
    page = Reader(client().get("/works/Kieu/pages/2?lang=en").text)
    pictures = [a for a in page.all("img") if "/iiif/" in str(a["src"])]
    assert pictures[0]["src"] == "/iiif/image/3/Kieu~2/full/751,1001/0/default.jpg"
    assert pictures[0]["alt"] == "Page 2"


def test_a_search_shows_each_place_as_a_picture_with_its_box_and_how_well_it_fits() -> None:
    answer = client().get("/search?q=thư viện&lang=en")
    page = Reader(answer.text)
    places = [str(a["href"]) for a in page.all("a") if a.get("class") == "find"]
    assert places[0] == "/works/Kieu/pages/1?q=th%C6%B0+vi%E1%BB%87n&xywh=700,300,90,40"
    assert "xywh" not in places[2]
    assert {"x": "255", "y": "40", "width": "90", "height": "40"} in page.all("rect")
    assert "3 places were found" in answer.text
    assert "Other accents" in answer.text


def test_a_search_that_finds_too_much_says_so() -> None:
    hits = [hit("Kieu", 1, boxes=[Box(n, n, 9, 9)]) for n in range(PLACES_ON_A_PAGE + 5)]
    answer = client(FakeLibrary([work("Kieu")], hits)).get("/search?q=x&lang=en")
    assert f"More than {PLACES_ON_A_PAGE} places" in answer.text
    assert answer.text.count('class="find"') == PLACES_ON_A_PAGE


def test_a_work_withdrawn_since_it_was_found_is_left_out() -> None:
    library = FakeLibrary([work("Da-rut", state=State.WITHDRAWN)], [hit("Da-rut")])
    answer = client(library).get("/search?q=x")
    assert answer.status_code == 200
    assert 'class="find"' not in answer.text


def test_below_a_prefix_every_address_has_it(installed: Callable[..., None]) -> None:
    installed("mirador")
    for path in ("/", "/search?q=x", "/works/Kieu"):
        below = {"SCRIPT_NAME": "/scans", "asgi.scope": {KEY: RequestNotes("http://library.example/scans")}}
        page = Reader(client().get(path, environ_overrides=below).text)
        for _, attributes in page.tags:
            for address in filter(None, (attributes.get(name) for name in ("src", "href", "action", "data-manifest"))):
                assert re.match(r"(\?|#|(http://library\.example)?/scans/)", address), address


def test_what_the_reader_typed_comes_back_as_text() -> None:
    answer = client().get("/search?q=<script>alert(1)</script>")
    assert "<script>alert" not in answer.text


def test_a_page_that_has_not_changed_is_not_sent_again() -> None:
    first = client().get("/")
    assert client().get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_assets_are_kept_for_a_year_and_come_compressed_where_a_twin_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.js").write_bytes(b"whole")
    (tmp_path / "a.js.gz").write_bytes(b"packed")
    monkeypatch.setattr("server.site.assets.STATIC", tmp_path)
    for accepted, body in (("identity", b"whole"), ("gzip", b"packed"), ("gzip;q=0", b"whole")):
        with client().get("/static/a.js", headers={"Accept-Encoding": accepted}) as answer:
            assert answer.data == body
            assert answer.mimetype == "text/javascript"
            assert ("Content-Encoding" in answer.headers) == (body == b"packed")
            assert "max-age=31536000" in answer.headers["Cache-Control"]
            assert "Accept-Encoding" in answer.vary


@pytest.mark.parametrize("name", ["../pages.py", "..%2fpages.py", "/etc/passwd", "none.css", "viewers"])
def test_nothing_outside_the_assets_is_sent(name: str) -> None:
    assert client().get(f"/static/{name}").status_code == 404
