"""The syllables of a work in a row, and where others stand among them: one after another, or close together.

Each different syllable has a number, its place in the vocabulary, and the row is an array of these. What a query means
is then a choice of numbers for each of its syllables (as typed, other marks, misread by the OCR), looked up in the
short vocabulary; the row is only compared with numbers. A row of 500 pages takes 0.1 ms; a string search, which is
as fast for rare syllables, took 5 ms for the commonest. Words, pages and boxes are the store's.
"""

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from manifests.text.blanks import Blanks, Parts
from manifests.text.misread import LOOK_ALIKE, ONE_LETTER, Around, MisreadPlaces
from manifests.text.misreadings import Misreadings
from manifests.text.normalise import Syllable, stands_alone
from manifests.text.numbers_by_key import NumbersByKey
from manifests.text.spans import Spans
from manifests.text.vietnamese import letters_and_tone, without_tones

Numbers: TypeAlias = NDArray[np.unsignedinteger[Any]]
Alternatives: TypeAlias = Sequence[int]
"""Numbers in the vocabulary of what may stand for one syllable of a query."""


ANY: None = None
"""Whatever stands there, in a row of alternatives."""


@dataclass(frozen=True, slots=True)
class Run:
    """The same syllables, marks and all, wherever they stand in a row: `places` are those of the first of them."""

    places: Sequence[int]
    length: int

    @property
    def count(self) -> int:
        return len(self.places)


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
        row = np.fromiter((numbers[pair] for pair in keys), np.min_scalar_type(len(known)), len(keys))
        return cls([exact for exact, _ in known], [folded for _, folded in known], row)

    def folded_keys(self) -> list[str]:
        """Of every syllable, in order."""
        return [self.folded[number] for number in self.row.tolist()]

    def as_typed(self, syllable: Syllable) -> Alternatives:
        number = bisect_left(self.vocabulary, syllable.exact)
        known = number < len(self.vocabulary) and self.vocabulary[number] == syllable.exact
        return (number,) if known else ()

    def but_for_marks(self, syllable: Syllable) -> Alternatives:
        return self._by_folded.of(syllable.folded)

    @cached_property
    def _by_folded(self) -> NumbersByKey:
        return NumbersByKey(self.folded)

    def beginning_as_typed(self, syllable: Syllable) -> Alternatives:
        """All that begin with it, its marks too."""
        end = bisect_left(self.vocabulary, syllable.exact + chr(sys.maxunicode))
        return range(bisect_left(self.vocabulary, syllable.exact), end)

    def beginning_but_for_marks(self, syllable: Syllable) -> Alternatives:
        return [number for number, folded in enumerate(self.folded) if folded.startswith(syllable.folded)]

    def misread(
        self, syllable: Syllable, *, marks_count: bool, among: Sequence[int] | None = None
    ) -> Mapping[int, float]:
        """What the OCR may have made of it, with how easily it does so (`manifests.text.misread`): of the whole
        vocabulary, or of some of it.

        Where marks count a letter is meant with its marks, and the tone must be there or be lost with its letter.
        """
        word, tone = letters_and_tone(syllable.exact) if marks_count else (syllable.folded, "")
        if not word.isalpha() or any(map(stands_alone, word)):
            return {}
        known = self._misreadings[marks_count]
        off = known.one_letter_off(word) if among is None else known.one_letter_off_among(word, among)
        ways = dict.fromkeys(off, ONE_LETTER) | dict.fromkeys(known.look_alikes(word), LOOK_ALIKE)
        same = set(self.but_for_marks(syllable))
        return {n: easily for n, easily in ways.items() if n not in same and self._may_be_misread(n, tone, marks_count)}

    def _may_be_misread(self, number: int, tone: str, marks_count: bool) -> bool:
        word = self.vocabulary[number]
        is_word = not word.isdigit() and not any(map(stands_alone, word))
        return is_word and (not marks_count or letters_and_tone(word)[1] in ("", tone))

    @cached_property
    def _misreadings(self) -> tuple[Misreadings, Misreadings]:
        """Without marks, and with them but for tones."""
        return Misreadings(self.folded, self._by_folded), Misreadings(without_tones(self.vocabulary), self._by_folded)

    @cached_property
    def blanks(self) -> Blanks:
        return Blanks(self.vocabulary, self.folded, self._by_folded)

    def stands_only_in(self, parts: Parts) -> bool:
        """Whether one of two parts stands nowhere in the text but beside the other."""
        both = len(self.phrases([parts.first, parts.second]))
        return both == min(self._count(parts.first), self._count(parts.second))

    def phrases_misread(
        self, choices: Sequence[Alternatives], at: int, syllable: Syllable, around: Around, *, marks_count: bool
    ) -> Spans:
        """Where one of each choice stands in a row, but for `syllable`, that at `at`, which is likely misread there."""
        spans = self.phrases([*choices[:at], ANY, *choices[at + 1 :]]) if len(choices) > 1 else None
        if spans is None:
            ways = self.misread(syllable, marks_count=marks_count)
            spans = self.phrases([list(ways)])
        else:
            here = np.unique(self.row[spans.places(at)]).tolist()
            among = here if len(here) <= _FEW else None
            ways = self.misread(syllable, marks_count=marks_count, among=among) if here else {}
            spans = spans.only(self._table(list(ways))[self.row[spans.places(at)]])
        if not len(spans):
            return spans
        here = np.unique(self.row[spans.places(at)]).tolist()
        easily = {number: ways[number] for number in here}
        every, meant = self._places(here), self._places(choices[at])
        return spans.only(self._misread_places.likely(spans.places(at), every, easily, meant, around))

    @cached_property
    def _misread_places(self) -> MisreadPlaces:
        return MisreadPlaces(self.vocabulary, self.row, np.diff(self._starts))

    def phrases(self, choices: Sequence[Alternatives | None]) -> Spans:
        """Where one of each choice stands, one after another; they may overlap. `ANY` is whatever stands there."""
        behind = len(choices) - 1
        known = [(step, choice) for step, choice in enumerate(choices) if choice is not None]
        if not known or not all(choice for _, choice in known) or behind >= len(self.row):
            return Spans.none()
        rarest, its = min(known, key=lambda of: self._count(of[1]))
        first = self._places(its) - rarest
        first = first[np.searchsorted(first, 0) : np.searchsorted(first, len(self.row) - behind)]
        for step, choice in known:
            if step != rarest:
                first = first[self._table(choice)[self.row[first + step]]]
        return Spans(first, first + behind)

    def runs(self, choices: Sequence[Alternatives], more: int) -> list[Run]:
        """What stands where one of each choice does, one after another, with so many syllables behind them."""
        first = self.phrases(choices).places(0)
        length = len(choices) + more
        first = first[: np.searchsorted(first, len(self.row) - length, side="right")]
        if not len(first):
            return []
        rows = np.stack([self.row[first + step] for step in range(length)], axis=1)
        _, which = np.unique(rows, axis=0, return_inverse=True)
        order = np.argsort(which.ravel(), kind="stable")
        ends = np.cumsum(np.bincount(which.ravel()))[:-1]
        return [Run(places.tolist(), length) for places in np.split(first[order], ends)]

    def proximity(self, parts: Sequence[Sequence[Alternatives]], within: int) -> Spans:
        """The narrowest places that hold each part, at most so many syllables long; they may overlap."""
        wanted = Counter(tuple(map(tuple, part)) for part in parts)
        each = [(self.phrases(part), len(part), times) for part, times in wanted.items()]
        if any(len(spans) < times for spans, _, times in each):
            return Spans.none()
        ends = np.sort(np.concatenate([spans.places(length - 1) for spans, length, _ in each]), kind="stable")
        starts = reduce(np.minimum, (_last_until(ends, *part) for part in each))
        near = (starts >= 0) & (ends - starts < within)
        narrow = near & np.append(True, starts[1:] != starts[:-1])
        return Spans(starts[narrow], ends[narrow])

    def by_chance(self, parts: Sequence[Sequence[Alternatives]], within: int) -> float:
        """How many such places there would be if the parts stood anywhere in a text of this length."""
        length = max(len(self.row), _SHORTEST)
        counts = [len(self.phrases(part)) for part in parts]
        return len(parts) * prod(counts) * (within / length) ** (len(parts) - 1)

    def _count(self, choice: Alternatives) -> int:
        return sum(int(self._starts[number + 1] - self._starts[number]) for number in choice)

    def _places(self, choice: Alternatives) -> NDArray[np.int64]:
        """Where one of these stands, in order."""
        if len(choice) > _MANY:
            return np.flatnonzero(self._table(choice)[self.row])
        runs = [self._by_number[self._starts[number] : self._starts[number + 1]] for number in choice]
        return runs[0] if len(runs) == 1 else np.sort(np.concatenate([*runs, _NOWHERE]), kind="stable")

    @cached_property
    def _by_number(self) -> NDArray[np.int64]:
        """All places, those of the first of the vocabulary before those of the second, each in order.

        Of numbers of two bytes this takes a tenth of the time: they are sorted by their digits.
        """
        return np.argsort(self.row, kind="stable")

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where in `_by_number` the places of each begin, and where the last end."""
        return np.append(0, np.cumsum(np.bincount(self.row, minlength=len(self.vocabulary))))

    def _table(self, choice: Alternatives) -> NDArray[np.bool_]:
        """For each number of the vocabulary whether it is one of these."""
        table = np.zeros(len(self.vocabulary), np.bool_)
        table[list(choice)] = True
        return table


_NOWHERE = np.empty(0, np.int64)
_MANY = 64
"""Alternatives: from there on it is quicker to look at the whole row."""

_FEW = 200
"""Syllables that are compared one by one sooner than the whole vocabulary at once."""

_SHORTEST = 2000
"""Syllables: in a text of a few pages nothing can be said of chance."""


def _last_until(ends: NDArray[np.int64], spans: Spans, length: int, times: int) -> NDArray[np.int64]:
    """For each end where the last so many of the spans up to it begin; below 0 where there are fewer."""
    enough = np.append(np.full(times, -1), spans.places(0))
    return enough[np.searchsorted(spans.places(length - 1), ends, side="right")]
