"""The text of a page as annotations: what programs that know the specifications find in them."""

from dataclasses import replace
from typing import Any

import iiif_prezi3  # type: ignore[import-untyped]
import pytest

from manifests.addresses import Addresses
from manifests.model import Block
from manifests.presentation import v2, v3
from manifests.presentation.text_annotations import CONTEXTS_3, Granularity, annotation_page
from manifests.text.store import WorkText
from tests.presentation.make import page, work
from tests.text.text_samples import page as printed
from tests.text.text_samples import work as words

HERE = Addresses("https://example.org")
CANVAS = "https://example.org/iiif/presentation/3/Sach-co/canvas/p1"
TEXT = words(["Thư viện", "南 國"])


def made(version: int, granularity: Granularity, text: WorkText = TEXT) -> dict[str, Any]:
    return annotation_page(version, granularity, work(), page("p1"), text, HERE)


def test_a_line_is_one_annotation_on_its_place_on_the_canvas() -> None:
    document = made(3, Granularity.LINE)
    first, second = document["items"]
    assert first["target"] == f"{CANVAS}#xywh=100,100,160,40"
    assert [item["body"]["value"] for item in (first, second)] == ["Thư viện", "南國"]
    assert {item["motivation"] for item in (first, second)} == {"supplementing"}
    assert {item["textGranularity"] for item in (first, second)} == {"line"}


def test_a_word_is_one_annotation_in_its_own_box() -> None:
    items = made(3, Granularity.WORD)["items"]
    assert [(item["body"]["value"], item["target"].partition("#xywh=")[2]) for item in items] == [
        ("Thư", "100,100,60,40"),
        ("viện", "180,100,80,40"),
        ("南", "100,160,20,40"),
        ("國", "140,160,20,40"),
    ]
    assert {item["textGranularity"] for item in items} == {"word"}


@pytest.mark.parametrize("granularity", Granularity)
def test_iiif_prezi3_reads_it_and_the_context_of_the_presentation_comes_last(granularity: Granularity) -> None:
    document = made(3, granularity)
    assert document["@context"] == CONTEXTS_3
    assert CONTEXTS_3[-1] == v3.CONTEXT
    read = iiif_prezi3.AnnotationPage(**document)
    assert read.id == HERE.annotations("Sach-co", "p1", granularity)
    assert len(read.items) == len(document["items"])


@pytest.mark.parametrize("granularity", Granularity)
def test_an_annotation_has_an_id_of_its_own_that_its_page_answers(granularity: Granularity) -> None:
    for version, name, listed in ((3, "id", "items"), (2, "@id", "resources")):
        document = made(version, granularity)
        ids = [annotation[name] for annotation in document[listed]]
        assert len(set(ids)) == len(ids)
        assert {one.partition("#")[0] for one in ids} == {document[name]}


def test_both_versions_say_the_same_of_the_same_places() -> None:
    for granularity in Granularity:
        new, old = made(3, granularity), made(2, granularity)
        assert old["@id"] == new["id"].replace("/presentation/3/", "/presentation/2/")
        assert [(one["body"]["value"], one["target"]) for one in new["items"]] == [
            (one["resource"]["chars"], one["on"]) for one in old["resources"]
        ]


def test_language_and_direction_are_said_where_the_text_says_them() -> None:
    told = [Block(0, "vi", "ltr"), Block(1, "zh-Hant", "ttb"), Block(2)]
    text = WorkText.build([("p1", replace(printed("thư viện", "南", "x"), blocks=told))])
    in_3 = [item["body"] for item in made(3, Granularity.LINE, text)["items"]]
    in_2 = [item["resource"] for item in made(2, Granularity.LINE, text)["resources"]]
    assert [body.get("language") for body in in_3] == [body.get("language") for body in in_2] == ["vi", "zh-Hant", None]
    assert [body.get("textDirection") for body in in_3] == ["ltr", None, None]
    words = made(3, Granularity.WORD, text)["items"]
    assert [item["body"].get("language") for item in words] == ["vi", "vi", "zh-Hant", None]


def test_what_has_no_place_lies_on_the_whole_canvas() -> None:
    unplaced = WorkText.build([("p1", printed("một hai", boxes=False))])
    assert [item["target"] for item in made(3, Granularity.LINE, unplaced)["items"]] == [CANVAS]


def test_a_canvas_names_its_text_where_it_has_one() -> None:
    leaves = [replace(page("p1"), text="alto"), page("p2")]
    new = v3.manifest(work(), leaves, HERE)["items"]
    old = v2.manifest(work(), leaves, HERE)["sequences"][0]["canvases"]
    assert [one["id"] for one in new[0]["annotations"]] == [
        HERE.annotations("Sach-co", "p1", level) for level in ("line", "word")
    ]
    assert all("items" not in one for one in new[0]["annotations"])  # with any, nobody would fetch the address
    assert [(one["@id"], one["@type"]) for one in old[0]["otherContent"]] == [
        (HERE.annotations("Sach-co", "p1", "line", 2), "sc:AnnotationList")
    ]
    assert not {"annotations", "otherContent", "seeAlso", "rendering"} & (new[1].keys() | old[1].keys())
