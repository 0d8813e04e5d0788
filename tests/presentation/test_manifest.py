"""What the manifests of both versions say of one work, and that they agree."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.addresses import PLACEHOLDER, Addresses
from manifests.model import LanguageMap, Page
from manifests.presentation import v2, v3
from manifests.presentation.institution import Institution
from manifests.presentation.leaves import leaf_of
from manifests.presentation.serial import to_bytes
from tests.presentation.make import SEARCH_1, SEARCH_2, page, pages, work

HERE = Addresses("https://example.org")
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
LABELS = st.dictionaries(
    st.sampled_from(["none", "vi", "en", "zh-Hant", "es-419"]), st.lists(TEXTS, min_size=1, max_size=2), min_size=1
)
SIZES = st.tuples(st.integers(1, 100_000), st.integers(1, 100_000))


@st.composite
def works_of_pages(draw: st.DrawFn) -> tuple[str, LanguageMap, list[Page]]:
    identifier = draw(IDS)
    names = draw(st.lists(IDS, min_size=1, max_size=5, unique_by=str.lower))
    return identifier, draw(LABELS), [page(name, draw(SIZES), draw(LABELS), identifier) for name in names]


def texts_of_2(value: Any) -> list[tuple[str, str]]:
    values = value if isinstance(value, list) else [value]
    return [("none", one) if isinstance(one, str) else (one["@language"], one["@value"]) for one in values]


def texts_of_3(label: LanguageMap) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in label.items() for text in texts]


def canvases_of_2(manifest: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            canvas["@id"],
            canvas["width"],
            canvas["height"],
            texts_of_2(canvas["label"]),
            canvas["images"][0]["on"],
            canvas["images"][0]["resource"]["width"],
            canvas["images"][0]["resource"]["height"],
            canvas["images"][0]["resource"]["service"]["@id"].replace("/image/2/", "/image/3/"),
            canvas["thumbnail"]["@id"].replace("/image/2/", "/image/3/"),
        )
        for canvas in manifest["sequences"][0]["canvases"]
    ]


def canvases_of_3(manifest: dict[str, Any]) -> list[tuple[Any, ...]]:
    painted = [(canvas, canvas["items"][0]["items"][0]) for canvas in manifest["items"]]
    return [
        (
            canvas["id"],
            canvas["width"],
            canvas["height"],
            texts_of_3(canvas["label"]),
            painting["target"],
            painting["body"]["width"],
            painting["body"]["height"],
            painting["body"]["service"][0]["id"],
            canvas["thumbnail"][0]["id"],
        )
        for canvas, painting in painted
    ]


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


@given(works_of_pages())
def test_both_versions_agree_on_every_canvas(made: tuple[str, LanguageMap, list[Page]]) -> None:
    identifier, label, leaves = made
    old = v2.manifest(work(identifier, label), leaves, HERE)
    new = v3.manifest(work(identifier, label), leaves, HERE)

    assert canvases_of_2(old) == canvases_of_3(new)
    assert texts_of_2(old["label"]) == texts_of_3(new["label"]) == texts_of_3(label)


@given(works_of_pages())
def test_an_address_is_plain_ascii_and_begins_at_the_base(made: tuple[str, LanguageMap, list[Page]]) -> None:
    identifier, _, leaves = made
    for v in (v2, v3):
        addresses = [text for text in strings(v.manifest(work(identifier), leaves, HERE)) if "example.org" in text]
        assert addresses
        assert all(text.isascii() and text.startswith("https://example.org/") for text in addresses)


@given(works_of_pages())
def test_a_document_read_back_is_the_document(made: tuple[str, LanguageMap, list[Page]]) -> None:
    identifier, label, leaves = made
    for v in (v2, v3):
        document = v.manifest(work(identifier, label), leaves, HERE)
        assert json.loads(to_bytes(document)) == document


def test_the_bytes_begin_with_the_context_and_are_utf_8() -> None:
    body = to_bytes(v3.manifest(work(), pages(1), Addresses()))
    assert body.startswith(b'{"@context":"http://iiif.io/api/presentation/3/context.json","id":"http://mocban.invalid/')
    assert "Sách cổ".encode() in body
    assert to_bytes(v2.manifest(work(), pages(1), Addresses())).startswith(b'{"@context":')


def test_every_address_of_a_stored_document_can_get_its_base_later() -> None:
    for v in (v2, v3):
        stored = to_bytes(v.manifest(work(), pages(2), Addresses(), services=[SEARCH_1]))
        at_once = to_bytes(v.manifest(work(), pages(2), HERE, services=[SEARCH_1]))
        assert stored.replace(PLACEHOLDER.encode(), HERE.base.encode()) == at_once


@pytest.mark.parametrize("v", [v2, v3])
def test_a_label_is_plain_text_whatever_stands_in_it(v: Any) -> None:
    label = {"vi": ['<b>Trang</b> & "1"']}
    assert '<b>Trang</b> & "1"' in strings(v.manifest(work(label=label), pages(1), HERE)["label"])


@pytest.mark.parametrize("v", [v2, v3])
def test_nothing_is_said_that_nobody_said(v: Any) -> None:
    bare = v.manifest(work(), pages(3), HERE)
    unsaid = {"rights", "license", "provider", "attribution", "requiredStatement", "metadata", "summary", "description"}
    assert not (unsaid | {"service", "behavior", "viewingHint", "viewingDirection"}) & set(bare)
    assert b"null" not in to_bytes(bare)


def test_the_image_of_a_version_is_served_by_the_image_api_of_that_version() -> None:
    assert all("/iiif/image/3/" in text for text in strings(v3.manifest(work(), pages(1), HERE)) if "/image/" in text)
    assert all(
        "/iiif/image/2/" in text
        for text in strings(v2.manifest(work(), pages(1), HERE))
        if "example.org/iiif/image/" in text
    )


def test_a_canvas_alone_is_the_canvas_of_the_manifest_and_names_it() -> None:
    leaves = pages(2)
    alone = v3.canvas(work(), leaf_of(leaves[1]), HERE)
    context, part_of = alone.pop("@context"), alone.pop("partOf")

    assert alone == v3.manifest(work(), leaves, HERE)["items"][1]
    assert context == v3.CONTEXT
    assert part_of == [{"id": HERE.manifest(3, "Sach-co"), "type": "Manifest", "label": {"none": ["Sách cổ"]}}]


def test_rights_and_the_library_are_said_in_the_words_of_each_version() -> None:
    rights = "http://rightsstatements.org/vocab/NoC-NC/1.0/"
    new = v3.manifest(work(), pages(1), HERE, Institution("Thư viện tỉnh", rights, ("vi", "en")))
    assert new["homepage"][0]["language"] == new["provider"][0]["homepage"][0]["language"] == ["vi", "en"]
    old = v2.manifest(work(), pages(1), HERE, Institution("Thư viện tỉnh", rights))

    assert (new["rights"], old["license"]) == (rights, rights)
    assert new["provider"][0]["label"] == {"none": ["Thư viện tỉnh"]}
    assert old["metadata"][0]["value"] == "Thư viện tỉnh"


def test_a_service_of_search_1_loses_its_context_inside_a_3_0_manifest_only() -> None:
    new = v3.manifest(work(), pages(1), HERE, services=[SEARCH_1, SEARCH_2])
    old = v2.manifest(work(), pages(1), HERE, services=[SEARCH_1])

    assert [service.get("id") or service["@id"] for service in new["service"]] == [SEARCH_1["@id"], SEARCH_2["id"]]
    assert all("@context" not in service and service["profile"] for service in new["service"])
    assert new["service"][0]["service"][0]["@id"] == SEARCH_1["service"]["@id"]
    assert old["service"] == SEARCH_1


def test_a_canvas_of_one_pixel_has_itself_as_its_thumbnail() -> None:
    canvas = v3.canvas(work(), leaf_of(page("dot", (1, 1))), HERE)
    assert canvas["thumbnail"][0]["id"] == "https://example.org/iiif/image/3/Sach-co~dot/full/1,1/0/default.jpg"
    assert (canvas["width"], canvas["height"]) == (1, 1)


def test_a_thousand_pages_stay_in_their_order() -> None:
    leaves = pages(1000)
    assert [canvas["label"]["none"] for canvas in v3.manifest(work(), leaves, HERE)["items"]] == [
        [leaf.id] for leaf in leaves
    ]
