"""How collections are called in a list to choose from, and what lies in what there."""

from manifests.addresses import TOP
from manifests.collection import CollectionKind
from manifests.collection_facet import collection_facet
from tests.presentation.make import collection

TREE = (
    collection(TOP, {}),
    collection("Bao", {"vi": ["Báo"], "en": ["Papers"]}, parent=TOP),
    collection("Nam-Phong", {"vi": ["Nam Phong"], "en": ["Southern Wind"]}, parent="Bao", kind=CollectionKind.SERIAL),
    collection("Nam-Phong-1917", {"none": ["1917"]}, parent="Nam-Phong", kind=CollectionKind.YEAR),
    collection("Kin", {"vi": ["Chưa công bố"]}, parent=TOP, is_shown=False),
)


def test_what_lies_in_no_other_lies_in_nothing_here() -> None:
    above = collection_facet(TREE).facet.above
    assert [above(one.id) for one in TREE] == [None, None, "Bao", "Nam-Phong", None]
    assert above("x") is None


def test_a_year_is_called_by_its_title_too() -> None:
    names = collection_facet(TREE).names
    assert names["Bao"] == {"vi": ["Báo"], "en": ["Papers"]}
    assert names["Nam-Phong-1917"] == {"vi": ["Nam Phong, 1917"], "en": ["Southern Wind, 1917"]}


def test_what_nobody_sees_has_no_name() -> None:
    assert collection_facet(TREE).names.keys() == {"Bao", "Nam-Phong", "Nam-Phong-1917"}
