"""What a collection and its pages say in both versions; `tests/test_documents.py` walks them to their end."""

from dataclasses import replace

from manifests.addresses import Addresses
from manifests.presentation import v2, v3
from manifests.presentation.collection_pages import TOP, Collection, Members, PagePosition, Part
from tests.presentation.make import page, work

HERE = Addresses("https://example.org")


def test_a_page_behind_the_last_work_is_empty_and_not_numbered() -> None:
    described, nowhere = Collection(TOP, {"none": ["Thư viện"]}, 3), PagePosition("zzz", 3, None, None)
    assert v3.collection_page(described, nowhere, [], HERE)["items"] == []
    assert v2.collection_page(described, nowhere, [], HERE)["label"] == "Thư viện"


def test_a_work_in_a_list_has_its_thumbnail_where_it_has_one() -> None:
    shown, bare = work("shown", shown_by=page("0001", (1501, 1001))), work("bare")
    described = Collection(TOP, {"none": ["Thư viện"]}, 2)
    new, old = v3.collection(described, [shown, bare], HERE), v2.collection(described, [shown, bare], HERE)

    assert new["items"][0]["thumbnail"][0]["width"] == old["manifests"][0]["thumbnail"]["width"] == 376
    assert "thumbnail" not in new["items"][1]
    assert "thumbnail" not in old["manifests"][1]


def test_a_collection_may_hold_collections_and_lies_in_the_root() -> None:
    described = Collection("Ban-do", {"vi": ["Bản đồ"], "en": ["Maps"]}, 2)
    members: Members = [Part("Ha-Noi", {"vi": ["Hà Nội"]}), work("Map-1")]
    new, old = v3.collection(described, members, HERE), v2.collection(described, members, HERE)

    assert [(item["type"], item["id"]) for item in new["items"]] == [
        ("Collection", HERE.collection(3, "Ha-Noi")),
        ("Manifest", HERE.manifest(3, "Map-1")),
    ]
    assert [part["@id"] for part in old["collections"]] == [HERE.collection(2, "Ha-Noi")]
    assert [one["@id"] for one in old["manifests"]] == [HERE.manifest(2, "Map-1")]
    assert new["partOf"] == [{"id": HERE.collection(3, TOP), "type": "Collection"}]
    assert old["within"] == HERE.collection(2, TOP)


def test_a_collection_names_its_services_where_it_has_any() -> None:
    kept = {"@id": "https://example.org/search", "@type": "SearchService1", "profile": "p"}
    search = {"@context": "http://iiif.io/api/search/1/context.json", **kept}
    bare = Collection(TOP, {"none": ["Thư viện"]}, 0)
    served = replace(bare, services=[search])
    assert v2.collection(served, [], HERE)["service"] == v2.long_collection(served, [""], HERE)["service"] == search
    assert v3.collection(served, [], HERE)["service"] == [kept]
    assert "service" not in v2.collection(bare, [], HERE)
    assert "service" not in v3.collection(bare, [], HERE)


def test_the_root_lies_in_nothing_and_leads_home() -> None:
    described = Collection(TOP, {"none": ["Thư viện"]}, 0)
    new, old = v3.collection(described, [], HERE), v2.collection(described, [], HERE)

    assert (new["items"], old["manifests"]) == ([], [])
    assert new["homepage"][0]["id"] == old["related"]["@id"] == "https://example.org/"
    assert "partOf" not in new
    assert "within" not in old
