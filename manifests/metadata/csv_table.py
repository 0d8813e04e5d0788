"""Spreadsheets saved as text: which encoding, which delimiter, and the cells of each row.

RFC 4180, and what programs make of it: Excel writes semicolons where the comma is for decimals, tabs as "Unicode text"
(UTF-16), and a first line `sep=;`. Letters of old Vietnamese encodings are found out by their syllables
(`text.old_encodings`).
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from manifests.errors import N_
from manifests.metadata.reader import BadRecord, bad, bad_row
from manifests.metadata.table import Cells, RawTable, headings_among
from manifests.text.plain import decoded
from manifests.text.reader import Unreadable

FILES: tuple[str, ...] = ("metadata.csv",)
_DELIMITERS = ",;\t"
_DECLARED = "sep="
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What XLSX and XLS begin with."""
_LOOKED_AT = 20
"""Filled rows, by which the delimiter is found."""


def read(content: bytes) -> RawTable:
    """Raises BadRecord."""
    if content.startswith(_WORKBOOKS):
        raise bad(N_("it is a workbook of a spreadsheet program: save it there as metadata.xlsx or as CSV (UTF-8)"))
    try:
        text, recoded = decoded(content)
    except Unreadable as error:
        raise bad(N_("its letters are in no encoding that is known here: save it as UTF-8")) from error
    first, _, rest = text.partition("\n")
    declared = first.strip().removeprefix(_DECLARED) if first.startswith(_DECLARED) else ""
    if len(declared) == 1 and declared in f"{_DELIMITERS}|":
        return RawTable([(number + 1, cells) for number, cells in _rows(rest, declared)], is_unicode=not recoded)
    best = max(_DELIMITERS, key=lambda delimiter: _fits(text, delimiter))
    return RawTable(list(_rows(text, best)), is_unicode=not recoded)


def _fits(text: str, delimiter: str) -> tuple[bool, int]:
    """By its headings: one of them has to be the folder's, and there are more the better. In an old encoding they are
    not known yet; then by the cells that most rows have."""
    first: list[Cells] = []
    with suppress(BadRecord):  # said when the rows are read; those before it show the delimiter
        first.extend(islice((cells for _, cells in _rows(text, delimiter) if any(cells)), _LOOKED_AT))
    place = headings_among(first)
    if place is not None:
        return True, len(first[place])
    return False, max(Counter(map(len, first)).items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))[0]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, Cells]]:
    """Each with the number that a spreadsheet shows beside it, from 1."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise bad_row(number, N_("a quotation mark in it is not closed, or stands in a cell by itself")) from error
