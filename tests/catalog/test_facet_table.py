"""Browsing by what records say: which works fit, how many have what, and only public ones count."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from manifests.addresses import TOP
from manifests.catalog import Catalog
from manifests.collection import CollectionKind, CollectionRecord, Membership
from manifests.metadata.record import Entry, Record, SourceRecord
from manifests.model import PageState, State
from tests.catalog.make import NOON, page, save

BOOKS = {
    "kieu": {"language": ("vi-Hani", "vi"), "date": ("1871",), "type": ("Sách",)},
    "chinh-phu-ngam": {"language": ("vi-Hani",), "date": ("1885",), "type": ("Sách",)},
    "lettre": {"language": ("fr",), "date": ("1885-1891",), "type": ("Thư từ",)},
    "plan": {"language": ("fr", "vi"), "date": ("1902",), "type": ("Bản đồ",)},
    "nothing": {},
}


def records(said: dict) -> tuple[SourceRecord, ...]:
    entries = tuple(Entry(field, {"none": texts}) for field, texts in said.items())
    return (SourceRecord("work.toml", "work.toml", Record(entries=entries)),) if said else ()


@pytest.fixture
def catalog(tmp_path: Path):
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    for name, said in BOOKS.items():
        save(catalog, name, "a", records=records(said))
    yield catalog
    catalog.close()


def counts(catalog: Catalog) -> dict[tuple[str, str], int]:
    members = catalog.facets.members()
    return {(facet, value): bits.bit_count() for facet, values in members.items() for value, bits in values.items()}


def ids(catalog: Catalog, chosen: dict) -> list[str]:
    found = [work.id for work in catalog.facets.works(chosen, None, 50)]
    assert found == [work.id for work in catalog.facets.works(chosen, None, 50, are_many=True)]
    assert set(found) == catalog.facets.ids(chosen)
    return found


def test_works_that_fit_come_by_id(catalog):
    assert ids(catalog, {}) == sorted(BOOKS)
    assert ids(catalog, {"language": ["fr"]}) == ["lettre", "plan"]
    assert ids(catalog, {"language": ["fr", "vi-Hani"]}) == ["chinh-phu-ngam", "kieu", "lettre", "plan"]
    assert ids(catalog, {"language": ["fr", "vi-Hani"], "date": ["188X"]}) == ["chinh-phu-ngam", "lettre"]
    assert ids(catalog, {"kind": ["map"], "date": ["18XX"]}) == []
    assert ids(catalog, {"nonsense": ["x"]}) == []
    assert [work.id for work in catalog.facets.works({"language": ["vi"]}, "kieu", 1)] == ["plan"]


def test_each_value_has_the_works_that_say_it(catalog):
    found = counts(catalog)
    assert {value: number for (facet, value), number in found.items() if facet == "language"} == {
        "vi-Hani": 2,
        "vi": 2,
        "fr": 2,
    }
    members = catalog.facets.members()
    assert (members["language"]["fr"] & members["date"]["188X"]).bit_count() == 1  # lettre
    assert (members["language"]["fr"] & members["language"]["vi-Hani"]).bit_count() == 0


def shelve(catalog: Catalog, work: str, *names: str, **more) -> None:
    said = [Membership(CollectionRecord(name, {"vi": [name]}), given=True) for name in names]
    save(catalog, work, "a", stands_in=said, **more)


def describe(catalog: Catalog, *parents: tuple[str, str]) -> None:
    said = [CollectionRecord(name, {"vi": [name]}, parent=parent) for name, parent in parents]
    catalog.collections.describe(said, NOON)


def in_collections(catalog: Catalog) -> dict[str, int]:
    return {value: number for (facet, value), number in counts(catalog).items() if facet == "collection"}


@pytest.fixture
def shelved(catalog: Catalog) -> Catalog:
    """Three deep: `kieu` in the innermost, `lettre` in two, `nothing` in none."""
    describe(catalog, ("Nom", TOP), ("Tho", "Nom"), ("Luc-bat", "Tho"), ("Phap", TOP))
    places = {"kieu": ["Luc-bat"], "chinh-phu-ngam": ["Tho"], "lettre": ["Phap", "Nom"], "plan": ["Phap"]}
    for name, there in places.items():
        shelve(catalog, name, *there, records=records(BOOKS[name]))
    return catalog


def test_a_work_is_in_its_collections_and_in_all_around_them_but_the_root(shelved):
    assert in_collections(shelved) == {"Nom": 3, "Tho": 2, "Luc-bat": 1, "Phap": 2}
    assert ids(shelved, {"collection": ["Nom"]}) == ["chinh-phu-ngam", "kieu", "lettre"]
    assert ids(shelved, {"collection": ["Luc-bat", "Phap"]}) == ["kieu", "lettre", "plan"]
    assert ids(shelved, {"collection": ["Nom"], "language": ["fr"]}) == ["lettre"]
    for nobodys in (TOP, "nom", "x", ""):
        assert ids(shelved, {"collection": [nobodys]}) == []


def test_a_volume_counts_once_in_what_is_around_its_set(catalog):
    tome = CollectionRecord("Dai-Nam", {"vi": ["Đại Nam"]}, kind=CollectionKind.SET)
    around = CollectionRecord("Su", {"vi": ["Sử"]})
    save(catalog, "kieu", "a", stands_in=[Membership(around, given=True), Membership(tome)])
    assert in_collections(catalog) == {"Su": 1, "Dai-Nam": 1}
    assert ids(catalog, {"collection": ["Su"]}) == ["kieu"]


def test_the_works_of_a_set_that_fit_come_by_their_numbers_page_by_page(catalog):
    tome = CollectionRecord("Dai-Nam", {"vi": ["Đại Nam"]}, kind=CollectionKind.SET)
    for number, name in enumerate(("plan", "kieu", "lettre"), 9):
        stands_in = [Membership(tome, rank=str(number))]
        save(catalog, name, "a", stands_in=stands_in, records=records(BOOKS[name]))
    seen, after = [], ""
    while page := catalog.facets.works_in_order("Dai-Nam", {"language": ["vi", "fr"]}, after, 2):
        seen += [work.id for _, work in page]
        after = page[-1][0]
    assert seen == ["plan", "kieu", "lettre"]
    assert catalog.facets.works_in_order("Dai-Nam", {"language": ["lzh"]}, "", 2) == []


def test_whatever_moves_works_among_collections_is_a_change(shelved):
    seen = [(shelved.facets.changes(), in_collections(shelved))]

    def then(_done: object) -> None:
        now = (shelved.facets.changes(), in_collections(shelved))
        assert now[1] != seen[-1][1]
        assert now[0] != seen[-1][0]
        seen.append(now)

    then(shelve(shelved, "nothing", "Phap"))
    then(save(shelved, "nothing", "a", stands_in=[], leaves=["Phap"]))
    then(describe(shelved, ("Tho", TOP)))
    then(shelved.set_state("lettre", State.WITHDRAWN, NOON))
    then(shelved.set_state("lettre", State.PUBLIC, NOON))
    then(shelved.set_state("lettre", State.REMOVED, NOON))


def test_another_name_of_a_collection_is_a_change_and_the_same_work_again_is_none(shelved):
    before = shelved.facets.changes()
    shelve(shelved, "kieu", "Luc-bat", records=records(BOOKS["kieu"]))
    assert shelved.facets.changes() == before
    shelved.collections.describe([CollectionRecord("Phap", {"vi": ["Sách Pháp"]})], NOON)
    assert shelved.facets.changes() != before


def test_a_work_that_nobody_sees_counts_nowhere_until_it_is_seen_again(catalog):
    save(catalog, "draft", "a", draft=True, records=records({"type": ("Sách",)}))
    catalog.set_state("kieu", State.WITHDRAWN, NOON)
    assert counts(catalog)["kind", "book"] == 1
    assert ids(catalog, {"kind": ["book"]}) == ["chinh-phu-ngam"]
    for name in ("draft", "kieu"):
        catalog.set_state(name, State.PUBLIC, NOON)
    assert counts(catalog)["kind", "book"] == 3


def test_a_work_whose_pages_have_all_gone_counts_nowhere(catalog):
    save(catalog, "kieu", pages=[page("kieu", "a", PageState.PRUNED)], records=records(BOOKS["kieu"]))
    assert counts(catalog)["kind", "book"] == 1
    catalog.set_state("kieu", State.WITHDRAWN, NOON), catalog.set_state("kieu", State.PUBLIC, NOON)
    assert counts(catalog)["kind", "book"] == 1


def test_another_record_gives_other_values_and_a_removed_work_none(catalog):
    save(catalog, "kieu", "a", records=records({"type": ("Mộc bản",)}))
    assert counts(catalog)["kind", "woodblock"] == 1
    catalog.set_state("kieu", State.REMOVED, NOON)
    assert ("kind", "woodblock") not in counts(catalog)


def test_works_known_before_are_read_when_the_catalogue_is_opened_and_only_then(catalog, tmp_path):
    wanted = counts(catalog)
    catalog.close()
    file = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM facets")
        connection.execute("UPDATE works SET facets_recipe = 0")
    opened = Catalog.open(file)
    version = opened.version()
    assert counts(opened) == wanted
    opened.close()
    again = Catalog.open(file)
    assert again.version() == version
    again.close()


def test_no_question_about_facets_runs_without_an_index(catalog, tmp_path):
    asked: list[tuple[str, tuple]] = []
    event.listen(
        catalog._engine,
        "before_cursor_execute",
        lambda _c, _k, statement, values, *_: asked.append((statement, values)),
    )
    chosen = {"language": ["fr", "vi"], "date": ["188X"], "collection": ["Nom", "Phap"]}
    ids(catalog, chosen), counts(catalog), catalog.facets.works(chosen, "a", 10)
    catalog.ids.of("kieu"), catalog.ids.digests("kieu"), catalog.ids.rename("kieu", "k", {}, {}, NOON)
    catalog.facets.bring_up_to_date()
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection:
        steps = [
            (row[3], statement)
            for statement, values in asked
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert len(asked) > 12
    scans = [step for step in steps if step[0].startswith("SCAN") and "INDEX" not in step[0]]
    small = ("SCAN (subquery", "SCAN anon_", "SCAN below", "SCAN collections")
    assert [step for step in scans if not step[0].startswith(small)] == []
