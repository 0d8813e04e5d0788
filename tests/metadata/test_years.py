"""Centuries and decades of dates as libraries write them."""

import pytest

from manifests.metadata.years import century_of, is_century, periods


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1884", "18XX 188X"),
        ("[1884?]", "18XX 188X"),
        ("c. 1900", "19XX 190X"),
        ("Tự Đức 24 (1871)", "18XX 187X"),
        ("12/05/1884", "18XX 188X"),
        ("1884-05-12", "18XX 188X"),
        ("1884-05", "18XX 188X"),
        ("1884-86", "18XX 188X"),
        ("1889–1902", "18XX 188X 189X 19XX 190X"),
        ("1899/1900", "18XX 189X 19XX 190X"),
        ("1850-1852, in lại 1913", "18XX 185X 19XX 191X"),
        ("sáng tác 1820; in 1871", "18XX 182X 187X"),
        ("1000-1900", "10XX 100X 19XX 190X"),
        ("1902-1889", ""),
        ("188-?", "18XX 188X"),
        ("188x", "18XX 188X"),
        ("190?", "19XX 190X"),
        ("1880s", "18XX 188X"),
        ("18--", "18XX"),
        ("17??", "17XX"),
        ("20XX", "20XX"),
        ("thế kỷ XIX", "18XX"),
        ("Thế kỉ 19", "18XX"),
        ("thế kỷ thứ XVIII", "17XX"),
        ("cuối thế kỷ XIX, đầu thế kỷ XX", "18XX 19XX"),
        ("late 19th century", "18XX"),
        ("XIXe siècle", "18XX"),
        ("Minh Mạng 12", "18XX 183X"),
        ("không rõ năm", ""),
        ("1884/..", "18XX 188X"),
        ("1884-05-12?", "18XX 188X"),
        ("trước 1900", "19XX 190X"),
        ("18847", ""),
        ("450", ""),
        ("thế kỷ V", "04XX"),
        ("", ""),
    ],
)
def test_a_date_is_in_these_periods(written: str, found: str) -> None:
    assert periods([written]) == found.split()


def test_several_dates_name_each_period_once() -> None:
    assert periods(["1884", "1885", "thế kỷ XIX"]) == ["18XX", "188X"]


def test_a_very_long_date_costs_no_more_than_its_beginning() -> None:
    assert periods(["x" * 1_000_000 + "1884"]) == []


def test_a_decade_is_part_of_a_century() -> None:
    assert (is_century("18XX"), is_century("188X")) == (True, False)
    assert century_of("188X") == century_of("18XX") == "18XX"
