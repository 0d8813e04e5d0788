"""XLSX: cells as people see them, and files that lie, unpack without end or are none."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from manifests.metadata import xlsx_table
from manifests.metadata.reader import BadRecord
from manifests.metadata.table import table_of


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content: bytes, name: str, part: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, part if entry.filename == name else old.read(entry))
    return file.getvalue()


SHEET = workbook(("thư mục", "nhan đề@vi", "năm xuất bản"), (1, "Truyện Kiều", 1866), ("b", None, date(1866, 2, 1)))


def test_cells_are_what_people_see() -> None:
    day, hour = datetime(1866, 2, 1), datetime(1866, 2, 1, 8)  # noqa: DTZ001 -- Excel knows no zones
    odd = workbook(("a", 1.0, 2.5, day, hour, True, None, "=1+1"))
    (row,) = xlsx_table.read(odd).rows
    assert row == (1, ["a", "1", "2.5", "1866-02-01", "1866-02-01T08:00:00", "TRUE", "", ""])


def test_a_row_is_a_record_and_a_number_finds_its_folder() -> None:
    found = table_of(xlsx_table.read(SHEET)).reading("0001")
    assert found is not None
    assert (found[0], found[1].record.label) == (2, {"vi": ("Truyện Kiều",)})


@pytest.mark.parametrize("share", [0.0, 0.001, 0.02, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_refused(share: float) -> None:
    """A share, not a place: the writer puts the time into the file, and its size moves by a byte or two."""
    with pytest.raises(BadRecord):
        xlsx_table.read(SHEET[: int(share * len(SHEET))])


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"<worksheet>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="x"/>',
    ],
    ids=["empty", "open", "entity", "no number"],
)
def test_a_sheet_that_is_no_sheet_is_refused(part: bytes) -> None:
    with pytest.raises(BadRecord):
        xlsx_table.read(repacked(SHEET, "xl/worksheets/sheet1.xml", part))


def test_a_file_that_unpacks_without_end_is_refused_unopened() -> None:
    with pytest.raises(BadRecord) as refused:
        xlsx_table.read(repacked(SHEET, "xl/worksheets/sheet1.xml", b" " * (xlsx_table.MAX_UNPACKED + 1)))
    assert "unpacks" in refused.value.finding.values["reason"]


@pytest.mark.parametrize("content", [b"thu muc,title\na,b\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512])
def test_another_format_or_a_file_under_a_password_is_refused(content: bytes) -> None:
    with pytest.raises(BadRecord):
        xlsx_table.read(content)


HEADINGS, ROW = ("thư mục", "nhan đề"), ("a", "Kiều")


def labels(book: openpyxl.Workbook, folder: str = "a") -> object:
    file = io.BytesIO()
    book.save(file)
    found = table_of(xlsx_table.read(file.getvalue())).reading(folder)
    return found and found[1].record.label


def filled(sheet: Any, *rows: tuple[object, ...]) -> None:
    for row in rows:
        sheet.append(row)


def test_of_several_sheets_the_first_with_headings_is_read() -> None:
    book = openpyxl.Workbook()
    filled(book.active, ("Hướng dẫn",), ("Điền vào trang sau",))
    filled(book.create_sheet("Dữ liệu"), ("DANH MỤC",), (), HEADINGS, ROW)
    assert labels(book) == {"none": ("Kiều",)}


def test_a_sheet_that_is_hidden_is_not_read_where_another_is_shown() -> None:
    book = openpyxl.Workbook()
    filled(book.active, HEADINGS, ("a", "bản nháp"))
    book.active.sheet_state = "hidden"
    filled(book.create_sheet("Dữ liệu"), HEADINGS, ROW)
    book.active = 1
    assert labels(book) == {"none": ("Kiều",)}


def test_hidden_columns_are_left_out_and_named_but_for_that_of_the_folders() -> None:
    book = openpyxl.Workbook()
    filled(book.active, (*HEADINGS, "giá mua", "ghi chú"), (*ROW, "500000", "rách"))
    for letter in "AC":
        book.active.column_dimensions[letter].hidden = True
    file = io.BytesIO()
    book.save(file)
    table = table_of(xlsx_table.read(file.getvalue()))
    found = table.reading("a")
    assert found is not None
    assert [entry.field for entry in found[1].record.entries] == ["note"]
    assert table.hidden == ["giá mua"]


def test_a_number_keeps_the_zeros_that_its_format_shows() -> None:
    book = openpyxl.Workbook()
    filled(book.active, (*HEADINGS, "kí hiệu"), (*ROW, 1234))
    book.active["C2"].number_format = "000000"
    file = io.BytesIO()
    book.save(file)
    assert xlsx_table.read(file.getvalue()).rows[1] == (2, ["a", "Kiều", "001234"])


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Excel"), (b"<html><table>", "HTML")],
)
def test_another_format_under_this_name_is_refused_with_what_to_do(content: bytes, word: str) -> None:
    with pytest.raises(BadRecord) as refused:
        xlsx_table.read(content)
    assert word in refused.value.finding.values["reason"]
