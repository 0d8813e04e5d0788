"""Content Search 1.0 and 2.0 across works: what the specifications ask for, and what a client has to know of a work."""

from dataclasses import replace
from typing import Any

import pytest

from manifests.addresses import Addresses
from manifests.errors import Malformed, Unsupported
from manifests.model import Box, Hit, Tier
from manifests.search.across import HitsPage
from manifests.search.collection_answers import answer, start_of
from manifests.search.collection_answers import ask as ask_across
from manifests.search.cursor import START, Cursor
from manifests.search.services import collection_service
from tests.search.made_index import MadeIndex, public
from tests.text.text_samples import work

HERE = Addresses("https://example.org")
URL = "https://example.org/iiif/search/{}/collection/top"
KIEU = replace(public("Kieu"), label={"vi": ["Truyện Kiều"], "fr": ["Kiều"]})
MAP = replace(public("map"), label={"none": ["Bản đồ"]})
FOUND = [
    (KIEU, Hit("Kieu", "1", Tier.EXACT, (Box(1, 2, 3, 4),), "một ", "thư viện", " hai")),
    (KIEU, Hit("Kieu", "2", Tier.EXACT, (Box(5, 6, 7, 8), Box(9, 10, 11, 12)), "", "thư viện", "")),
    (MAP, Hit("map", "map", Tier.MARKS, (), "", "thu vien", ".")),
]


def ask(version: int, page: HitsPage | None = None, **parameters: str) -> dict[str, Any]:
    asked = {"q": "thư viện"} | parameters
    whole = page or HitsPage(FOUND, None, 0)
    return answer(
        version,
        url=URL.format(version),
        found=whole,
        sizes=lambda work, page: (200, 300),
        addresses=HERE,
        parameters=asked,
    )


PLACES = [
    ["https://example.org/iiif/presentation/3/Kieu/canvas/1#xywh=1,2,3,4"],
    [
        "https://example.org/iiif/presentation/3/Kieu/canvas/2#xywh=5,6,7,8",
        "https://example.org/iiif/presentation/3/Kieu/canvas/2#xywh=9,10,11,12",
    ],
    ["https://example.org/iiif/presentation/3/map/canvas/map#xywh=0,0,200,300"],
]


def test_version_2_says_of_each_target_which_manifest_it_is_a_part_of() -> None:
    found = ask(2)
    assert (found["@context"], found["type"]) == ("http://iiif.io/api/search/2/context.json", "AnnotationPage")
    assert [item["target"]["id"] for item in found["items"]] == [target for of_hit in PLACES for target in of_hit]
    wholes = [item["target"]["partOf"] for item in found["items"]]
    kieu = {
        "id": HERE.manifest(3, "Kieu"),
        "type": "Manifest",
        "label": {"vi": ["Truyện Kiều"], "fr": ["Kiều"]},
    }
    plan = {"id": HERE.manifest(3, "map"), "type": "Manifest", "label": {"none": ["Bản đồ"]}}
    assert wholes == [kieu, kieu, kieu, plan]


def test_version_2_has_one_match_for_a_phrase_over_two_lines() -> None:
    found = ask(2)
    on = {item["id"]: item["target"]["id"] for item in found["items"]}
    (matches,) = found["annotations"]
    for match, places, (_, hit) in zip(matches["items"], PLACES, FOUND, strict=True):
        targets = match["target"] if isinstance(match["target"], list) else [match["target"]]
        assert [on[target["source"]] for target in targets] == places
        quoted = {"type": "TextQuoteSelector", "prefix": hit.before, "exact": hit.match, "suffix": hit.after}
        assert all(target["selector"] == [quoted] for target in targets)


def test_version_1_says_the_same_with_an_annotation_for_each_line_of_print() -> None:
    found = ask(1)
    assert found["@context"] == [
        "http://iiif.io/api/presentation/2/context.json",
        "http://iiif.io/api/search/1/context.json",
    ]
    assert found["@type"] == "sc:AnnotationList"
    on = {annotation["@id"]: annotation["on"] for annotation in found["resources"]}
    assert len(on) == len(found["resources"]) == 4
    assert [[on[name]["@id"] for name in hit["annotations"]] for hit in found["hits"]] == PLACES
    labels = [{"@value": "Truyện Kiều", "@language": "vi"}, {"@value": "Kiều", "@language": "fr"}]
    assert [place["within"] for place in on.values()] == [
        *[{"@id": HERE.manifest(2, "Kieu"), "@type": "sc:Manifest", "label": labels}] * 3,
        {"@id": HERE.manifest(2, "map"), "@type": "sc:Manifest", "label": "Bản đồ"},
    ]
    assert [(hit["before"], hit["match"], hit["after"]) for hit in found["hits"]] == [
        (hit.before, hit.match, hit.after) for _, hit in FOUND
    ]


def test_the_total_is_said_where_it_is_known_and_nowhere_else() -> None:
    first, last = HitsPage(FOUND[:2], Cursor(2, 2), 0), HitsPage(FOUND[2:], None, 2, START)
    for version, whole in ((1, "within"), (2, "partOf")):
        assert "total" not in ask(version, first)[whole]
        assert ask(version, last, start="2.2")[whole]["total"] == 3
        assert [ask(version, page)["startIndex"] for page in (first, last)] == [0, 2]


def test_each_page_leads_to_the_next_and_to_the_first() -> None:
    page = HitsPage(FOUND[:2], Cursor(2, 2), 0)
    here = f"{URL}?q=th%C6%B0%20vi%E1%BB%87n"
    following = f"{here}&start=2.2"
    old, new = ask(1, page), ask(2, page)
    assert (old["@id"], old["within"]["first"], old["next"]) == (here.format(1), here.format(1), following.format(1))
    assert (new["id"], new["partOf"]["first"]["id"]) == (here.format(2), here.format(2))
    assert new["next"] == {"id": following.format(2), "type": "AnnotationPage"}
    assert ask(2, HitsPage(FOUND[2:], None, 2), start="2.2")["id"] == following.format(2)
    assert "next" not in ask(1)
    assert "next" not in ask(2)


def test_each_page_leads_back_to_the_one_before() -> None:
    last = HitsPage(FOUND[2:], None, 2, Cursor(0, 1, 1))
    before = f"{URL}?q=th%C6%B0%20vi%E1%BB%87n&start=0.1.1"
    assert ask(1, last, start="10.2")["prev"] == before.format(1)
    assert ask(2, last, start="10.2")["prev"] == {"id": before.format(2), "type": "AnnotationPage"}
    second = HitsPage(FOUND[2:], None, 2, START)
    assert ask(1, second, start="10.2")["prev"] == ask(1)["@id"]
    assert "prev" not in ask(1)


def test_what_is_all_on_one_page_is_part_of_nothing() -> None:
    assert not {"partOf", "next", "prev", "startIndex"} & set(ask(2))


@pytest.mark.parametrize(("version", "motivation", "hits"), [(1, "painting", 1), (2, "supplementing", 1), (2, "x", 0)])
def test_a_motivation_restricts_an_answer_to_annotations_that_have_it(version: int, motivation: str, hits: int) -> None:
    across = MadeIndex({"a": work(["thư viện"])}).across()
    asked = {"q": "thư viện", "motivation": motivation}
    assert len(ask_across(version, across, asked).hits) == hits
    assert f"&motivation={motivation}" in str(ask(version, motivation=motivation))


@pytest.mark.parametrize(("version", "key", "name"), [(1, "resources", "@id"), (2, "items", "id")])
def test_ids_differ_between_pages_of_one_answer(version: int, key: str, name: str) -> None:
    pages = [ask(version, HitsPage(FOUND, Cursor(9, 3), 0)), ask(version, HitsPage(FOUND, None, 3), start="9.3")]
    names = [item[name] for page in pages for item in page[key]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("version", [1, 2])
def test_nothing_found_is_a_whole_answer(version: int) -> None:
    found = ask(version, HitsPage([], None, 0))
    assert found["items" if version == 2 else "resources"] == []
    assert version == 2 or found["within"]["total"] == 0


def test_whatever_else_is_asked_is_named_as_ignored() -> None:
    asked = {"motivation": "painting", "date": "", "sort": "year", "start": "0"}
    assert ask(2, **asked)["ignored"] == ask(1, **asked)["within"]["ignored"] == ["sort"]
    assert "ignored" not in ask(2)
    assert "ignored" not in ask(1)["within"]


def test_a_page_begins_where_the_address_says() -> None:
    assert start_of({"q": "x"}) == START
    assert start_of({"start": "12.30.100"}) == Cursor(12, 30, 100)
    with pytest.raises(Malformed):
        start_of({"start": ""})


def test_there_is_no_third_version() -> None:
    with pytest.raises(Unsupported):
        ask(3)


@pytest.mark.parametrize("version", [1, 2])
def test_the_service_has_a_profile_and_an_address_to_which_a_query_can_be_added(version: int) -> None:
    block = collection_service(version, "top", HERE)
    assert block["profile"] == f"http://iiif.io/api/search/{version}/search"
    assert block.get("id", block.get("@id")) == URL.format(version)
