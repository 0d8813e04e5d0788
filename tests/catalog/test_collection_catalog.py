"""Collections in the catalogue: who sees what where, by the states of works and by what lies in what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from manifests.addresses import TOP
from manifests.catalog import Catalog
from manifests.collection import CollectionKind, CollectionRecord, Membership
from manifests.errors import Missing
from manifests.model import ChangeKind, State
from tests.catalog.make import NOON, save

MAPS, BOOKS = CollectionRecord("Ban-do", {"vi": ["Bản đồ"]}), CollectionRecord("Sach", {"vi": ["Sách"]})
SET = CollectionRecord("Dai-Nam", {"vi": ["Đại Nam"]}, kind=CollectionKind.SET)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    yield catalog
    catalog.close()


def given(*records: CollectionRecord) -> list[Membership]:
    return [Membership(record, given=True) for record in records]


def tree(catalog: Catalog, collection: str = TOP) -> dict[str, object]:
    """What people see in a collection: works by id, collections with what is in them."""
    members = [member.what for member in catalog.collections.page(collection, "", 100)]
    return {one.id: tree(catalog, one.id) if hasattr(one, "parts") else None for one in members}


def test_a_work_in_no_collection_stands_in_the_root(catalog: Catalog) -> None:
    save(catalog, "kieu", stands_in=[])
    assert tree(catalog) == {"kieu": None}
    assert [one.id for one in catalog.collections.of_work("kieu")] == [TOP]


def test_an_unknown_collection_is_made_and_takes_the_work_out_of_the_root(catalog: Catalog) -> None:
    save(catalog, "kieu")
    save(catalog, "kieu", stands_in=given(CollectionRecord("Nom", {"none": ["Nom"]})))
    assert tree(catalog) == {"Nom": {"kieu": None}}
    assert catalog.collections.find("Nom").label == {"none": ["Nom"]}


def test_an_ingest_that_says_nothing_of_collections_leaves_them(catalog: Catalog) -> None:
    save(catalog, "kieu", stands_in=given(BOOKS))
    save(catalog, "kieu")
    save(catalog, "kieu", stands_in=[])
    assert tree(catalog) == {"Sach": {"kieu": None}}
    save(catalog, "kieu", stands_in=[], leaves=["SACH"])
    assert tree(catalog) == {"kieu": None}


def test_nobody_sees_a_collection_in_which_nothing_is_public(catalog: Catalog) -> None:
    catalog.collections.describe([BOOKS, CollectionRecord("Nom", {"vi": ["Nôm"]}, parent="Sach")], NOON)
    save(catalog, "kieu", draft=True, stands_in=given(CollectionRecord("Nom", {})))
    for name in ("Sach", "Nom", "nom", "khong-co"):
        with pytest.raises(Missing):
            catalog.collections.shown(name)
    assert tree(catalog) == {}
    catalog.set_state("kieu", State.PUBLIC, NOON)
    assert tree(catalog) == {"Sach": {"Nom": {"kieu": None}}}
    for state in (State.WITHDRAWN, State.PUBLIC, State.REMOVED):
        catalog.set_state("kieu", state, NOON)
        assert catalog.collections.find("Sach").is_shown == (state is State.PUBLIC)
    assert tree(catalog) == {}


def test_a_work_whose_pages_have_all_gone_is_in_no_collection(catalog: Catalog) -> None:
    save(catalog, "kieu", stands_in=given(BOOKS))
    save(catalog, "kieu", pages=[])
    assert tree(catalog) == {}


def test_volumes_stand_in_their_set_and_the_set_where_they_were_put(catalog: Catalog) -> None:
    for number in (10, 2, 1):
        wishes = [*given(BOOKS), Membership(SET, rank=str(number), within=(BOOKS,))]
        save(catalog, f"w{number}", stands_in=wishes)
    save(catalog, "alone", stands_in=given(BOOKS))
    assert tree(catalog) == {"Sach": {"Dai-Nam": {"w1": None, "w2": None, "w10": None}, "alone": None}}
    assert catalog.collections.find("Dai-Nam").kind is CollectionKind.SET
    assert [one.id for one in catalog.collections.of_work("w1", shown=True)] == ["Dai-Nam"]
    assert [one.id for one in catalog.collections.of_work("w1")] == ["Dai-Nam", "Sach"]


def test_a_set_that_is_moved_away_leaves_its_volumes_where_they_were_given(catalog: Catalog) -> None:
    save(catalog, "w1", stands_in=[*given(BOOKS), Membership(SET, rank="1", within=(BOOKS,))])
    catalog.collections.describe([CollectionRecord("Dai-Nam", {"vi": ["Đại Nam"]})], NOON)
    assert tree(catalog) == {"Dai-Nam": {"w1": None}, "Sach": {"w1": None}}


def test_issues_stand_in_their_year_and_the_years_in_their_title(catalog: Catalog) -> None:
    title = CollectionRecord("Bao", {"vi": ["Báo"]}, kind=CollectionKind.SERIAL)
    for year, day in (("1918", "1918-01-15"), ("1917", "1917-08-01"), ("1917", "1917-07-01")):
        of_year = CollectionRecord(f"Bao-{year}", {"none": [year]}, kind=CollectionKind.YEAR)
        save(catalog, f"i-{day}", stands_in=[Membership(of_year, rank=day, within=(title,))])
    assert tree(catalog) == {
        "Bao": {"Bao-1917": {"i-1917-07-01": None, "i-1917-08-01": None}, "Bao-1918": {"i-1918-01-15": None}}
    }


def test_what_is_said_of_collections_orders_and_names_them(catalog: Catalog) -> None:
    save(catalog, "a", stands_in=given(MAPS))
    save(catalog, "b", stands_in=given(BOOKS))
    said = [CollectionRecord("sach", {"vi": ["Sách cổ"]}, {"vi": ["Xưa"]}), MAPS]
    assert catalog.collections.describe(said, NOON)
    assert not catalog.collections.describe(said, NOON)
    assert list(tree(catalog)) == ["Sach", "Ban-do"]
    assert catalog.collections.find("Sach").summary == {"vi": ["Xưa"]}


def test_a_collection_is_shown_by_the_first_picture_in_it_or_below(catalog: Catalog) -> None:
    catalog.collections.describe([BOOKS, CollectionRecord("Nom", {}, parent="Sach")], NOON)
    save(catalog, "kieu", "ab", stands_in=given(CollectionRecord("Nom", {})))
    assert catalog.collections.find("Sach").shown_by == ("kieu~a", 2000, 3000)


def test_the_log_tells_that_a_work_comes_into_a_collection_or_leaves_it_and_nothing_of_names(catalog: Catalog) -> None:
    save(catalog, "kieu")
    before = len(catalog.changes(0, 100))
    for stands_in, leaves in ((given(BOOKS), []), (given(BOOKS), []), ([], ["Sach"])):
        save(catalog, "kieu", is_visible=False, stands_in=stands_in, leaves=leaves)
    catalog.collections.describe([CollectionRecord("Sach", {"vi": ["Tên khác"]})], NOON)
    assert [change.kind for change in catalog.changes(before, 100)] == [ChangeKind.UPDATED] * 2


def test_readers_are_told_to_look_again_when_only_a_name_has_changed(catalog: Catalog) -> None:
    save(catalog, "kieu", stands_in=given(BOOKS))
    version = catalog.version()
    catalog.collections.describe([CollectionRecord("Sach", {"vi": ["Tên khác"]})], NOON)
    assert catalog.version() != version


def test_pages_of_a_collection_lead_from_its_parts_to_its_works(catalog: Catalog) -> None:
    for name in ("c1", "c2", "c3"):
        save(catalog, f"in-{name}", stands_in=given(CollectionRecord(name, {})))
    for name in ("w1", "w2", "w3", "w4"):
        save(catalog, name)
    kept = catalog.collections
    keys = ["", *kept.keys(TOP, 2)]
    assert [[member.what.id for member in kept.page(TOP, key, 2)] for key in keys] == [
        ["c1", "c2"],
        ["c3", "w1"],
        ["w2", "w3"],
        ["w4"],
    ]
    assert [kept.start(TOP, key) for key in keys] == [0, 2, 4, 6]
    assert [kept.key_before(TOP, key, 2) for key in keys[1:]] == keys[:-1]


def test_all_works_below_are_named_once_for_the_search_and_for_the_librarian(catalog: Catalog) -> None:
    catalog.collections.describe([BOOKS, CollectionRecord("Nom", {}, parent="Sach")], NOON)
    save(catalog, "a", text="a.words", stands_in=given(BOOKS, CollectionRecord("Nom", {})))
    save(catalog, "b", stands_in=given(CollectionRecord("Nom", {})))
    save(catalog, "c", stands_in=given(CollectionRecord("Nom", {})), draft=True)
    save(catalog, "d")
    assert catalog.collections.public_below("Sach") == {"a": True, "b": False}
    assert [work.id for work in catalog.collections.works_below("Sach", tuple(State), "", 10)] == ["a", "b", "c"]
    assert [one.id for one in catalog.collections.path("Nom")] == [TOP, "Sach"]
