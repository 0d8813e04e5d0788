"""Whatever a request holds ends below 500: method, path, query and headers, made up and made from right ones.

`tests/test_hostile_paths.py` walks the paths; here everything else comes along. All go through the front door, Flask
and the routes in process. An answer must also be one that gunicorn sends: a line break in a header would be a 500.
"""

import asyncio
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from manifests.settings import Settings
from server.app import create
from server.front_door.asgi import AsgiFrontend
from server.get import scope_of
from tests.routes.fakes import straight_door
from tests.routes.filled import filled

SETTINGS = Settings(trusted_proxies=("127.0.0.1",), max_area=100_000)  # small pictures: it is not they that are tested
IMAGE = "/iiif/image/3/book~0001"
RIGHT = (
    "/", "/works/book", "/works/book/", "/works/book/pages/0001", "/search", "/static/style.css", "/health", "/nothing",
    "/iiif/presentation/3/book/manifest", "/iiif/presentation/2/book/manifest", "/iiif/presentation/3/collection/top",
    "/iiif/presentation/2/collection/top", "/iiif/presentation/3/book/canvas/0001", "/iiif/search/1/book",
    "/iiif/search/2/book", IMAGE, f"{IMAGE}/info.json", f"{IMAGE}/full/max/0/default.jpg", "*", "//health",
    f"{IMAGE}/pct:1,2,50,50/!40,40/!90/gray.png", f"{IMAGE}/square/^max/270/bitonal.webp", "http://a/search",
    f"{IMAGE}/0,0,9,9/^pct:200/0/color.png", "/iiif/image/2/book~0001/full/full/0/default.jpg",
)  # fmt: skip
PIECES = (
    "", "0", "1", "max", "^39999999,1", "^1,99999", "9" * 40, "..", "%00", "%1B", "%0D%0A", "%FF", "%E1%BA%BF", "%",
    "a" * 300, "a" * 9000, "%F0%9F%8F%9B", "é", "#", "?", "/", "~", "//", ";", "[", ":::", "\\", "{}", "%2F",
)  # fmt: skip
NAMES = ("lang", "viewer", "q", "work", "after", "start", "xywh", "page", "motivation", "v", "")
HEADERS: dict[str, tuple[str, ...]] = {
    "host": ("a", "my_server", "x:080", "[1]", "[:::]", "xn--a", "a.b.", "", "thư", "127.0.0.1:1", "[::1]:99999"),
    "accept": ("*/*", "application/ld+json", "APPLICATION/LD+JSON", "text/html", "text/html;q=a", ";;,=", "a/b;c=\""),
    "accept-language": ("vi", "en;q=0", "*", "vi-VN-x-a,,;q=9", "q=", "zh-" * 900),
    "accept-encoding": ("gzip", "GZIP;q=0", "gzip;q=nan", "*", ",,"),
    "if-none-match": ("*", '"a"', 'W/"', '"a', 'W/"a", "b"'),
    "if-modified-since": ("Mon, 99 Foo 99999 99:99:99 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", "0"),
    "if-range": ('"a"', "Sun, 06 Nov 1994 08:49:37 GMT", "x"),
    "range": ("bytes=0-1", "bytes=99999999-", "bytes=-", "bytes=5-1", "lines=1"),
    "cookie": ("lang=vi", "lang=\x1b", "viewer=uv; lang", '=;"', "lang=" + "a" * 5000, "viewer=\xff"),
    "x-forwarded-for": ("127.0.0.1", "127.0.0.1, 127.0.0.1", "[::1]:1", "unknown", ",,,", "1" * 99),
    "x-forwarded-proto": ("https", "HTTPS", "https, http", "gopher", ","),
    "x-forwarded-host": ("lib.example.org", "evil, lib:8443", "[:::]", "", "a b", "é"),
    "x-forwarded-port": ("443", "080", "-1", "99999", "x", "٣"),
    "x-forwarded-prefix": ("/lib", "/a/../b", "//", "/é", "a", "/%2e"),
    "content-length": ("0", "-1", "9" * 30, "x"),
    "content-type": ("text/plain", "multipart/form-data", "a/b;charset=\xff"),
    "authorization": ("Basic", "Basic \xff", "Digest a=b,c"),
    "referer": ("http://a/", "\xff"),
}  # fmt: skip
TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=30)
HEADER = st.sampled_from(sorted(HEADERS)).flatmap(
    lambda name: st.tuples(st.just(name), st.one_of(st.sampled_from(HEADERS[name]), TEXT))
)


@st.composite
def targets(draw: st.DrawFn) -> str:
    """A right path of which a part may be another, or is no longer there, and a query."""
    parts = draw(st.sampled_from(RIGHT)).split("/")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(parts) - 1))
        parts[at : at + draw(st.integers(0, 1))] = [draw(st.one_of(st.sampled_from(PIECES), TEXT))]
    word = st.one_of(st.sampled_from(PIECES), st.text(max_size=20).map(lambda text: quote(text, errors="replace")))
    asked = draw(st.lists(st.tuples(st.sampled_from(NAMES), word), max_size=3))
    return "/".join(parts) + ("?" + "&".join("=".join(pair) for pair in asked) if asked else "")


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsgiFrontend]:
    library = filled(tmp_path_factory.mktemp("hostile"), pages=1, settings=SETTINGS)
    yield straight_door(create(library), SETTINGS)
    library.close()


async def answer(door: AsgiFrontend, target: str, headers: list[tuple[str, str]], method: str) -> tuple[int, Any]:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    await door(scope_of(target, headers, method) | {"client": ("127.0.0.1", 1)}, receive, send)
    return sent[0]["status"], sent[0]["headers"]


@settings(max_examples=1500)
@given(targets(), st.lists(HEADER, max_size=4), st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "X"]))
@example("/?lang=%1B", [], "GET")
@example("/static/" + "a" * 300, [("accept-encoding", "gzip")], "GET")
@example(f"{IMAGE}/full/^39999999,1/0/default.png", [], "GET")
@example("/", [("host", "xn--thvin-grb5423c.vn")], "GET")
@example("/", [("host", "[:::]")], "GET")
def test_whatever_a_request_holds_ends_below_500(
    door: AsgiFrontend, target: str, headers: list[tuple[str, str]], method: str
) -> None:
    status, answered = asyncio.run(answer(door, target, headers, method))
    assert status < 500
    assert (b"access-control-allow-origin", b"*") in answered
    names = [name for name, _ in answered if name != b"set-cookie"]
    assert len(set(names)) == len(names), names
    for name, value in answered:
        assert re.fullmatch(rb"[a-z0-9-]+", name)
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", value), (name, value)
