"""Years of reigns: what a text says by an era (`eras`) and by the cycle of sixty.

The year n of an era is its first year and n - 1 more. A lunar year begins in January or February; it is called by the
year in which most of it lies, as catalogues do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from manifests.metadata.eras import ERAS, Era
from manifests.metadata.numerals import HAN, NUMBER_WORDS, SINO, han_number, words_number

_SPELLINGS = {
    "啓定": "啟定", "咸𡨴": "咸宜", "永祐": "永佑", "宝興": "寶興", "隆德": "龍德", "光绪": "光緒", "宣统": "宣統",
    "顺治": "順治", "咸丰": "咸豐", "嘉庆": "嘉慶", "民国": "民國",
}  # fmt: skip

_STEMS = ("giap", "at", "binh", "dinh", "mau", "ky|ki", "canh", "tan", "nham", "quy|qui")
_BRANCHES = ("ty|ti", "suu", "dan", "mao|meo", "thin|thinh", "ty|ti", "ngo", "mui|vi", "than", "dau", "tuat", "hoi")
_HAN_STEMS = "甲乙丙丁戊己庚辛壬癸"
_HAN_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_IN_CYCLE = re.compile(
    rf"\s*(?:nam |nien )?\s*\b(?P<stem>{'|'.join(_STEMS)})\s+(?P<branch>{'|'.join(dict.fromkeys(_BRANCHES))})\b"
)
_DIGITS = re.compile(r"\W*(?:năm\s+)?(?:thứ\s+)?(?P<digits>\d{1,2})(?!\d)(?![-/.]\d)")
_SINO_NUMBER = rf"(?:{'|'.join([*SINO, 'thập'])})(?:\s+(?:{'|'.join([*SINO, 'thập'])}))*"
_ANY_NUMBER = rf"(?:{'|'.join(NUMBER_WORDS)})(?:\s+(?:{'|'.join(NUMBER_WORDS)}))*"
_IN_WORDS = re.compile(rf"\W*(?:năm\s+)?(?:thứ\s+(?P<after>{_ANY_NUMBER})|(?P<sino>{_SINO_NUMBER}))\b")
"""`năm` is the year as well as five, so it counts behind `thứ` alone."""
_FIRST = re.compile(r"\W*(?:nguyên niên|năm đầu|năm thứ nhất)")
_HAN_YEAR = re.compile(rf"\s*(?P<han>[元{HAN}]{{1,4}})\s*年")


@dataclass(frozen=True, slots=True)
class ReignDate:
    """What a text says by an era: a year, or all years of it. `is_plain` is that of the era: of another a date beside
    it may show that its name was meant as that of a place."""

    first: int
    last: int
    is_plain: bool


def bare(text: str) -> str:
    """In small letters without marks, letter for letter: a place in the one is the same place in the other."""
    return "".join(normalize("NFD", letter)[0].replace("đ", "d") for letter in text.lower())


def reign_in(text: str) -> ReignDate | None:
    """What a text in NFC says by an era: the first that it names and says enough of."""
    text = text.lower()
    for odd, usual in _SPELLINGS.items():
        text = text.replace(odd, usual)
    letters = bare(text)
    for era, begin, end in _named(text, letters):
        found = _dated(era, text[end:], text[:begin])
        if found is not None or era.is_plain:
            return found
    return None


_BY_LENGTH: Sequence[tuple[str, Era]] = sorted(
    ((name, era) for era in ERAS for name in era.names), key=lambda pair: -len(pair[0])
)
_IN_LETTERS = re.compile(rf"\b(?:{'|'.join(name for name, _ in _BY_LENGTH)})\b")
_IN_HAN = re.compile("|".join(sorted((era.han for era in ERAS if era.han), key=len, reverse=True)))
_BY_NAME = {**{name: era for name, era in _BY_LENGTH}, **{era.han: era for era in ERAS if era.han}}


def _named(text: str, letters: str) -> Iterator[tuple[Era, int, int]]:
    """Eras by the places of their names, those in Hán first; of `彰聖嘉慶` and `嘉慶` the longer."""
    for found in (*_IN_HAN.finditer(text), *_IN_LETTERS.finditer(letters)):
        yield _BY_NAME[found.group()], found.start(), found.end()


def _dated(era: Era, behind: str, before: str) -> ReignDate | None:
    number, rest = _number(behind)
    by_cycle = _of_cycle(era, rest if number else behind)
    if number:
        year = era.first + number - 1
        is_known = number > 0 and year <= era.last + 1 and by_cycle in (None, year)
        return ReignDate(year, year, era.is_plain) if is_known else None
    if by_cycle is None:
        by_cycle = _of_cycle(era, before)  # `năm Canh Tý niên hiệu Thành Thái`
    if by_cycle is not None:
        return ReignDate(by_cycle, by_cycle, era.is_plain)
    return ReignDate(era.first, era.last, era.is_plain) if era.is_plain else None


def _number(behind: str) -> tuple[int, str]:
    """The number of the year that stands directly behind an era, 0 where none does; and what follows."""
    if (found := _FIRST.match(behind)) is not None:
        number = 1
    elif (found := _DIGITS.match(behind)) is not None:
        number = int(found["digits"])
    elif (found := _IN_WORDS.match(behind)) is not None:
        number = words_number((found["after"] or found["sino"]).split())
    elif (found := _HAN_YEAR.match(behind)) is not None:
        number = han_number(found["han"])
    else:
        return 0, behind
    return number, behind[found.end() :]


def _of_cycle(era: Era, behind: str) -> int | None:
    """The year of an era that the cycle of sixty calls so; the first year of the cycle was 4."""
    place = _place_in_cycle(behind)
    if place is None:
        return None
    return next((year for year in range(era.first, era.last + 2) if (year - 4) % 60 == place), None)


def _place_in_cycle(text: str) -> int | None:
    found = _IN_CYCLE.search(bare(text))
    if found is not None:
        stem = next(n for n, names in enumerate(_STEMS) if found["stem"] in names.split("|"))
        branches = [n for n, names in enumerate(_BRANCHES) if found["branch"] in names.split("|")]
        branch = next((n for n in branches if n % 2 == stem % 2), None)  # so Tý is told from Tỵ
        return _place(stem, branch) if branch is not None else None
    han = re.search(rf"([{_HAN_STEMS}])([{_HAN_BRANCHES}])", text)
    return _place(_HAN_STEMS.index(han[1]), _HAN_BRANCHES.index(han[2])) if han is not None else None


def _place(stem: int, branch: int) -> int | None:
    return next((n for n in range(60) if n % 10 == stem and n % 12 == branch), None)
