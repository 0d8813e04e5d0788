"""A record in both versions of the Presentation API, by the recipes of the IIIF Cookbook that apply."""

from typing import Any

import pytest

from manifests.addresses import Addresses
from manifests.metadata.record import Entry, Link, Provider, Record
from manifests.presentation import v2, v3
from manifests.presentation.described import lines
from manifests.presentation.institution import Institution, institution_of
from manifests.presentation.leaves import leaf_of
from manifests.settings import Settings
from tests.metadata.record_samples import FULL
from tests.presentation.make import page, pages, work

HERE = Addresses("https://example.org")
LIBRARY = Institution("Thư viện số", languages=("vi",))
CC = "http://creativecommons.org/licenses/by/4.0/"


def of_3(record: Record, **more: Any) -> dict[str, Any]:
    return v3.manifest(work(label=record.label or None), pages(2), HERE, more.get("institution", LIBRARY), record)


def of_2(record: Record, **more: Any) -> dict[str, Any]:
    return v2.manifest(work(label=record.label or None), pages(2), HERE, more.get("institution", LIBRARY), record)


def test_recipe_0006_texts_in_several_languages() -> None:
    label = {"vi": ("Truyện Kiều",), "vi-Hani": ("傳翹",), "none": ("VNb.60",)}
    record = Record(label=label, summary={"vi": ("Thơ",), "en": ("Verse",)})
    assert of_3(record)["label"] == {"vi": ["Truyện Kiều"], "vi-Hani": ["傳翹"], "none": ["VNb.60"]}
    assert of_3(record)["summary"] == {"vi": ["Thơ"], "en": ["Verse"]}
    assert of_2(record)["label"] == [
        {"@value": "Truyện Kiều", "@language": "vi"},
        {"@value": "傳翹", "@language": "vi-Hani"},
        "VNb.60",
    ]
    assert of_2(record)["description"][1] == {"@value": "Verse", "@language": "en"}


def test_recipe_0007_html_only_where_it_may_stand() -> None:
    attack = "<script>alert(1)</script>"
    record = Record(
        label={"none": (attack,)},
        summary={"none": (attack,)},
        statement={"none": ("<p>Xin <b>phép</b></p>",)},
        entries=(Entry("note", {"none": (attack, "a < b")}),),
    )
    inert = "<span>&lt;script&gt;alert(1)&lt;/script&gt;</span>"
    assert of_3(record)["label"] == {"none": [attack]}
    assert of_3(record)["summary"] == {"none": [inert]}
    assert of_3(record)["metadata"][0]["value"] == {"none": [inert, "a < b"]}
    assert of_3(record)["requiredStatement"]["value"] == {"none": ["<p>Xin <b>phép</b></p>"]}
    assert (of_2(record)["description"], of_2(record)["attribution"]) == (inert, "<p>Xin <b>phép</b></p>")


def test_recipe_0008_rights_and_a_statement() -> None:
    record = Record(rights=CC, statement={"vi": ("Ảnh của Thư viện",)})
    document = of_3(record)
    assert document["rights"] == CC
    assert document["requiredStatement"]["label"]["vi"] == ["Bản quyền"]
    assert (of_2(record)["license"], of_2(record)["attribution"]["@value"]) == (CC, "Ảnh của Thư viện")


def test_the_rights_of_a_record_stand_before_those_of_the_library() -> None:
    ours = Institution(rights="http://rightsstatements.org/vocab/InC/1.0/")
    assert (
        of_3(Record(rights=CC), institution=ours)["rights"]
        == of_2(Record(rights=CC), institution=ours)["license"]
        == CC
    )
    assert of_3(Record(), institution=ours)["rights"] == ours.rights


def test_recipe_0009_a_book_with_the_names_of_its_pages() -> None:
    leaves = [page("1", label={"vi": ["Bìa"]}), page("2", label={"none": ["1a"]})]
    document = v3.manifest(work(), leaves, HERE, LIBRARY, Record(behavior="paged"))
    assert document["behavior"] == ["paged"]
    assert [canvas["label"] for canvas in document["items"]] == [{"vi": ["Bìa"]}, {"none": ["1a"]}]


def test_recipe_0117_a_described_work_has_its_thumbnail() -> None:
    (thumbnail,) = of_3(FULL)["thumbnail"]
    assert (thumbnail["type"], thumbnail["format"]) == ("Image", "image/jpeg")
    assert thumbnail["width"] > 0 < thumbnail["height"]


@pytest.mark.parametrize("direction", ["right-to-left", "top-to-bottom"])
def test_recipe_0010_viewing_direction(direction: str) -> None:
    record = Record(direction=direction)
    assert of_3(record)["viewingDirection"] == of_2(record)["viewingDirection"] == direction


@pytest.mark.parametrize("behavior", ["paged", "continuous", "individuals"])
def test_recipe_0011_behavior(behavior: str) -> None:
    assert of_3(Record(behavior=behavior))["behavior"] == [behavior]
    assert of_2(Record(behavior=behavior))["viewingHint"] == behavior


def test_unordered_came_with_version_3() -> None:
    assert of_3(Record(behavior="unordered"))["behavior"] == ["unordered"]
    assert "viewingHint" not in of_2(Record(behavior="unordered"))


@pytest.mark.parametrize("behavior", ["facing-pages", "non-paged"])
def test_recipe_0035_a_canvas_that_is_an_opening_or_a_foldout(behavior: str) -> None:
    leaves = [page("1", label={"none": ["1b-2a"]}, behavior=behavior), page("2")]
    first, second = v3.manifest(work(), leaves, HERE)["items"]
    assert (first["behavior"], "behavior" in second) == ([behavior], False)
    assert v3.canvas(work(), leaf_of(leaves[0]), HERE)["behavior"] == [behavior]
    assert v2.manifest(work(), leaves, HERE)["sequences"][0]["canvases"][0]["viewingHint"] == behavior


def test_recipe_0029_pairs_of_metadata_with_labels_in_two_languages() -> None:
    record = Record(entries=(Entry("creator", {"none": ("Nguyễn Du",)}), Entry("Thợ khắc", {"vi": ("Một người",)})))
    assert of_3(record)["metadata"] == [
        {"label": {"vi": ["Tác giả"], "en": ["Author"]}, "value": {"none": ["Nguyễn Du"]}},
        {"label": {"none": ["Thợ khắc"]}, "value": {"vi": ["Một người"]}},
    ]
    first, second, library = of_2(record)["metadata"]
    assert [one["@value"] for one in first["label"]] == ["Tác giả", "Author"]
    assert (first["value"], second["label"]) == ("Nguyễn Du", "Thợ khắc")
    assert library["value"] == "Thư viện số"


def test_recipe_0118_several_values_of_one_line() -> None:
    record = Record(entries=(Entry("subject", {"vi": ("Thơ Nôm", "Văn học"), "en": ("Poetry",)}),))
    assert of_3(record)["metadata"][0]["value"] == {"vi": ["Thơ Nôm", "Văn học"], "en": ["Poetry"]}
    assert len(of_2(record)["metadata"][0]["value"]) == 3


def test_recipe_0234_the_provider_stands_before_the_library_that_shows_the_work() -> None:
    giver = Provider({"vi": ("Viện Hán Nôm",)}, "https://hannom.example.org/", "https://hannom.example.org/logo.png")
    first, second = of_3(Record(provider=giver))["provider"]
    assert (first["id"], first["label"]) == (giver.homepage, {"vi": ["Viện Hán Nôm"]})
    assert first["homepage"][0]["id"] == giver.homepage
    assert first["logo"] == [{"id": giver.logo, "type": "Image", "format": "image/png"}]
    assert second["label"] == {"none": ["Thư viện số"]}
    assert of_2(Record(provider=giver))["logo"] == giver.logo
    assert of_2(Record(provider=giver))["metadata"][0]["label"][0]["@value"] == "Nơi lưu giữ"


def test_a_provider_without_a_page_has_an_address_all_the_same() -> None:
    (giver, _) = of_3(Record(provider=Provider({"none": ("Dòng họ Nguyễn",)})))["provider"]
    assert giver["id"] == f"{HERE.manifest(3, 'Sach-co')}#provider"


def test_the_page_of_the_record_stands_behind_ours() -> None:
    record = Record(homepage=(Link("https://opac.example.org/1"),))
    assert [one["id"] for one in of_3(record)["homepage"]] == [HERE.work_page("Sach-co"), "https://opac.example.org/1"]
    assert [one["@id"] for one in of_2(record)["related"]] == [HERE.work_page("Sach-co"), "https://opac.example.org/1"]


def test_a_language_is_called_by_its_name() -> None:
    (line,) = lines(Record(entries=(Entry("language", {"none": ("vi-Hani", "fre", "Tiếng Mường")}),)))
    assert line.values == {
        "vi": ["Chữ Nôm", "Tiếng Pháp", "Tiếng Mường"],
        "en": ["Vietnamese (Nôm script)", "French", "Tiếng Mường"],
    }


def test_what_is_a_name_already_stays_one() -> None:
    (line,) = lines(Record(entries=(Entry("language", {"vi": ("Chữ Nôm",)}),)))
    assert line.values == {"vi": ["Chữ Nôm"]}


def test_a_full_record_says_everything_in_both_versions() -> None:
    told = of_3(FULL)
    assert told.keys() >= {"summary", "metadata", "requiredStatement", "rights", "viewingDirection", "behavior"}
    assert of_2(FULL).keys() >= {"description", "metadata", "attribution", "license", "viewingDirection", "viewingHint"}


def test_without_a_record_nothing_is_claimed() -> None:
    said = {"summary", "metadata", "requiredStatement", "viewingDirection", "behavior"}
    assert not said & of_3(Record()).keys()


def test_recipe_0230_a_place_on_a_timeline_in_both_versions() -> None:
    record = Record(nav_date="1866-01-01T00:00:00Z")
    for made in (of_3, of_2):
        assert made(record)["navDate"] == "1866-01-01T00:00:00Z"
        assert "navDate" not in made(Record())


ELSEWHERE = "https://example.org/terms"


@pytest.mark.parametrize(
    ("setting", "rights", "statement"),
    [
        (CC, CC, None),
        ("https://creativecommons.org/licenses/by/4.0/deed.vi", CC, None),
        (ELSEWHERE, None, ELSEWHERE),
        ("", None, None),
    ],
)
def test_rights_of_the_library_that_are_no_known_licence_are_a_statement(
    setting: str, rights: str | None, statement: str | None
) -> None:
    institution = institution_of(Settings(rights=setting))
    new, old = of_3(Record(), institution=institution), of_2(Record(), institution=institution)
    assert new.get("rights") == rights
    assert new.get("requiredStatement", {}).get("value") == ({"none": [statement]} if statement else None)
    assert old.get("license") == (rights or statement)
    assert "requiredStatement" not in of_3(Record(rights=CC), institution=institution)
