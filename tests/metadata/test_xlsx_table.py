"""XLSX: cells as people see them, and files that lie, unpack without end or are none."""

import io
import zipfile
from datetime import date, datetime

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
    assert row == (1, ["a", "1", "2.5", "1866-02-01", "1866-02-01T08:00:00", "True", "", ""])


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
