"""Other spellings of a query that stand in the library: what a reader meant who mistyped, what an OCR made of it.

One syllable of the query is spelled otherwise: a letter changed, lost or added, two exchanged, or shapes that OCR takes
for each other; or a blank is missing, or one too many. A spelling counts where it stands in a text beside the rest of
the query. Only folded keys are compared, and nothing but what can be a syllable is known of the language: the words are
the library's own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import log
from string import ascii_lowercase
from typing import TypeAlias

from manifests.search.query_terms import QueryTerm
from manifests.text.misread import LOOK_ALIKE, ONE_LETTER
from manifests.text.misreadings import in_other_letters
from manifests.text.vietnamese import is_syllable

Run: TypeAlias = tuple[str, ...]
"""Folded keys in a row."""
Count: TypeAlias = Callable[[Sequence[Run]], Sequence[int]]
"""In how many works each run stands (`manifests.search.engine`)."""

MAX_SYLLABLES = 6
"""A longer query is hardly mistyped in one place alone, and each syllable has some 300 neighbours to look up."""

MAX_LETTERS = 12

_BLANK = -7.0
"""How easily the OCR loses a blank or adds one, as a logarithm beside those of letters."""
_A_WORD = 4.0
"""How much less likely a spelling that can be a syllable is a misreading: it has works of its own."""


def variants(count: Count, asked: Sequence[QueryTerm], most: int) -> list[tuple[Run, int]]:
    """What may have been meant: at most so many, the one in most works first, with the number of works."""
    found = _standing(count, asked)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]


def misreadings(count: Count, asked: Sequence[QueryTerm]) -> list[Run]:
    """What the OCR may have made of it, the likeliest first: the rarer a spelling is, the sooner it is no word."""
    run = tuple(term.folded for term in asked)
    found = _standing(count, asked)
    return sorted(found, key=lambda other: (-_likely(run, other, found[other]), other))


def _likely(run: Run, other: Run, number: int) -> float:
    changed = [syllable for syllable in other if syllable not in run]
    is_word = all(map(is_syllable, changed))
    return _easily(run, other) - log(number) - (_A_WORD if is_word else 0)


def _easily(run: Run, other: Run) -> float:
    if len(run) != len(other):
        return _BLANK
    one, became = next((pair for pair in zip(run, other, strict=True) if pair[0] != pair[1]), ("", ""))
    return LOOK_ALIKE if became in in_other_letters(one) else ONE_LETTER


def _standing(count: Count, asked: Sequence[QueryTerm]) -> Mapping[Run, int]:
    run = tuple(term.folded for term in asked)
    if len(run) > MAX_SYLLABLES or any(term.is_prefix for term in asked):
        return {}
    found: dict[Run, int] = {}
    for place in range(len(run)):
        others = [run[:place] + spelling + run[place + 1 :] for spelling in _spellings(run[place])]
        # The words around the place first: most spellings fail there, and the whole run takes longer to look up.
        near = [_around(other, place, len(other) - len(run)) for other in others]
        likely = [other for other, number in zip(others, count(near), strict=True) if number]
        found |= {other: number for other, number in zip(likely, count(likely), strict=True) if number}
    together = _written_together(run)
    found |= {other: number for other, number in zip(together, count(together), strict=True) if number}
    found.pop(run, None)
    return found


def _written_together(run: Run) -> list[Run]:
    """With two of the syllables as one."""
    pairs = [(at, one + other) for at, (one, other) in enumerate(pairwise(run))]
    return [(*run[:at], both, *run[at + 2 :]) for at, both in pairs if both.isascii() and both.isalpha()]


def _around(run: Run, place: int, more: int) -> Run:
    return run[max(0, place - 1) : place + more + 2]


def _spellings(syllable: str) -> set[Run]:
    if not (syllable.isascii() and syllable.isalpha() and len(syllable) <= MAX_LETTERS):
        return set()
    halves = [(syllable[:cut], syllable[cut:]) for cut in range(1, len(syllable))]
    return {(other,) for other in _one_letter_away(syllable) if other} | set(halves) - {(syllable,)}


def _one_letter_away(syllable: str) -> Iterator[str]:
    halves = [(syllable[:cut], syllable[cut:]) for cut in range(len(syllable) + 1)]
    lost = (left + right[1:] for left, right in halves if right)
    changed = (left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase)
    added = (left + letter + right for left, right in halves for letter in ascii_lowercase)
    exchanged = (left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    return chain(lost, changed, added, exchanged, in_other_letters(syllable))
