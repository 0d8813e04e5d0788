"""Documents as the library answers them: collections walked to their end, manifests made anew when they are stale."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from manifests.addresses import PLACEHOLDER, Addresses
from manifests.catalog import Catalog
from manifests.collection import member_key
from manifests.documents import DocumentBuilder
from manifests.library import Library
from manifests.model import State
from manifests.presentation.collection_pages import PAGE_SIZE
from manifests.settings import Settings
from tests.catalog.make import NOON, save

HERE = Addresses()
TOP = {version: HERE.collection(version, "top") for version in (2, 3)}
COUNTS = [0, 1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE, 2 * PAGE_SIZE + 7]


def opened(folder: Path, **settings: Any) -> Library:
    return Library.create(folder, Settings(title="Thư viện", **settings))


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Library]]:
    """By the number of public works `w0000`, `w0001` ...; a draft and a withdrawn work stand between them."""
    made = {}
    for count in COUNTS:
        made[count] = opened(tmp_path_factory.mktemp("library"))
        fill(made[count].folder, count)
    yield made
    for library in made.values():
        library.close()


def fill(folder: Path, count: int) -> None:
    catalog = Catalog.open(folder / "catalog.sqlite")
    for number in range(count):
        save(catalog, f"w{number:04}", "a")
    save(catalog, "w0000-draft", "a", draft=True)
    save(catalog, "w0000-withdrawn", "a")
    catalog.set_state("w0000-withdrawn", State.WITHDRAWN, NOON)
    catalog.close()


def at(library: Library, version: int, address: str) -> Any:
    """What the address of a collection answers: the root's, or that of one of its pages."""
    path, _, after = address.partition("?after=")
    assert path == TOP[version]
    return json.loads(library.collection(version, "top", after if "?" in address else None).body)


def harvest_3(library: Library, address: str = TOP[3]) -> list[str]:
    """As a harvester of 3.0 does it: down the tree."""
    found: list[str] = []
    for item in at(library, 3, address)["items"]:
        found += harvest_3(library, item["id"]) if item["type"] == "Collection" else [item["id"]]
    return found


def pages_2(library: Library) -> list[Any]:
    """As a harvester of 2.1 does it: from the first page by `next`."""
    top = at(library, 2, TOP[2])
    found = [at(library, 2, top["first"])] if "first" in top else [top]
    while "next" in found[-1]:
        found.append(at(library, 2, found[-1]["next"]))
    return found


@pytest.mark.parametrize("count", COUNTS)
def test_a_harvester_finds_every_public_work_once_and_in_order(libraries: dict[int, Library], count: int) -> None:
    names = [f"w{number:04}" for number in range(count)]
    assert harvest_3(libraries[count]) == [HERE.manifest(3, name) for name in names]
    found = [one["@id"] for page in pages_2(libraries[count]) for one in page["manifests"]]
    assert found == [HERE.manifest(2, name) for name in names]


@pytest.mark.parametrize("count", COUNTS)
def test_no_answer_holds_more_than_a_page(libraries: dict[int, Library], count: int) -> None:
    top = at(libraries[count], 3, TOP[3])
    assert len(top["items"]) == (count if count <= PAGE_SIZE else -(-count // PAGE_SIZE))
    pages = pages_2(libraries[count])
    assert max(len(page["manifests"]) for page in pages) <= PAGE_SIZE
    assert len(pages) == max(1, -(-count // PAGE_SIZE))
    assert at(libraries[count], 2, TOP[2]).get("last", pages[-1]["@id"]) == pages[-1]["@id"]


def test_each_page_of_2_1_says_where_it_stands(libraries: dict[int, Library]) -> None:
    library = libraries[2 * PAGE_SIZE + 7]
    top, pages = at(library, 2, TOP[2]), pages_2(library)
    assert (top["total"], top["first"], top["last"]) == (2 * PAGE_SIZE + 7, pages[0]["@id"], pages[-1]["@id"])
    assert [page["startIndex"] for page in pages] == [0, PAGE_SIZE, 2 * PAGE_SIZE]
    assert [page["label"] for page in pages] == ["Thư viện (1–100)", "Thư viện (101–200)", "Thư viện (201–207)"]
    assert all(page["within"] == TOP[2] for page in pages)
    assert "prev" not in pages[0]
    assert [page["prev"] for page in pages[1:]] == [page["@id"] for page in pages[:-1]]


def test_a_page_that_begins_between_two_others_leads_back_too(libraries: dict[int, Library]) -> None:
    library = libraries[2 * PAGE_SIZE + 7]
    for after, previous in (("w0004", ""), ("w0099", ""), ("w0104", "w0004"), ("zzz", "w0106")):
        page = at(library, 2, HERE.collection(2, "top", member_key(after)))
        assert page["prev"] == HERE.collection(2, "top", member_key(previous))


def test_each_page_of_3_0_says_where_it_stands(libraries: dict[int, Library]) -> None:
    library = libraries[2 * PAGE_SIZE + 7]
    named = at(library, 3, TOP[3])["items"]
    pages = [at(library, 3, item["id"]) for item in named]
    assert [page["id"] for page in pages] == [item["id"] for item in named]
    assert [page["label"]["none"] for page in pages] == [item["label"]["none"] for item in named]
    assert [page["label"]["none"] for page in pages] == [[f"Thư viện ({s})"] for s in ("1–100", "101–200", "201–207")]
    assert all(page["partOf"][0]["id"] == TOP[3] for page in pages)


@pytest.mark.parametrize("count", COUNTS)
def test_each_collection_of_3_0_says_whose_it_is_and_has_a_picture(libraries: dict[int, Library], count: int) -> None:
    top = at(libraries[count], 3, TOP[3])
    parts = [at(libraries[count], 3, item["id"]) for item in top["items"] if item["type"] == "Collection"]
    for document in (top, *parts):
        assert document["provider"][0]["label"] == {"none": ["Thư viện"]}
        assert ("thumbnail" in document) == (count > 0)
    assert top["homepage"][0]["language"] == top["provider"][0]["homepage"][0]["language"] == ["vi", "en"]


def test_a_page_goes_on_where_it_was_when_works_are_added_in_front(tmp_path: Path) -> None:
    library = opened(tmp_path / "library")
    fill(library.folder, PAGE_SIZE + 2)
    address = at(library, 2, TOP[2])["last"]
    before = at(library, 2, address)["manifests"]
    catalog = Catalog.open(library.folder / "catalog.sqlite")
    save(catalog, "a", "a")
    catalog.close()
    assert at(library, 2, address)["manifests"] == before
    library.close()


def test_a_page_behind_the_last_work_is_empty(libraries: dict[int, Library]) -> None:
    beyond = at(libraries[1], 2, f"{TOP[2]}?after=zzz")
    assert (beyond["manifests"], "next" in beyond) == ([], False)


def stored(folder: Path, maker: str) -> None:
    """A work whose stored manifests are recognisable, and made by this maker."""
    catalog = Catalog.open(folder / "catalog.sqlite")
    save(catalog, "book", "ab", documents={version: (maker, "old digest", b'{"stored":true}') for version in (2, 3)})
    catalog.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = opened(tmp_path / "library")
    yield library
    library.close()


def test_each_version_names_the_searches_that_its_readers_know(library: Library) -> None:
    """A viewer that reads Presentation 2.1 knows Content Search 1 alone."""
    catalog = Catalog.open(library.folder / "catalog.sqlite")
    save(catalog, "book", "a", text="book.words")
    catalog.close()
    old, new = (json.loads(library.document(version, "book").body)["service"] for version in (2, 3))
    assert old["@id"] == HERE.search(1, "book")
    assert [service.get("@id") or service["id"] for service in new] == [HERE.search(1, "book"), HERE.search(2, "book")]


@pytest.mark.parametrize("version", [2, 3])
def test_a_manifest_of_another_maker_is_made_anew(library: Library, version: int) -> None:
    stored(library.folder, "an older program")
    found = library.document(version, "book")
    assert found.digest != "old digest"
    assert PLACEHOLDER in found.body.decode()
    assert len(json.loads(found.body)["items" if version == 3 else "sequences"]) == (2 if version == 3 else 1)


@pytest.mark.parametrize(
    ("other", "seen"),
    [
        ({"title": "Thư viện tỉnh"}, "Thư viện tỉnh"),
        ({"rights": "http://rightsstatements.org/vocab/NoC-NC/1.0/"}, "/NoC-NC/"),
        ({"max_width": 700}, '"height":700'),
    ],
)
def test_a_changed_setting_is_in_every_manifest_at_once(tmp_path: Path, other: dict[str, Any], seen: str) -> None:
    """Stored by a library of the old settings, asked of one of the new."""
    settings = Settings(title="Thư viện")
    before = Library.create(tmp_path, settings)
    stored(tmp_path, DocumentBuilder(settings).maker_hash)
    assert before.document(3, "book").body.startswith(b'{"stored":true')
    before.close()
    after = Library.open(tmp_path, replace(settings, **other))
    for version in (2, 3):
        assert seen in after.document(version, "book").body.decode()
    after.close()
