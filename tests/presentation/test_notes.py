"""What a record says of a page, as annotations in both versions."""

from manifests.addresses import Addresses
from manifests.presentation.leaves import Leaf
from manifests.presentation.notes import notes_2, notes_3
from tests.presentation.make import work

HERE = Addresses("https://example.org")
LEAF = Leaf("0001", {"none": ["1a"]}, 100, 200, note={"vi": ("Rách góc", "Mờ"), "none": ("VNb.60",)})


def test_each_text_is_a_remark_about_the_whole_page() -> None:
    found = notes_3(work(), LEAF, HERE)
    assert (found["@context"], found["type"]) == ("http://iiif.io/api/presentation/3/context.json", "AnnotationPage")
    assert [one["motivation"] for one in found["items"]] == ["commenting"] * 3
    assert [one["body"]["value"] for one in found["items"]] == ["Rách góc", "Mờ", "VNb.60"]
    assert [one["body"].get("language") for one in found["items"]] == ["vi", "vi", None]
    assert {one["target"] for one in found["items"]} == {HERE.canvas("Sach-co", "0001")}


def test_both_versions_say_the_same_of_the_same_canvas() -> None:
    new, old = notes_3(work(), LEAF, HERE)["items"], notes_2(work(), LEAF, HERE)["resources"]
    said = [(one["body"]["value"], one["target"]) for one in new]
    assert said == [(one["resource"]["chars"], one["on"]) for one in old]
    assert {one["motivation"] for one in old} == {"oa:commenting"}


def test_the_address_of_a_remark_is_a_place_in_its_page() -> None:
    for found, name in ((notes_3(work(), LEAF, HERE), "id"), (notes_2(work(), LEAF, HERE), "@id")):
        remarks = found.get("items") or found["resources"]
        assert [one[name] for one in remarks] == [f"{found[name]}#{number}" for number in (1, 2, 3)]
