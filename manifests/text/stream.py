"""The syllables of a work in a row, and where others stand among them: one after another, or close together.

Each different syllable has a number, its place in the vocabulary, and the row is an array of these. What a query means
is then a choice of numbers for each of its syllables (as typed, other marks, later one error of the OCR), looked up in
the short vocabulary; the row is only compared with numbers. A row of 500 pages takes 0.1 ms; a string search, which is
as fast for rare syllables, took 5 ms for the commonest. Words, pages and boxes are the store's.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from manifests.text.normalise import Syllable

Numbers: TypeAlias = NDArray[np.uint32]
Alternatives: TypeAlias = Sequence[int]
"""Numbers in the vocabulary of what may stand for one syllable of a query."""


class Spans:
    """Runs of syllables, first and last included, in the order of the text."""

    def __init__(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> None:
        self._first = first
        self._last = last

    def __len__(self) -> int:
        return len(self._first)

    def __getitem__(self, number: int) -> tuple[int, int]:
        return int(self._first[number]), int(self._last[number])

    def only(self, kept: NDArray[np.bool_]) -> "Spans":
        return Spans(self._first[kept], self._last[kept])

    def not_touching(self, others: "Spans") -> "Spans":
        """Those that touch none of the others."""
        if not len(others):
            return self
        following = np.searchsorted(others._last, self._first)
        start = np.append(others._first, np.iinfo(np.int64).max)[following]
        return self.only(start > self._last)

    def not_overlapping(self) -> "Spans":
        """Of two that overlap the first."""
        spans = zip(self._first.tolist(), self._last.tolist(), strict=True)
        kept = np.fromiter(_which_are_free(spans), np.int64)
        return Spans(self._first[kept], self._last[kept])

    def within(self, breaks: Numbers) -> "Spans":
        """Those that run over no break, the number of a syllable before which a page begins."""
        first, last = (np.searchsorted(breaks, ends, side="right") for ends in (self._first, self._last))
        return self.only(first == last)


class SyllableSequence:
    """`vocabulary` are the exact keys in order, `folded` the folded key of each, `row` the number of every syllable."""

    def __init__(self, vocabulary: Sequence[str], folded: Sequence[str], row: Numbers) -> None:
        self.vocabulary = vocabulary
        self.folded = folded
        self.row = row

    @classmethod
    def of(cls, keys: Sequence[tuple[str, str]]) -> "SyllableSequence":
        """From the exact and the folded key of every syllable."""
        known = sorted(set(keys))
        numbers = {pair: number for number, pair in enumerate(known)}
        row = np.fromiter((numbers[pair] for pair in keys), np.uint32, len(keys))
        return cls([exact for exact, _ in known], [folded for _, folded in known], row)

    def folded_keys(self) -> list[str]:
        """Of every syllable, in order."""
        return [self.folded[number] for number in self.row.tolist()]

    def as_typed(self, syllable: Syllable) -> Alternatives:
        number = bisect_left(self.vocabulary, syllable.exact)
        known = number < len(self.vocabulary) and self.vocabulary[number] == syllable.exact
        return (number,) if known else ()

    def but_for_marks(self, syllable: Syllable) -> Alternatives:
        return self._by_folded.get(syllable.folded, ())

    @cached_property
    def _by_folded(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, folded in enumerate(self.folded):
            found[folded].append(number)
        return dict(found)

    def phrases(self, choices: Sequence[Alternatives]) -> Spans:
        """Where one of each choice stands, one after another; they may overlap."""
        behind = len(choices) - 1
        if not all(choices) or behind >= len(self.row):
            return _NONE
        first = self._places(choices[0])
        first = first[: np.searchsorted(first, len(self.row) - behind)]
        for step, choice in enumerate(choices[1:], 1):
            first = first[self._table(choice)[self.row[first + step]]]
        return Spans(first, first + behind)

    def proximity(self, choices: Sequence[Alternatives], within: int) -> Spans:
        """The narrowest places that hold one of each choice, at most so many syllables long; they may overlap."""
        wanted = Counter(map(tuple, choices))
        if not all(wanted) or len(choices) > within:
            return _NONE
        each = [(self._places(choice), times) for choice, times in wanted.items()]
        ends = np.sort(np.concatenate([places for places, _ in each]), kind="stable")  # of sorted pieces: one merge
        starts = reduce(np.minimum, (_last_until(ends, places, times) for places, times in each))
        near = (starts >= 0) & (ends - starts < within)
        narrow = near & np.append(True, starts[1:] != starts[:-1])
        return Spans(starts[narrow], ends[narrow])

    def _places(self, choice: Alternatives) -> NDArray[np.int64]:
        return np.flatnonzero(self.row == choice[0] if len(choice) == 1 else self._table(choice)[self.row])

    def _table(self, choice: Alternatives) -> NDArray[np.bool_]:
        """For each number of the vocabulary whether it is one of these."""
        table = np.zeros(len(self.vocabulary), np.bool_)
        table[list(choice)] = True
        return table


_NONE = Spans(np.empty(0, np.int64), np.empty(0, np.int64))


def _last_until(ends: NDArray[np.int64], places: NDArray[np.int64], times: int) -> NDArray[np.int64]:
    """For each end where the last so many of the places that are not behind it begin, -1 where there are fewer."""
    enough = np.append(np.full(times, -1), places)
    return enough[np.searchsorted(places, ends, side="right")]


def _which_are_free(spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    free = 0
    for number, (first, last) in enumerate(spans):
        if first >= free:
            yield number
            free = last + 1
