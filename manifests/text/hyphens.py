"""Words broken at the end of a line: which two parts are one word, and which only stand beside each other.

A hyphen at a line's end may have been put there by the printer (biblio-/thèque), or belong to the word, as in all older
Vietnamese print (thư-/viện). The OCR may know; what a reader of a format is told, it leaves behind the word as a sign
that is not seen: a soft hyphen where the parts are one, a zero-width space where they are two.
Otherwise two parts that can both be Vietnamese syllables are two.
"""

from manifests.text.normalise import Syllable, keys, stands_alone, syllables
from manifests.text.vietnamese import is_syllable

ONE = "\u00ad"
"""Unicode's soft hyphen: a word goes on behind it."""
TWO = "\u200b"
"""Unicode's zero-width space: a word ends before it."""

HYPHENS = "-\u2010\u2011\u00ac\u2e17"
"""Hyphen-minus, hyphen, the one that does not break, the not sign of some OCR, the double one of old print."""


def joined(before: str, behind: str) -> Syllable | None:
    """The syllable that the end of a line's last word and the beginning of the next line's first make together, if any.

    `start` is a place in `before`, `end` one in `behind`.
    """
    bare = before.rstrip(HYPHENS + ONE)
    if bare == before or before.endswith(TWO):
        return None
    first, second = syllables(bare)[-1:], syllables(behind)[:1]
    if not first or not second or first[0].end != len(bare) or second[0].start != 0:
        return None
    if not (_goes_on(bare[-1]) and _goes_on(behind[0])) or behind[0].isupper():
        return None
    if ONE not in before[len(bare) :] and is_syllable(first[0].folded) and is_syllable(second[0].folded):
        return None
    exact, folded = keys(bare[first[0].start :] + behind[: second[0].end])
    return Syllable(first[0].start, second[0].end, exact, folded)


def word_over_lines(before: str, behind: str) -> str | None:
    """The same two as they are written within a line: as one word, or with the hyphen that belongs to it where the OCR
    says so. None where nothing tells."""
    if joined(before, behind) is not None:
        return before.rstrip(HYPHENS + ONE) + without_sign(behind)
    bare = before.removesuffix(TWO)
    return bare + without_sign(behind) if bare != before and bare.endswith(tuple(HYPHENS)) else None


def without_sign(word: str) -> str:
    """As it is printed."""
    return word[:-1] if word.endswith((ONE, TWO)) and word[-2:-1] and word[-2] in HYPHENS else word


def _goes_on(character: str) -> bool:
    """Whether a word can be broken beside it: not beside the number of a year, nor where each character is a word."""
    return not (character.isdigit() or stands_alone(character))
