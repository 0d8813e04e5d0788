"""Dates in the Extended Date/Time Format: whether a text is one, and which moment a viewer may sort it under.

EDTF is ISO 8601-2:2019, annex A; https://www.loc.gov/standards/datetime/. Levels 0 and 1 of it: `1866`, `1866-05-03`,
`1866?` (uncertain), `1866~` (approximate), `1866%` (both), `186X`, `1866-XX`, `1866-21` (spring), `1866/1870`,
`../1870`. Of a date that is not known to the digit nothing more is doubted.
"""

import calendar
import re

_PART = re.compile(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|Y-?\d{5,9})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<doubt>[?~%]?)",
    re.ASCII,
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-4])(:[0-5]\d)?)?", re.ASCII)
_SEASONS = range(21, 25)


def is_edtf(text: str) -> bool:
    first, slash, last = text.partition("/")
    if not slash:
        return _is_part(text) or _is_moment(text)
    if "/" in last or not (_is_part(first) or _is_part(last)):
        return False
    return all(end in ("", "..") or _is_part(end) for end in (first, last))


def nav_date_of(edtf: str) -> str:
    """A moment in UTC for `navDate` (Presentation 3.0 section 3.1); empty where the date is not exact.

    Exact is what is known to the day, the month or the year: the first moment of it, as recipe 0230 of the IIIF
    cookbook has maps of which the year is known. A timeline that shows a year by its first day misleads nobody; one
    that shows "around 1900" so would.
    """
    if _is_moment(edtf):
        return f"{edtf[:10]}T00:00:00Z"
    found = _PART.fullmatch(edtf)
    if found is None or not _is_part(edtf) or found["doubt"] or not re.fullmatch(r"\d{4}(-\d\d){0,2}", edtf):
        return ""
    month = found["month"] or "01"
    if found["year"] == "0000" or int(month) > 12:
        return ""
    return f"{found['year']}-{month}-{found['day'] or '01'}T00:00:00Z"


def is_moment_in_utc(text: str) -> bool:
    """What `navDate` may be: `xsd:dateTime` with a time zone."""
    return _is_moment(text) and text[-1:] in "Z0123456789" and len(text) > len("1866-01-01T00:00:00")


def _is_moment(text: str) -> bool:
    found = _MOMENT.fullmatch(text)
    return found is not None and _is_part(found[1])


def _is_part(text: str) -> bool:
    found = _PART.fullmatch(text)
    if found is None:
        return False
    year, month, day = found["year"], found["month"], found["day"]
    if "X" in text and found["doubt"]:
        return False  # level 1 has the one or the other
    if month is None:
        return True
    if not year.lstrip("-").isdecimal():
        return False
    if month == "XX":
        return day in (None, "XX")
    if int(month) in _SEASONS:
        return day is None
    if not 1 <= int(month) <= 12:
        return False
    return day in (None, "XX") or 1 <= int(day) <= calendar.monthrange(max(abs(int(year)), 1), int(month))[1]
