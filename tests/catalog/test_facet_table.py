"""Browsing by what records say: which works fit, how many have what, and only public ones count."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event

from manifests.catalog import Catalog
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
    chosen = {"language": ["fr", "vi"], "date": ["188X"]}
    ids(catalog, chosen), counts(catalog), catalog.facets.works(chosen, "a", 10)
    catalog.ids.of("kieu"), catalog.ids.digests("kieu"), catalog.ids.rename("kieu", "k", {}, {}, NOON)
    catalog.facets.bring_up_to_date()
    with create_engine(f"sqlite:///{tmp_path}/catalog.sqlite").connect() as connection:
        steps = [
            (row.detail, statement)
            for statement, values in asked
            if statement.startswith(("SELECT", "UPDATE", "DELETE"))
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert len(asked) > 12
    scans = [step for step in steps if step[0].startswith("SCAN") and "INDEX" not in step[0]]
    assert [step for step in scans if not step[0].startswith(("SCAN (subquery", "SCAN anon_"))] == []
