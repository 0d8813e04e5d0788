"""Which work a file or folder is: removed, moved, taken in file by file; and a root that is empty."""

import shutil
from pathlib import Path

import pytest

from manifests.errors import Missing, Withdrawn
from manifests.ingest.report import Verdict
from manifests.ingest.run import IngestOptions
from tests.ingest.fakes import FakeWorkerPool, ingest, scan, several


def book(folder: Path, pages: int = 3) -> Path:
    for number in range(1, pages + 1):
        scan(folder, f"{number:04}.tif")
    return folder


def codes(outcomes) -> set[str]:
    return {finding.code for outcome in outcomes for finding in outcome.findings}


def ids(library) -> dict[str, list[str]]:
    return {work.id: [page.id for page in library.pages(work.id)] for work in library.works()}


def test_a_renamed_folder_keeps_its_id_and_no_pyramid_is_made(library, scans):
    book(scans / "Book"), book(scans / "Other")
    ingest(library, scans)
    before = ids(library)
    (scans / "Book").rename(scans / "Sách")
    workers = FakeWorkerPool()
    outcomes = ingest(library, scans, workers=workers)
    assert (ids(library), workers.built, "moved" in codes(outcomes)) == (before, [], True)
    assert library.work("Book").folder == "Sách"
    assert {outcome.verdict for outcome in outcomes} == {Verdict.UNCHANGED}
    assert "moved" not in codes(ingest(library, scans))


def test_a_folder_below_a_root_that_was_renamed_keeps_its_id(library, scans):
    book(scans / "Book")
    ingest(library, scans)
    moved = scans.rename(scans.with_name("masters"))
    ingest(library, moved)
    assert [(work.id, work.root) for work in library.works()] == [("Book", "masters")]


@pytest.mark.parametrize("order", [1, -1])
def test_a_file_given_beside_its_folder_is_a_page_of_it_and_no_second_work(library, scans, order):
    file = book(scans / "Book") / "0001.tif"
    workers = FakeWorkerPool()
    given = [scans, scans / "Book", file][::order]
    list(library.ingest(given, IngestOptions(jobs=1), workers, workers.recipe))
    assert ids(library) == {"Book": ["0001", "0002", "0003"]}


def test_a_copy_beside_a_folder_that_is_there_is_another_work(library, scans):
    book(scans / "Book")
    ingest(library, scans)
    shutil.copytree(scans / "Book", scans / "Copy")
    ingest(library, scans)
    assert list(ids(library)) == ["Book", "Copy"]


def test_nothing_moves_from_a_disk_that_is_not_mounted(library, scans, tmp_path):
    book(scans / "Book")
    ingest(library, scans)
    (tmp_path / "elsewhere").mkdir()
    shutil.move(scans / "Book", tmp_path / "elsewhere" / "Copy")
    outcomes = ingest(library, tmp_path / "elsewhere")
    assert list(ids(library)) == ["Book", "Copy"]
    assert "moved" not in codes(outcomes)


def test_of_two_works_that_a_folder_may_be_it_is_neither(library, scans):
    for name in "AB":
        scan(scans / name, "1.tif", "10x10 the same")
    ingest(library, scans)
    (scans / "A").rename(scans / "C"), shutil.rmtree(scans / "B")
    outcomes = ingest(library, scans)
    assert list(ids(library)) == ["A", "B", "C"]
    assert "moved-unclear" in codes(outcomes)


@pytest.mark.parametrize(("kept", "is_moved"), [(9, True), (8, False)])
def test_nine_pages_of_ten_have_to_be_there(library, scans, kept, is_moved):
    book(scans / "Book", 10)
    ingest(library, scans)
    (scans / "Book").rename(scans / "New")
    for number in range(kept + 1, 11):
        scan(scans / "New", f"{number:04}.tif", f"20x20 another {number}")
    ingest(library, scans)
    assert list(ids(library)) == (["Book"] if is_moved else ["Book", "New"])


def test_a_removed_work_stays_removed_whatever_its_folder_is_called(library, scans):
    book(scans / "Book")
    ingest(library, scans)
    library.remove("Book")
    (scans / "Book").rename(scans / "Renamed")
    for _ in range(2):
        assert codes(ingest(library, scans)) == {"removed"}
        assert ids(library) == {}
    with pytest.raises(Withdrawn, match="brings it back"):
        library.publish("Book")
    ingest(library, scans / "Renamed")
    assert list(ids(library)) == ["Book"]


def test_a_file_that_was_taken_in_alone_is_no_page_of_its_folder(library, scans):
    book(scans / "Book", 2)
    scan(scans / "Book", "0001.txt", "chữ của tệp"), scan(scans / "Book", "0002.txt", "chữ của trang")
    ingest(library, scans / "Book" / "0001.tif")
    for where in (scans / "Book", scans, scans / "Book" / "0001.tif"):
        outcomes = ingest(library, where, prune=True)
        assert Verdict.MISSING not in {outcome.verdict for outcome in outcomes}
    assert sorted(ids(library).values()) == [["0001"], ["0002"]]
    assert {(hit.work, hit.page) for hit in library.search("chữ của")} == {("0001", "0001"), ("Book", "0002")}
    assert codes(ingest(library, scans)) == {"work-of-its-own"}


def test_a_path_that_is_a_page_of_a_known_work_takes_in_that_work(library, scans):
    book(scans / "Book", 2)
    ingest(library, scans)
    scan(scans / "Book", "0003.tif")
    ingest(library, scans / "Book" / "0001.tif")
    assert ids(library) == {"Book": ["0001", "0002", "0003"]}


def test_a_path_that_holds_the_pages_of_a_known_work_takes_in_that_work(library, scans):
    book(scans / "Book" / "tif", 2)
    ingest(library, scans)
    ingest(library, scans / "Book" / "tif")
    assert ids(library) == {"Book": ["0001", "0002"]}


def test_a_folder_taken_in_file_by_file_stays_so_for_new_files_too(library, scans):
    book(scans / "Maps", 2)
    ingest(library, scans, each_file=True)
    scan(scans / "Maps", "0003.tif")
    outcomes = ingest(library, scans, prune=True)
    assert ids(library) == {"0001": ["0001"], "0002": ["0002"], "0003": ["0003"]}
    assert codes(outcomes) == {"each-file"}


def test_each_file_may_be_a_pdf_beside_images_and_stays_a_work(library, scans):
    scan(scans / "a", "map.tif")
    several(scans / "a", "report.pdf", "one", "two"), scan(scans / "a", "map.pdf")
    ingest(library, scans / "a", each_file=True)
    assert [(work.id, work.pages) for work in library.works()] == [("map", 1), ("report", 2)]
    rows = ingest(library, scans / "a")
    assert [row.page for row in rows if row.page] == ["map", "report-1", "report-2"]


def test_a_pdf_given_alone_beside_images_is_a_work_and_no_text_of_the_folder(library, scans):
    for name in ("1.tif", "2.tif"):
        scan(scans / "a", name)
    several(scans / "a", "report.pdf", "one", "two")
    ingest(library, scans / "a" / "report.pdf")
    rows = ingest(library, scans / "a")
    assert [(work.id, work.pages) for work in library.works()] == [("a", 2), ("report", 2)]
    assert "work-of-its-own" in [finding.code for row in rows for finding in row.findings]


def test_a_folder_that_is_one_work_stays_one(library, scans):
    book(scans / "Book", 2)
    ingest(library, scans)
    outcomes = ingest(library, scans, each_file=True)
    assert ids(library) == {"Book": ["0001", "0002"]}
    assert "one-work" in codes(outcomes)


@pytest.mark.parametrize("left", [[], ["lost+found"], [".hidden"]])
@pytest.mark.parametrize("prune", [False, True])
def test_a_root_that_is_empty_is_taken_for_not_mounted(library, scans, left, prune):
    book(scans / "Book")
    ingest(library, scans)
    scans.rename(scans.with_name("away"))
    scans.mkdir()
    for name in left:
        (scans / name).mkdir()
    with pytest.raises(Missing, match="mounted"):
        ingest(library, scans, prune=prune)
    assert ids(library) == {"Book": ["0001", "0002", "0003"]}


def test_prune_never_empties_a_work(library, scans):
    book(scans / "Book", 2), book(scans / "Other", 1)
    ingest(library, scans)
    for file in (scans / "Book").iterdir():
        file.unlink()
    outcomes = ingest(library, scans, prune=True)
    assert [outcome.verdict for outcome in outcomes].count(Verdict.MISSING) == 2
    assert len(library.pages("Book")) == 2


def test_a_folder_all_of_whose_pages_are_refused_is_no_work(library, scans):
    scan(scans / "Bad", "1.tif", "rubbish")
    ingest(library, scans)
    assert ids(library) == {}
    with pytest.raises(Missing):
        library.work("Bad")
