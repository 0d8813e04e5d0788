"""Numbers in words, in Hán and in Roman numerals."""

import pytest

from manifests.metadata.numerals import HAN, han_number, roman_number, words_number


@pytest.mark.parametrize(
    ("written", "number"),
    [("nhất", 1), ("thập", 10), ("thập cửu", 19), ("nhị thập nhị", 22), ("mười lăm", 15), ("ba mươi mốt", 31)],
)
def test_words_are_numbers(written: str, number: int) -> None:
    assert words_number(written.split()) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [("元", 1), ("九", 9), ("十", 10), ("二十一", 21), ("廿一", 21), ("卌五", 45)],
)
def test_numbers_in_han_are_read(written: str, number: int) -> None:
    assert han_number(written) == number


@pytest.mark.parametrize("digit", HAN)
def test_each_digit_in_han_is_a_number(digit: str) -> None:
    assert han_number(digit) > 0


@pytest.mark.parametrize(
    ("written", "number"),
    [("i", 1), ("IV", 4), ("xix", 19), ("XX", 20), ("XLIX", 49), ("XC", 90), ("CC", 200)],
)
def test_roman_numerals_are_read_in_letters_of_any_case(written: str, number: int) -> None:
    assert roman_number(written) == number
