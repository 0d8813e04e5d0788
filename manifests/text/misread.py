"""Whether a syllable that stands in a text is a misreading of another, judged by what stands around it.

"biện" may be a misread "viện" or itself. For each place it is asked how likely the one is against the other: how often
each follows the syllable before it and precedes the one behind it in this work, how often each occurs in it at all,
whether it is spelled as Vietnamese is, and how easily the OCR takes the one for the other. What a query puts together
counts as if it had been seen together once more. All numbers below are natural logarithms of shares, or shares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from manifests.text.vietnamese import is_spelled

Shares = NDArray[np.float64]
Places = NDArray[np.int64]

ONE_LETTER = -8.5
"""Of all syllables one in five thousand is misread as one certain other, a letter off: three in a hundred, as any."""
LOOK_ALIKE = -5.5
"""The same where the letters look alike."""
_NOTHING_LEFT = -2.0
"""Added where a single letter is all that stands there."""
_STANDS_NOWHERE = 3.0
"""Added where the query stands nowhere as it is: then whoever asks has read it here, or nowhere."""

_SURE_IN_A_ROW, _SURE_NO_WORD, _SURE_ALONE = -1.0, -4.0, 0.0
"""From where on a place counts: of a phrase whose other syllables stand there; of a syllable by itself where letters
stand that are no syllable of Vietnamese; and where such a syllable stands."""

_UNSEEN = 4.0
"""How many times a neighbour must have been seen before it is believed more than the syllable alone."""
_ASKED_TOGETHER = 1.0
_RARE_SYLLABLES = 5000
"""Of Vietnamese: what a text holds once, and what it holds not yet, is one of these."""
_NEW_WORD, _NO_WORD = 1e-6, 5e-8
"""The share that one certain word of another language has of a text in that language in which it has not been seen;
and letters that are no word of Vietnamese, of a text that is."""
_SHORTEST = 2000
"""Syllables: in a shorter text shares are taken as if it were so long, since little can be learned from it."""
_COMMON = 500
"""Syllables by which a text's language is told."""
_MISREAD_AGAIN = 0.01
"""Of the places of a syllable that are misread in the same way."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a query says of a syllable that may be misread: whether it has another before it and another behind it, and
    whether it stands anywhere as it is."""

    before: bool
    behind: bool
    stands_somewhere: bool


class MisreadPlaces:
    """Made for the syllables of one work, and asked again and again."""

    def __init__(self, vocabulary: Sequence[str], row: NDArray[np.uint32], counts: NDArray[np.int64]) -> None:
        """`row` are the numbers of all syllables in order, `counts` says how often each of the vocabulary occurs."""
        self._vocabulary = vocabulary
        self._row = row
        self._counts = np.append(counts, 0).astype(np.float64)
        self._beyond = len(vocabulary)
        self._length = max(len(row), _SHORTEST)

    @cached_property
    def _vietnamese(self) -> float:
        """The share of the text that is spelled as Vietnamese, by its commonest syllables."""
        common = np.argsort(-self._counts)[:_COMMON]
        return float(self._counts[common][self._spelled(common)].sum() / max(1, self._counts[common].sum()))

    @cached_property
    def _new(self) -> float:
        """How likely the next syllable would be new: as many of a hundred are, as occur once (Good and Turing)."""
        return float((self._counts == 1).sum()) / max(1, len(self._row))

    def _spelled(self, numbers: Places) -> NDArray[np.bool_]:
        known = (number < self._beyond and is_spelled(self._vocabulary[number]) for number in numbers.tolist())
        return np.fromiter(known, np.bool_, len(numbers))

    @cached_property
    def _bordered(self) -> NDArray[np.int64]:
        """The row with what is no syllable before and behind it."""
        return np.concatenate([[self._beyond], self._row, [self._beyond]]).astype(np.int64)

    def likely(
        self, places: Places, every: Places, ways: Mapping[int, float], meant: Places, around: Around
    ) -> NDArray[np.bool_]:
        """Which of the places hold a misreading. `ways` says of each number that may stand there how easily it is
        misread so, as a logarithm; `every` are all places of these, in order, and `meant` all places of what they would
        be misreadings of.
        """
        stands, before, behind = (self._bordered[every + step] for step in (1, 0, 2))
        of_meant = self._neighbours(meant, 0), self._neighbours(meant, 2)
        again_before, again_behind = _how_often(stands, before) - 1, _how_often(stands, behind) - 1
        share_meant = (len(meant) + 0.5) / self._length
        different, which = np.unique(stands, return_inverse=True)
        spelled = self._spelled(different)[which]
        share_stands = self._share(stands, spelled, len(meant))
        share_behind = np.maximum(self._counts[behind], 1) / self._length
        seen_before = of_meant[0][before] + _ASKED_TOGETHER * around.before
        seen_behind = of_meant[1][behind] + _ASKED_TOGETHER * around.behind
        odds: Shares = np.log((seen_before + _UNSEEN * share_meant) / (again_before + _UNSEEN * share_stands))
        odds += np.log(
            (seen_behind + _UNSEEN * share_behind) / (len(meant) + _ASKED_TOGETHER * around.behind + _UNSEEN)
        )
        odds -= np.log((again_behind + _UNSEEN * share_behind) / (self._counts[stands] - 1 + _UNSEEN))
        easily = np.full(self._beyond + 1, -np.inf)
        easily[list(ways)] = list(ways.values())
        odds += easily[stands]
        odds += 0 if around.stands_somewhere else _STANDS_NOWHERE
        alone = np.where(spelled, _SURE_ALONE, _SURE_NO_WORD)
        sure = np.full(len(every), _SURE_IN_A_ROW) if around.before or around.behind else alone
        certain: NDArray[np.bool_] = odds > sure
        return certain[np.searchsorted(every, places)]

    def _neighbours(self, places: Places, step: int) -> Shares:
        """How often each syllable stands beside these places: before them with step 0, behind them with 2."""
        return np.bincount(self._bordered[places + step], minlength=self._beyond + 1).astype(np.float64)

    def _share(self, stands: Places, spelled: NDArray[np.bool_], meant: int) -> Shares:
        """The share of the text that is really this syllable, and no misreading of one that occurs `meant` times."""
        others: Shares = np.maximum(0, self._counts[stands] - 1 - _MISREAD_AGAIN * meant) / self._length
        foreign = 1 - self._vietnamese
        new = np.where(spelled, self._new / _RARE_SYLLABLES, _NO_WORD + foreign * _NEW_WORD)
        others *= np.where(spelled, 1, 0.1 + 0.9 * foreign)
        return others + new


def _how_often(stands: Places, beside: Places) -> Shares:
    """For each place how many have the same syllable and the same neighbour."""
    pairs = stands * (1 << 32) + beside
    _, place, counts = np.unique(pairs, return_inverse=True, return_counts=True)
    often: Shares = counts[place].astype(np.float64)
    return often
