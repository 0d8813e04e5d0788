"""Content Search 1.0 and 2.0: what the specifications ask for, and what viewers need beyond it."""

from typing import Any

import pytest

from manifests.addresses import Addresses
from manifests.errors import Malformed, Unsupported
from manifests.model import Box, Hit, Tier
from manifests.search.answers import answer, start_of
from manifests.search.services import service

BASE = "https://example.org"
URL = f"{BASE}/iiif/search/{{}}/sach"
CANVAS = f"{BASE}/iiif/presentation/3/sach/canvas"
HITS = [
    Hit("sach", "1", Tier.EXACT, (Box(1, 2, 3, 4),), "một ", "thư viện", " hai"),
    Hit("sach", "1", Tier.EXACT, (Box(5, 6, 7, 8), Box(9, 10, 11, 12)), "", "thư viện", ""),
    Hit("sach", "2", Tier.MARKS, (), "", "thu vien", "."),
]


def ask(version: int, start: int = 0, size: int = 100, hits: list[Hit] = HITS, **parameters: str) -> dict[str, Any]:
    return answer(
        version,
        url=URL.format(version),
        hits=hits,
        sizes=lambda work, page: (2000, 3000),
        addresses=Addresses(BASE),
        parameters={"q": "thư viện"} | parameters,
        start=start,
        page_size=size,
    )


PLACES = [
    [f"{CANVAS}/1#xywh=1,2,3,4"],
    [f"{CANVAS}/1#xywh=5,6,7,8", f"{CANVAS}/1#xywh=9,10,11,12"],
    [f"{CANVAS}/2#xywh=0,0,2000,3000"],
]


def test_version_1_gives_each_hit_its_annotations_on_the_same_page() -> None:
    found = ask(1)
    assert found["@context"] == [
        "http://iiif.io/api/presentation/2/context.json",
        "http://iiif.io/api/search/1/context.json",
    ]
    assert found["@type"] == "sc:AnnotationList"
    on = {annotation["@id"]: annotation["on"] for annotation in found["resources"]}
    assert len(on) == len(found["resources"]) == 4
    assert [[on[name] for name in hit["annotations"]] for hit in found["hits"]] == PLACES
    assert [(hit["before"], hit["match"], hit["after"]) for hit in found["hits"]] == [
        (hit.before, hit.match, hit.after) for hit in HITS
    ]


def test_version_2_gives_a_phrase_over_two_lines_two_annotations_and_one_match() -> None:
    found = ask(2)
    assert (found["@context"], found["type"]) == ("http://iiif.io/api/search/2/context.json", "AnnotationPage")
    on = {item["id"]: item["target"] for item in found["items"]}
    (matches,) = found["annotations"]
    for match, hit, places in zip(matches["items"], HITS, PLACES, strict=True):
        assert match["motivation"] == "contextualizing"
        targets = match["target"] if isinstance(match["target"], list) else [match["target"]]
        assert [on.pop(target["source"]) for target in targets] == places
        quoted = {"type": "TextQuoteSelector", "prefix": hit.before, "exact": hit.match, "suffix": hit.after}
        assert all(target["selector"] == [quoted] for target in targets)
    assert not on


def test_both_versions_have_the_same_hits_and_the_same_annotations() -> None:
    one, two = ask(1), ask(2)
    assert [annotation["on"] for annotation in one["resources"]] == [item["target"] for item in two["items"]]
    assert len(one["hits"]) == len(two["annotations"][0]["items"]) == len(HITS)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_pages_of_version_1_lead_through_all_hits_and_back(size: int) -> None:
    found, seen = ask(1, size=size), 0
    assert found["within"]["total"] == 3
    assert found["within"]["first"] == found["@id"]
    while True:
        assert found["startIndex"] == seen
        seen += len(found["hits"])
        if "next" not in found:
            break
        before = found
        found = ask(1, start_in(found["next"]), size)
        assert before["next"] == found["@id"]
        assert found["prev"] == before["@id"]
    assert seen == 3
    assert found["@id"] == found["within"]["last"]


@pytest.mark.parametrize("size", [1, 2])
def test_pages_of_version_2_lead_through_all_annotations_and_back(size: int) -> None:
    found, seen = ask(2, size=size), 0
    assert found["partOf"]["total"] == 3
    assert found["partOf"]["first"] == {"id": found["id"], "type": "AnnotationPage"}
    while True:
        assert found["startIndex"] == seen
        seen += len(found["annotations"][0]["items"])
        if "next" not in found:
            break
        before = found
        found = ask(2, start_in(found["next"]["id"]), size)
        assert before["next"] == {"id": found["id"], "type": "AnnotationPage"}
        assert found["prev"]["id"] == before["id"]
    assert seen == 3
    assert found["id"] == found["partOf"]["last"]["id"]


def start_in(address: str) -> int:
    _, _, start = address.partition("&start=")
    return int(start)


@pytest.mark.parametrize("version", [1, 2])
def test_ids_differ_between_pages_of_one_answer(version: int) -> None:
    key, name = ("resources", "@id") if version == 1 else ("items", "id")
    names = [item[name] for start in range(3) for item in ask(version, start, 1)[key]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("version", [1, 2])
def test_nothing_found_is_a_whole_answer(version: int) -> None:
    found = ask(version, hits=[])
    assert found["items" if version == 2 else "resources"] == []
    assert ask(1, hits=[])["within"]["total"] == 0
    assert "next" not in found
    assert "prev" not in found


def test_in_version_2_what_is_all_on_one_page_is_part_of_nothing() -> None:
    assert not {"partOf", "next", "prev", "startIndex"} & set(ask(2))
    assert {"partOf", "next", "startIndex"} <= set(ask(2, size=2))
    assert {"partOf", "prev", "startIndex"} <= set(ask(2, start=2, size=2))


def test_parameters_that_are_not_done_are_named() -> None:
    asked = {"user": "http://example.org/u", "date": "", "colour": "red", "motivation": "painting supplementing"}
    assert ask(1, **asked)["within"]["ignored"] == ["user", "colour"]
    assert ask(2, **asked)["ignored"] == ["user", "colour"]
    assert "ignored" not in ask(2)
    assert "ignored" not in ask(1)["within"]


@pytest.mark.parametrize(
    ("version", "motivation", "hits"),
    [
        (1, "painting", 3),
        (1, "commenting", 0),
        (1, "linking painting", 3),
        (2, "supplementing", 3),
        (2, "tagging", 0),
        (2, " ", 3),
    ],
)
def test_a_motivation_restricts_an_answer_to_annotations_that_have_it(version: int, motivation: str, hits: int) -> None:
    found = ask(version, motivation=motivation, size=2)
    assert len(found["hits"] if version == 1 else found["annotations"][0]["items"]) == min(hits, 2)
    if hits > 2:
        following = found["next"] if version == 1 else found["next"]["id"]
        assert f"motivation={motivation.replace(' ', '%20')}" in following


def test_addresses_of_pages_are_escaped() -> None:
    assert ask(2)["id"] == f"{BASE}/iiif/search/2/sach?q=th%C6%B0%20vi%E1%BB%87n"


@pytest.mark.parametrize("start", ["-1", "x", "", "1" * 20, "٣"])
def test_a_start_that_is_no_number_is_malformed(start: str) -> None:
    with pytest.raises(Malformed):
        start_of({"start": start})


def test_the_first_page_starts_at_nought() -> None:
    assert (start_of({}), start_of({"start": "20"})) == (0, 20)


def test_there_is_no_third_version() -> None:
    with pytest.raises(Unsupported):
        ask(3)


@pytest.mark.parametrize("version", [1, 2])
def test_a_service_has_a_profile_and_an_id_to_which_a_query_can_be_added(version: int) -> None:
    block = service(version, "sach", Addresses(BASE))
    assert block["profile"] == f"http://iiif.io/api/search/{version}/search"
    assert block.get("id", block.get("@id")) == URL.format(version)


def test_a_service_of_version_1_carries_its_context_and_one_of_version_2_its_type() -> None:
    assert service(1, "sach", Addresses())["@context"] == "http://iiif.io/api/search/1/context.json"
    assert service(2, "sach", Addresses())["type"] == "SearchService2"


@pytest.mark.parametrize("version", [1, 2])
def test_a_service_holds_the_one_that_completes_words(version: int) -> None:
    inner = service(version, "sach", Addresses(BASE))["service"]
    (block,) = inner if version == 2 else [inner]
    assert block.get("id", block.get("@id")) == f"{BASE}/iiif/autocomplete/{version}/sach"
    assert block["profile"] == f"http://iiif.io/api/search/{version}/autocomplete"
    assert block.get("type", block.get("@type")) == f"AutoCompleteService{version}"


@pytest.mark.parametrize("version", [1, 2])
def test_before_a_page_that_begins_within_the_first_stands_the_first(version: int) -> None:
    answered = ask(version, start=1)
    previous = answered["prev"] if version == 1 else answered["prev"]["id"]
    assert "start" not in previous
