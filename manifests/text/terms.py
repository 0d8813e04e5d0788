"""The terms of a text as a search engine counts them: its syllables, and each two that follow one another as one term.

A pair of syllables is what a word is to Vietnamese (decisions.md, 7), so a phrase is asked for without positions. They
are counted by number, not by string: a work of 500 pages has a hundred times more syllables than different ones.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from manifests.text.stream import SyllableSequence


class Counts(NamedTuple):
    """How often each term stands in a text. `typed` holds only the terms that bear marks, with them."""

    folded: dict[str, int]
    typed: dict[str, int]


def syllables(stream: SyllableSequence) -> Counts:
    numbers, counts = _counted(stream.row.astype(np.int64))
    return _counts(
        (stream.folded[number], stream.vocabulary[number], count) for number, count in zip(numbers, counts, strict=True)
    )


def pairs(stream: SyllableSequence) -> Counts:
    row, size = stream.row.astype(np.int64), max(1, len(stream.vocabulary))
    numbers, counts = _counted(row[:-1] * size + row[1:])
    split = (divmod(number, size) for number in numbers)
    return _counts(
        (
            pair_term(stream.folded[first], stream.folded[second]),
            pair_term(stream.vocabulary[first], stream.vocabulary[second]),
            count,
        )
        for (first, second), count in zip(split, counts, strict=True)
    )


def pair_term(first: str, second: str) -> str:
    return f"{first} {second}"


def _counted(row: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    numbers, counts = np.unique(row, return_counts=True)
    return numbers.tolist(), counts.tolist()


def _counts(terms: Iterator[tuple[str, str, int]]) -> Counts:
    counted = Counts({}, {})
    for folded, typed, count in terms:
        counted.folded[folded] = counted.folded.get(folded, 0) + count
        if typed != folded:
            counted.typed[typed] = counted.typed.get(typed, 0) + count
    return counted
