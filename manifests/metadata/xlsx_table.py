"""Spreadsheets of Excel (XLSX, ECMA-376), by openpyxl: the cells of a sheet as people see them.

Of several sheets it is the first that is not hidden and has the headings of records, else the first that is not hidden.
Nothing in a workbook is run or followed: formulas give the value that was stored with them, links none. What a file may
unpack to is bounded before it is read. The only module that knows openpyxl.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from manifests.errors import N_
from manifests.metadata.reader import bad
from manifests.metadata.table import Cells, RawTable, headings_among

FILES: tuple[str, ...] = ("metadata.xlsx",)

MAX_UNPACKED = 256 << 20
"""Bytes of all parts: a sheet of 100,000 works has thirty million."""
MAX_CELLS = 5_000_000
_LOOKED_AT = 200
"""Rows of each sheet, in which its headings may be."""
_NO_WORKBOOK = N_("it is no XLSX file, is damaged, or needs a password")
_OF_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_SIDE = re.compile(rb'\b(min|max)="(\d{1,5})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_MOST_COLUMNS = 16_384
_HTML = N_("it is a page of HTML: open it in a spreadsheet program and save it as XLSX")
_OTHERS = {
    b"\xd0\xcf": N_("it is a workbook of an old Excel, or needs a password: save it as XLSX, without one"),
    b"<h": _HTML,
    b"<!": _HTML,
}
"""By their first bytes."""
_HEAD = 1 << 16
"""Bytes of a sheet: columns are described before its first row."""
_FAULTS = (
    AttributeError, EOFError, InvalidFileException, LookupError, OSError, RuntimeError, SyntaxError, TypeError,
    ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl and what it stands on raise over a file that is damaged; it has no error of its own for that."""


def read(content: bytes) -> RawTable:
    """Raises BadRecord."""
    try:
        _check_bounds(content)
        with warnings.catch_warnings():  # of what it leaves out: styles, validation, drawings
            warnings.simplefilter("ignore")
            return _table(content)
    except _FAULTS as error:
        raise bad(_OTHERS.get(content[:2], _NO_WORKBOOK)) from error


def _check_bounds(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
            raise bad(N_("it unpacks to more than a sheet can hold"))
        for part in parts.infolist():
            if part.filename.lower().endswith((".xml", ".rels")):
                with parts.open(part) as stream:
                    if re.search(rb"<!(DOCTYPE|ENTITY)", stream.read(1 << 16), re.IGNORECASE):
                        raise bad(N_("the document declares entities of its own"))


def _table(content: bytes) -> RawTable:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"] or workbook.worksheets
        sheet = next(filter(_has_headings, shown), shown[0]) if len(shown) > 1 else shown[0]
        return RawTable(list(_rows(sheet)), hidden=_hidden(content, sheet))
    finally:
        workbook.close()


def _has_headings(sheet: Any) -> bool:
    rows = ([_as_shown(value) for value in row] for row in islice(sheet.iter_rows(values_only=True), _LOOKED_AT))
    return headings_among(cells for cells in rows if any(map(str.strip, cells))) is not None


def _rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
    seen = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        seen += len(row)
        if seen > MAX_CELLS:
            raise bad(N_("it unpacks to more than a sheet can hold"))
        yield number, [_as_formatted(cell) for cell in row]


def _hidden(content: bytes, sheet: Any) -> frozenset[int]:
    """The places of hidden columns. openpyxl keeps them only for a workbook that it holds in memory as a whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open(sheet._worksheet_path) as part:
        head = part.read(_HEAD).partition(b"sheetData")[0]
    sides = [dict(_SIDE.findall(told)) for told in _OF_COLUMNS.findall(head) if _HIDDEN.search(told)]
    spans = [(int(one.get(b"min", 1)), min(int(one.get(b"max", 0)), _MOST_COLUMNS)) for one in sides]
    return frozenset(place - 1 for first, last in spans for place in range(first, last + 1))


def _as_formatted(cell: Any) -> str:
    """A call number stored as a number and shown with its zeros (`000000`) has them."""
    value = cell.value
    shown = _as_shown(value)
    if isinstance(value, int | float) and re.fullmatch(r"0+", cell.number_format or ""):
        return shown.zfill(len(cell.number_format))
    return shown


def _as_shown(value: object) -> str:
    """A year is no 1866.0, and a day has no midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
