"""Records through an ingest: what they change, what they leave alone, what is said of them."""

import shutil

import pytest

from manifests.catalog import PageRecord
from manifests.ingest.records import describe
from manifests.ingest.report import Verdict
from manifests.library import Library
from manifests.model import PageState, State
from tests.ingest.fakes import FakeWorkerPool, ingest, scan

KIEU = 'title = { vi = "Truyện Kiều" }\n[metadata]\n"Tác giả" = "Nguyễn Du"\n'


@pytest.fixture
def book(scans):
    """Two pages in a folder called `book`."""
    scan(scans / "book", "1.tif"), scan(scans / "book", "2.tif")
    return scans / "book"


def written(folder, text, name="work.toml"):
    (folder / name).write_text(text, encoding="utf-8")


def told(outcomes):
    """Code by file's name, of what was said."""
    return {(row.file.rpartition("/")[2], finding.code) for row in outcomes for finding in row.findings}


def row_of(outcomes, name="work.toml"):
    (row,) = [row for row in outcomes if row.file.endswith(name)]
    return row


def document(library, work="book", version=3):
    return library.document(version, work).body.decode()


def test_a_record_gives_a_new_work_its_title_and_is_in_both_manifests(library: Library, scans, book):
    written(book, KIEU)
    outcomes = ingest(library, scans)
    assert row_of(outcomes).verdict is Verdict.ADDED
    assert library.work("book").label == {"vi": ["Truyện Kiều"]}
    for version in (3, 2):
        assert "Nguyễn Du" in document(library, version=version)


def test_a_change_of_the_record_alone_costs_no_pixel_and_no_id_and_is_one_change(library: Library, scans, book):
    written(book, KIEU)
    ingest(library, scans)
    pages, before = library.pages("book"), document(library)
    written(book, KIEU.replace("Nguyễn Du", "Tố Như"))
    workers = FakeWorkerPool()
    outcomes = ingest(library, scans, workers=workers)
    assert row_of(outcomes).verdict is Verdict.CHANGED
    assert (workers.built, workers.hashed) == ([], [])
    assert library.pages("book") == pages
    assert [change.kind for change in library.changes()] == ["created", "updated"]
    assert before != document(library)
    assert "Tố Như" in document(library)


def test_a_record_that_says_what_it_said_is_no_change(library: Library, scans, book):
    written(book, KIEU)
    ingest(library, scans)
    work, changes = library.work("book"), library.changes()
    written(book, f"# another comment\n{KIEU}")
    assert row_of(ingest(library, scans)).verdict is Verdict.UNCHANGED
    assert (library.work("book"), library.changes()) == (work, changes)


def test_a_record_that_comes_later_is_taken_and_one_that_goes_leaves_the_folders_name(library: Library, scans, book):
    ingest(library, scans)
    assert library.work("book").label == {"none": ["book"]}
    written(book, KIEU)
    ingest(library, scans)
    assert library.work("book").label == {"vi": ["Truyện Kiều"]}
    (book / "work.toml").unlink()
    ingest(library, scans)
    assert library.work("book").label == {"none": ["book"]}
    assert library.record("book").origins == {}
    assert "Nguyễn Du" not in document(library)


def test_a_bad_record_is_refused_by_name_and_the_images_come_in(library: Library, scans, book):
    written(book, "title = ")
    outcomes = ingest(library, scans)
    assert (row_of(outcomes).verdict, told(outcomes)) == (Verdict.REFUSED, {("work.toml", "record-refused")})
    assert library.work("book").pages == 2
    assert [said.file.rpartition("/")[2] for said in library.findings(library.work("book"))] == ["work.toml"]


def test_a_record_that_is_spoiled_keeps_what_it_said_before(library: Library, scans, book):
    written(book, KIEU)
    ingest(library, scans)
    before, changes = document(library), library.changes()
    written(book, KIEU[:20])
    assert row_of(ingest(library, scans)).verdict is Verdict.REFUSED
    assert (document(library), library.changes()) == (before, changes)


def test_a_record_that_may_not_be_read_is_refused(library: Library, scans, book):
    (book / "work.toml").symlink_to(book / "work.toml")
    outcomes = ingest(library, scans)
    assert row_of(outcomes).verdict is Verdict.REFUSED
    assert library.work("book").pages == 2


def test_the_id_of_a_new_work_is_its_records_and_a_known_one_keeps_its_own(library: Library, scans, book):
    written(book, 'id = "Kieu-1866"')
    ingest(library, scans)
    assert [work.id for work in library.works()] == ["Kieu-1866"]
    assert library.pages("Kieu-1866")[0].image == "Kieu-1866~1"
    written(book, 'id = "Kieu-1871"')
    assert told(ingest(library, scans)) == {("book", "record-id-kept")}
    assert [work.id for work in library.works()] == ["Kieu-1866"]


@pytest.mark.parametrize("wished", ["top", "a", "~", "A"])
def test_an_id_that_cannot_be_given_is_said_and_the_folders_is_taken(library: Library, scans, book, wished):
    scan(scans / "a", "1.tif", "10x10 another")
    written(book, f'id = "{wished}"')
    assert ("book", "record-id") in told(ingest(library, scans))
    assert [work.id for work in library.works()] == ["a", "book"]


@pytest.mark.parametrize(
    "record",
    [
        'start = "9"',
        '[[orders]]\nlabel = "x"\npages = ["2", "9", "1"]',
        '[[chapters]]\nlabel = "x"\nfirst = 1\nlast = 9',
    ],
)
def test_a_page_that_is_not_there_is_said_wherever_the_record_names_it(library: Library, scans, book, record):
    written(book, record)
    assert told(ingest(library, scans)) == {("book", "record-page")}


def test_the_contents_written_by_hand_are_those_of_the_manifest(library: Library, scans, book):
    written(book, '[[chapters]]\nlabel = "Hồi 1"\nfirst = "1"\n[[chapters]]\nlabel = "Hồi 2"\nfirst = "2"')
    assert told(ingest(library, scans)) == set()
    assert [chapter.first for chapter in library.record("book").record.chapters] == ["1", "2"]


def test_pages_are_called_and_shown_as_the_record_has_them(library: Library, scans, book):
    written(book, '[pages]\n1 = { label = "Bìa", behavior = "foldout" }\n9 = "nowhere"')
    assert told(ingest(library, scans)) == {("book", "record-page")}
    first, second = library.pages("book")
    assert (first.label, first.behavior) == ({"none": ["Bìa"]}, "non-paged")
    assert (second.label, second.behavior) == ({"none": ["2"]}, "")
    (book / "work.toml").unlink()
    ingest(library, scans)
    assert [page.label for page in library.pages("book")] == [{"none": ["1"]}, {"none": ["2"]}]
    assert [page.behavior for page in library.pages("book")] == ["", ""]


def test_a_known_work_whose_pages_are_called_otherwise_is_read_once(library: Library, scans, book):
    written(book, '[pages]\n1 = "Bìa"')
    ingest(library, scans)
    before = library.changes(), library.work("book").generation, library.pages("book")
    ingest(library, scans)
    assert (library.changes(), library.work("book").generation, library.pages("book")) == before
    pages = [PageRecord(page, PageState.PRESENT, 1, 1) for page in library.pages("book")]
    assert describe(pages, library.record("book").record).pages == pages


def test_a_title_that_stays_is_not_indexed_again(library: Library, scans, book):
    written(book, KIEU)
    ingest(library, scans)
    before = library.work("book").generation
    written(book, KIEU.replace("Nguyễn Du", "Tố Như"))
    ingest(library, scans)
    assert library.work("book").generation == before


@pytest.mark.parametrize("goes", ["the folder", "all in it"])
def test_a_work_whose_folder_has_gone_keeps_what_its_record_said(library: Library, scans, book, goes):
    scan(scans / "other", "1.tif")
    written(book, KIEU)
    ingest(library, scans)
    label, origins = library.work("book").label, library.record("book").origins
    shutil.rmtree(book)
    if goes == "all in it":
        book.mkdir()
    ingest(library, scans)
    assert library.any_work("book").label == label
    assert library.record("book").origins == origins


def test_a_removed_work_that_returns_without_its_record_is_called_as_its_folder(library: Library, scans, book):
    written(book, KIEU)
    ingest(library, scans)
    library.remove("book")
    assert library.record("book").record.entries == ()
    (book / "work.toml").unlink()
    ingest(library, book)
    assert library.work("book").label == {"none": ["book"]}


def test_a_record_lies_beside_the_folder_of_masters_too_and_the_outer_one_counts(library: Library, scans):
    scan(scans / "book" / "tif", "1.tif")
    written(scans / "book" / "tif", 'title = "inner"')
    ingest(library, scans)
    assert library.work("book").label == {"none": ["inner"]}
    written(scans / "book", 'title = "outer"')
    assert told(ingest(library, scans)) == {("work.toml", "unused")}
    assert library.work("book").label == {"none": ["outer"]}


def test_a_record_that_describes_no_work_is_named_as_unused(library: Library, scans, book):
    written(scans, KIEU)
    assert told(ingest(library, scans)) == {("work.toml", "unused")}
    assert library.work("book").label == {"none": ["book"]}


def test_each_file_as_a_work_has_no_use_for_a_record_of_the_folder(library: Library, scans, book):
    written(book, KIEU)
    assert ("work.toml", "unused") in told(ingest(library, scans, each_file=True))


def test_a_dry_run_says_what_is_wrong_and_stores_nothing(library: Library, scans, book):
    written(book, "title = ")
    assert ("work.toml", "record-refused") in told(ingest(library, scans, dry_run=True))
    assert library.works(states=tuple(State)) == []


def test_a_page_of_which_the_record_says_that_it_is_missing_is_no_gap(library: Library, scans, book):
    scan(book, "4.tif"), scan(book, "5.tif")
    assert told(ingest(library, scans)) == {("book", "numbering-gap")}
    written(book, '[pages]\n3 = { label = "2b", after = "2" }\n')
    assert told(ingest(library, scans)) == set()
    assert "2b (missing)" in document(library)


def test_a_page_that_is_called_missing_is_no_gap_and_no_page_that_is_not_there(library: Library, scans):
    for number in (1, 2, 4):
        scan(scans / "book", f"{number}.tif")
    assert ("book", "numbering-gap") in told(ingest(library, scans))
    written(scans / "book", "[pages]\n3 = { missing = true }\n")
    said = {code for _, code in told(ingest(library, scans))}
    assert said.isdisjoint({"numbering-gap", "record-page"})
    assert library.work("book").pages == 3
