"""RIS and BibTeX of a work over HTTP: their addresses, their types, and what is not cited any more."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from manifests.library import Library
from server.app import create
from server.front_door.asgi import AsgiFrontend
from server.get import ask
from tests.routes.fakes import straight_door
from tests.routes.filled import WORK, filled


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = filled(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def door(library: Library) -> AsgiFrontend:
    return straight_door(create(library), library.settings)


def answer(door: AsgiFrontend, path: str, *headers: tuple[str, str]) -> tuple[int, Mapping[str, str], str]:
    status, told, body = asyncio.run(ask(door, path, headers=headers))
    return status, dict(told), body.decode()


@pytest.mark.parametrize(
    ("extension", "media_type", "begins"),
    [("ris", "application/x-research-info-systems", "TY  - "), ("bib", "application/x-bibtex", "@misc{book,")],
)
def test_a_work_is_given_to_programs_for_references(
    door: AsgiFrontend, extension: str, media_type: str, begins: str
) -> None:
    path = f"/works/{WORK}/citation.{extension}"
    status, headers, body = answer(door, path)
    assert (status, headers["content-type"]) == (200, f"{media_type}; charset=utf-8")
    assert f'filename="book.{extension}"' in headers["content-disposition"]
    assert body.startswith(begins)
    assert "/works/book" in body
    again, _, nothing = answer(door, path, ("If-None-Match", headers["etag"]))
    assert (again, nothing) == (304, "")


def test_the_address_in_it_is_that_of_the_public_base(door: AsgiFrontend) -> None:
    _, _, body = answer(door, f"/works/{WORK}/citation.ris", ("Host", "library.example"))
    assert "UR  - http://library.example/works/book\r\n" in body


@pytest.mark.parametrize(
    ("path", "status"),
    [("/works/none/citation.ris", 404), ("/works/book/citation.xml", 404), ("/works/book/citation.", 404)],
)
def test_what_is_not_there_is_not_cited(door: AsgiFrontend, path: str, status: int) -> None:
    assert answer(door, path)[0] == status


def test_a_withdrawn_work_is_not_cited_any_more(library: Library, door: AsgiFrontend) -> None:
    library.withdraw(WORK)
    assert answer(door, f"/works/{WORK}/citation.bib")[0] == 410
