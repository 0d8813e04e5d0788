"""Content Search across a collection, over HTTP: read as a client reads it, from the collection to the last hit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from manifests.library import Library
from manifests.settings import Settings
from server.app import create
from tests.ingest.fakes import ingest, scan

BOOKS = {"thick": ["sông núi " * 60, "sông"], "thin": ["một con sông"], "far": ["sông " + "xa " * 30 + "biển"]}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.create(tmp_path / "library", Settings(languages=("en",)))
    for name, pages in {**BOOKS, "hidden": ["sông"], "removed": ["sông"]}.items():
        for number, text in enumerate(pages, 1):
            scan(tmp_path / "scans" / name, f"{number}.tif"), scan(tmp_path / "scans" / name, f"{number}.txt", text)
    ingest(library, tmp_path / "scans")
    scan(tmp_path / "drafts" / "draft", "1.tif"), scan(tmp_path / "drafts" / "draft", "1.txt", "sông")
    ingest(library, tmp_path / "drafts", draft=True)
    library.withdraw("hidden"), library.remove("removed")
    yield library
    library.close()


@pytest.fixture
def client(library: Library) -> FlaskClient:
    app = create(library)
    app.testing = True
    return app.test_client()


def pages(client: FlaskClient, version: int, query: str) -> Iterator[dict[str, Any]]:
    """By the service that the collection declares, and the address that each page gives of the next."""
    collection = client.get(f"/iiif/presentation/{3 if version == 2 else 2}/collection/top").get_json()
    services = collection["service"] if version == 2 else [collection["service"]]
    (address,) = [s.get("id", s.get("@id")) for s in services if s["profile"].endswith(f"/search/{version}/search")]
    path: str | None = f"{urlsplit(address).path}?q={query}"
    while path is not None:
        answer = client.get(path)
        assert answer.status_code == 200
        yield answer.get_json()
        following = answer.get_json().get("next")
        url = following["id"] if isinstance(following, dict) else following
        path = f"{urlsplit(url).path}?{urlsplit(url).query}" if url else None


def test_a_client_reads_every_hit_once_and_knows_its_work(client: FlaskClient, library: Library) -> None:
    answers = list(pages(client, 2, "sông"))
    items = [item for answer in answers for item in answer["items"]]
    per_work = {name: len(library.search("sông", work=name)) for name in BOOKS}
    found = [item["target"]["partOf"]["id"].split("/")[-2] for item in items]
    assert {name: found.count(name) for name in set(found)} == per_work
    assert len({item["id"] for item in items}) == len(items) == sum(per_work.values())
    assert set(found[:12]) == set(BOOKS), "the thick one does not crowd out the others"


def test_the_old_version_gives_the_same_hits(client: FlaskClient) -> None:
    new = [item["target"]["partOf"]["id"] for answer in pages(client, 2, "sông") for item in answer["items"]]
    old = [place["on"]["within"]["@id"] for answer in pages(client, 1, "sông") for place in answer["resources"]]
    assert [address.split("/")[-2] for address in old] == [address.split("/")[-2] for address in new]


@pytest.mark.parametrize("version", [1, 2])
def test_what_is_said_of_the_total_is_true(client: FlaskClient, version: int) -> None:
    answers = list(pages(client, version, "sông"))
    said = [answer.get("within" if version == 1 else "partOf", {}).get("total") for answer in answers]
    count = sum(len(answer["hits" if version == 1 else "items"]) for answer in answers)
    assert [total for total in said if total is not None] == [count] * (version == 1 or len(answers) > 1)


def test_what_is_far_apart_is_not_found(client: FlaskClient) -> None:
    (answer,) = pages(client, 2, "sông biển")
    assert (answer["items"], "partOf" in answer) == ([], False)


def test_where_nothing_is_found_the_answer_is_empty_and_whole(client: FlaskClient) -> None:
    answer = client.get("/iiif/search/2/collection/top?q=khongco")
    assert (answer.status_code, answer.get_json()["items"]) == (200, [])


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20"])
def test_where_nothing_is_asked_every_line_that_anybody_may_read_is_there(client: FlaskClient, query: str) -> None:
    found = client.get(f"/iiif/search/2/collection/top{query}").get_json()
    lines = [(item["target"]["partOf"]["id"].split("/")[-2], item["body"]["value"]) for item in found["items"]]
    assert sorted(lines) == sorted((name, line.strip()) for name, pages in BOOKS.items() for line in pages)


def test_an_unknown_collection_is_not_found(client: FlaskClient) -> None:
    for version in (1, 2):
        assert client.get(f"/iiif/search/{version}/collection/maps?q=x").status_code == 404
    assert client.get("/iiif/search/3/collection/top?q=x").status_code == 404


def test_a_start_that_is_none_is_refused_by_name(client: FlaskClient) -> None:
    answer = client.get("/iiif/search/2/collection/top?q=x&start=-1")
    assert (answer.status_code, "start=-1" in answer.text) == (400, True)


def test_any_client_may_read_it_as_json(client: FlaskClient) -> None:
    answer = client.get("/iiif/search/2/collection/top?q=s%C3%B4ng", headers={"Accept": "application/json"})
    assert answer.content_type == "application/json"
    assert "etag" in answer.headers
