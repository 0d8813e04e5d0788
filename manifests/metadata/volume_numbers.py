"""The number of a volume or an issue as a key by which volumes stand in order, whichever way it is written.

`Tập 2`, `2`, `II`, `quyển nhị`, `thứ hai` and `卷之二` are one number, and a set may have several of these ways.
Volumes that are named by their place (`thượng`, `trung`, `hạ`; 上中下) have its number, and the head volume (`thủ`, 首)
stands before the first. What is no number stays as it is written.
"""

import re
from collections.abc import Iterator
from unicodedata import normalize

from manifests.ids import slug
from manifests.metadata.numerals import HAN, NUMBER_WORDS, han_number, roman_number, words_number

_PLACES = {"thủ": 0, "thượng": 1, "trung": 2, "hạ": 3, "首": 0, "上": 1, "中": 2, "下": 3}
_PART = re.compile(rf"[0-9]+|[{HAN}]+|[首上中下]|[^\W\d_{HAN}首上中下]+")
_ROMAN = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})|C{1,3}")
_NO_NUMBER = (
    "tập tap quyển quyen số so phần phan kỳ kì ky cuốn cuon thứ thu sách sach bộ bo năm nam t q "
    "vol volume no nr part book issue tome band bd heft 卷 卷之 卷第 第 冊 册 集 之 部 號 期"
)
_OF_VOLUMES = frozenset(_NO_NUMBER.split())
"""What says no more than that a number stands beside it."""
_BEHIND = "_"
"""Before what stands behind a number: in a key `12_` is behind `12` (`collection.member_key`)."""


def volume_rank(text: str) -> str:
    """Letters, digits and `_`, for `collection.member_key`; empty where nothing is said."""
    return slug(_BEHIND.join(_told(normalize("NFC", text)))) or slug(text)


def _told(text: str) -> Iterator[str]:
    words: list[str] = []
    before, end = "", 0
    for found in _PART.finditer(text):
        word = found[0].lower()
        if words and (word not in NUMBER_WORDS or text[end : found.start()].strip()):
            yield str(words_number(words))
            words = []
        # `năm` is the year as well as five, so it counts in a number and behind a word for volumes alone.
        if word in NUMBER_WORDS and (word != "năm" or words or before in _OF_VOLUMES):
            words.append(word)
        elif word not in _OF_VOLUMES:
            yield _number(found[0])
        before, end = word, found.end()
    if words:
        yield str(words_number(words))


def _number(part: str) -> str:
    if part.lower() in _PLACES:
        return str(_PLACES[part.lower()])
    if part[0] in HAN:
        return str(han_number(part))
    if part.isdecimal():
        return part.lstrip("0") or "0"
    return str(roman_number(part)) if _ROMAN.fullmatch(part) else part
