"""Years of reigns: the era names of Vietnamese monarchs that books and stelae are dated by, and the cycle of sixty.

The year n of an era is its first year and n - 1 more. A lunar year begins in January or February; it is called by the
year in which most of it lies, as catalogues do. Sources: the table of era names of the Institute of Hán-Nôm Studies
(Bảng tra niên hiệu các triều vua Việt Nam, Viện Nghiên cứu Hán Nôm); Trần Trọng Kim, Việt Nam sử lược; for the Nguyễn
also the official annals, Đại Nam thực lục. Eras whose name several monarchs had (Thuận Thiên, Thái Bình) are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Reign:
    """An era: its names without marks, in Hán, and its first and last year."""

    names: tuple[str, ...]
    han: str
    first: int
    last: int


REIGNS: Sequence[Reign] = (
    # The Lê
    Reign(("quang thuan",), "光順", 1460, 1469),
    Reign(("hong duc",), "洪德", 1470, 1497),
    Reign(("chinh hoa",), "正和", 1680, 1705),
    Reign(("vinh thinh",), "永盛", 1705, 1720),
    Reign(("bao thai",), "保泰", 1720, 1729),
    Reign(("vinh khanh",), "永慶", 1729, 1732),
    Reign(("long duc",), "龍德", 1732, 1735),
    Reign(("vinh huu",), "永佑", 1735, 1740),
    Reign(("canh hung",), "景興", 1740, 1786),
    Reign(("chieu thong",), "昭統", 1787, 1789),
    # The Tây Sơn
    Reign(("thai duc",), "泰德", 1778, 1793),
    Reign(("quang trung",), "光中", 1788, 1792),
    Reign(("canh thinh",), "景盛", 1793, 1801),
    Reign(("bao hung",), "寶興", 1801, 1802),
    # The Nguyễn
    Reign(("gia long",), "嘉隆", 1802, 1819),
    Reign(("minh mang", "minh menh"), "明命", 1820, 1840),
    Reign(("thieu tri",), "紹治", 1841, 1847),
    Reign(("tu duc",), "嗣德", 1848, 1883),
    Reign(("hiep hoa",), "協和", 1883, 1883),
    Reign(("kien phuc",), "建福", 1884, 1884),
    Reign(("ham nghi",), "咸宜", 1885, 1888),
    Reign(("dong khanh",), "同慶", 1886, 1888),
    Reign(("thanh thai",), "成泰", 1889, 1907),
    Reign(("duy tan",), "維新", 1907, 1916),
    Reign(("khai dinh",), "啟定", 1916, 1925),
    Reign(("bao dai",), "保大", 1926, 1945),
)
_SPELLINGS = {"啓定": "啟定", "咸𡨴": "咸宜", "永祐": "永佑", "宝興": "寶興", "嘉隆": "嘉隆"}

_STEMS = ("giap", "at", "binh", "dinh", "mau", "ky|ki", "canh", "tan", "nham", "quy|qui")
_BRANCHES = ("ty|ti", "suu", "dan", "mao|meo", "thin|thinh", "ty|ti", "ngo", "mui|vi", "than", "dau", "tuat", "hoi")
_HAN_STEMS = "甲乙丙丁戊己庚辛壬癸"
_HAN_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_IN_CYCLE = re.compile(
    rf"\s*(?:nam |nien )?\s*\b(?P<stem>{'|'.join(_STEMS)})\s+(?P<branch>{'|'.join(dict.fromkeys(_BRANCHES))})\b"
)
_SINO = {"nhất": 1, "nhị": 2, "tam": 3, "tứ": 4, "ngũ": 5, "lục": 6, "thất": 7, "bát": 8, "cửu": 9}
_NATIVE = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
_TENS = {"thập": 10, "mười": 10, "mươi": 10}
NUMBER_WORDS = {**_SINO, **_NATIVE, **_TENS}
"""As numbers are written out, in the words of Chinese origin and in those of the language itself."""
_DIGITS = re.compile(r"\W*(?:năm\s+)?(?:thứ\s+)?(?P<digits>\d{1,2})(?!\d)(?![-/.]\d)")
_SINO_NUMBER = rf"(?:{'|'.join([*_SINO, 'thập'])})(?:\s+(?:{'|'.join([*_SINO, 'thập'])}))*"
_ANY_NUMBER = rf"(?:{'|'.join(NUMBER_WORDS)})(?:\s+(?:{'|'.join(NUMBER_WORDS)}))*"
_IN_WORDS = re.compile(rf"\W*(?:năm\s+)?(?:thứ\s+(?P<after>{_ANY_NUMBER})|(?P<sino>{_SINO_NUMBER}))\b")
"""`năm` is the year as well as five, so it counts behind `thứ` alone."""
_FIRST = re.compile(r"\W*(?:nguyên niên|năm đầu|năm thứ nhất)")
_HAN_DIGITS = {digit: number for number, digit in enumerate("元一二三四五六七八九")} | {"元": 1}
_HAN_TENS = {"十": 1, "廿": 2, "卄": 2, "卅": 3, "卌": 4}
_HAN_YEAR = re.compile(r"\s*(?P<han>[元一二三四五六七八九十廿卄卅卌]{1,4})\s*年")


@dataclass(frozen=True, slots=True)
class ReignDate:
    """What a text says by an era: a year, or all years of it; and what is written behind."""

    first: int
    last: int
    rest: str


def bare(text: str) -> str:
    """In small letters without marks, letter for letter: a place in the one is the same place in the other."""
    return "".join(normalize("NFD", letter)[0].replace("đ", "d") for letter in text.lower())


def reign_in(text: str) -> ReignDate | None:
    """The first era that a text in NFC names."""
    text = text.lower()
    for odd, usual in _SPELLINGS.items():
        text = text.replace(odd, usual)
    letters = bare(text)
    for reign in REIGNS:
        at = text.find(reign.han)
        if at >= 0:
            return _dated(reign, text[at + len(reign.han) :])
        for name in reign.names:
            found = re.search(rf"\b{name}\b", letters)
            if found is not None:
                return _dated(reign, text[found.end() :])
    return None


def _dated(reign: Reign, behind: str) -> ReignDate | None:
    number, rest = _number(behind)
    by_cycle = _of_cycle(reign, rest if number else behind)
    if number:
        year = reign.first + number - 1
        is_known = number > 0 and year <= reign.last + 1 and by_cycle in (None, year)
        return ReignDate(year, year, rest) if is_known else None
    if by_cycle is not None:
        return ReignDate(by_cycle, by_cycle, behind)
    return ReignDate(reign.first, reign.last, behind)


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


def words_number(words: Sequence[str]) -> int:
    """`thập cửu` is 19, `nhị thập nhị` 22, `ba mươi mốt` 31."""
    number = 0
    for word in words:
        number = (number or 1) * 10 if word in _TENS else number + NUMBER_WORDS[word]
    return number


def han_number(digits: str) -> int:
    number = 0
    for digit in digits:
        if digit in _HAN_TENS:
            number = (number or _HAN_TENS[digit]) * 10
        else:
            number += _HAN_DIGITS[digit]
    return number


def _of_cycle(reign: Reign, behind: str) -> int | None:
    """The year of an era that the cycle of sixty calls so; the first year of the cycle was 4."""
    place = _place_in_cycle(behind)
    if place is None:
        return None
    return next((year for year in range(reign.first, reign.last + 2) if (year - 4) % 60 == place), None)


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
