"""EDTF, levels 0 and 1: what is one, and which moment stands for it."""

import pytest

from manifests.metadata.edtf import is_edtf, is_moment_in_utc, nav_date_of


@pytest.mark.parametrize(
    ("edtf", "moment"),
    [
        ("1866", "1866-01-01T00:00:00Z"),
        ("1866-05", "1866-05-01T00:00:00Z"),
        ("1866-05-03", "1866-05-03T00:00:00Z"),
        ("1864-02-29", "1864-02-29T00:00:00Z"),
        ("1866-05-03T23:59:59+07:00", "1866-05-03T00:00:00Z"),
        ("1866-05-03T00:00:00Z", "1866-05-03T00:00:00Z"),
        ("1866?", ""),
        ("1866-05~", ""),
        ("1866%", ""),
        ("186X", ""),
        ("18XX", ""),
        ("1866-XX", ""),
        ("1866-05-XX", ""),
        ("1866-XX-XX", ""),
        ("1866-21", ""),
        ("1866/1870", ""),
        ("1866~/1870?", ""),
        ("../1870", ""),
        ("1866/..", ""),
        ("1866/", ""),
        ("/1870", ""),
        ("-0043", ""),
        ("0000", ""),
        ("Y-17000", ""),
    ],
)
def test_what_is_exact_to_the_day_the_month_or_the_year_has_a_moment(edtf: str, moment: str) -> None:
    assert is_edtf(edtf)
    assert nav_date_of(edtf) == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "..", "../..", "//", "1866/1867/1868", "66", "18666", "1866-13", "1866-00", "1866-02-30", "1866-02-00",
        "1863-02-29", "1866-5", "1866?-05", "18X6", "X866", "1866-21-01", "1866-XX-05", "186X-05", "1866 ",
        "1866T00:00", "1866-05-03T24:00:00", "1866-02-30T00:00:00", "Tự Đức", "١٨٦٦", "186X?", "1866-XX~",
    ],
)  # fmt: skip
def test_other_texts_are_no_dates(text: str) -> None:
    assert not is_edtf(text)
    assert nav_date_of(text) == ""


def test_a_moment_has_a_time_zone() -> None:
    assert is_moment_in_utc("1866-01-01T00:00:00Z")
    assert is_moment_in_utc("1866-01-01T00:00:00+00:00")
    assert not is_moment_in_utc("1866-01-01T00:00:00")
    assert not is_moment_in_utc("1866-01-01")
