"""Manifests, canvases, collections and search answers over HTTP, from a real library."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from manifests.library import Library
from server.app import create
from server.front_door.asgi import AsgiFrontend
from server.get import ask
from tests.routes.fakes import straight_door
from tests.routes.filled import SIZE, WORDS, WORK, draw, filled, ingest

HOST = "library.example.org"
DOCUMENTS = (
    "/iiif/presentation/3/book/manifest",
    "/iiif/presentation/2/book/manifest",
    "/iiif/presentation/3/book/canvas/0001",
    "/iiif/presentation/3/book/annotations/0001/painting",
    "/iiif/presentation/3/book/annotations/0001/painting/image",
    "/iiif/presentation/3/book/annotations/0001/line",
    "/iiif/presentation/2/book/annotations/0001/word",
    "/iiif/presentation/3/collection/top",
    "/iiif/presentation/2/collection/top",
    "/iiif/search/1/book?q=thu%20vien",
    "/iiif/search/2/book?q=thu%20vien",
)
OF_THE_WORK = [path for path in DOCUMENTS if "collection" not in path] + ["/iiif/image/3/book~0001/info.json"]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsgiFrontend]:
    """Of a library that nobody changes."""
    opened = filled(tmp_path_factory.mktemp("read"))
    yield straight_door(create(opened), opened.settings)
    opened.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = filled(tmp_path, pages=1)
    yield opened
    opened.close()


def get(door: AsgiFrontend, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    given = [("host", HOST), *((name.replace("_", "-"), value) for name, value in headers.items())]
    status, answered, body = asyncio.run(ask(door, path, given, method))
    return status, dict(answered), body


def addresses(document: Any) -> Iterator[str]:
    """Every address below the library that a document names."""
    match document:
        case dict():
            for value in document.values():
                yield from addresses(value)
        case list():
            for value in document:
                yield from addresses(value)
        case str() if document.startswith(f"http://{HOST}"):
            yield document


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_names_the_address_it_was_asked_by_and_nothing_else(door: AsgiFrontend, path: str) -> None:
    status, headers, body = get(door, path)
    document = json.loads(body)
    assert status == 200
    assert document.get("id", document.get("@id")) == f"http://{HOST}{path}"
    assert b"mocban.invalid" not in body
    assert headers["cache-control"] == "public, no-cache"
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_is_json_ld_for_who_asks_and_304_for_who_has_it(door: AsgiFrontend, path: str) -> None:
    _, headers, _ = get(door, path, Accept="application/ld+json")
    assert headers["content-type"].startswith("application/ld+json")
    status, again, body = get(door, path, Accept="application/ld+json", If_None_Match=headers["etag"])
    assert (status, again["etag"], body) == (304, headers["etag"], b"")
    status, headed, body = get(door, path, "HEAD", Accept="application/ld+json")
    for said in (headers, headed):
        said.pop("last-modified", None)  # not said before the second is over
    assert (status, headed, body) == (200, headers, b"")


def test_every_address_in_the_documents_answers(door: AsgiFrontend) -> None:
    found = {each.partition("#")[0] for path in DOCUMENTS for each in addresses(json.loads(get(door, path)[2]))}
    services = {f"http://{HOST}/iiif/search/{version}/{WORK}" for version in (1, 2)}
    assert services <= found, "both search services are named"
    unanswered = {
        address: status
        for address in sorted(found)
        if (status := get(door, address.removeprefix(f"http://{HOST}"))[0]) not in (200, 303)
    }
    assert not unanswered


@pytest.mark.parametrize(
    "path",
    [
        "/iiif/presentation/3/none/manifest",
        "/iiif/presentation/2/none/manifest",
        "/iiif/presentation/3/none/canvas/0001",
        "/iiif/presentation/3/book/canvas/none",
        "/iiif/presentation/3/collection/none",
        "/iiif/presentation/4/book/manifest",
        "/iiif/presentation/3/book",
        "/iiif/presentation/3/book%2Fmanifest",
        "/iiif/search/2/none?q=a",
        "/iiif/search/3/book?q=a",
        "/iiif/autocomplete/2/none?q=a",
        "/iiif/autocomplete/3/book?q=a",
        "/iiif/discovery/activities",
        "/oai?verb=Identify",
    ],
)
def test_what_is_not_there_is_404(door: AsgiFrontend, path: str) -> None:
    status, headers, _ = get(door, path)
    assert status == 404
    assert headers["cache-control"] == "no-store"


def test_a_withdrawn_work_is_gone_in_every_form_and_comes_back(library: Library) -> None:
    def statuses() -> set[int]:
        # Seen by another process, which believes nothing from before
        other = Library.open(library.folder, library.settings)
        door = straight_door(create(other), library.settings)
        try:
            return {get(door, path)[0] for path in OF_THE_WORK}
        finally:
            other.close()

    assert statuses() == {200}
    library.withdraw(WORK)
    assert statuses() == {410}
    library.publish(WORK)
    assert statuses() == {200}


def test_nothing_tells_a_draft_from_what_never_was(tmp_path: Path) -> None:
    library = filled(tmp_path, pages=1)
    (tmp_path / "scans" / "draft").mkdir()
    draw(tmp_path / "scans" / "draft" / "0001.tif", shade=9)
    ingest(library, tmp_path / "scans" / "draft", draft=True)
    door = straight_door(create(library), library.settings)
    for path in (
        *(
            "/iiif/image/3/{0}~0001/info.json",
            "/iiif/image/2/{0}~0001",
            "/iiif/image/3/{0}~0001/full/max/0/default.jpg",
        ),
        *(
            "/iiif/presentation/3/{0}/manifest",
            "/iiif/presentation/2/{0}/manifest",
            "/iiif/presentation/3/{0}/canvas/0001",
        ),
        *("/iiif/search/1/{0}?q=a", "/works/{0}", "/works/{0}/pages/0001", "/search?q=a&work={0}"),
    ):
        draft, nothing = (get(door, path.format(name), Accept="text/plain") for name in ("draft", "never"))
        assert draft[0] == 404, path
        assert draft[2].replace(b"draft", b"never") == nothing[2], path
    library.close()


@pytest.mark.parametrize("accept", ["application/ld+json", "APPLICATION/LD+JSON", 'Application/Ld+Json; Profile="x"'])
def test_a_media_type_is_asked_for_in_any_letter_case(door: AsgiFrontend, accept: str) -> None:
    assert get(door, DOCUMENTS[0], Accept=accept)[1]["content-type"].startswith("application/ld+json")


def test_a_page_taken_in_shows_at_the_next_request(library: Library, tmp_path: Path) -> None:
    door, manifest = straight_door(create(library), library.settings), DOCUMENTS[0]
    before = get(door, manifest)
    draw(tmp_path / "scans" / WORK / "0002.tif", shade=200)
    ingest(library, tmp_path / "scans" / WORK)
    after = get(door, manifest, If_None_Match=before[1]["etag"])
    assert after[0] == 200
    assert len(json.loads(after[2])["items"]) == 2
    assert after[1]["etag"] != before[1]["etag"]


def test_a_search_finds_the_word_and_names_what_it_does_not_do(door: AsgiFrontend) -> None:
    found = json.loads(get(door, "/iiif/search/2/book?q=thu+vien&user=u&colour=red&motivation=")[2])
    assert len(found["items"]) == 2
    assert found["items"][0]["body"]["value"] == "Thư viện"
    assert found["items"][0]["target"].endswith(f"/canvas/0001#xywh=0,0,{SIZE[0]},{SIZE[1]}")
    assert found["ignored"] == ["user", "colour"]


def test_a_word_that_is_not_there_is_an_empty_answer(door: AsgiFrontend) -> None:
    assert json.loads(get(door, "/iiif/search/2/book?q=xyz")[2])["items"] == []
    assert json.loads(get(door, "/iiif/search/1/book?q=xyz")[2])["resources"] == []


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20"])
def test_a_search_that_asks_nothing_is_not_restricted(door: AsgiFrontend, query: str) -> None:
    found = json.loads(get(door, f"/iiif/search/2/book{query}")[2])
    assert [item["body"]["value"] for item in found["items"]] == [WORDS, WORDS]
    assert len(json.loads(get(door, f"/iiif/search/1/book{query}")[2])["hits"]) == 2


@pytest.mark.parametrize(
    "query", ["search/2/book?q=a&start=-1", "search/1/book?start=x", "autocomplete/1/book?q=a&min=x"]
)
def test_a_parameter_with_a_value_that_it_cannot_have_is_malformed_by_name(door: AsgiFrontend, query: str) -> None:
    status, _, body = get(door, f"/iiif/{query}")
    assert status == 400
    assert query.rpartition("&")[2].rpartition("?")[2] in body.decode()


def test_words_are_completed_in_both_versions(door: AsgiFrontend) -> None:
    found = json.loads(get(door, "/iiif/autocomplete/2/book?q=thu%20v")[2])
    assert found["items"] == [{"value": "Thư viện", "total": 2}, {"value": "Thư viện tỉnh", "total": 2}]
    first = json.loads(get(door, "/iiif/autocomplete/1/book?q=thu%20v&user=u")[2])
    assert first["ignored"] == ["user"]
    term, _ = first["terms"]
    assert (term["match"], term["count"]) == ("Thư viện", 2)
    assert len(json.loads(get(door, term["url"].removeprefix(f"http://{HOST}"))[2])["hits"]) == 2
    assert json.loads(get(door, "/iiif/autocomplete/2/book")[2])["items"] == []
