"""The documents read by npm's `@iiif/parser`, which upgrades 2.1 to 3.0: our 2.1 upgraded is our 3.0 in all that 2.1
can hold, and our 3.0 passes its strict reading.

Both sides are whole documents. What differs is taken out one by one below, each with its reason; the rest is equal.
One process of node reads all samples.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from manifests.addresses import TOP, Addresses
from manifests.collection import Collection, CollectionKind
from manifests.metadata.record import NOTHING, Chapter, PageNote, Record
from manifests.model import Page
from manifests.presentation import v2, v2_collections, v3, v3_collections
from manifests.presentation.collection_pages import Members, PagePosition, ShownCollection
from manifests.presentation.institution import Institution
from manifests.presentation.serial import to_bytes
from tests.metadata.record_samples import FULL
from tests.patience import GUARD
from tests.presentation.make import SEARCH_1, SEARCH_2, page, pages, work

pytestmark = pytest.mark.conformance

PROJECT = Path(__file__).parents[2]
PARSER = PROJECT / ".cache/readers/iiif-parser"
NODE = shutil.which("node") or str(PROJECT / ".cache/npm/bin/node")
HERE = Addresses("https://example.org")
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
PICTURE = ("Sach-co~0001", 2000, 3000)
ROOT = Collection(TOP, None, {"vi": ["Thư viện"]}, {}, "", "", CollectionKind.PLAIN, "", NOON, 1, 1, True, PICTURE)
SAID = Institution("Thư viện tỉnh", "http://creativecommons.org/publicdomain/mark/1.0/", ("vi", "en"))
CHAPTERS = Record(
    label={"vi": ("Truyện Kiều",), "en": ("The Tale of Kiều",)},
    pages=tuple(PageNote(f"000{n}") for n in range(1, 6)),
    chapters=(
        Chapter({"vi": ("Hồi 1",)}, "0001", "0003", (Chapter({"vi": ("Tự",)}, "0001", "0001"),)),
        Chapter({"vi": ("Hồi 2",)}, "0004", "0005"),
    ),
)
WITH_TEXT = [replace(page("1"), text="alto", behavior="facing-pages"), page("2", (1501, 1001))]
MANIFESTS: Mapping[str, tuple[Record, list[Page]]] = {
    "a folder of scans": (NOTHING, pages(3)),
    "everything": (FULL, WITH_TEXT),
    "chapters in chapters": (CHAPTERS, pages(5)),
}

Json = dict[str, Any]


def manifests(name: str) -> tuple[Json, Json]:
    record, leaves = MANIFESTS[name]
    this = replace(work(label=record.label or None), text="words" if leaves[0].text else None)
    new = v3.manifest(this, leaves, HERE, SAID, record, services=[SEARCH_1, SEARCH_2])
    old = v2.manifest(this, leaves, HERE, SAID, record, services=[SEARCH_1])
    return new | v3_collections.part_of([ROOT], HERE), old | v2_collections.part_of([ROOT], HERE)


def collections() -> Mapping[str, Json]:
    maps = Collection("Ban-do", TOP, {"vi": ["Bản đồ"]}, {}, "", "", CollectionKind.SET, "", NOON, 3)
    shown, long = (ShownCollection(this, services=[SEARCH_1]) for this in (ROOT, replace(ROOT, works=100)))
    members: Members = [maps, work(shown_by=page("0001"))]
    position = PagePosition("w", 100, "", None)
    found = {}
    for version, v in ((3, v3_collections), (2, v2_collections)):
        found[f"collection {version}"] = v.collection(shown, members, HERE, SAID)
        found[f"long collection {version}"] = v.long_collection(long, ["", "w"], HERE, SAID)
        found[f"page of a collection {version}"] = v.collection_page(shown, position, members, HERE, SAID)
    return found


@pytest.fixture(scope="module")
def told() -> dict[str, Json]:
    """What the parser makes of each sample, by its name."""
    if not (PARSER / "dist").is_dir() or not Path(NODE).exists():
        pytest.fail("@iiif/parser or node is not there: `make test` fetches both")
    samples = dict(collections())
    for name in MANIFESTS:
        samples[f"{name} 3"], samples[f"{name} 2"] = manifests(name)
    lines = [json.dumps({"name": name, "document": json.loads(to_bytes(one))}) for name, one in samples.items()]
    script = Path(__file__).with_name("parser.mjs")
    run = subprocess.run(
        [NODE, str(script), str(PARSER)],
        input="\n".join(lines),
        text=True,
        capture_output=True,
        timeout=GUARD,
        check=True,
    )
    found = {answer["name"]: answer for answer in map(json.loads, run.stdout.splitlines())}
    assert found.keys() == samples.keys()
    return found


KNOWN_WARNINGS = {
    '"language" should be Array of values': "of the body of a remark, which the Cookbook writes so (0266) and the "
    "Web Annotation Data Model allows (section 3.2.3)"
}


def test_it_reads_every_document_without_a_fault_and_strictly(told: dict[str, Json]) -> None:
    for name, answer in told.items():
        assert "error" not in answer, (name, answer)
        assert set(answer["warnings"]) <= KNOWN_WARNINGS.keys(), name


def test_it_takes_3_0_as_it_stands(told: dict[str, Json]) -> None:
    for name in MANIFESTS:
        assert told[f"{name} 3"]["upgraded"] == json.loads(to_bytes(manifests(name)[0]))


@pytest.mark.parametrize("name", MANIFESTS)
def test_it_meets_every_canvas_and_every_picture(told: dict[str, Json], name: str) -> None:
    _, leaves = MANIFESTS[name]
    for version in (3, 2):
        seen = told[f"{name} {version}"]["seen"]
        assert {HERE.canvas("Sach-co", leaf.id) for leaf in leaves} <= set(seen["canvases"])
        assert {HERE.annotations("Sach-co", leaf.id, "painting/image") for leaf in leaves} <= set(seen["annotations"])


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_of_2_1_upgraded_is_that_of_3_0(told: dict[str, Json], name: str) -> None:
    new, old = manifests(name)
    upgraded = told[f"{name} 2"]["upgraded"]
    assert old.get("license") == new.get("rights")
    assert as_upgraded(plain(upgraded)) == as_2_1_holds_it(plain(json.loads(to_bytes(new))))


def plain(document: Json) -> Json:
    """With addresses that do not say their version: each version names documents and images of its own."""
    text = re.sub(r"/iiif/(presentation|image)/[23]/", r"/iiif/\1/", json.dumps(document))
    found: Json = json.loads(text)
    return found


def as_2_1_holds_it(new: Json) -> Json:
    """Our 3.0, less what 2.1 has no word for."""
    new.pop("placeholderCanvas")
    new.pop("navPlace", None)  # extensions are for 3.0
    new["@context"] = v3.CONTEXT
    new.pop("provider", None)  # 2.1 has a line of `metadata` for each, and the logo of the first
    new["partOf"] = [{"id": one["id"], "type": one["type"]} for one in new["partOf"]]  # `within` is an address alone
    for page_of_it in new["homepage"]:
        page_of_it.pop("language", None)  # of the pages linked to
    new["service"] = [one for one in new["service"] if one.get("@type") == "SearchService1"]
    new["structures"] = [one for one in new.get("structures", ()) if one.get("behavior") != ["sequence"]]
    for canvas in new["items"]:
        canvas.pop("navPlace", None)
        for one in canvas.get("annotations", ()):
            one.pop("items", None)  # an AnnotationList stands apart (section 5.4)
        apart = [one for one in canvas.pop("annotations", ()) if not one["id"].endswith("/word")]
        if apart:  # without levels of text, both would be shown on top of each other
            canvas["annotations"] = apart
    return without_parsers_own(new)


def as_upgraded(old: Json) -> Json:
    """What the parser made of our 2.1, less what it makes of its own accord."""
    held = {"Nơi lưu giữ", "Thư viện"}
    old["metadata"] = [one for one in old.get("metadata", ()) if not held & set(one["label"].get("vi", ()))]
    if not old["metadata"]:
        del old["metadata"]
    # It takes `related` for the homepage of a provider whom it calls example.org, and only the first.
    (invented,) = old.pop("provider")
    old["homepage"] = invented["homepage"]
    # Ranges lie below the one that 2.1 has at the top (section 5.6), which 3.0 does not need.
    old["structures"] = old["structures"][0]["items"] if old.get("structures") else []
    return without_parsers_own(old)


def without_parsers_own(document: Json) -> Json:
    document.pop("rights", None)  # 2.2.10 reads every licence as the empty text: compared above
    document["homepage"] = document["homepage"][:1]
    if "requiredStatement" in document:
        del document["requiredStatement"]["label"]  # is always `Attribution`
    for canvas in document["items"]:
        canvas.setdefault("items", [])  # it leaves out an empty list
        for page_of_it in canvas["items"]:
            page_of_it["id"] = ""  # 2.1 has no page of annotations here: it makes one up
    found: Json = json.loads(json.dumps(document), object_hook=_image_service)
    return found


def _image_service(found: Json) -> Json:
    """Its version is another one, and services of version 2 keep the names of their properties."""
    if str(found.get("type", found.get("@type", ""))).startswith("ImageService"):
        return {**{name: value for name, value in found.items() if name not in ("@id", "@type", "type")},
                "id": found.get("id", found.get("@id"))}  # fmt: skip
    return found


@pytest.mark.parametrize("name", ["collection", "page of a collection"])
def test_a_collection_of_2_1_upgraded_has_the_members_of_3_0(told: dict[str, Json], name: str) -> None:
    new, old = (plain(told[f"{name} {version}"]["upgraded"]) for version in (3, 2))
    assert new["label"] == old["label"]
    # Collections and manifests stand in two lists there, so which comes first among the others is not said.
    members = [sorted((one["type"], one["id"], str(one["label"])) for one in found["items"]) for found in (new, old)]
    assert members[0] == members[1]
    assert new["thumbnail"][0]["id"] == old["thumbnail"][0]["id"]


def test_a_long_collection_leads_to_its_pages_in_both(told: dict[str, Json]) -> None:
    """2.1 has paging for it, of which the parser makes what is to come in 4.0."""
    new, old = (plain(told[f"long collection {version}"]["upgraded"]) for version in (3, 2))
    assert new["items"][0]["id"] == old["first"]["id"]
    assert old["total"] == 101
