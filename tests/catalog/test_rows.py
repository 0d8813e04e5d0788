"""Columns and fields agree: what is stored comes back whole, and no column is stored for nobody."""

import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import Any

import pytest

from manifests.catalog import Catalog, FileFinding, KnownHash, PageRecord, Staged, WorkUpdate
from manifests.catalog.tables import metadata
from manifests.collection import CollectionKind, CollectionRecord, Membership
from manifests.errors import Missing
from manifests.metadata.record import Entry, SourceRecord
from manifests.model import (
    ChangeKind,
    FileKind,
    Finding,
    Fixity,
    FixityCheck,
    Master,
    OcrEngine,
    Page,
    PageState,
    Pyramid,
    Recognition,
    Severity,
    State,
    Work,
)
from tests.catalog.make import NOON
from tests.metadata.record_samples import FULL

FINDINGS = (Finding("unused", Severity.NOTE, {"file": "notes.doc"}), Finding("no-profile", Severity.WARNING))
MASTER = Master("tiff", 2000, 3000, 16, 4, "rgb", "Adobe RGB", 600.0, 6, "lzw", 3, "iii")
PYRAMID = Pyramid("pyramids/kieu/a.tif", 3000, 2000, "d1", 1234, 2, True, b"tiles")
PAGE = Page(
    "a",
    "kieu~a",
    {"vi": ["Trang 1"], "none": ["1", "2"]},
    "kieu/a.tif",
    "a1" * 32,
    MASTER,
    PYRAMID,
    "alto",
    2,
    True,
    "facing-pages",
)
RECORD = PageRecord(PAGE, PageState.MISSING, 5678, 99, "a.xml", "b2")
SHOWN = replace(RECORD, page=replace(PAGE, id="b", image="kieu~b", is_target=False))
STAGED = Staged("b.tif", 5, 6, "s", MASTER, PYRAMID, FINDINGS, 3)
DATED = replace(FULL, entries=(*FULL.entries, Entry("date", {"none": ("1866-01-31",)})))
SERIAL = CollectionRecord("Bao", {"vi": ["Báo"]}, kind=CollectionKind.SERIAL)
IN_YEAR = CollectionRecord("Bao-1866", {"none": ["1866"]}, kind=CollectionKind.YEAR, nav_date="1866-01-01T00:00:00Z")
MAPS = CollectionRecord("Ban-do", {"vi": ["Bản đồ"]}, {"vi": ["Cũ"]}, "Kho", "https://e.org/l.png", "https://e.org/")
STORE = CollectionRecord("Kho", {"vi": ["Kho"]})
IN_FRENCH = replace(DATED, entries=(*DATED.entries, Entry("language", {"none": ("fr",)})))
UPDATE = WorkUpdate(
    work="kieu",
    root="scans",
    folder="truyen/kieu",
    label={"vi": ["Truyện Kiều"], "none": ["Kiều"]},
    draft=False,
    returns=False,
    pages=[RECORD, SHOWN],
    text="kieu.1.words",
    text_changed=True,
    records=[SourceRecord("mods", "mods.xml", IN_FRENCH, "MODS", "d5", b"<mods/>")],
    stands_in=[
        Membership(CollectionRecord("Ban-do", {"vi": ["Bản đồ"]}), given=True),
        Membership(IN_YEAR, rank="1866-01-31", within=(SERIAL,)),
    ],
    documents={3: ("maker", "digest", b"body")},
    findings=[FileFinding("a.tif", "a", FINDINGS[0], 2)],
)
WORK = Work(
    "kieu",
    "scans",
    "truyen/kieu",
    UPDATE.label,
    State.PUBLIC,
    NOON,
    1,
    3,
    "kieu.1.words",
    "kieu~b",
    (3000, 2000),
    "1866-01-01T00:00:00Z",
)

KEYS = {
    "meta.key": "names the row",
    "meta.value": "the schema's version, which `test_schema` reads",
    "works.number": "joins tables; never leaves the catalogue",
    "pages.number": "joins tables; never leaves the catalogue",
    "pages.work": "joins tables; never leaves the catalogue",
    "pages.position": "orders pages, of which one is looked at here",
    "records.work": "joins tables; never leaves the catalogue",
    "documents.work": "joins tables; never leaves the catalogue",
    "findings.number": "orders findings, of which there is one here",
    "collections.number": "joins tables; never leaves the catalogue",
    "members.work": "joins tables; never leaves the catalogue",
    "members.collection": "joins tables; never leaves the catalogue",
    "former_ids.number": "orders them, of which there is one here",
    "former_ids.work": "joins tables; never leaves the catalogue",
    "facets.work": "joins tables; never leaves the catalogue",
    "works.facets_recipe": "which facets are to be taken anew, which `test_facet_table` looks at",
    "changes.work": "joins tables; never leaves the catalogue",
    "to_index.work": "joins tables; never leaves the catalogue",
}
COLUMNS = [
    name
    for table in metadata.sorted_tables
    for column in table.c
    if (name := f"{table.name}.{column.name}") not in KEYS
]


READ = Recognition(OcrEngine("tesseract", "5.3.0", "vie+fra", "0a+1b"), "a1" * 32, "text/ocr/kieu/a.xml", 91.5, "c3")
CHECK = FixityCheck(FileKind.MASTER, "scans", "kieu/a.tif", "a1" * 32, Fixity.DAMAGED, NOON, 99)
HASH = KnownHash("c.tif", 6, 7, "b2" * 32, 4)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("filled") / "catalog.sqlite"
    catalog = Catalog.make(file)
    catalog.save(UPDATE, NOON)
    catalog.stage("scans", "truyen/kieu", STAGED)
    catalog.note_hash("scans", "truyen/kieu", HASH)
    catalog.note_file_by_file("maps", "cities")
    catalog.note_recognition("kieu", "a", READ)
    catalog.fixity.note(CHECK)
    catalog.collections.describe([STORE, MAPS], NOON)
    for old, new in (("kieu", "Kieu-nom"), ("Kieu-nom", "kieu")):
        catalog.ids.rename(old, new, UPDATE.documents, {3: "digest"}, NOON)
    catalog.close()
    return file


@pytest.fixture
def catalog(filled: Path, tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog.open(shutil.copy(filled, tmp_path / "catalog.sqlite"))
    yield catalog
    catalog.close()


def everything(catalog: Catalog) -> Any:
    """All that can be asked of the work above."""
    work = catalog.work("kieu")
    return (
        work,
        catalog.page("kieu", "a"),
        catalog.staged("scans", "truyen/kieu"),
        catalog.hashes("scans", "truyen/kieu"),
        catalog.is_file_by_file("maps", "cities"),
        catalog.findings("scans", "truyen/kieu"),
        catalog.document("kieu", 3),
        catalog.records("kieu"),
        catalog.shared_record("kieu", "MODS"),
        catalog.changes(0, 10),
        catalog.ids.of("kieu"),
        catalog.facets.members(),
        catalog.facets.ids({"language": ["fr"]}),
        catalog.waiting(10),
        catalog.pyramids(),
        catalog.recognitions("kieu"),
        catalog.recognition_files(),
        catalog.collections.all(),
        catalog.collections.held("kieu"),
        catalog.collections.of_work("kieu", shown=True),
        [catalog.collections.page(one.id, "", 9) for one in catalog.collections.all()],
        catalog.fixity.checks(FileKind.MASTER, "scans", [CHECK.file]),
        catalog.work_of_folder("scans", "truyen/kieu") == work,
    )


def values_in(value: Any) -> Iterator[Any]:
    yield value
    for field in fields(value):
        if hasattr(getattr(value, field.name), "__dataclass_fields__"):
            yield from values_in(getattr(value, field.name))


@pytest.mark.parametrize("value", [*values_in(RECORD), WORK], ids=lambda value: type(value).__name__)
def test_these_tests_store_no_field_at_its_default(value: Any) -> None:
    """A new field must be given a value above, or nobody would see that it is not stored."""
    for field in fields(value):
        defaults = [field.default, field.default_factory() if callable(field.default_factory) else MISSING]
        assert getattr(value, field.name) not in defaults, f"{type(value).__name__}.{field.name}"


def test_a_page_and_its_work_come_back_as_they_were_stored(catalog: Catalog) -> None:
    assert catalog.work("kieu") == WORK
    assert catalog.page("kieu", "a") == (State.PUBLIC, RECORD, WORK.label, NOON)


def test_what_is_staged_documented_found_and_logged_comes_back(catalog: Catalog) -> None:
    assert catalog.staged("scans", "truyen/kieu") == {("b.tif", 3): STAGED}
    assert catalog.document("kieu", 3) == ("maker", "digest", b"body")
    assert catalog.document_stamp("kieu", 3)[:3] == (WORK, "maker", "digest")
    assert catalog.last_change() == NOON
    assert catalog.records("kieu") == UPDATE.records
    assert catalog.shared_record("kieu", "MODS") == ("d5", b"<mods/>")
    assert catalog.findings("scans", "truyen/kieu") == [FileFinding("a.tif", "a", FINDINGS[0], 2)]
    assert (catalog.recognitions("kieu"), catalog.recognition_files()) == ({"a": READ}, {READ.file})
    change, *renamed = catalog.changes(0, 10)
    assert (change.work, change.kind, change.time) == ("kieu", ChangeKind.CREATED, NOON)
    assert [(row.kind, row.old_id, row.new_id) for row in renamed] == [
        (ChangeKind.RENAMED, "kieu", "Kieu-nom"),
        (ChangeKind.RENAMED, "Kieu-nom", "kieu"),
    ]


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_read_by_somebody(catalog: Catalog, tmp_path: Path, name: str) -> None:
    """With another content in the column, something that is asked of the catalogue is answered otherwise."""
    before = everything(catalog)
    table, _, column = name.partition(".")
    other = "CASE typeof({0}) WHEN 'integer' THEN 1 - {0} WHEN 'blob' THEN x'00' ELSE {0} || 'x' END".format(
        f'"{column}"'
    )
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite")) as connection, connection:
        (filled,) = connection.execute(f'SELECT count("{column}") FROM {table}').fetchone()  # noqa: S608 -- our names
        connection.execute(f'UPDATE {table} SET "{column}" = {other}')  # noqa: S608 -- our names
    assert filled, f"{name} is not written by the values above"
    try:
        after = everything(catalog)
    except (Missing, ValueError, TypeError, zlib.error):
        return  # read, and no longer understood
    assert after != before, f"nobody reads {name}"


def test_the_columns_named_as_keys_are_there() -> None:
    there = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c}
    assert KEYS.keys() <= there
