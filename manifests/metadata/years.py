"""The centuries and decades of a date as a record has it: enough to browse by, never to sort or to harvest.

As EDTF writes what is not said (ISO 8601-2, level 1): `18XX` is a century, `188X` a decade. What names no year of our
calendar gives none: reign years alone, `no date`.
"""

import re
from collections.abc import Iterable, Iterator

_YEAR = r"(?<!\d)(1\d{3}|20\d{2})"
_RANGE = re.compile(rf"{_YEAR}\??\]?\s*[-–—/~]\s*\[?(1\d{{3}}|20\d{{2}}|\d{{2}})(?![\d.])")
_SINGLE = re.compile(rf"{_YEAR}(?!\d)")
_DECADE = re.compile(r"(?<!\d)(1\d{2}|20\d)[-xXuU?_](?!\d)|(?<!\d)(1\d{2}|20\d)0['’]?s\b")
_CENTURY = re.compile(r"(?<!\d)(1\d|20)([-xXuU?_])\2(?!\d)")
_NUMBERED = re.compile(
    r"\b(?:thế\s*k[ỷỉ]|tk\.?)\s*(?:thứ\s*)?(?P<after>[XVI]+|\d{1,2})(?!\w)"
    r"|(?<!\w)(?P<before>[XVI]+|\d{1,2})\s*(?:st|nd|rd|th|e|è|ème)\.?\s*(?:century|cent\.|siècle|s\.)",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 500
_MONTHS = 12
_LONGEST_RANGE = 300
"""Years; what spans more says nothing about when."""


def periods(texts: Iterable[str]) -> list[str]:
    """Each century and each decade once, in order; a century stands before its decades."""
    return sorted(
        {period for text in texts for period in _periods(text[:_MOST_CHARACTERS])},
        key=lambda p: (p[:2], not p.endswith("XX"), p),
    )


def is_century(period: str) -> bool:
    return period.endswith("XX")


def century_of(period: str) -> str:
    return f"{period[:2]}XX"


def _periods(text: str) -> Iterator[str]:
    spans = list(_spans(text))
    for first, last in spans:
        yield from (f"{decade}X" for decade in range(first // 10, last // 10 + 1))
        yield from (f"{century}XX" for century in range(first // 100, last // 100 + 1))
    if not spans:
        for found in _DECADE.finditer(text):
            decade = found[1] or found[2]
            yield from (f"{decade}X", f"{decade[:2]}XX")
    yield from (f"{found[1]}XX" for found in _CENTURY.finditer(text))
    for found in _NUMBERED.finditer(text):
        number = _number(found["after"] or found["before"])
        if 10 < number <= 21:
            yield f"{number - 1}XX"


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """First and last year of each range and single year."""
    rest = text
    for found in _RANGE.finditer(text):
        first, last = int(found[1]), int(found[2])
        if last < 100:
            last = first - first % 100 + last if last > _MONTHS else first
        if first <= last <= first + _LONGEST_RANGE:
            yield first, last
            rest = rest.replace(found[0], " ")
    yield from ((int(found[1]),) * 2 for found in _SINGLE.finditer(rest) if not _is_a_decade(rest, found))


def _is_a_decade(text: str, found: re.Match[str]) -> bool:
    """`1880s`."""
    return found[1].endswith("0") and re.match(r"['’]?s\b", text[found.end() :]) is not None


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in written.upper()]
    return sum(-one if one < behind else one for one, behind in zip(values, [*values[1:], 0], strict=True))
