"""The terms of a text as a search engine counts them: its syllables, and each two that follow one another as one term.

A pair of syllables is what a word is to Vietnamese (decisions.md, 7), so a phrase is asked for without positions. They
are counted by number, not by string: a work of 500 pages has a hundred times more syllables than different ones.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from manifests.text.stream import SyllableSequence


class Syllables(NamedTuple):
    """How often each stands in a text, without marks; and with them, of those that bear any."""

    folded: dict[str, int]
    typed: dict[str, int]


def syllables(stream: SyllableSequence) -> Syllables:
    numbers, counts = _counted(stream.row)
    typed = [(stream.vocabulary[number], stream.folded[number]) for number in numbers]
    return Syllables(
        _summed((folded for _, folded in typed), counts),
        {exact: count for (exact, folded), count in zip(typed, counts, strict=True) if exact != folded},
    )


def pairs(stream: SyllableSequence) -> dict[str, int]:
    """How often each pair stands in a text, without marks."""
    row, size = stream.row.astype(np.int64), max(1, len(stream.vocabulary))
    numbers, counts = _counted(row[:-1] * size + row[1:])
    folded = stream.folded
    return _summed((pair_term(folded[number // size], folded[number % size]) for number in numbers), counts)


def pair_term(first: str, second: str) -> str:
    return f"{first} {second}"


def _counted(row: NDArray[Any]) -> tuple[list[int], list[int]]:
    numbers, counts = np.unique(row, return_counts=True)
    return numbers.tolist(), counts.tolist()


def _summed(terms: Iterable[str], counts: list[int]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for term, count in zip(terms, counts, strict=True):
        summed[term] = summed.get(term, 0) + count
    return summed
