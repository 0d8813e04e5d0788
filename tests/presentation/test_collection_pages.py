"""What a collection and its pages say in both versions; `tests/test_documents.py` walks them to their end."""

from dataclasses import replace

from manifests.addresses import TOP, Addresses
from manifests.collection import CollectionKind
from manifests.presentation import v2_collections as v2
from manifests.presentation import v3_collections as v3
from manifests.presentation.collection_pages import Members, PagePosition, ShownCollection
from tests.presentation.make import collection, page, work

HERE = Addresses("https://example.org")
ROOT = ShownCollection(collection(TOP, {"none": ["Thư viện"]}))


def test_a_page_behind_the_last_work_is_empty_and_not_numbered() -> None:
    described, nowhere = ROOT, PagePosition("zzz", 3, None, None)
    assert v3.collection_page(described, nowhere, [], HERE)["items"] == []
    assert v2.collection_page(described, nowhere, [], HERE)["label"] == "Thư viện"


def test_a_work_in_a_list_has_its_thumbnail_where_it_has_one() -> None:
    shown, bare = work("shown", shown_by=page("0001", (1501, 1001))), work("bare")
    new, old = v3.collection(ROOT, [shown, bare], HERE), v2.collection(ROOT, [shown, bare], HERE)

    assert new["items"][0]["thumbnail"][0]["width"] == old["manifests"][0]["thumbnail"]["width"] == 376
    assert "thumbnail" not in new["items"][1]
    assert "thumbnail" not in old["manifests"][1]


def test_a_collection_may_hold_collections_and_lies_in_the_root() -> None:
    described = ShownCollection(collection("Ban-do", {"vi": ["Bản đồ"], "en": ["Maps"]}), ROOT.this)
    members: Members = [collection("Ha-Noi", {"vi": ["Hà Nội"]}), work("Map-1")]
    new, old = v3.collection(described, members, HERE), v2.collection(described, members, HERE)

    assert [(item["type"], item["id"]) for item in new["items"]] == [
        ("Collection", HERE.collection(3, "Ha-Noi")),
        ("Manifest", HERE.manifest(3, "Map-1")),
    ]
    assert [part["@id"] for part in old["collections"]] == [HERE.collection(2, "Ha-Noi")]
    assert [one["@id"] for one in old["manifests"]] == [HERE.manifest(2, "Map-1")]
    assert new["partOf"] == [{"id": HERE.collection(3, TOP), "type": "Collection", "label": {"none": ["Thư viện"]}}]
    assert old["within"] == HERE.collection(2, TOP)


def test_a_collection_names_its_services_where_it_has_any() -> None:
    kept = {"@id": "https://example.org/search", "@type": "SearchService1", "profile": "p"}
    search = {"@context": "http://iiif.io/api/search/1/context.json", **kept}
    bare, served = ROOT, replace(ROOT, services=[search])
    assert v2.collection(served, [], HERE)["service"] == v2.long_collection(served, [""], HERE)["service"] == search
    assert v3.collection(served, [], HERE)["service"] == [kept]
    assert "service" not in v2.collection(bare, [], HERE)
    assert "service" not in v3.collection(bare, [], HERE)


def test_the_root_lies_in_nothing_and_leads_home() -> None:
    new, old = v3.collection(ROOT, [], HERE), v2.collection(ROOT, [], HERE)

    assert (new["items"], old["manifests"]) == ([], [])
    assert new["homepage"][0]["id"] == old["related"]["@id"] == "https://example.org/"
    assert "partOf" not in new
    assert "within" not in old


def test_a_collection_tells_what_was_written_of_it() -> None:
    told = collection(
        "Han-Nom",
        {"vi": ["Sách Hán Nôm"]},
        summary={"vi": ["Ván gỗ <và> chép tay"], "en": ["Woodblocks"]},
        logo="/iiif/image/3/seal~1/full/90,/0/default.jpg",
        homepage="https://example.com/han-nom",
    )
    new = v3.collection(ShownCollection(told, ROOT.this), [], HERE)
    old = v2.collection(ShownCollection(told, ROOT.this), [], HERE)
    seal = "https://example.org/iiif/image/3/seal~1/full/90,/0/default.jpg"
    assert new["summary"]["vi"] == ["<span>Ván gỗ &lt;và&gt; chép tay</span>"]
    assert [one["@language"] for one in old["description"]] == ["vi", "en"]
    assert new["provider"][0]["logo"] == [{"id": seal, "type": "Image", "format": "image/jpeg"}]
    assert old["logo"] == seal
    homes = ["https://example.org/collections/Han-Nom", "https://example.com/han-nom"]
    assert [page["id"] for page in new["homepage"]] == [page["@id"] for page in old["related"]] == homes


def test_volumes_of_one_work_are_multi_part_as_in_recipe_0030() -> None:
    volumes = collection("Dai-Nam", {"vi": ["Đại Nam thực lục"]}, kind=CollectionKind.SET)
    new = v3.collection(ShownCollection(volumes, ROOT.this), [work("Tap-1"), work("Tap-2")], HERE)
    old = v2.collection(ShownCollection(volumes, ROOT.this), [work("Tap-1"), work("Tap-2")], HERE)
    assert new["behavior"] == ["multi-part"]
    assert old["viewingHint"] == "multi-part"
    assert [(item["type"], item["label"]) for item in new["items"]] == [("Manifest", {"none": ["Sách cổ"]})] * 2
    assert v3.collection(ROOT, [volumes], HERE)["items"][0]["behavior"] == ["multi-part"]


def test_issues_of_a_newspaper_say_when_they_came_out_as_in_recipe_0068() -> None:
    issue = replace(work("Bao-1925-02-16"), nav_date="1925-02-16T00:00:00Z")
    year = collection("Bao-1925", {"none": ["1925"]}, kind=CollectionKind.YEAR, nav_date="1925-01-01T00:00:00Z")
    paper = collection("Bao", {"vi": ["Báo"]}, kind=CollectionKind.SERIAL)
    for forms, items in ((v3, "items"), (v2, "manifests")):
        found = forms.collection(ShownCollection(year, paper), [issue], HERE)
        assert (found["navDate"], found[items][0]["navDate"]) == (year.nav_date, issue.nav_date)
    assert v3.collection(ShownCollection(paper, ROOT.this), [year], HERE)["items"][0]["navDate"] == year.nav_date


def test_a_manifest_is_a_part_of_every_collection_in_which_its_work_stands() -> None:
    both = [collection("a", {"vi": ["A"]}), collection("b", {"vi": ["B"]})]
    assert [part["id"] for part in v3.part_of(both, HERE)["partOf"]] == [
        HERE.collection(3, "a"),
        HERE.collection(3, "b"),
    ]
    assert [part["label"] for part in v3.part_of(both, HERE)["partOf"]] == [{"vi": ["A"]}, {"vi": ["B"]}]
    assert v2.part_of(both, HERE)["within"] == [HERE.collection(2, "a"), HERE.collection(2, "b")]
    assert v2.part_of(both[:1], HERE)["within"] == HERE.collection(2, "a")
