"""The schema: made, upgraded after a copy, refused where it is newer; and every way to it leads to the same tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, inspect, text

from manifests.catalog import Catalog, schema
from manifests.errors import Damaged, Misused
from manifests.model import PageState, State

VERSION_1 = Path(__file__).with_name("version_1.sql").read_text(encoding="utf-8")


@pytest.fixture
def oldest(tmp_path: Path) -> Path:
    """A catalogue as the first version made and filled it."""
    file = tmp_path / "oldest.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(VERSION_1)
    return file


@pytest.fixture
def newest(tmp_path: Path) -> Path:
    file = tmp_path / "catalog.sqlite"
    Catalog.make(file).close()
    return file


def shape(file: Path) -> dict[str, Any]:
    """Columns, keys, indexes and references by name, in any order."""
    engine = schema.connect(file)
    found: dict[str, Any] = {}
    for table in inspect(engine).get_table_names():
        found |= {f"{table}.{c['name']}": (str(c["type"]), c["nullable"]) for c in inspect(engine).get_columns(table)}
        found[f"key of {table}"] = inspect(engine).get_pk_constraint(table)["constrained_columns"]
        uniques = inspect(engine).get_unique_constraints(table)
        found |= {f"unique {table} {','.join(u['column_names'])}": True for u in uniques}
        found |= {f"index {i['name']}": (i["column_names"], i["unique"]) for i in inspect(engine).get_indexes(table)}
        references = inspect(engine).get_foreign_keys(table)
        found |= {f"{table} {r['constrained_columns']}": r["referred_table"] for r in references}
    engine.dispose()
    return found


def test_the_upgrades_lead_to_the_tables_of_today(oldest: Path, newest: Path) -> None:
    """A table that was changed without an upgrade, or an upgrade that does something else, is named here."""
    Catalog.open(oldest).close()
    upgraded, made = shape(oldest), shape(newest)
    assert not made.keys() - upgraded.keys(), "in manifests/catalog/tables.py, without an upgrade in schema.py"
    assert not upgraded.keys() - made.keys(), "made by an upgrade in schema.py, not in manifests/catalog/tables.py"
    assert upgraded == made


def test_what_the_oldest_catalogue_held_is_there_after_the_upgrades(oldest: Path) -> None:
    catalog = Catalog.open(oldest)
    work = catalog.work("kieu")
    assert (work.state, work.pages, work.first_size) == (State.PUBLIC, 2, (2000, 3000))
    states = {record.page.id: record.state for record in catalog.pages("kieu")}
    assert states == {"a1": PageState.PRESENT, "b2": PageState.MISSING}
    assert not any(record.page.is_target for record in catalog.pages("kieu"))
    assert catalog.page("kieu", "a1")[1].page.pyramid.index == b"tiles of a1"
    assert catalog.document("kieu", 3) == ("maker", "digest", b"{}")
    assert [said.finding.code for said in catalog.findings("scans", "kieu")] == ["no-profile"]
    assert [staged.master.ppi for staged in catalog.staged("scans", "kieu").values()] == [600.0]
    assert [change.kind for change in catalog.changes(0, 10)] == ["created"]
    catalog.close()


def test_a_folder_taken_in_file_by_file_by_the_first_version_is_known_as_such_and_a_single_file_is_not(
    oldest: Path,
) -> None:
    with closing(sqlite3.connect(oldest)) as connection, connection:
        for number, file in enumerate(("maps/1.tif", "maps/2.tif", "book/1.tif"), 100):
            copy_of_kieu(connection, number, file)
    catalog = Catalog.open(oldest)
    assert [catalog.is_file_by_file("scans", folder) for folder in ("maps", "book")] == [True, False]
    catalog.close()


def test_that_only_the_first_page_of_a_file_is_taken_in_is_no_longer_said(oldest: Path) -> None:
    with closing(sqlite3.connect(oldest)) as connection, connection:
        connection.execute("UPDATE pages SET master = json_set(master, '$.format', 'heif') WHERE id = 'b2'")
        for page, code in (("a1", "several-images"), ("b2", "several-images"), (None, "pdf-pages")):
            row = "scans", "kieu", "f", page, code, "warning", "{}"
            columns = "root, folder, file, page, code, severity, 'values'"
            connection.execute(f"INSERT INTO findings ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608
    catalog = Catalog.open(oldest)
    said = [(one.page, one.finding.code) for one in catalog.findings("scans", "kieu")]
    assert ("b2", "several-images") in said
    assert not {("a1", "several-images"), (None, "pdf-pages")} & set(said)
    assert {page.page.number for page in catalog.pages("kieu")} == {1}
    catalog.close()


def copy_of_kieu(connection: sqlite3.Connection, number: int, file: str) -> None:
    """As a work of this one file."""
    for table, changed in (
        ("works", {"number": number, "id": f"w{number}", "folder": file}),
        ("pages", {"number": number, "work": number, "id": f"p{number}", "file": file}),
    ):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        row = connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()  # noqa: S608 -- our names
        values = [changed.get(column, value) for column, value in zip(columns, row, strict=True)]
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 -- our names


def version_of(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT value FROM meta WHERE key = 'schema'")).scalar_one())


def test_a_new_catalogue_is_of_the_version_that_the_last_upgrade_leads_to(newest: Path) -> None:
    engine = schema.connect(newest)
    assert version_of(engine) == str(len(schema.UPGRADES) + 1)
    engine.dispose()


def add_a_table(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE later (x)"))


def fail(connection: Connection) -> None:
    add_a_table(connection)
    raise RuntimeError


@pytest.fixture
def engine(newest: Path) -> Iterator[Engine]:
    engine = schema.connect(newest)
    yield engine
    engine.dispose()


def test_an_older_catalogue_is_upgraded_once_after_a_copy(engine: Engine, newest: Path) -> None:
    schema.bring_up_to_date(engine, newest, upgrades=[*schema.UPGRADES, add_a_table])
    schema.bring_up_to_date(engine, newest, upgrades=[*schema.UPGRADES, fail])
    assert inspect(engine).has_table("later")
    copy = schema.connect(newest.with_name(f"catalog.schema-{schema.SCHEMA_VERSION}.sqlite"))
    assert not inspect(copy).has_table("later")
    assert version_of(copy) == str(schema.SCHEMA_VERSION)
    copy.dispose()


def test_of_two_programs_that_find_an_older_catalogue_one_upgrades_it_and_the_copy_stays_old(
    engine: Engine, newest: Path
) -> None:
    """The other one comes in between, when this one has just seen which version it is."""
    upgrades, other = [*schema.UPGRADES, add_a_table], schema.connect(newest)
    has_seen_version: list[bool] = []

    def see(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        has_seen_version.append("FROM meta" in statement)

    def come_in_between(*_: object) -> None:
        if any(has_seen_version):
            schema.bring_up_to_date(other, newest, upgrades=upgrades)

    event.listen(engine, "before_cursor_execute", see)
    event.listen(engine, "checkin", come_in_between)
    schema.bring_up_to_date(engine, newest, upgrades=upgrades)
    assert inspect(other).has_table("later")
    copy = schema.connect(newest.with_name(f"catalog.schema-{schema.SCHEMA_VERSION}.sqlite"))
    assert not inspect(copy).has_table("later")
    for opened in (copy, other):
        opened.dispose()


def test_a_newer_catalogue_is_refused(engine: Engine, newest: Path) -> None:
    schema.bring_up_to_date(engine, newest, upgrades=[*schema.UPGRADES, add_a_table])
    with pytest.raises(Misused, match="newer Mocban"):
        Catalog.open(newest)


def test_an_upgrade_that_fails_changes_nothing(engine: Engine, newest: Path) -> None:
    with pytest.raises(RuntimeError):
        schema.bring_up_to_date(engine, newest, upgrades=[*schema.UPGRADES, fail])
    assert not inspect(engine).has_table("later")
    assert version_of(engine) == str(schema.SCHEMA_VERSION)


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be taken for one" * 100])
def test_a_file_that_is_no_catalogue_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "catalog.sqlite"
    file.write_bytes(content)
    with pytest.raises(Damaged, match="backup"):
        Catalog.open(file)


def test_a_catalogue_that_turns_out_damaged_when_it_is_written_to_is_named(newest: Path) -> None:
    whole = newest.read_bytes()
    newest.write_bytes(whole[: 2 * 4096] + b"\xaa" * (len(whole) - 2 * 4096))
    with pytest.raises(Damaged, match="backup"), closing(Catalog.open(newest)) as catalog:
        catalog.note_findings("root", "folder", ())
