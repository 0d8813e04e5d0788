"""Spreadsheets saved as text: which encoding, which delimiter, and the cells of each row.

RFC 4180, and what programs make of it: Excel writes semicolons where the comma is for decimals, tabs as "Unicode text"
(UTF-16), and a first line `sep=;`. Letters of old Vietnamese encodings are found out by their syllables
(`text.old_encodings`).
"""

import csv
import io
from collections.abc import Iterator

from manifests.errors import N_
from manifests.metadata.reader import BadRecord, bad
from manifests.metadata.table import Cells, RawTable, has_folder_column
from manifests.text.plain import decoded
from manifests.text.reader import Unreadable

FILES: tuple[str, ...] = ("metadata.csv",)
_DELIMITERS = ",;\t"
_DECLARED = "sep="


def read(content: bytes) -> RawTable:
    """Raises BadRecord."""
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
    """By its headings: one of them has to be the folder's, and there are more the better."""
    try:
        headings = next((cells for _, cells in _rows(text, delimiter) if any(cells)), [])
    except BadRecord:
        return False, 0
    return has_folder_column(headings), len(headings)


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
            raise bad(f"row {number}: {error}") from error
