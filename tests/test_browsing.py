"""What is offered to choose: counts beside what is chosen of other facets, decades once their century is chosen."""

from pathlib import Path

import pytest

from manifests.browsing import Browsing
from manifests.catalog import Catalog
from manifests.collection import CollectionRecord, Membership
from tests.catalog.make import NOON, save
from tests.catalog.test_facet_table import BOOKS, records


@pytest.fixture
def catalog(tmp_path: Path):
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    for name, said in BOOKS.items():
        save(catalog, name, "a", records=records(said))
    yield catalog
    catalog.close()


@pytest.fixture
def browsing(catalog):
    return Browsing(catalog)


def offered(browsing: Browsing, facet: str, chosen=None, fixed=None) -> list[tuple[str, int, bool]]:
    [offer] = [offer for offer in browsing.offers(chosen or {}, fixed or {}) if offer.facet.name == facet]
    return [tuple(choice) for choice in offer.choices]


def test_the_most_frequent_comes_first(browsing):
    assert offered(browsing, "kind") == [("book", 2, False), ("letter", 1, False), ("map", 1, False)]


def test_a_choice_narrows_the_other_facets_and_not_its_own(browsing):
    chosen = {"language": ["fr"]}
    assert offered(browsing, "language", chosen) == [("fr", 2, True), ("vi", 2, False), ("vi-Hani", 2, False)]
    assert offered(browsing, "kind", chosen) == [("letter", 1, False), ("map", 1, False)]


def test_centuries_are_offered_first_and_the_decades_of_a_chosen_one(browsing):
    assert [value for value, *_ in offered(browsing, "date")] == ["18XX", "19XX"]
    chosen = {"date": ["18XX"]}
    assert [value for value, *_ in offered(browsing, "date", chosen)] == ["18XX", "187X", "188X", "189X", "19XX"]
    assert ("188X", 2, True) in offered(browsing, "date", {"date": ["188X"]})
    assert ("187X", 1, False) in offered(browsing, "date", {"date": ["188X"]})


def test_what_is_chosen_is_offered_even_where_nothing_fits(browsing):
    assert offered(browsing, "kind", {"kind": ["thesis"]})[-1] == ("thesis", 0, True)
    assert offered(browsing, "kind", {"kind": ["map"], "language": ["vi-Hani"]}) == [
        ("book", 2, False),
        ("map", 0, True),
    ]


def test_what_a_page_stands_for_narrows_and_is_not_offered(browsing):
    names = [offer.facet.name for offer in browsing.offers({}, {"language": ["fr"]})]
    assert "language" not in names
    assert offered(browsing, "kind", {}, {"language": ["fr"]}) == [("letter", 1, False), ("map", 1, False)]


def test_what_is_told_is_what_is_there_now(browsing, catalog):
    assert browsing.ids({"kind": ["book"]}) is browsing.ids({"kind": ["book"]})
    save(catalog, "more", "a", records=records(BOOKS["kieu"]))
    assert ("book", 3, False) in offered(browsing, "kind")
    assert browsing.number({"kind": ["book"], "language": ["vi", "fr"]}) == 2
    assert browsing.number({"kind": ["thesis"]}) == browsing.number({"nonsense": ["x"]}) == 0
    assert [work.id for work in browsing.works({"kind": ["book"]}, "kieu", 5)] == ["more"]


def shelve(catalog: Catalog, work: str, *names: str) -> None:
    said = [Membership(CollectionRecord(name, {}), given=True) for name in names]
    save(catalog, work, "a", records=records(BOOKS[work]), stands_in=said)


@pytest.fixture
def shelved(catalog: Catalog, browsing: Browsing) -> Browsing:
    tree = {"Nom": "top", "Phap": "top", "Tho": "Nom", "Luc-bat": "Tho", "Van": "Nom"}
    catalog.collections.describe([CollectionRecord(n, {"vi": [f"Kho {n}"]}, parent=p) for n, p in tree.items()], NOON)
    shelve(catalog, "kieu", "Luc-bat"), shelve(catalog, "chinh-phu-ngam", "Van")
    shelve(catalog, "lettre", "Phap"), shelve(catalog, "plan", "Phap", "Nom")
    return browsing


def test_collections_are_offered_from_the_outermost_inwards(shelved):
    assert offered(shelved, "collection") == [("Nom", 3, False), ("Phap", 2, False)]
    assert offered(shelved, "collection", {"collection": ["Nom"]}) == [
        ("Nom", 3, True),
        ("Tho", 1, False),
        ("Van", 1, False),
        ("Phap", 2, False),
    ]
    innermost = [value for value, *_ in offered(shelved, "collection", {"collection": ["Luc-bat"]})]
    assert innermost == ["Nom", "Tho", "Luc-bat", "Van", "Phap"]


def test_in_a_collection_those_that_lie_in_it_are_offered_with_what_fits(shelved):
    def parts(collection, chosen=None):
        return [tuple(choice) for choice in shelved.parts(collection, chosen or {}).choices]

    assert parts("Nom") == [("Tho", 1, False), ("Van", 1, False)]
    assert parts("Nom", {"kind": ["map"]}) == []
    assert parts("Nom", {"collection": ["Phap"]}) == parts("Nom")
    assert parts("Phap") == []


def test_collections_and_records_narrow_each_other(shelved):
    assert offered(shelved, "collection", {"language": ["fr"]}) == [("Nom", 1, False), ("Phap", 2, False)]
    within = {"collection": ["Nom"]}
    assert offered(shelved, "kind", {}, within) == [("book", 2, False), ("map", 1, False)]
    assert shelved.number({**within, "kind": ["book"]}) == 2
    assert [work.id for work in shelved.works({**within, "kind": ["book"]})] == ["chinh-phu-ngam", "kieu"]


def test_a_collection_is_called_and_placed_as_the_catalogue_says_now(shelved, catalog):
    def names() -> dict[str, list[str]]:
        [offer] = [offer for offer in shelved.offers({}) if offer.facet.name == "collection"]
        return {name: [*label["vi"]] for name, label in offer.names.items()}

    assert names()["Phap"] == ["Kho Phap"]
    catalog.collections.describe([CollectionRecord("Phap", {"vi": ["Sách Pháp"]}, parent="Nom")], NOON)
    assert names()["Phap"] == ["Sách Pháp"]
    assert [value for value, *_ in offered(shelved, "collection")] == ["Nom"]
