"""Dates as people write them, in EDTF: Vietnamese, French and English, catalogues' brackets, years of reigns.

What is not understood is no date: nothing is guessed. A day of the lunar calendar is no day here, for it would be
another one; of a lunar date the year stays, and the next one too where the last two months of a lunar year may lie in
it.
"""

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from manifests.metadata.edtf import is_edtf
from manifests.metadata.numerals import roman_number
from manifests.metadata.reigns import ReignDate, bare, reign_in

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv", "february feb fevrier fevr", "march mar mars", "april apr avril avr", "may mai",
            "june jun juin", "july jul juillet juil", "august aug aout", "september sept sep septembre",
            "october oct octobre", "november nov novembre", "december dec decembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAMED = "|".join(_MONTHS)
_IN_WORDS = {
    "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_LUNAR_MONTHS = {"gieng": 1, "chap": 12}
_NUMBER = "|".join(sorted(_IN_WORDS, key=len, reverse=True))
_YEAR = r"(?P<year>1\d{3}|20\d\d)"
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d)(?P<day>\d{{1,2}})\s*thang\s*(?P<month>\d{{1,2}}|{_NUMBER}),?\s*(?:nam\s*)?{_YEAR}(?!\d)",
        rf"(?<![\d/.-])(?P<day>\d{{1,2}})\s*(?P<by>[/.-])\s*(?P<month>\d{{1,2}})\s*(?P=by)\s*{_YEAR}(?![\d/.-]*\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\.? (?:of )?(?P<month>{_NAMED})\.?,? {_YEAR}(?!\d)",
        rf"\b(?P<month>{_NAMED})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}(?!\d)",
        r"(?<!\d)(?P<year>1\d{3}|20\d\d)[/.年-](?P<month>\d{1,2})[/.月-](?P<day>\d{1,2})(?!\d)",
    )
)
_OF_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bthang\s*(?P<month>\d{{1,2}}|{_NUMBER})\s*(?:[/.-]|,?\s*nam|\s)\s*{_YEAR}(?!\d)",
        rf"(?<![\d/.-])(?<!so )(?P<month>\d{{1,2}})\s*[/-]\s*{_YEAR}(?![\d/-])",
        rf"(?<![-–/])\b(?P<month>{_NAMED})\.?,? {_YEAR}(?!\d)",
        r"(?P<year>1\d{3}|20\d\d)年(?P<month>\d{1,2})月",
    )
)
_ABOUT = re.compile(
    r"\b(khoang|chung|vao khoang|ca|circa|vers|environ|about|approximately|um)\b|\b(?:c|k|kh)\. ?(?=\d)|約|\bước\b"
)
_DOUBT = re.compile(r"\?|\b(co le|co the|probably|perhaps|possibly|peut-etre|phong doan)\b")
_LUNAR = re.compile(r"\bam lich\b|\b(lunar|lunaire|a\.?l\.?)\b|農曆|\(am\)")
_LATE_MONTH = re.compile(r"\bthang\s*(?:11|12|muoi mot|muoi hai|chap)\b|(?:十[一二]|臘|冬)月")
_CENTURY = re.compile(
    r"\b(?:the k[yi]|tk\.?)\s*(?:thu\s*)?(?P<a>[ivx]{1,5}|\d{1,2})"
    r"(?:\s*(?:[-–,]|va|den)\s*(?P<to>[ivx]{1,5}|\d{1,2}))?\b"
    r"|\b(?P<b>\d{1,2})(?:st|nd|rd|th) century|\b(?P<c>[ivx]{1,5}|\d{1,2})e(?:me)? siecle"
)
_DECADE = re.compile(
    r"\b(?P<a>\d{3})0s\b|(?:thap (?:nien|ky|ki)|nhung nam|annees)\s*(?P<b>\d{3})0\b|(?<!\d)(?P<c>\d{3})[-xu_](?=\W*$)"
)
_HUNDRED = re.compile(r"(?<!\d)(?P<a>\d\d)(?:--|xx|uu)(?=\W*$)")
_RANGE = re.compile(r"(?<!\d)(?P<a>\d{4})\s*(?:-|–|—|/|den|to|a|and|va|or|hoac|ou|et|~)\s*(?P<b>\d{4}|\d\d)(?!\d)")
_BEFORE = re.compile(r"\b(?:truoc|before|avant|not after|khong sau)(?: nam)? (?P<a>\d{4})(?!\d)")
_AFTER = re.compile(r"\b(?:sau|tu|after|since|from|depuis|apres|not before|khong truoc)(?: nam)? (?P<a>\d{4})\W*$")
_OPEN = re.compile(r"(?<!\d)(?P<a>\d{4})\s*(?:-|–|—)\s*(?:\.{2,3}|nay)?\W*$")
_ALONE = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
_CORRECTED = re.compile(r"\bi\. ?e\. ?,? ?(\d{4})|\btuc (?:la )?(?:nam )?(\d{4})")
_UNKNOWN_DIGITS = re.compile(r"(?<=(?<!\d)\d{3})\?(?!\?)|(?<=(?<!\d)\d\d)\?\?")
"""`189?`, `18??`: digits that nobody knows, and no doubt."""
_LONGEST = 200


def edtf_of(texts: Iterable[str]) -> str:
    """The first of several that is understood; empty where none is."""
    return next((found for text in texts if is_edtf(found := _edtf(text))), "")


def _edtf(text: str) -> str:
    said = " ".join(normalize("NFC", text).split())
    if not said or len(said) > _LONGEST:
        return ""
    if is_edtf(said):
        return said
    outside, inside = re.sub(r"\([^()]*\)", " ", said), " ".join(re.findall(r"\(([^()]*)\)", said))
    is_lunar = _LUNAR.search(bare(said)) is not None
    reign = reign_in(outside) or reign_in(inside)
    by_reign = _years_of(reign, said) if reign is not None else ""
    written = _written(outside, is_lunar) or _written(inside, is_lunar)
    if reign is not None and written:
        is_said = _agree(by_reign, written) or not reign.is_plain
        return written if is_said else f"{written.rstrip('?~%')}?" if "/" not in written else written
    return by_reign or written


def _agree(by_reign: str, written: str) -> bool:
    first, _, last = by_reign.partition("/")
    year = written[:4]
    return not year.isdecimal() or int(first) <= int(year) <= int(last or first) + 1


def _years_of(reign: ReignDate, text: str) -> str:
    if reign.first != reign.last:
        return f"{reign.first}/{reign.last}"
    is_late = _LATE_MONTH.search(bare(text)) is not None
    return f"{reign.first}/{reign.first + 1}" if is_late else str(reign.first)


def _written(text: str, is_lunar: bool) -> str:
    """By the calendar that we have, or by nothing but the year where the calendar is the lunar one."""
    letters = _UNKNOWN_DIGITS.sub(lambda found: "-" * len(found[0]), bare(text).strip(" .,;"))
    doubt = _doubt(letters)
    letters = letters.replace("?", "")
    corrected = _CORRECTED.search(letters)
    if corrected is not None:
        return f"{corrected[1] or corrected[2]}{doubt}"
    lunar_month = re.search(r"\bthang (gieng|chap)\b", letters)
    if is_lunar or lunar_month is not None:
        found = _ALONE.findall(letters)
        is_late = _LATE_MONTH.search(letters) is not None
        return (f"{found[0]}/{int(found[0]) + 1}" if is_late else found[0]) if len(set(found)) == 1 else ""
    exact = _day(letters) or _month(letters)
    if exact:
        return f"{exact}{doubt}"
    return _span(letters, doubt) or _year(letters, doubt)


def _doubt(letters: str) -> str:
    about, unsure = _ABOUT.search(letters), _DOUBT.search(letters)
    return "%" if about and unsure else "~" if about else "?" if unsure else ""


def _day(letters: str) -> str:
    """Day first; one that no month has leaves the year alone."""
    for pattern in _DAYS:
        found = pattern.search(letters)
        if found is not None:
            exact = f"{found['year']}-{_number(found['month']):02}-{int(found['day']):02}"
            return exact if is_edtf(exact) else found["year"]
    return ""


def _month(letters: str) -> str:
    for pattern in _OF_MONTHS:
        found = pattern.search(letters)
        if found is not None and 1 <= _number(found["month"]) <= 12:
            return f"{found['year']}-{_number(found['month']):02}"
    return ""


def _number(month: str) -> int:
    return int(month) if month.isdecimal() else _MONTHS.get(month) or _IN_WORDS[month]


def _span(letters: str, doubt: str) -> str:
    """More than one year: a range, one with an open end, a decade, a century."""
    found = _RANGE.search(letters)
    if found is not None:
        first, last = found["a"], found["b"]
        last = first[:2] + last if len(last) == 2 else last
        return f"{first}{doubt}/{last}{doubt}" if int(first) < int(last) else f"{first}{doubt}" if first == last else ""
    if (found := _BEFORE.search(letters)) is not None:
        return f"../{found['a']}{doubt}"
    if (found := _AFTER.search(letters) or _OPEN.search(letters)) is not None:
        return f"{found['a']}{doubt}/.."
    if (found := _HUNDRED.search(letters)) is not None:
        return f"{found['a']}XX"
    if (found := _DECADE.search(letters)) is not None:
        return f"{found['a'] or found['b'] or found['c']}X"
    centuries = [century for one in _CENTURY.finditer(letters) if (century := _century(one))]
    return _from_to(centuries)


def _from_to(centuries: Sequence[str]) -> str:
    """`cuối thế kỷ XIX đầu thế kỷ XX` is from the first to the last."""
    ends = [end for century in centuries for end in century.split("/")]
    if not ends or ends != sorted(ends):
        return ""
    return ends[0] if ends[0] == ends[-1] else f"{ends[0]}/{ends[-1]}"


def _century(found: re.Match[str]) -> str:
    """The nineteenth century is 18XX."""
    number = _which(found["a"] or found["b"] or found["c"])
    last = _which(found["to"]) if found["to"] else number
    if not 1 < number <= last <= 21:
        return ""
    one, other = f"{number - 1:02}XX", f"{last - 1:02}XX"
    return one if one == other else f"{one}/{other}"


def _which(written: str) -> int:
    return int(written) if written.isdecimal() else roman_number(written)


def _year(letters: str, doubt: str) -> str:
    """The only year that is named; of `1905, c1904` the first."""
    without_copyright = re.sub(r"(?:\bc|\bcop\.? ?|©|\bp)(\d{4})", r" \1", letters)
    found = list(dict.fromkeys(_ALONE.findall(without_copyright)))
    is_second_copyright = len(found) == 2 and re.search(rf"(?:\bc|\bcop\.? ?|©|\bp){found[1]}", letters) is not None
    return f"{found[0]}{doubt}" if len(found) == 1 or is_second_copyright else ""
