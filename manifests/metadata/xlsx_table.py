"""Spreadsheets of Excel (XLSX, ECMA-376), by openpyxl: the cells of the first sheet as people see them.

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

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from manifests.errors import N_
from manifests.metadata.reader import bad
from manifests.metadata.table import Cells, RawTable

FILES: tuple[str, ...] = ("metadata.xlsx",)

MAX_UNPACKED = 256 << 20
"""Bytes of all parts: a sheet of 100,000 works has thirty million."""
MAX_CELLS = 5_000_000
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
            return RawTable(list(_rows(content)))
    except _FAULTS as error:
        raise bad(N_("it is no XLSX file, is damaged, or needs a password")) from error


def _check_bounds(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
            raise bad(N_("it unpacks to more than a sheet can hold"))
        for part in parts.infolist():
            if part.filename.lower().endswith((".xml", ".rels")):
                with parts.open(part) as stream:
                    if re.search(rb"<!(DOCTYPE|ENTITY)", stream.read(1 << 16), re.IGNORECASE):
                        raise bad(N_("the document declares entities of its own"))


def _rows(content: bytes) -> Iterator[tuple[int, Cells]]:
    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        seen = 0
        for number, row in enumerate(workbook.worksheets[0].iter_rows(values_only=True), 1):
            seen += len(row)
            if seen > MAX_CELLS:
                raise bad(N_("it unpacks to more than a sheet can hold"))
            yield number, [_as_shown(value) for value in row]
    finally:
        workbook.close()


def _as_shown(value: object) -> str:
    """A year is no 1866.0, and a day has no midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
