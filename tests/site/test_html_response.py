"""How a page goes out: language, policy, compression, choices; errors as pages or as a line."""

import gzip
import re

import pytest

from manifests.errors import Malformed
from server.front_door.request_notes import KEY, RequestNotes
from tests.site.asking import BROWSER, Reader, client

EVERY_PAGE = ["/", "/?after=Zzz", "/search", "/search?q=thư+viện", "/search?q=x&work=Kieu", "/works/Kieu",
              "/works/Kieu/pages/2?q=thu&xywh=1,2,3,4", "/works/Nhap", "/works/Da-rut", "/nowhere"]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_is_whole_and_says_which_language_it_is_in(path: str, language: str) -> None:
    answer = client().get(path, headers={**BROWSER, "Accept-Language": language})
    page = Reader(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert answer.headers["Content-Language"] == language
    mains = [*page.all("main"), *(found for found in page.all("div") if found.get("role") == "main")]
    assert len(page.all("h1")) == len(mains) == 1
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_page_carries_script_or_style_inside_or_names_another_host(path: str) -> None:
    page = Reader(client().get(path, headers=BROWSER).text)
    assert not page.all("style")
    assert all("src" in a or a["type"] == "application/ld+json" for a in page.all("script"))  # data, which nobody runs
    for _, attributes in page.tags:
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        loaded = [attributes.get("src"), attributes.get("href"), attributes.get("action")]
        assert not any(re.match(r"(https?:)?//(?!localhost/)", address) for address in loaded if address)


@pytest.mark.parametrize("path", ["/", "/search?q=thư", "/nowhere"])
def test_our_own_pages_allow_nothing_but_our_own_files(path: str) -> None:
    policy = client().get(path, headers=BROWSER).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


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


@pytest.mark.parametrize("path", ["/works/none", "/works/Da-rut", "/search?q=x&work=none", "/nowhere", "/static/none"])
def test_a_program_is_told_an_error_in_one_line_wherever_it_asks(path: str) -> None:
    answer = client().get(path, headers={"Accept": "*/*"})
    assert answer.mimetype == "text/plain"
    assert len(answer.text.splitlines()) == 1
    assert "Accept" in answer.vary


def test_an_error_of_an_api_is_a_page_for_a_browser() -> None:
    asking = client()

    @asking.application.get("/iiif/broken")
    def broken() -> None:
        raise Malformed("start={start} is not a whole number from 0.", start="x")

    answer = asking.get("/iiif/broken", headers={**BROWSER, "Accept-Language": "en"})
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "start=x is not a whole number" in answer.text
    assert asking.get("/iiif/broken").mimetype == "text/plain"


def test_a_method_that_nothing_knows_is_refused_with_those_that_are_known() -> None:
    answer = client().post("/", headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_long_query_is_cut_and_not_sent_back() -> None:
    for path in ("/search", "/works/Kieu", "/works/Kieu/pages/1"):
        answer = client().get(path, query_string={"q": "dài " * 1000, "junk": "x" * 1000})
        assert answer.text == client().get(path, query_string={"q": "dài " * 50}).text
        assert "x" * 1000 not in answer.text


@pytest.mark.parametrize("path", ["/", "/search?q=x", "/works/Kieu", "/nowhere", "/static/style.css"])
def test_pages_and_style_sheets_come_packed_to_whoever_takes_them_so(path: str) -> None:
    asking = client()
    answers = [
        asking.get(path, headers={**BROWSER, "Accept-Encoding": coding}, buffered=True)
        for coding in ("identity", "gzip", "gzip;q=0")
    ]
    plain, packed, refused = answers
    assert gzip.decompress(packed.data) == plain.data == refused.data
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers.get("ETag") != plain.headers.get("ETag") or packed.status_code == 404
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert all("Accept-Encoding" in answer.vary for answer in answers)


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


def test_below_a_prefix_every_address_has_it() -> None:
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
