"""The documents read by programs that others wrote: iiif-prezi3 (3.0) and tripoli (2.1).

iiif-prezi3 also writes our 3.0 documents, but here it reads the stored bytes, every level of them. tripoli knows no
collections. What it warns of is a `description` (and `metadata`, for a library without a name): a folder of scans has
none where no record tells.
"""

import json
from dataclasses import replace
from typing import Any

import iiif_prezi3  # type: ignore[import-untyped]
import pytest
from tripoli import IIIFValidator  # type: ignore[import-untyped]

from manifests.addresses import TOP, Addresses
from manifests.collection import CollectionKind
from manifests.metadata import RECORD_READERS, mets
from manifests.metadata.record import Entry, PageNote, Record
from manifests.model import LanguageMap, Page
from manifests.presentation import v2, v3, v3_collections
from manifests.presentation.collection_pages import FIRST, PAGE_SIZE, Members, PagePosition, ShownCollection
from manifests.presentation.institution import Institution
from manifests.presentation.leaves import leaf_of
from manifests.presentation.serial import to_bytes
from manifests.search.services import collection_service
from tests.metadata.record_samples import FULL, SAMPLES
from tests.presentation.make import SEARCH_1, SEARCH_2, collection, page, pages, work

pytestmark = pytest.mark.conformance

HERE = Addresses("https://example.org")
TITLE: LanguageMap = {
    "vi": ["Sách cổ Hà Nội"],
    "en": ["An old book", "of Hanoi"],
    "zh-Hant": ["古籍"],
    "none": ["HN-1"],
}
MANIFESTS: dict[str, tuple[LanguageMap, list[Page]]] = {
    "one page": ({"none": ["Sách"]}, pages(1)),
    "one pixel": ({"vi": ["Chấm"]}, [page("dot", (1, 1))]),
    "labels in several languages": (TITLE, [page("a", label=TITLE), page("b", label={"en": ["A page"]})]),
    "many pages": ({"none": ["Sách"]}, pages(1000)),
    "odd sizes": ({"none": ["Sách"]}, [page("odd", (1501, 1001)), page("long", (60_000, 7)), page("tile", (512, 512))]),
}
SAID = Institution("Thư viện tỉnh", "http://creativecommons.org/publicdomain/mark/1.0/", ("vi", "en"))


def read(document: dict[str, Any]) -> Any:
    return json.loads(to_bytes(document))


def judged(document: dict[str, Any]) -> IIIFValidator:
    judge = IIIFValidator()
    judge.logger.disabled = True
    judge.validate(to_bytes(document).decode())
    return judge


def warned_of(judge: IIIFValidator) -> set[str]:
    return {[*warning.path][-1] for warning in judge.warnings}


@pytest.mark.parametrize("case", MANIFESTS)
def test_iiif_prezi3_reads_a_manifest_as_it_was_meant(case: str) -> None:
    label, leaves = MANIFESTS[case]
    written = v3.manifest(work(label=label), leaves, HERE, SAID, services=[SEARCH_1, SEARCH_2])
    found = iiif_prezi3.Manifest(**read(written))

    assert [canvas.id for canvas in found.items] == [HERE.canvas("Sach-co", leaf.id) for leaf in leaves]
    assert [(canvas.width, canvas.height) for canvas in found.items] == [(leaf.width, leaf.height) for leaf in leaves]
    assert found.model_dump(mode="json", by_alias=True, exclude_none=True) == written


def test_iiif_prezi3_reads_a_canvas_by_itself() -> None:
    found = iiif_prezi3.Canvas(**read(v3.canvas(work(), leaf_of(page("0001")), HERE)))
    assert found.partOf[0].id == HERE.manifest(3, "Sach-co")


ROOT = collection(TOP, {"vi": ["Thư viện"]}, works=PAGE_SIZE + 1)
MAPS = collection(
    "Ban-do",
    {"vi": ["Bản đồ"], "en": ["Maps"], "vi-Hani": ["地圖"]},
    summary={"vi": ["Một <b>đoạn</b>", "<chưa đóng"]},
    logo="https://example.com/logo.png",
    homepage="https://example.com/",
    shown_by=("a~1", 1501, 1001),
)
COLLECTIONS = {
    "the root": ShownCollection(ROOT, None, [collection_service(version, TOP, HERE) for version in (1, 2)]),
    "all that can be said": ShownCollection(MAPS, ROOT, [SEARCH_2]),
    "volumes": ShownCollection(collection("Bo", {"vi": ["Bộ"]}, kind=CollectionKind.SET), MAPS),
    "a year": ShownCollection(collection("Bao-1925", {"none": ["1925"]}, nav_date="1925-01-01T00:00:00Z"), MAPS),
}
MEMBERS: Members = [MAPS, work(shown_by=page("0001")), replace(work("b"), nav_date="1925-02-16T00:00:00Z")]


@pytest.mark.parametrize("case", COLLECTIONS)
def test_iiif_prezi3_reads_a_collection_as_it_was_meant(case: str) -> None:
    shown = COLLECTIONS[case]
    written = v3_collections.collection(shown, MEMBERS, HERE, SAID)
    found = iiif_prezi3.Collection(**read(written))
    assert [item.type for item in found.items] == ["Collection", "Manifest", "Manifest"]
    assert json.loads(found.json()) == written


@pytest.mark.parametrize("case", COLLECTIONS)
def test_iiif_prezi3_reads_a_collection_in_pages(case: str) -> None:
    shown = replace(COLLECTIONS[case], this=replace(COLLECTIONS[case].this, works=PAGE_SIZE + 1, parts=0))
    long = iiif_prezi3.Collection(**read(v3_collections.long_collection(shown, [FIRST, "w"], HERE, SAID)))
    written = v3_collections.collection_page(shown, PagePosition("w", PAGE_SIZE, FIRST, None), MEMBERS[1:2], HERE, SAID)
    last = iiif_prezi3.Collection(**read(written))
    assert [item.id for item in long.items] == [HERE.collection(3, shown.this.id, key) for key in (FIRST, "w")]
    assert last.id == long.items[1].id
    assert last.label == long.items[1].label


@pytest.mark.parametrize("case", MANIFESTS)
def test_tripoli_finds_no_error_and_misses_only_a_description(case: str) -> None:
    label, leaves = MANIFESTS[case]
    judge = judged(v2.manifest(work(label=label), leaves, HERE, SAID, services=[SEARCH_1]))

    assert judge.is_valid, judge.errors
    assert warned_of(judge) == {"description"}


def test_tripoli_misses_metadata_where_the_library_has_no_name() -> None:
    judge = judged(v2.manifest(work(), pages(1), HERE))
    assert judge.is_valid
    assert warned_of(judge) == {"description", "metadata"}


BY_NAME = {reader.NAME: reader for reader in RECORD_READERS}
ATTACK = "<script>alert('Kiều')</script>"
RECORDS = {
    "everything": FULL,
    "a page without an image": Record(
        pages=(PageNote("a"), PageNote("b", {"none": ("1b",)}, after="a"), PageNote("c")),
        date="1866",
        nav_date="1866-01-01T00:00:00Z",
    ),
    "chapters": mets.read(SAMPLES["mets"]).record,
    "several languages": Record(
        label={"vi": ("Kiều",), "vi-Hani": ("翹",)}, summary={"vi": ("Thơ",), "en": ("Verse",)}
    ),
    "HTML and what looks like it": Record(  # in a label it is plain text, which tripoli takes for a mistake
        summary={"none": ("<p>Một <b>đoạn</b></p>",)},
        statement={"none": (ATTACK,)},
        entries=(Entry("note", {"none": (ATTACK, "a < b & c > d")}),),
    ),
    **{f"the sample of {name}": reader.read(SAMPLES[name]).record for name, reader in BY_NAME.items()},
}


def leaves_of(record: Record) -> list[Page]:
    named = [page(f"{note.page}", behavior=note.behavior) for note in record.pages if not note.after]
    return named or pages(6)


@pytest.mark.parametrize("case", RECORDS)
def test_iiif_prezi3_reads_a_record_as_it_was_meant(case: str) -> None:
    record = RECORDS[case]
    written = v3.manifest(work(label=record.label or None), leaves_of(record), HERE, SAID, record)
    structures = written.pop("structures", [])
    found = iiif_prezi3.Manifest(**read(written))
    assert found.model_dump(mode="json", by_alias=True, exclude_none=True) == written
    assert [iiif_prezi3.Range(**one).id for one in structures] == [one["id"] for one in structures]


@pytest.mark.parametrize("case", RECORDS)
def test_tripoli_finds_no_error_in_a_record(case: str) -> None:
    record = RECORDS[case]
    judge = judged(v2.manifest(work(label=record.label or None), leaves_of(record), HERE, SAID, record))
    assert judge.is_valid, judge.errors
    assert warned_of(judge) <= {"description", "logo"}  # of a logo it wants an image service
