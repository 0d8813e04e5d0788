"""Dates as HTTP writes them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.answers.http_date import http_date, parse_http_date

NOW = datetime(2026, 3, 1, tzinfo=UTC)
EXAMPLE = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_the_three_forms_are_one_date(text: str) -> None:
    assert parse_http_date(text, NOW) == EXAMPLE


@pytest.mark.parametrize(
    "text",
    [
        *("", "now", "06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC"),
        *("Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT"),
        *("CN, 06 Th11 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, ٠٦ Nov 1994 08:49:37 GMT"),
        "Sun, 06 Nov 1994 08:49:37 GMT\n",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert parse_http_date(text, NOW) is None


def test_a_year_of_two_digits_is_at_most_fifty_years_ahead() -> None:
    for year, meant in (("00", 2000), ("26", 2026), ("75", 2075), ("77", 1977), ("99", 1999)):
        found = parse_http_date(f"Monday, 01-Jan-{year} 00:00:00 GMT", NOW)
        assert found is not None
        assert found.year == meant


def test_a_leap_second_is_the_one_before_it() -> None:
    leap = parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT", NOW)
    assert leap == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 -- given UTC by it
def test_a_date_is_read_as_it_was_written_to_the_second(moment: datetime) -> None:
    read = parse_http_date(http_date(moment), NOW)
    assert read is not None
    assert timedelta(0) <= moment - read < timedelta(seconds=1)
