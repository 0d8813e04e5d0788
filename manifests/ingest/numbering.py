"""Gaps in the numbers of page files: where 0003 is missing between 0002 and 0004 a page may not have been scanned.

Numbers are compared among names that are otherwise the same (`trang 12`, `trang 13`). Where most numbers are missing
they count something else: leaves, dates, shelfmarks.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from manifests import findings
from manifests.ingest.listing import PathFinding

_LAST_NUMBER = re.compile(r"(?P<before>.*?)(?P<digits>[0-9]{1,9})[^0-9]{0,6}", re.DOTALL)
_LEAST = 3
"""Names that make a sequence."""


class Gap(NamedTuple):
    """How many numbers are missing, and the first of them as it would be written."""

    missing: int
    first: str


def gaps_among(folder: Path, stems: Iterable[str]) -> list[PathFinding]:
    """What is to be said of the folder."""
    return [
        (folder, findings.make_finding("numbering-gap", number=gap.missing, first=gap.first)) for gap in gaps_in(stems)
    ]


def gaps_in(stems: Iterable[str]) -> list[Gap]:
    """One for each sequence that has any, in the order of the names. What stands behind a number is an insertion or a
    side (`0002a`, `0002-verso`) and has the number too; a name that goes on behind it is a title, and no sequence.
    """
    sequences: dict[str, dict[int, str]] = defaultdict(dict)
    for stem in stems:
        found = _LAST_NUMBER.fullmatch(normalize("NFC", stem))
        if found is not None:
            sequences[found["before"].casefold()].setdefault(int(found["digits"]), found["before"] + found["digits"])
    return [gap for names in sequences.values() if (gap := _gap(names)) is not None]


def _gap(names: dict[int, str]) -> Gap | None:
    """`names` by their numbers."""
    missing = max(names) - min(names) + 1 - len(names)
    if len(names) < _LEAST or not 0 < missing < len(names):
        return None
    first = next(number for number in range(min(names), max(names)) if number not in names)
    before = names[first - 1]
    prefix = before.rstrip("0123456789")
    return Gap(missing, f"{prefix}{first:0{len(before) - len(prefix)}d}")
