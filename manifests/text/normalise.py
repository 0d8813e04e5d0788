"""When two spellings are the same word: one rule for what is indexed, what is scanned and what is asked.

See decisions.md, 7. A word of print is cut into syllables, and each has two keys. `exact` keeps the marks: composed
form, small letters, the tone where it is one and the same however it was placed (hòa = hoà), Eth as đ. `folded` is the
same without marks, and ø as o, æ as ae. Forms of compatibility (full width, Kangxi radicals, ligatures, superscripts)
are what they stand for. No stop words, no shortest length, no dictionary; where a script sets no blank between words
each of its characters is a syllable of its own, with the marks that it bears.
Nothing here knows of pages, boxes or engines.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

RECIPE = 2
"""Raised whenever a key changes: words stored under other keys are then built anew."""

# Unicode's block of combining diacritical marks: those of Latin, Greek and Cyrillic letters. The vowel signs of other
# scripts are letters in all but name and stay.
_MARKS = re.compile("[\u0300-\u036f]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LOOKS_LIKE_D_STROKE = str.maketrans("ðɖ", "đđ")
_FOLDED = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart, as they are typed where the keyboard lacks them."""
_SYLLABLE = re.compile("S(?:u*m)*|L(?:u*[Lm])*")  # standing alone, letter, mark, unseen: see _kind
_ONE_GROUP_OF_VOWELS = re.compile(r"([^aeiouy]*)([aeiouy][aeiouy\u0300-\u036f]*)([^aeiouy]*)")


class Syllable(NamedTuple):
    """`start` and `end` are places in the text it was cut from."""

    start: int
    end: int
    exact: str
    folded: str


def syllables(word: str) -> tuple[Syllable, ...]:
    """Letters, digits and their marks in a row; everything between, hyphens too, only divides."""
    return _cached_syllables(word) if len(word) <= _LONGEST_CACHED else _syllables(word)


def _syllables(word: str) -> tuple[Syllable, ...]:
    return tuple(Syllable(start, end, *keys(word[start:end])) for start, end in _syllable_spans(word))


_LONGEST_CACHED = 40
_cached_syllables = lru_cache(maxsize=1 << 16)(_syllables)


def cut(text: str) -> Iterator[Syllable]:
    """The syllables of running text. Word by word, because the same words come again and again."""
    for word in re.finditer(r"\S+", text):
        for found in syllables(word.group()):
            yield Syllable(word.start() + found.start, word.start() + found.end, found.exact, found.folded)


def keys(syllable: str) -> tuple[str, str]:
    """`exact` and `folded` of one syllable."""
    exact = _exact(syllable)
    folded = _MARKS.sub("", unicodedata.normalize("NFD", exact)).translate(_FOLDED)
    return exact, unicodedata.normalize("NFC", folded)


@lru_cache(maxsize=1 << 12)
def folded(letters: str) -> str:
    """The second key alone, of what is asked of one work after another."""
    return keys(letters)[1]


def is_han(character: str) -> bool:
    """Written without spaces, so a word by itself: ideographs, kana, and the private areas that old Nôm fonts use."""
    code = ord(character)
    return (
        0x3400 <= code <= 0x9FFF
        or 0x20000 <= code <= 0x3FFFF
        or 0xF900 <= code <= 0xFAFF
        or 0x2E80 <= code <= 0x2FDF
        or 0x3005 <= code <= 0x3007
        or 0x3041 <= code <= 0x30FF
        or 0xFF66 <= code <= 0xFF9D
        or unicodedata.category(character) == "Co"
    )


_WITHOUT_BLANKS = (
    (0x0E01, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19FF),  # Tai Le, New Tai Lue, Khmer symbols
    (0x1A20, 0x1AAF),  # Tai Tham
    (0xA9E0, 0xA9FF),  # Burmese, extended
    (0xAA00, 0xAADF),  # Cham, Burmese, Tai Viet
)


def stands_alone(character: str) -> bool:
    """Of a script without blanks between words, in which any run of characters may be one."""
    code = ord(character)
    if code < _WITHOUT_BLANKS[0][0]:
        return False
    return is_han(character) or any(first <= code <= last for first, last in _WITHOUT_BLANKS)


def _syllable_spans(word: str) -> Iterator[tuple[int, int]]:
    kinds = "".join(map(_kind, word))
    return (run.span() for run in _SYLLABLE.finditer(kinds))


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "M" or character in _SOUND_MARKS:
        return "m"
    if is_han(character):  # radicals count as symbols
        return "S"
    if category[0] in "LN":
        return "S" if stands_alone(character) else "L"
    return "u" if category == "Cf" and character != _ZERO_WIDTH_SPACE else "-"


_ZERO_WIDTH_SPACE = "\u200b"
_SOUND_MARKS = frozenset("\uff9e\uff9f")
"""Of half-width kana, which Unicode calls letters."""


def _is_unseen(character: str) -> bool:
    """Soft hyphens and joiners, and the selectors of a Han character's variant: inside a word, no part of its key."""
    code = ord(character)
    return unicodedata.category(character) == "Cf" or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def _exact(syllable: str) -> str:
    shown = unicodedata.normalize("NFKD", "".join(c for c in syllable if not _is_unseen(c)))
    small = unicodedata.normalize("NFKD", shown.casefold()).replace(" ", "")  # a ligature may stand for two words
    return unicodedata.normalize("NFC", _tone_in_its_place(small.translate(_LOOKS_LIKE_D_STROKE)))


def _tone_in_its_place(decomposed: str) -> str:
    """The one tone of a Vietnamese syllable onto the last of its vowels.

    That is no orthography, only one place: it makes hòa and hoà one key, and lựơng and lượng. A word with vowels in
    two groups, or with two such marks, is no Vietnamese syllable; there the place means something (término, terminó).
    """
    tones = _TONES.findall(decomposed)
    parts = _ONE_GROUP_OF_VOWELS.fullmatch(_TONES.sub("", decomposed)) if len(tones) == 1 else None
    if parts is None:
        return decomposed
    before, vowels, after = parts.groups()
    return f"{before}{vowels}{tones[0]}{after}"
