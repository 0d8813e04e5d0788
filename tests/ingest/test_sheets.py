"""Sheets of records through an ingest: the row of each work, and rows and folders that do not meet."""

import pytest

from manifests.ingest.report import Verdict
from tests.ingest.fakes import FakeWorkerPool, ingest, scan
from tests.ingest.test_records import told, written

SHEET = "thư mục;nhan đề@vi;tác giả;mã\nSách Một;Truyện Kiều;Nguyễn Du;Kieu\nhai;Chinh phụ ngâm;Đặng Trần Côn;\n"


@pytest.fixture
def shelf(scans):
    """Two works and a sheet that describes both."""
    scan(scans / "Sách Một", "1.tif"), scan(scans / "hai", "1.tif")
    written(scans, SHEET, "metadata.csv")
    return scans


def titles(library):
    return {work.id: next(iter(work.label.values()))[0] for work in library.works()}


def test_each_work_has_its_row_and_the_id_in_it(library, shelf):
    outcomes = ingest(library, shelf)
    assert titles(library) == {"Kieu": "Truyện Kiều", "hai": "Chinh phụ ngâm"}
    assert told(outcomes) == set()
    assert library.record("Kieu").origins["metadata:creator"] == "metadata.csv:2"


def test_a_changed_row_changes_its_work_alone(library, shelf):
    ingest(library, shelf)
    seen = len(library.changes())
    written(shelf, SHEET.replace("Đặng Trần Côn", "Đoàn Thị Điểm"), "metadata.csv")
    workers = FakeWorkerPool()
    outcomes = ingest(library, shelf, workers=workers)
    assert [row.work for row in outcomes if row.verdict is Verdict.CHANGED] == ["hai"]
    assert [change.work for change in library.changes(after=seen)] == ["hai"]
    assert workers.built == []


def test_a_row_that_moves_is_no_change(library, shelf):
    ingest(library, shelf)
    before = library.changes()
    head, first, second = SHEET.splitlines(keepends=True)
    written(shelf, head + second + first, "metadata.csv")
    ingest(library, shelf)
    assert library.changes() == before
    assert library.record("Kieu").origins["label"] == "metadata.csv:3"


def test_rows_without_a_folder_and_folders_without_a_row_are_said(library, shelf):
    scan(shelf / "ba", "1.tif")
    written(shelf, f"{SHEET}bốn;Không có;;\n;Không tên;;\n", "metadata.csv")
    outcomes = ingest(library, shelf)
    assert told(outcomes) == {("metadata.csv", "record-row-absent"), ("ba", "record-no-row")}
    absent = next(f for row in outcomes for f in row.findings if f.code == "record-row-absent")
    assert absent.values == {"number": 2, "row": 4, "folder": "bốn"}
    assert titles(library)["ba"] == "ba"


def test_a_folder_with_a_record_of_its_own_needs_no_row(library, shelf):
    scan(shelf / "ba", "1.tif")
    written(shelf / "ba", 'title = "Ba"\n')
    written(shelf, SHEET, "metadata.csv")
    outcomes = ingest(library, shelf)
    assert told(outcomes) == {("ba", "record-own")}
    assert titles(library)["ba"] == "Ba"
    assert told(ingest(library, shelf)) == {("ba", "record-own")}


def test_two_rows_for_one_folder_are_refused_and_the_images_come_in(library, shelf):
    written(shelf, f"{SHEET}hai;Khác;;\n", "metadata.csv")
    outcomes = ingest(library, shelf)
    assert told(outcomes) == {("metadata.csv", "record-rows")}
    assert titles(library) == {"Kieu": "Truyện Kiều", "hai": "hai"}


def test_a_sheet_that_cannot_be_used_is_named_once_and_works_keep_what_it_said(library, shelf):
    ingest(library, shelf)
    before = titles(library), library.changes()
    written(shelf, "nhan đề\nKiều\n", "metadata.csv")
    outcomes = ingest(library, shelf)
    refused = [row for row in outcomes if row.verdict is Verdict.REFUSED]
    assert [finding.code for row in refused for finding in row.findings] == ["record-refused"]
    assert (titles(library), library.changes()) == before


def test_the_sheet_is_read_for_a_work_that_is_given_by_itself(library, shelf):
    ingest(library, shelf / "hai")
    assert titles(library) == {"hai": "Chinh phụ ngâm"}
    written(shelf, "nhan đề\nKiều\n", "metadata.csv")
    assert told(ingest(library, shelf / "hai")) == {("metadata.csv", "record-refused")}


def test_a_bad_sheet_is_named_for_a_new_work_that_is_given_by_itself(library, shelf):
    written(shelf, "nhan đề\nKiều\n", "metadata.csv")
    assert told(ingest(library, shelf / "hai")) == {("metadata.csv", "record-refused")}
    assert titles(library) == {"hai": "hai"}


def test_a_row_taken_out_takes_its_record_along(library, shelf):
    ingest(library, shelf)
    written(shelf, "".join(SHEET.splitlines(keepends=True)[:2]), "metadata.csv")
    ingest(library, shelf)
    assert titles(library) == {"Kieu": "Truyện Kiều", "hai": "hai"}


def test_work_toml_stands_before_the_sheet_line_by_line(library, shelf):
    written(shelf / "hai", 'title = "Bằng tay"')
    ingest(library, shelf)
    assert titles(library)["hai"] == "Bằng tay"
    origins = library.record("hai").origins
    assert (origins["label"], origins["metadata:creator"]) == ("work.toml", "metadata.csv:3")


def test_of_two_sheets_the_text_counts_and_the_other_is_named(library, shelf):
    written(shelf, "no workbook", "metadata.xlsx")
    assert told(ingest(library, shelf)) == {("metadata.xlsx", "unused")}


def test_files_that_are_works_have_rows_by_their_names(library, scans):
    scan(scans, "map one.tif"), scan(scans, "map two.tif")
    written(scans, "folder,title\nmap one,One\nmap two.tif,Two\n", "metadata.csv")
    ingest(library, scans, each_file=True)
    assert titles(library) == {"map-one": "One", "map-two": "Two"}


def test_old_letters_are_read_and_said(library, scans):
    scan(scans / "a", "1.tif")
    sheet = "th­ môc,nhan ®Ò,t¸c gi¶\na,TruyÖn KiÒu,NguyÔn Du\n".encode("cp1252")
    (scans / "metadata.csv").write_bytes(sheet)
    assert told(ingest(library, scans)) == {("metadata.csv", "record-recoded")}
    assert titles(library) == {"a": "Truyện Kiều"}
