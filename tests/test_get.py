"""One URL answered in process: the same front door, Flask behind a2wsgi and all."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.app import create_asgi_app
from server.get import answer, scope_of


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.create(tmp_path / "library", Settings(languages=("en",)))
    yield opened
    opened.close()


def test_a_url_is_answered_with_status_headers_and_body(library: Library) -> None:
    status, headers, body = answer(library, "/iiif/presentation/3/collection/top")
    assert status == 200
    assert ("access-control-allow-origin", "*") in headers
    assert b'"http://localhost/iiif/presentation/3/collection/top"' in body


def test_headers_are_passed_on_and_a_host_among_them_counts(library: Library) -> None:
    given = [("Host", "library.example.org"), ("Accept", "application/ld+json")]
    _, headers, body = answer(library, "/iiif/presentation/3/collection/top", given)
    assert dict(headers)["content-type"].startswith("application/ld+json")
    assert b'"http://library.example.org/iiif/' in body


def test_a_path_may_be_typed_with_the_letters_of_its_language(library: Library) -> None:
    status, _, body = answer(library, "/iiif/presentation/3/Sách cổ/manifest")
    assert status == 404
    assert "Sách cổ".encode() in body


def test_what_is_wrong_is_an_answer_too(library: Library) -> None:
    assert answer(library, "/%00")[0] == 400
    assert answer(library, "nothing")[0] == 400
    assert answer(library, "/nothing")[0] == 404


def test_every_answer_leaves_flask_in_one_piece(library: Library) -> None:
    pieces: list[Any] = []

    async def send(message: Any) -> None:
        pieces.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    asyncio.run(create_asgi_app(library)(scope_of("/static/style.css"), receive, send))
    assert pieces[0]["status"] == 200
    assert len(pieces[1]["body"]) == int(dict(pieces[0]["headers"])[b"content-length"]) > 8192
    assert [piece.get("body") for piece in pieces[2:]] == [b""]
