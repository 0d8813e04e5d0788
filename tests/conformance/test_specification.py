"""Every kind of document that we write in Presentation 3.0, held against the text of the specification."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from manifests.addresses import TOP, Addresses
from manifests.collection import CollectionKind
from manifests.metadata.record import Record
from manifests.presentation import v3, v3_collections
from manifests.presentation.collection_pages import FIRST, PAGE_SIZE, PagePosition, ShownCollection
from manifests.presentation.institution import Institution
from manifests.presentation.leaves import leaf_of, leaves_of
from manifests.presentation.notes import notes_3
from manifests.search.services import collection_service
from tests.conformance.specification import faults
from tests.conformance.test_parser import CHAPTERS, WITH_TEXT
from tests.metadata.record_samples import FULL
from tests.presentation.make import SEARCH_1, SEARCH_2, collection, page, pages, work

pytestmark = pytest.mark.conformance

HERE = Addresses("https://example.org")
SAID = Institution("Thư viện tỉnh", "http://creativecommons.org/publicdomain/mark/1.0/", ("vi", "en"))
ROOT = collection(TOP, {"vi": ["Thư viện"]}, works=PAGE_SIZE + 1)
SET = collection(
    "Bo", {"vi": ["Bộ"], "vi-Hani": ["部"]}, kind=CollectionKind.SET, logo="/logo.png", homepage="https://e.org/"
)
YEAR = collection("Bao-1925", {"none": ["1925"]}, nav_date="1925-01-01T00:00:00Z", shown_by=("a~1", 1501, 1001))
SHOWN = ShownCollection(SET, ROOT, [collection_service(version, "Bo", HERE) for version in (1, 2)])
MEMBERS = [YEAR, work(shown_by=page("1")), replace(work("b"), nav_date="1925-02-16T00:00:00Z")]
FIRST_PAGE, LAST_PAGE = PagePosition(FIRST, 0, None, "w"), PagePosition("w", PAGE_SIZE, FIRST, None)
NOTED = leaves_of(WITH_TEXT, FULL)[0]

Json = dict[str, Any]


def manifest(record: Record) -> Json:
    this = replace(work(label=record.label or None), text="words")
    made = v3.manifest(this, WITH_TEXT, HERE, SAID, record, services=[SEARCH_1, SEARCH_2])
    return made | v3_collections.part_of([ROOT, SET], HERE)


DOCUMENTS: Mapping[str, Callable[[], Json]] = {
    "a folder of scans": lambda: v3.manifest(work(), pages(3), HERE),
    "a manifest that says everything": lambda: manifest(FULL),
    "chapters in chapters": lambda: v3.manifest(work(), pages(5), HERE, SAID, CHAPTERS),
    "a canvas": lambda: v3.canvas(work(), leaf_of(WITH_TEXT[0]), HERE, SAID),
    "a placeholder": lambda: v3.placeholder(work(), WITH_TEXT[0], HERE, SAID),
    "what is painted": lambda: v3.paintings(work(), WITH_TEXT[0], HERE, SAID),
    "a painting": lambda: v3.painting(work(), WITH_TEXT[0], HERE, SAID),
    "notes": lambda: notes_3(work(), NOTED, HERE),
    "a collection that says everything": lambda: v3_collections.collection(SHOWN, MEMBERS, HERE, SAID),
    "a collection of a library without a name": lambda: v3_collections.collection(ShownCollection(YEAR), MEMBERS, HERE),
    "an empty library": lambda: v3_collections.collection(ShownCollection(ROOT), [], HERE, SAID),
    "a list of pages": lambda: v3_collections.long_collection(SHOWN, [FIRST, "w"], HERE, SAID),
    "the first page": lambda: v3_collections.collection_page(SHOWN, FIRST_PAGE, MEMBERS, HERE, SAID),
    "the last page": lambda: v3_collections.collection_page(SHOWN, LAST_PAGE, MEMBERS[1:], HERE, SAID),
    "a page that nothing is left on": lambda: v3_collections.collection_page(SHOWN, LAST_PAGE, [], HERE, SAID),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_breaks_no_clause(name: str) -> None:
    assert faults(DOCUMENTS[name]()) == []


def without(name: str) -> Callable[[Json], object]:
    return lambda document: document.pop(name)


SPOILED: Mapping[str, tuple[str, Callable[[Json], object]]] = {
    "no label": ("an empty library", without("label")),
    "no items": ("an empty library", without("items")),
    "an empty label": ("an empty library", lambda d: d.update(label={})),
    "a label that is no list": ("an empty library", lambda d: d.update(label={"vi": "Thư viện"})),
    "an empty list": ("an empty library", lambda d: d.update(provider=[])),
    "a member without a label": ("the first page", lambda d: d["items"][0].pop("label")),
    "a canvas among members": ("the first page", lambda d: d["items"][0].update(type="Canvas", items=[])),
    "another behavior": ("a collection that says everything", lambda d: d.update(behavior=["non-paged"])),
    "a date without its zone": ("a collection that says everything", lambda d: d.update(navDate="1925-01-01T00:00:00")),
    "a start": (
        "a collection that says everything",
        lambda d: d.update(start={"id": "https://e.org", "type": "Canvas"}),
    ),
    "no id": ("a list of pages", lambda d: d["items"][0].pop("id")),
    "a logo without a type": ("a list of pages", lambda d: d["provider"][0]["logo"][0].pop("type")),
    "rights in words": ("a manifest that says everything", lambda d: d.update(rights="https://example.org/")),
    "an empty range": ("chapters in chapters", lambda d: d["structures"][0].update(items=[])),
    "a fragment": ("a canvas", lambda d: d.update(id=f"{d['id']}#xywh=1,1,1,1")),
    "no extent": ("a canvas", without("height")),
    "the context behind": ("notes", lambda d: d.update({"@context": d.pop("@context")})),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_a_spoiled_document_is_found_out(fault: str) -> None:
    name, spoil = SPOILED[fault]
    document = copy.deepcopy(DOCUMENTS[name]())
    spoil(document)
    assert faults(document) != []
