"""The order in which a person would lay files and folders.

decisions.md, 19: "Pages in the order of people: compared without the extension, `2` before `10`, `0002` before `0002-1`
and `0002 (2)` before `0003`." Nothing here looks at a disk.
"""

import re
from pathlib import PurePath
from unicodedata import normalize

_RUNS = re.compile(r"([0-9]+)|([^0-9]+)")

NaturalKey = tuple[tuple[tuple[int, int, str], ...], str]


def natural_key(name: str) -> NaturalKey:
    """Runs of digits compare as numbers, letters without regard to case or to NFC and NFD; equal names as written.

    A name that another begins with comes first.
    """
    folded = normalize("NFC", normalize("NFC", name).casefold())
    return tuple(_run(*run.groups()) for run in _RUNS.finditer(folded)), name


def page_key(file: PurePath) -> tuple[NaturalKey, str]:
    """For files: the name without its extension decides."""
    return natural_key(file.stem), file.name


def _run(digits: str | None, letters: str | None) -> tuple[int, int, str]:
    """Numbers before letters. A number compares by its length, then by its digits: no number is too long."""
    if digits is None:
        return 1, 0, letters or ""
    significant = digits.lstrip("0")
    return 0, len(significant), significant
