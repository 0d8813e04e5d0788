"""Our manifests beside the recipes of the IIIF Cookbook that apply to them: what each shows of structure, in our words.

https://iiif.io/api/cookbook/. `test_described` has 0006 to 0011, 0024, 0029, 0035, 0117, 0118 and 0234; what concerns
collections stands with them. Of those that a library might look for here, these are kept otherwise:

- 0013, a placeholder: of the whole work, not of each canvas. A still stands for a video that is slow to begin; pages
  come at once, and Clover would have every one of them opened by a click.
- 0033 and 0036, several pictures of one page: nothing in a folder says that two scans show the same page.
- 0057, both versions under one address, told apart by what the client accepts: the version stands in the address, so
  that an address that is cited says what it gives. What both have in common is kept: one canvas is one address.
- 0599, drag and drop: is done by the page for people that a manifest names as its homepage.
"""

from dataclasses import replace
from typing import Any

import pytest

from manifests.addresses import Addresses
from manifests.metadata.record import NOTHING, Chapter, Link, PageNote, PageOrder, Place, Record
from manifests.model import Page
from manifests.presentation import v2, v3
from manifests.presentation.institution import Institution
from manifests.presentation.leaves import leaves_of
from manifests.scaling import Limits
from tests.presentation.make import WORK, page, pages, work

HERE = Addresses("https://example.org")
NAV_PLACE = "http://iiif.io/api/extension/navplace/context.json"
PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
HUE = Place(107.5909, 16.4637, 107.5909, 16.4637, {"vi": ("Huế",)})


def of_3(record: Record = NOTHING, leaves: list[Page] | None = None, **more: Any) -> dict[str, Any]:
    found = work() if not more.get("text") else replace(work(), text="words")
    return v3.manifest(found, leaves or pages(3), HERE, more.get("institution", Institution()), record)


def of_2(record: Record = NOTHING, leaves: list[Page] | None = None, **more: Any) -> dict[str, Any]:
    found = work() if not more.get("text") else replace(work(), text="words")
    return v2.manifest(found, leaves or pages(3), HERE, more.get("institution", Institution()), record)


def painted(canvas: dict[str, Any]) -> dict[str, Any]:
    ((annotation,),) = [page_of["items"] for page_of in canvas["items"]]
    assert (annotation["motivation"], annotation["target"]) == ("painting", canvas["id"])
    body: dict[str, Any] = annotation["body"]
    return body


def test_recipe_0001_one_image() -> None:
    document = of_3(leaves=[page("0001", (1200, 1800))])
    assert (document["@context"], document["type"], document["id"]) == (
        PRESENTATION,
        "Manifest",
        HERE.manifest(3, WORK),
    )
    assert document["label"] == {"none": ["Sách cổ"]}
    (canvas,) = document["items"]
    assert (canvas["type"], canvas["width"], canvas["height"]) == ("Canvas", 1200, 1800)
    body = painted(canvas)
    assert (body["type"], body["format"], body["width"], body["height"]) == ("Image", "image/jpeg", 1200, 1800)


def test_recipe_0004_a_canvas_larger_than_its_image() -> None:
    """Ours is so where the library gives out less than it has: places on the canvas stay what they are."""
    limited = Institution(limits=Limits(1000, 1000, 0))
    (canvas,) = of_3(leaves=[page("0001", (3000, 2000))], institution=limited)["items"]
    body = painted(canvas)
    assert (canvas["width"], canvas["height"]) == (3000, 2000)
    assert (body["width"], body["height"]) == (1000, 667)


def test_recipe_0005_an_image_service() -> None:
    (canvas,) = of_3(leaves=pages(1))["items"]
    (service,) = painted(canvas)["service"]
    assert service == {"id": HERE.image(3, f"{WORK}~0001"), "type": "ImageService3", "profile": "level2"}
    assert painted(canvas)["id"].startswith(service["id"] + "/")


REBOUND = Record(orders=(PageOrder({"vi": ("Thứ tự trước khi đóng lại",)}, ("0003", "0001", "0002")),))


def test_recipe_0027_another_order_of_the_pages() -> None:
    now, before = of_3(REBOUND)["structures"]
    assert [one["behavior"] for one in (now, before)] == [["sequence"], ["sequence"]]
    assert before["label"] == {"vi": ["Thứ tự trước khi đóng lại"]}
    canvases = [HERE.canvas(WORK, f"000{n}") for n in range(1, 4)]
    assert [item["id"] for item in now["items"]] == canvases
    assert [item["id"] for item in before["items"]] == [canvases[2], canvases[0], canvases[1]]
    assert "structures" not in of_2(REBOUND)


def test_recipe_0027_chapters_stand_beside_it_and_not_in_it() -> None:
    record = replace(REBOUND, pages=(PageNote("0001"),), chapters=(Chapter({"vi": ("Hồi 1",)}, "0001", "0001"),))
    assert [one.get("behavior") for one in of_3(record)["structures"]] == [["sequence"], ["sequence"], None]


def test_recipe_0031_volumes_bound_in_one() -> None:
    volumes = (
        Chapter({"vi": ("Quyển thượng",)}, "0001", "0002", (Chapter({"vi": ("Tựa",)}, "0001", "0001"),)),
        Chapter({"vi": ("Quyển hạ",)}, "0003", "0003"),
    )
    record = Record(pages=tuple(PageNote(f"000{n}") for n in range(1, 4)), chapters=volumes)
    first, second = of_3(record)["structures"]
    assert [one["label"]["vi"] for one in (first, second)] == [["Quyển thượng"], ["Quyển hạ"]]
    assert [item["type"] for item in first["items"]] == ["Range", "Canvas"]
    assert first["items"][0]["label"] == {"vi": ["Tựa"]}


def test_recipe_0046_the_work_and_its_text_to_take_home() -> None:
    pdf, text = of_3(text=True)["rendering"]
    assert (pdf["id"], pdf["type"], pdf["format"]) == (HERE.work_pdf(WORK), "Text", "application/pdf")
    assert (text["id"], text["type"], text["format"]) == (HERE.work_text(WORK), "Text", "text/plain")
    assert all({"vi", "en"} <= one["label"].keys() for one in (pdf, text))
    assert [one["@id"] for one in of_2(text=True)["rendering"]] == [pdf["id"], text["id"]]
    assert of_2()["rendering"]["@id"] == pdf["id"]


def test_recipe_0047_a_homepage_with_its_language() -> None:
    record = Record(homepage=(Link("https://opac.example.org/1", {"vi": ("Biểu ghi trong mục lục",)}, "vi"),))
    ours, theirs = of_3(record, institution=Institution(languages=("vi", "en")))["homepage"]
    assert (ours["id"], ours["language"]) == (HERE.work_page(WORK), ["vi", "en"])
    assert theirs == {
        "id": "https://opac.example.org/1",
        "type": "Text",
        "label": {"vi": ["Biểu ghi trong mục lục"]},
        "format": "text/html",
        "language": ["vi"],
    }
    assert of_2(record)["related"][1]["label"] == {"@value": "Biểu ghi trong mục lục", "@language": "vi"}


@pytest.mark.parametrize(
    ("name", "extension", "media_type", "profile"),
    [
        ("MODS", "mods.xml", "application/mods+xml", "http://www.loc.gov/mods/v3"),
        ("MARCXML", "marc.xml", "application/marcxml+xml", "http://www.loc.gov/standards/marcxml"),
        ("METS", "mets.xml", "application/mets+xml", "http://www.loc.gov/METS/"),
        ("DCMI Metadata Terms", "dcterms.xml", "application/xml", "http://purl.org/dc/terms/"),
    ],
)
def test_recipe_0053_the_records_of_the_work_for_programs(
    name: str, extension: str, media_type: str, profile: str
) -> None:
    record = Record(files=(name,))
    assert of_3(record)["seeAlso"] == [
        {
            "id": HERE.record(WORK, extension),
            "type": "Dataset",
            "label": {"none": [name]},
            "format": media_type,
            "profile": profile,
        }
    ]
    assert of_2(record)["seeAlso"]["@id"] == HERE.record(WORK, extension)
    assert of_2(record)["seeAlso"]["profile"] == profile


def test_recipe_0053_a_library_may_keep_its_records_to_itself() -> None:
    alone = Institution(share_records=False)
    assert "seeAlso" not in of_3(Record(files=("MODS",)), institution=alone)
    assert "seeAlso" not in of_2(Record(files=("MODS",)), institution=alone)


def test_recipe_0057_both_versions_have_the_same_canvases() -> None:
    new, old = of_3(), of_2()
    assert [one["id"] for one in new["items"]] == [one["@id"] for one in old["sequences"][0]["canvases"]]
    assert new["id"].replace("/3/", "/2/") == old["@id"]
    assert [new["@context"], old["@context"]] == [PRESENTATION, PRESENTATION.replace("/3/", "/2/")]


def test_recipe_0154_a_work_on_the_map() -> None:
    document = of_3(Record(places=(HUE,)))
    assert document["@context"] == [NAV_PLACE, PRESENTATION]
    (feature,) = document["navPlace"]["features"]
    assert document["navPlace"]["type"] == "FeatureCollection"
    assert feature["properties"] == {"label": {"vi": ["Huế"]}}
    assert feature["geometry"] == {"type": "Point", "coordinates": [107.5909, 16.4637]}


def test_recipe_0202_a_canvas_to_begin_at() -> None:
    record = Record(start="0002")
    assert of_3(record)["start"] == {"id": HERE.canvas(WORK, "0002"), "type": "Canvas"}
    assert of_2(record)["sequences"][0]["startCanvas"] == HERE.canvas(WORK, "0002")
    assert "start" not in of_3(Record(start="0009"))
    assert "startCanvas" not in of_2(Record(start="0009"))["sequences"][0]


def test_recipe_0232_each_canvas_has_a_thumbnail_of_a_known_size() -> None:
    for canvas in of_3()["items"]:
        (thumbnail,) = canvas["thumbnail"]
        assert (thumbnail["type"], thumbnail["format"]) == ("Image", "image/jpeg")
        assert thumbnail["id"].endswith(f"/full/{thumbnail['width']},{thumbnail['height']}/0/default.jpg")
        (service,) = thumbnail["service"]
        assert service["type"] == "ImageService3"
        assert {"width": thumbnail["width"], "height": thumbnail["height"]} in service["sizes"]


def test_recipe_0240_a_page_on_the_map() -> None:
    document = of_3(Record(pages=(PageNote("0002", places=(HUE,)),)))
    assert document["@context"] == [NAV_PLACE, PRESENTATION]
    assert ["navPlace" in canvas for canvas in document["items"]] == [False, True, False]
    assert document["items"][1]["navPlace"]["features"][0]["id"].startswith(HERE.canvas(WORK, "0002") + "#")
    leaf = leaves_of(pages(2), Record(pages=(PageNote("0002", places=(HUE,)),)))[1]
    assert v3.canvas(work(), leaf, HERE)["@context"] == [NAV_PLACE, PRESENTATION]


NOTED = Record(pages=(PageNote("0002", note={"vi": ("Rách góc dưới",)}),))


def test_recipe_0266_a_remark_about_a_whole_page() -> None:
    first, second, _ = of_3(NOTED)["items"]
    assert "annotations" not in first
    ((remark,),) = [page_of["items"] for page_of in second["annotations"]]
    assert (remark["type"], remark["motivation"], remark["target"]) == ("Annotation", "commenting", second["id"])
    assert remark["body"] == {
        "type": "TextualBody",
        "value": "Rách góc dưới",
        "format": "text/plain",
        "language": "vi",
    }


def test_recipe_0269_what_is_in_the_manifest_stands_before_what_has_to_be_fetched() -> None:
    leaves = [replace(one, text="alto") for one in pages(2)]
    remarks, *texts = of_3(NOTED, leaves)["items"][1]["annotations"]
    assert "items" in remarks
    assert [text.keys() for text in texts] == [{"id", "type", "label"}] * 2
    assert {text["type"] for text in texts} == {"AnnotationPage"}
    first, *others = of_2(NOTED, leaves)["sequences"][0]["canvases"][1]["otherContent"]
    assert first["@id"] == HERE.annotations(WORK, "0002", "notes", 2)
    assert len(others) == 1


TORN_OUT = Record(
    behavior="paged", start="0002", pages=(PageNote("0002", {"none": ("1b",)}, is_missing=True), PageNote("0003"))
)


def test_recipe_0283_a_page_of_which_there_is_no_image() -> None:
    leaves = [page("0001"), page("0003")]
    document = of_3(TORN_OUT, leaves)
    _, gap, _ = document["items"]
    assert (gap["id"], gap["type"], gap["items"]) == (HERE.canvas(WORK, "0002"), "Canvas", [])
    assert gap["label"] == {"vi": ["1b (thiếu)"], "en": ["1b (missing)"]}
    assert (gap["width"], gap["height"]) == (leaves[0].width, leaves[0].height)
    assert gap["summary"]["vi"] == ["Thiếu ảnh của trang này."]
    assert gap.keys().isdisjoint({"thumbnail", "rendering", "seeAlso", "annotations"})
    old = of_2(TORN_OUT, leaves)["sequences"][0]
    assert (old["canvases"][1]["images"], old["startCanvas"]) == ([], gap["id"])


def test_recipe_0283_a_chapter_goes_on_over_the_gap() -> None:
    chapter = Chapter({"vi": ("Hồi 1",)}, "0001", "0003")
    record = replace(TORN_OUT, pages=(PageNote("0001"), *TORN_OUT.pages), chapters=(chapter,))
    (found,) = of_3(record, [page("0001"), page("0003")])["structures"]
    assert [item["id"] for item in found["items"]] == [HERE.canvas(WORK, f"000{n}") for n in (1, 2, 3)]


@pytest.mark.parametrize(("start", "shown"), [("", "0001"), ("0003", "0003")])
def test_recipe_0013_a_small_picture_stands_for_the_work_until_its_pages_are_there(start: str, shown: str) -> None:
    found = of_3(Record(start=start))["placeholderCanvas"]
    body = painted(found)
    assert (found["type"], found["id"]) == ("Canvas", HERE.placeholder(WORK))
    assert body["id"].startswith(HERE.image(3, f"{WORK}~{shown}") + "/full/")
    assert max(body["width"], body["height"]) <= 1024
    assert (found["width"], found["height"]) == (body["width"], body["height"])
