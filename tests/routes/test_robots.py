"""/robots.txt, read as a crawler reads it (RFC 9309 section 2.2)."""

import asyncio
import re
from collections.abc import Iterator

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.app import create
from server.front_door.asgi import AsgiFrontend
from server.get import ask
from tests.routes.fakes import straight_door


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library.create(tmp_path_factory.mktemp("robots") / "library", Settings(languages=("en",)))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def door(library: Library) -> AsgiFrontend:
    return straight_door(create(library), library.settings)


@pytest.fixture(scope="module")
def robots(door: AsgiFrontend) -> str:
    status, headers, body = asyncio.run(ask(door, "/robots.txt"))
    assert status == 200
    assert dict(headers)["content-type"].startswith("text/plain")
    return body.decode()


def may(robots: str, path: str) -> bool:
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", robots, re.MULTILINE)
    fitting = [(len(rule), word) for word, rule in rules if re.match(re.escape(rule).replace(r"\*", ".*"), path)]
    return not fitting or max(fitting)[1] == "Allow"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?after=Sach-co",
        "/collections/Han-Nom",
        "/collections/Han-Nom?after=Sach-co",
        "/works/Sach-co",
        "/works/Sach-co/pages/0001",
        "/iiif/presentation/3/Sach-co/manifest",
        "/iiif/presentation/3/collection/top?after=Sach-co",
        "/iiif/image/3/Sach-co~0001/info.json",
        "/iiif/image/3/Sach-co~0001/full/1200,1600/0/default.jpg",
        "/static/style.css",
    ],
)
def test_pages_and_documents_are_open(robots: str, path: str) -> None:
    assert may(robots, path)


@pytest.mark.parametrize(
    "path",
    [
        "/iiif/image/3/Sach-co~0001/full/max/0/default.jpg",
        "/iiif/image/2/Sach-co~0001/0,0,512,512/512,/0/default.jpg",
        "/search?q=thu",
        "/iiif/search/1/Sach-co?q=thu",
        "/iiif/autocomplete/1/Sach-co?q=thu",
        "/works/Sach-co?q=thu",
        "/?collection=Han-Nom",
        "/collections/Han-Nom?kind=book&language=vi",
        "/works/Sach-co/pages/0001?xywh=1,2,3,4&q=thu",
        "/works/Sach-co?viewer=uv",
        "/works/Sach-co?manifest=https%3A%2F%2Fx",
        "/iiif/image/3/Sach-co~0001/0,0,9,9/1200,1200/0/default.jpg",
        "/works/Sach-co/pages?page=0001",
        "/works/Sach-co/pages/0001?xywh=1,2,3,4",
        "/works/Sach-co/pages/0001?text=0",
    ],
)
def test_what_has_to_be_computed_is_closed(robots: str, path: str) -> None:
    assert not may(robots, path)


def test_it_names_a_sitemap_exactly_when_there_is_one(robots: str, library: Library) -> None:
    has_one = any(rule.rule == "/sitemap.xml" for rule in create(library).url_map.iter_rules())
    assert ("Sitemap:" in robots) == has_one


def test_it_holds_for_every_crawler_and_ends_in_a_line(robots: str) -> None:
    assert robots.startswith("User-agent: *\n")
    assert robots.endswith("\n")


def test_what_shows_a_shared_link_may_look_at_it_whatever_it_is(robots: str) -> None:
    groups = [group.splitlines() for group in robots.strip().split("\n\n")]
    [shared] = [group for group in groups if "User-agent: facebookexternalhit" in group]
    assert [line for line in shared if not line.startswith("User-agent:")] == ["Allow: /"]
    assert "User-agent: *" not in shared
