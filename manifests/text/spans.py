"""Runs of syllables in a work, as two columns of numbers: where they begin and where they end."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray


class Spans:
    """Runs of syllables, first and last included, in the order of the text."""

    def __init__(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> None:
        self._first = first
        self._last = last

    @classmethod
    def none(cls) -> "Spans":
        return cls(np.empty(0, np.int64), np.empty(0, np.int64))

    @classmethod
    def merged(cls, several: "Sequence[Spans]") -> "Spans":
        """In the order of the text; each once."""
        ends = np.concatenate([np.stack([spans._first, spans._last]) for spans in several], axis=1)
        first, last = np.unique(ends, axis=1)
        return cls(first, last)

    def __len__(self) -> int:
        return len(self._first)

    def __getitem__(self, number: int) -> tuple[int, int]:
        return int(self._first[number]), int(self._last[number])

    def places(self, step: int) -> NDArray[np.int64]:
        """Of the syllable so many behind the first of each."""
        return self._first + step

    def sections(self, breaks: NDArray[np.uint32]) -> list[int]:
        """For each the number of the section that it begins in; `breaks` as in `within`."""
        found: list[int] = (np.searchsorted(breaks, self._first, side="right") - 1).tolist()
        return found

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

    def within(self, breaks: NDArray[np.uint32]) -> "Spans":
        """Those that run over no break, the number of a syllable before which a page begins."""
        first, last = (np.searchsorted(breaks, ends, side="right") for ends in (self._first, self._last))
        return self.only(first == last)


def _which_are_free(spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    free = 0
    for number, (first, last) in enumerate(spans):
        if first >= free:
            yield number
            free = last + 1
