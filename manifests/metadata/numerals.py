"""Numbers as records write them: in Vietnamese words, in Hán and in Roman numerals."""

from collections.abc import Sequence

SINO = {"nhất": 1, "nhị": 2, "tam": 3, "tứ": 4, "ngũ": 5, "lục": 6, "thất": 7, "bát": 8, "cửu": 9}
"""Of Chinese origin."""
_NATIVE = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_TENS = {"thập": 10, "mười": 10, "mươi": 10}
NUMBER_WORDS = {**SINO, **_NATIVE, **_TENS}
"""As numbers are written out, in the words of Chinese origin and in those of the language itself."""

_HAN_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)} | {"元": 1}
_HAN_TENS = {"十": 1, "廿": 2, "卄": 2, "卅": 3, "卌": 4}
HAN = "一二三四五六七八九" + "".join(_HAN_TENS)
"""What numbers in Hán are written with; `元` is the first of years alone."""

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def words_number(words: Sequence[str]) -> int:
    """`thập cửu` is 19, `nhị thập nhị` 22, `ba mươi mốt` 31."""
    number = 0
    for word in words:
        number = (number or 1) * 10 if word in _TENS else number + NUMBER_WORDS[word]
    return number


def han_number(digits: str) -> int:
    """`二十一` and `廿一` are 21."""
    number = 0
    for digit in digits:
        if digit in _HAN_TENS:
            number = (number or _HAN_TENS[digit]) * 10
        else:
            number += _HAN_DIGITS[digit]
    return number


def roman_number(letters: str) -> int:
    """`XIX` is 19. In letters of any case, up to C; whether they are a number is for whoever asks to know."""
    values = [_ROMAN[letter] for letter in letters.upper()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
