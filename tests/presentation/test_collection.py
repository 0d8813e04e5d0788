"""Collections: short ones in one answer, long ones in sheets, everything reached by following links."""

from collections.abc import Callable
from typing import Any

import pytest

from manifests.addresses import Addresses
from manifests.model import Work
from manifests.presentation import v2, v3
from manifests.presentation.collection_pages import FIRST, PAGE_SIZE, TOP, Collection, Members, PagePosition, Part
from tests.presentation.make import page, work

HERE = Addresses("https://example.org")
Answer = Callable[[str | None], dict[str, Any]]


def works(count: int) -> list[Work]:
    return [work(f"w{number:04}") for number in range(count)]


def library(v: Any, all_works: list[Work]) -> Answer:
    """Answers the addresses of the root collection as the library does, from a list instead of a catalogue."""
    shelf = Collection(TOP, {"none": ["Thư viện"]}, len(all_works))
    keys = [FIRST, *(all_works[start - 1].id for start in range(PAGE_SIZE, len(all_works), PAGE_SIZE))]

    def answer(after: str | None) -> dict[str, Any]:
        if after is not None:
            number = keys.index(after)
            neighbours = [keys[n] if 0 <= n < len(keys) else None for n in (number - 1, number + 1)]
            members = all_works[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
            found: dict[str, Any] = v.sheet(shelf, PagePosition(after, number * PAGE_SIZE, *neighbours), members, HERE)
        elif shelf.total > PAGE_SIZE:
            found = v.long_collection(shelf, keys, HERE)
        else:
            found = v.collection(shelf, all_works, HERE)
        return found

    return answer


def key_of(address: str) -> str | None:
    return address.partition("?after=")[2] if "?after=" in address else None


def harvest_3(answer: Answer, after: str | None = None) -> list[str]:
    """As a harvester of 3.0 does it: down the tree."""
    found: list[str] = []
    for item in answer(after)["items"]:
        found += harvest_3(answer, key_of(item["id"])) if item["type"] == "Collection" else [item["id"]]
    return found


def harvest_2(answer: Answer) -> list[str]:
    """As a harvester of 2.1 does it: from the first sheet by `next`."""
    root = answer(None)
    sheet = answer(key_of(root["first"])) if "first" in root else root
    found = [one["@id"] for one in sheet["manifests"]] if "manifests" in sheet else []
    while "next" in sheet:
        sheet = answer(key_of(sheet["next"]))
        found += [one["@id"] for one in sheet["manifests"]]
    return found


@pytest.mark.parametrize("count", [1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, 3 * PAGE_SIZE, 3 * PAGE_SIZE + 7])
def test_a_harvester_finds_every_work_once_and_in_order(count: int) -> None:
    held = works(count)
    assert harvest_3(library(v3, held)) == [HERE.manifest(3, one.id) for one in held]
    assert harvest_2(library(v2, held)) == [HERE.manifest(2, one.id) for one in held]


def test_an_answer_stays_small_however_many_works_there_are() -> None:
    answer = library(v3, works(50 * PAGE_SIZE))
    assert len(answer(None)["items"]) == 50
    assert len(answer(FIRST)["items"]) == PAGE_SIZE


def test_a_long_collection_of_2_1_names_its_sheets_and_no_members() -> None:
    root = library(v2, works(2 * PAGE_SIZE + 1))(None)
    assert root["total"] == 2 * PAGE_SIZE + 1
    assert root["first"] == "https://example.org/iiif/presentation/2/collection/top?after="
    assert root["last"] == "https://example.org/iiif/presentation/2/collection/top?after=w0199"
    assert not {"manifests", "collections", "members"} & set(root)


def test_a_sheet_says_which_part_of_what_it_is() -> None:
    held = works(2 * PAGE_SIZE + 1)
    new, old = library(v3, held)("w0099"), library(v2, held)("w0099")

    assert new["id"] == "https://example.org/iiif/presentation/3/collection/top?after=w0099"
    assert new["label"] == {"none": ["Thư viện (101–200)"]}
    assert old["label"] == "Thư viện (101–200)"
    assert [whole["id"] for whole in new["partOf"]] == [HERE.collection(3, TOP)]
    assert (old["within"], old["startIndex"]) == (HERE.collection(2, TOP), PAGE_SIZE)
    assert old["prev"].endswith("?after=")
    assert old["next"].endswith("?after=w0199")


def test_the_last_sheet_is_numbered_to_its_end() -> None:
    answer = library(v3, works(PAGE_SIZE + 7))
    assert answer(None)["items"][1]["label"] == {"none": ["Thư viện (101–107)"]}
    assert answer("w0099")["label"] == {"none": ["Thư viện (101–107)"]}


def test_a_sheet_behind_the_last_work_is_empty_and_not_numbered() -> None:
    shelf, nowhere = Collection(TOP, {"none": ["Thư viện"]}, 3), PagePosition("zzz", 3, None, None)
    assert v3.collection_page(shelf, nowhere, [], HERE)["items"] == []
    assert v2.collection_page(shelf, nowhere, [], HERE)["label"] == "Thư viện"


def test_a_work_in_a_list_has_its_thumbnail_where_it_has_one() -> None:
    shown, bare = work("shown", shown_by=page("0001", (1501, 1001))), work("bare")
    shelf = Collection(TOP, {"none": ["Thư viện"]}, 2)
    new, old = v3.collection(shelf, [shown, bare], HERE), v2.collection(shelf, [shown, bare], HERE)

    assert new["items"][0]["thumbnail"][0]["width"] == old["manifests"][0]["thumbnail"]["width"] == 376
    assert "thumbnail" not in new["items"][1]
    assert "thumbnail" not in old["manifests"][1]


def test_a_collection_may_hold_collections_and_lies_in_the_root() -> None:
    shelf = Collection("Ban-do", {"vi": ["Bản đồ"], "en": ["Maps"]}, 2)
    members: Members = [Part("Ha-Noi", {"vi": ["Hà Nội"]}), work("Map-1")]
    new, old = v3.collection(shelf, members, HERE), v2.collection(shelf, members, HERE)

    assert [(item["type"], item["id"]) for item in new["items"]] == [
        ("Collection", HERE.collection(3, "Ha-Noi")),
        ("Manifest", HERE.manifest(3, "Map-1")),
    ]
    assert [part["@id"] for part in old["collections"]] == [HERE.collection(2, "Ha-Noi")]
    assert [one["@id"] for one in old["manifests"]] == [HERE.manifest(2, "Map-1")]
    assert new["partOf"] == [{"id": HERE.collection(3, TOP), "type": "Collection"}]
    assert old["within"] == HERE.collection(2, TOP)


def test_the_root_lies_in_nothing_and_leads_home() -> None:
    shelf = Collection(TOP, {"none": ["Thư viện"]}, 0)
    new, old = v3.collection(shelf, [], HERE), v2.collection(shelf, [], HERE)

    assert (new["items"], old["manifests"]) == ([], [])
    assert new["homepage"][0]["id"] == old["related"]["@id"] == "https://example.org/"
    assert "partOf" not in new
    assert "within" not in old
