"""Dates as HTTP writes them, to the second and in GMT (RFC 9110 section 5.6.7). Names of days and months are English,
whatever the machine speaks."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_TIME = "(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_FORMS = (
    re.compile(f"{_DAY}, (?P<day>[0-9]{{2}}) {_MONTH} (?P<year>[0-9]{{4}}) {_TIME} GMT"),
    re.compile(f"{_LONG_DAY}, (?P<day>[0-9]{{2}})-{_MONTH}-(?P<year>[0-9]{{2}}) {_TIME} GMT"),
    re.compile(f"{_DAY} {_MONTH} (?P<day>[ 0-9][0-9]) {_TIME} (?P<year>[0-9]{{4}})"),
)
"""What is written today, and the two older forms that must still be read."""

_FAR = timedelta(days=365 * 50)


@lru_cache(maxsize=1024)
def http_date(moment: datetime) -> str:
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S} GMT"


def parse_http_date(text: str, now: datetime) -> datetime | None:
    """None for what is no date. A year of two digits is never more than 50 years ahead."""
    found = next(filter(None, (form.fullmatch(text.strip(" \t")) for form in _FORMS)), None)
    if found is None:
        return None
    year, short = int(found["year"]), len(found["year"]) == len("94")
    date = _date(found, year + now.year // 100 * 100 if short else year)
    if short and date is not None and date > now + _FAR:
        return _date(found, date.year - 100)
    return date


def _date(found: re.Match[str], year: int) -> datetime | None:
    hour, minute, second = (int(found[name]) for name in ("hour", "minute", "second"))
    try:
        # A leap second is read as the one before it, which a datetime has no place for
        return datetime(
            year, _MONTHS.index(found["month"]) + 1, int(found["day"]), hour, minute, min(second, 59), tzinfo=UTC
        )
    except ValueError:
        return None
