"""Which collection is meant by a name."""

from manifests.collection import Collection, CollectionKind
from manifests.ingest.collection_names import CollectionNames
from tests.catalog.make import NOON


def known(name: str, label: str) -> Collection:
    return Collection(name, "top", {"vi": [label]}, {}, "", "", CollectionKind.PLAIN, "", NOON)


def test_a_collection_is_meant_by_its_name_its_id_or_the_id_that_was_made_of_a_former_name() -> None:
    names = CollectionNames.of([known("Tho", "Thi ca"), known("Ban-do", "Bản đồ")])
    for said in ("thi  CA", "THO", "Thơ"):
        assert names.called({"none": (said,)}).id == "Tho"
    assert names.called({"none": ("Bản đó",)}).id.startswith("Ban-do-")


def test_the_first_to_be_told_of_a_new_name_decides_on_id_and_label() -> None:
    names = CollectionNames.of([])
    first = names.called({"vi": ("Sách cổ",), "en": ("Old books",)})
    assert (first.id, first.label) == ("Sach-co", {"vi": ["Sách cổ"], "en": ["Old books"]})
    assert names.called({"none": ("SÁCH CỔ",)}) == names.called({"none": ("old books",)}) == first


def test_a_name_in_other_letter_case_has_the_same_id_where_marks_have_to_be_told_apart() -> None:
    made = [CollectionNames.of([known("Tho", "Thơ")]).called({"none": (said,)}).id for said in ("Thợ", "THỢ")]
    assert made[0].casefold() == made[1].casefold() != "tho"
