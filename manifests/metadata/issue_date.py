"""When a work came out, to the day: the one place that says so for `navDate` (Presentation 3.0 section 3.1)."""

import re
from datetime import date

from manifests.metadata.record import Record

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"([0-9]{4})(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def nav_date(record: Record) -> str:
    """As an xsd:dateTime, where the record's first date is a whole day of the calendar; else empty."""
    for told in _dates(record)[:1]:
        if _DAY.fullmatch(told) and _is_day(told):
            return f"{told}T00:00:00Z"
    return ""


def year_of(record: Record) -> str:
    """Of the first date that begins with a year and says nothing else than month and day; else empty."""
    return next((found[1] for told in _dates(record) if (found := _YEAR.fullmatch(told))), "")


def day_or_less(record: Record) -> str:
    """That date as it is written: issues are put in order by it."""
    return next((told for told in _dates(record) if _YEAR.fullmatch(told)), "")


def _dates(record: Record) -> list[str]:
    lines = (entry.values for entry in record.entries if entry.field == "date")
    return [text.strip() for values in lines for texts in values.values() for text in texts]


def _is_day(told: str) -> bool:
    try:
        date.fromisoformat(told)
    except ValueError:
        return False
    return True
