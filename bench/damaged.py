"""Text as the OCR gives it: some words with wrong marks, some with a letter wrong, lost, added or taken for another,
some with a blank lost behind them or added inside.

The kinds are those that users of Tesseract report for Vietnamese: tones lost or exchanged, the marks of vowels lost,
letters that look alike, single letters dropped. Which words are damaged, and how, is drawn from a seed.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from manifests.text.normalise import cut

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWEL_MARKS = "\u0302\u0306\u031b"
_VOWELS = "aeiouy"
_LETTERS = "abcdeghiklmnopqrstuvxy"
_ALIKE = "rn m, m rn, h b, e c, c e, l i, i l, n u, u n, cl d, d cl, o e, t l, ri n, l 1, o 0, v y, g q, li h, h li"
_PAIRS = tuple(tuple(pair.split()) for pair in _ALIKE.split(", "))

KINDS = ("intact", "marks", "letter", "blank")


@dataclass(frozen=True, slots=True)
class DamagedText:
    """`printed` is what stood on the page, `read` what the OCR made of it, `kinds` what became of each word.

    A word that was read as part of the one before is "" in `read`; one read as two has a blank in it.
    """

    printed: Sequence[str]
    read: Sequence[str]
    kinds: Sequence[str]


def damage(words: Sequence[str], chance: Random, share: float) -> DamagedText:
    """`share` of the words get wrong marks, as many a wrong letter, and half as many another blank."""
    read: list[str] = []
    kinds: list[str] = []
    for number, word in enumerate(words):
        if len(read) > number:
            continue  # it was read with the one before
        drawn = chance.random()
        kind = "letter" if drawn < share else "marks" if drawn < 2 * share else "blank" if drawn < 2.5 * share else ""
        others = _damaged(kind, word, words[number + 1 : number + 2], chance)
        read += others
        kinds += [kind if list(words[number : number + len(others)]) != others else "intact"] * len(others)
    return DamagedText(words, read, kinds)


def _damaged(kind: str, word: str, following: Sequence[str], chance: Random) -> list[str]:
    if kind == "blank":
        return blank_wrong(word, following, chance)
    return [letter_wrong(word, chance) if kind == "letter" else marks_wrong(word, chance) if kind == "marks" else word]


def blank_wrong(word: str, following: Sequence[str], chance: Random) -> list[str]:
    """The word in two, or with the one that follows as one; what ends with a sign or is one letter stays as it is."""
    if chance.random() < 0.5 and following and word.isalpha() and following[0][0].isalpha():
        return [word + following[0], ""]
    if len(word) < 2 or not word.isalpha():
        return [word]
    at = chance.randrange(1, len(word))
    return [f"{word[:at]} {word[at:]}"]


def marks_wrong(word: str, chance: Random) -> str:
    """The same letters with another tone, none, or without the marks of their vowels."""
    apart = unicodedata.normalize("NFD", word)
    tones = [at for at, sign in enumerate(apart) if sign in _TONES]
    vowels = [at for at, sign in enumerate(apart) if sign in _VOWELS]
    drawn = chance.random()
    if tones and drawn < 0.8:
        at = chance.choice(tones)
        other = "" if drawn < 0.5 else chance.choice([tone for tone in _TONES if tone != apart[at]])
        return unicodedata.normalize("NFC", apart[:at] + other + apart[at + 1 :])
    if any(sign in _VOWEL_MARKS for sign in apart):
        return unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _VOWEL_MARKS))
    if not vowels or tones:
        return word
    at = chance.choice(vowels)
    return unicodedata.normalize("NFC", apart[: at + 1] + chance.choice(_TONES) + apart[at + 1 :])


def letter_wrong(word: str, chance: Random) -> str:
    """Another word, marks apart, by one letter or one group of letters; the same where none was found."""
    for _ in range(20):
        other = _one_letter(word, chance)
        if _folded(other) and _folded(other) != _folded(word):
            return other
    return word


def _one_letter(word: str, chance: Random) -> str:
    at, drawn = chance.randrange(len(word)), chance.random()
    if not word[at].isalpha():
        return word
    if drawn < 0.35:
        pairs = [pair for pair in _PAIRS if pair[0] in word.lower()]
        letters, others = chance.choice(pairs) if pairs else ("", "")
        place = word.lower().find(letters)
        return word[:place] + others + word[place + len(letters) :]
    if drawn < 0.65:
        return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]
    return word[:at] + word[at + 1 :] if drawn < 0.85 else word[:at] + chance.choice(_LETTERS) + word[at:]


def _folded(text: str) -> list[str]:
    return [syllable.folded for syllable in cut(text)]
