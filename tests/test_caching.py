"""What every kind of answer tells a cache, over a real socket: its length, its tag, how long, and of what it depends.

The same rules for whatever gives the answer: the connection itself, Flask, or the room where pictures are drawn.
"""

import re
from collections.abc import Iterator

import pytest

from tests.routes.filled import filled
from tests.routes.serving import Answer, Running, running

IMAGE = "/iiif/image/3/book~0001"
TILE = f"{IMAGE}/full/max/0/default.jpg"
COMPUTED = f"{IMAGE}/full/40,/0/gray.png"
DOCUMENTS = (
    f"{IMAGE}/info.json",
    "/iiif/image/2/book~0001/info.json",
    "/iiif/presentation/3/book/manifest",
    "/iiif/presentation/2/book/manifest",
    "/iiif/presentation/3/book/canvas/0001",
    "/iiif/presentation/3/book/annotations/0001/line",
    "/iiif/presentation/3/collection/top",
    "/iiif/search/2/book?q=thu%20vien",
)
HTML = ("/", "/works/book", "/works/book/pages/0001", "/search?q=sach")
STYLE = "/static/style.css"
TEXTS = ("/works/book/text.txt", "/works/book/pages/0001.txt", "/works/book/pages/0001.alto.xml")
TAGGED = (*DOCUMENTS, *HTML, *TEXTS, STYLE, TILE, COMPUTED)
UNTAGGED = ("/health", "/nothing", f"{IMAGE}", f"{IMAGE}/full/0,/0/default.jpg", "/works/none", "/works/book/")
BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept_Encoding": "gzip, deflate, br"}
PROGRAM = {"Accept": "application/ld+json", "Accept_Encoding": "gzip"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    filled(folder).close()
    with running(folder / "library", folder / "log", MOCBAN_LANGUAGES="en") as server:
        yield server


def varied(answer: Answer) -> set[str]:
    return set(filter(None, re.split(r",\s*", answer.headers.get("vary", "").lower())))


@pytest.mark.parametrize("asker", [BROWSER, PROGRAM, {}], ids=["browser", "program", "nobody"])
@pytest.mark.parametrize("path", [*TAGGED, *UNTAGGED])
def test_every_answer_says_its_length_and_comes_in_one_piece(served: Running, path: str, asker: dict[str, str]) -> None:
    got, headed = served.ask(path, **asker), served.ask(path, "HEAD", **asker)
    assert int(got.headers["content-length"]) == len(got.body)
    assert "transfer-encoding" not in got.headers
    assert headed.status == got.status
    assert headed.body == b""
    assert "transfer-encoding" not in headed.headers
    if path != COMPUTED:
        assert headed.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("asker", [BROWSER, PROGRAM], ids=["browser", "program"])
@pytest.mark.parametrize("path", TAGGED)
def test_who_has_it_is_told_so_with_all_that_a_cache_needs(served: Running, path: str, asker: dict[str, str]) -> None:
    got = served.ask(path, **asker)
    tag = got.headers["etag"]
    assert re.fullmatch(r'"[\x21\x23-\x7e]+"', tag), "strong, and quoted"
    for method, held in (("GET", tag), ("HEAD", tag), ("GET", f'"other", W/{tag}'), ("GET", "*")):
        again = served.ask(path, method, If_None_Match=held, **asker)
        assert (again.status, again.body) == (304, b"")
        for name in ("etag", "cache-control", "vary", "access-control-allow-origin"):
            assert again.headers.get(name) == got.headers.get(name), name
        assert "transfer-encoding" not in again.headers
        assert again.headers.get("content-length", got.headers["content-length"]) == got.headers["content-length"]
    assert served.ask(path, If_None_Match='"other"', **asker).body == got.body
    assert served.ask(path, If_Match='"other"', **asker).status == 412


def test_each_kind_says_how_long_it_is_kept_and_of_what_it_depends(served: Running) -> None:
    for paths, kept, varies in (
        (DOCUMENTS, "public, no-cache", {"accept", "accept-encoding"}),
        (HTML, "private, no-cache", {"accept", "accept-encoding", "accept-language", "cookie"}),
        ((TILE, COMPUTED), "public, max-age=3600", set[str]()),
        ((STYLE,), "public, max-age=86400", {"accept-encoding"}),
        (("/health", "/nothing", "/works/none"), "no-store", None),
    ):
        for path in paths:
            answer = served.ask(path, **BROWSER)
            assert answer.headers["cache-control"] == kept, path
            assert varies is None or varied(answer) == varies, path


@pytest.mark.parametrize("path", [*DOCUMENTS, *HTML, STYLE])
def test_forms_of_one_thing_differ_by_their_tags(served: Running, path: str) -> None:
    forms = [served.ask(path, Accept_Encoding=coding) for coding in ("identity", "gzip", "br")]
    assert [form.headers.get("content-encoding") for form in forms] == [None, "gzip", "br"]
    assert len({form.headers["etag"] for form in forms}) == 3
    for form in forms:
        assert served.ask(path, Accept_Encoding="identity", If_None_Match=form.headers["etag"]).status == (
            304 if form is forms[0] else 200
        )
