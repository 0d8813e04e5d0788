"""Files of several pages: each is a page of the work, and keeps its id whatever becomes of the file."""

import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from manifests.findings import make_finding
from manifests.ingest.report import Verdict
from manifests.library import Library
from manifests.model import PageCount
from tests.ingest.fakes import FakeWorkerPool, ingest, scan, several


def ids(library, work="book"):
    return [page.id for page in library.pages(work)]


def verdicts(rows):
    return [(row.page, row.number, row.verdict) for row in rows]


@pytest.fixture
def book(library, scans):
    """A file of three pages between two of one."""
    scan(scans / "book", "a.tif"), scan(scans / "book", "z.tif")
    several(scans / "book", "r.tif", "one", "two", "three")
    ingest(library, scans)
    return scans / "book"


def test_each_page_of_a_file_is_a_page_of_the_work_in_its_place(library, scans, book):
    assert ids(library) == ["a", "r-1", "r-2", "r-3", "z"]
    pages = library.pages("book")
    assert [page.number for page in pages] == [1, 1, 2, 3, 1]
    assert [page.label["none"] for page in pages] == [["a"], ["r, 1"], ["r, 2"], ["r, 3"], ["z"]]
    assert len({page.sha256 for page in pages}) == 3
    assert len({page.pyramid.digest for page in pages}) == 5


def test_a_file_that_is_the_whole_work_has_pages_that_are_called_by_their_numbers(library, scans):
    file = several(scans, "report.tif", "one", "two")
    rows = ingest(library, file)
    assert verdicts(rows) == [("report-1", 1, Verdict.ADDED), ("report-2", 2, Verdict.ADDED)]
    pages = library.pages("report")
    assert [(page.image, page.label["none"]) for page in pages] == [
        ("report~report-1", ["1"]),
        ("report~report-2", ["2"]),
    ]


def test_an_unchanged_file_is_neither_read_nor_opened(library, scans, book):
    workers = FakeWorkerPool()
    rows = ingest(library, scans, workers=workers)
    assert (workers.opened, workers.hashed, workers.built) == ([], [], [])
    assert {row.verdict for row in rows} == {Verdict.UNCHANGED}
    assert [row.number for row in rows] == [None, 1, 2, 3, None]


def test_a_file_of_several_pages_is_read_once_for_all_of_them(library, scans):
    several(scans / "book", "r.tif", *"abcdefgh")
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert (workers.opened, workers.hashed) == (["r.tif"], ["r.tif"])
    assert len(workers.built) == 8


def test_a_new_file_of_one_page_is_not_read_before_its_pyramid_is_made(library, scans):
    scan(scans / "book", "1.tif")
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert (workers.hashed, workers.built) == ([], ["1.tif"])


def test_a_renamed_file_keeps_the_ids_of_its_pages_and_no_pyramid_is_made(library, scans, book):
    (book / "r.tif").rename(book / "b.tif")
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert (ids(library), workers.built) == (["a", "r-1", "r-2", "r-3", "z"], [])


def test_a_file_saved_anew_with_a_page_more_keeps_its_ids(library, scans, book):
    several(book, "r.tif", "one", "new", "two", "three")
    ingest(library, scans)
    assert ids(library) == ["a", "r-1", "r-2", "r-3", "r-4", "z"]


def test_pages_that_a_file_no_longer_holds_are_missing_and_can_be_pruned(library, scans, book):
    several(book, "r.tif", "one and more")
    rows = {row.page: row for row in ingest(library, scans)}
    assert [rows[page].verdict for page in ("r-1", "r-2", "r-3")] == ["changed", "missing", "missing"]
    assert [finding.code for finding in rows["r-3"].findings] == ["page-gone"]
    assert [rows[page].number for page in ("r-2", "r-3")] == [2, 3]
    assert ids(library) == ["a", "r-1", "r-2", "r-3", "z"]
    ingest(library, scans, prune=True)
    assert ids(library) == ["a", "r-1", "z"]
    several(book, "r.tif", "one", "two", "three")
    ingest(library, scans)
    assert ids(library) == ["a", "r-1", "r-2", "r-3", "z"]


def test_pages_of_a_file_that_has_gone_are_missing(library, scans, book):
    (book / "r.tif").unlink()
    rows = [row for row in ingest(library, scans) if row.verdict is Verdict.MISSING]
    assert [(row.page, row.findings[0].code) for row in rows] == [(f"r-{n}", "master-gone") for n in (1, 2, 3)]


def test_a_file_of_one_page_that_gets_a_second_keeps_its_id_and_has_it_again_alone(library, scans):
    alone = several(scans / "book", "a.tif", "one")
    ingest(library, scans)
    assert ids(library) == ["a"]
    several(scans / "book", "a.tif", "one", "two")
    ingest(library, scans)
    assert ids(library) == ["a", "a-2"]
    several(alone.parent, "a.tif", "one")
    ingest(library, scans, prune=True)
    assert ids(library) == ["a"]


def test_two_equal_files_of_several_pages_keep_their_pages(library, scans):
    for name in ("a.tif", "b.tif"):
        several(scans / "book", name, "one", "two")
    ingest(library, scans)
    assert ids(library) == ["a-1", "a-2", "b-1", "b-2"]
    workers = FakeWorkerPool()
    (scans / "book" / "b.tif").rename(scans / "book" / "c.tif")
    rows = ingest(library, scans, workers=workers)
    assert (ids(library), workers.built) == (["a-1", "a-2", "b-1", "b-2"], [])
    assert {row.verdict for row in rows} == {Verdict.UNCHANGED}


def test_a_page_and_a_file_that_wish_for_one_id_are_told_apart(library, scans):
    several(scans / "book", "r.tif", "one", "two")
    other = scan(scans / "book", "r-2.tif")
    ingest(library, scans)
    told_apart = next(page for page in library.pages("book") if page.file.endswith(other.name))
    assert ids(library) == ["r-1", "r-2", told_apart.id]
    assert told_apart.id == f"r-2-{told_apart.sha256[:6]}"


def test_a_damaged_page_is_refused_by_its_number_and_the_others_come_in(library, scans):
    several(scans / "book", "r.tif", "one", "two", "three")
    (scans / "book" / "r.tif").write_text("1000x1500 one\ftorn\f1000x1500 three")
    rows = ingest(library, scans)
    assert verdicts(rows) == [("r-1", 1, "added"), ("r-2", 2, "refused"), ("r-3", 3, "added")]
    assert ids(library) == ["r-1", "r-3"]
    said = [(one.page, one.number) for one in library.findings(library.work("book"))]
    assert said == [("r-2", 2)]
    workers = FakeWorkerPool()
    again = ingest(library, scans, workers=workers)
    assert (workers.opened, workers.hashed, workers.built) == ([], [], ["r.tif 2"])
    assert [row.verdict for row in again] == ["unchanged", "refused", "unchanged"]


def test_a_known_page_that_is_damaged_now_stays_as_it_was(library, scans, book):
    (book / "r.tif").write_text("1000x1500 one\ftorn\f1000x1500 three")
    rows = ingest(library, scans, prune=True)
    assert Counter(row.verdict for row in rows) == {"unchanged": 2, "changed": 2, "refused": 1}
    assert ids(library) == ["a", "r-1", "r-2", "r-3", "z"]


class Uncounting(FakeWorkerPool):
    """Cannot tell how many pages a file has, and where it was told, why not."""

    def __init__(self, finding=None):
        super().__init__()
        self._count = PageCount(None, finding)

    def hash(self, master):
        done = super().hash(master)
        future = type(done)()
        found = done.result()
        future.set_result(type(found)(found.sha256, found.length, found.mtime))
        return future

    def count(self, master):
        future = super().count(master)
        counted = type(future)()
        counted.set_result(self._count)
        return counted


def test_a_file_whose_pages_cannot_be_counted_has_as_many_as_it_had(library, scans, book):
    (book / "r.tif").write_text("torn\ftorn\ftorn")
    rows = ingest(library, scans, workers=Uncounting(), prune=True)
    assert [row.page for row in rows if row.verdict is Verdict.REFUSED] == ["r-1", "r-2", "r-3"]
    assert ids(library) == ["a", "r-1", "r-2", "r-3", "z"]


def test_a_file_that_ends_whoever_opens_it_is_refused_with_all_its_pages_and_not_opened_for_each(library, scans, book):
    several(book, "r.tif", "one", "two", "three", "four")
    workers = Uncounting(make_finding("crash", signal="SIGSEGV"))
    rows = ingest(library, scans, workers=workers, prune=True)
    refused = [(row.page, row.findings[0].code) for row in rows if row.verdict is Verdict.REFUSED]
    assert refused == [("r-1", "crash"), ("r-2", "crash"), ("r-3", "crash")]
    assert (workers.built, ids(library)) == ([], ["a", "r-1", "r-2", "r-3", "z"])


def test_a_killed_ingest_goes_on_inside_a_file(library, scans):
    several(scans / "book", "r.tif", *"abcdefgh")
    with pytest.raises(KeyboardInterrupt):
        ingest(library, scans, workers=FakeWorkerPool(die_at=5), jobs=1)
    second = FakeWorkerPool()
    ingest(library, scans, workers=second)
    assert (second.opened, second.hashed) == ([], [])
    assert len(second.built) < 8
    assert ids(library) == [f"r-{number}" for number in range(1, 9)]


def test_a_dry_run_says_of_each_page_what_would_become_of_it(library, scans, book):
    several(book, "r.tif", "one", "two")
    rows = ingest(library, scans, dry_run=True, opens_all=True)
    assert verdicts(rows) == [
        ("a", None, "unchanged"),
        ("r-1", 1, "changed"),
        ("r-2", 2, "changed"),
        ("z", None, "unchanged"),
        ("r-3", 3, "missing"),
    ]


def test_of_a_wrong_checksum_the_first_page_tells(library, scans):
    several(scans / "book", "r.tif", "one", "two")
    scan(scans / "book", "r.tif.md5", "0" * 32)
    rows = ingest(library, scans)
    assert [(row.page, [f.code for f in row.findings]) for row in rows] == [("r-1", ["checksum-differs"]), ("r-2", [])]
    again = ingest(library, scans)
    assert [[f.code for f in row.findings] for row in again] == [["checksum-differs"], []]


def test_a_moved_folder_with_a_file_of_several_pages_keeps_its_id(library, scans, book):
    scan(scans / "other", "1.tif")
    book.rename(scans / "renamed")
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert sorted(work.id for work in library.works()) == ["book", "other"]
    assert workers.built == ["1.tif"]


VERSION_4 = """
    ALTER TABLE pages DROP COLUMN number_in_file;
    ALTER TABLE pages DROP COLUMN is_target;
    ALTER TABLE pages DROP COLUMN behavior;
    DROP INDEX works_by_facets_recipe;
    ALTER TABLE works DROP COLUMN facets_recipe;
    ALTER TABLE works DROP COLUMN nav_date;
    ALTER TABLE changes DROP COLUMN old_id;
    ALTER TABLE changes DROP COLUMN new_id;
    DROP TABLE facets;
    DROP TABLE former_ids;
    DROP TABLE members;
    DROP TABLE collections;
    DROP TABLE records;
    DROP TABLE fixity;
    ALTER TABLE findings DROP COLUMN number_in_file;
    ALTER TABLE hashes DROP COLUMN pages;
    DROP TABLE staging;
    CREATE TABLE staging (root TEXT NOT NULL, folder TEXT NOT NULL, file TEXT NOT NULL, length INTEGER NOT NULL,
        mtime INTEGER NOT NULL, recipe INTEGER NOT NULL, pyramid TEXT NOT NULL, result JSON NOT NULL,
        tiles BLOB NOT NULL, PRIMARY KEY (root, folder, file));
    CREATE INDEX staging_by_pyramid ON staging (pyramid);
    DELETE FROM pages WHERE id IN ('r-2', 'r-3');
    UPDATE pages SET id = 'r' WHERE id = 'r-1';
    UPDATE works SET pages = 3;
    UPDATE meta SET value = '4' WHERE key = 'schema';
"""
"""The library as the program had it that took in the first page of each file."""


def test_a_library_of_before_opens_nothing_that_is_known_and_gets_the_pages_that_were_left(library, scans, book):
    library.close()
    with closing(sqlite3.connect(library.folder / "catalog.sqlite")) as connection:
        connection.executescript(VERSION_4)
    with closing(Library.open(library.folder, library.settings)) as upgraded:
        assert ids(upgraded) == ["a", "r", "z"]
        workers = FakeWorkerPool()
        rows = ingest(upgraded, scans, workers=workers)
        assert (workers.opened, workers.hashed, workers.built) == ([], [], ["r.tif 2", "r.tif 3"])
        assert verdicts(rows) == [
            ("a", None, "unchanged"),
            ("r", 1, "unchanged"),
            ("r-2", 2, "added"),
            ("r-3", 3, "added"),
            ("z", None, "unchanged"),
        ]
        assert ids(upgraded) == ["a", "r", "r-2", "r-3", "z"]
    assert (library.folder / "catalog.schema-4.sqlite").is_file()
