"""What the OCR may have made of a syllable: one letter wrong, lost or added, or letters taken for such as look alike.

The whole vocabulary of a work is compared at once, letter by letter from both ends: two words that agree from the front
up to a letter, and from the back up to the same, differ in that letter alone. Which place was misread is said elsewhere
(`manifests.text.misread`).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from manifests.text.normalise import folded
from manifests.text.numbers_by_key import NumbersByKey

_ALIKE = (
    "rn m, nn m, in m, ni m, iii m, ri n, ii n, cl d, li h, ln h, lc k, vv w, ij y, "
    "l 1, i 1, o 0, s 5, b 6, z 2, g 9, h di, h đi, tr u, c e, l i, l t, n u, h b"
)
"""Groups of letters that look like others in print, in either direction."""

_PAIRS = tuple(tuple(pair.split()) for pair in _ALIKE.split(", "))
_LOOK_ALIKES = tuple((a, b) for a, b in _PAIRS) + tuple((b, a) for a, b in _PAIRS)


class Misreadings:
    """`words` are the letters of each entry of a vocabulary, `by_folded` the numbers of its entries by folded key;
    answers are numbers of entries."""

    def __init__(self, words: Sequence[str], by_folded: NumbersByKey) -> None:
        self._words = words
        self._by_folded = by_folded

    def one_letter_off(self, word: str) -> list[int]:
        """The entries that differ from a word in one letter, another, none, or one more, and have one with it."""
        lengths = range(len(word) - 1, len(word) + 2)
        return [number for length in lengths for number in self._one_off(word, length)]

    def _one_off(self, word: str, length: int) -> list[int]:
        if length not in self._by_length:
            return []
        numbers, columns = self._by_length[length]
        agreeing = _agreeing(columns, word) + _agreeing(columns[::-1], word[::-1])
        if length != len(word):
            found = agreeing >= max(1, min(length, len(word)))
        else:
            found = (agreeing >= max(1, length - 1)) & (agreeing < 2 * length)
        return [int(number) for number in numbers[found]]

    def look_alikes(self, word: str) -> list[int]:
        """The entries that are a word with one group of letters in place of one that looks like it."""
        found = ((other, self._by_folded.of(folded(other))) for other in dict.fromkeys(in_other_letters(word)))
        return [number for other, numbers in found for number in numbers if self._words[number] == other]

    def one_letter_off_among(self, word: str, numbers: Sequence[int]) -> list[int]:
        """The same of a few entries, one by one."""
        return [number for number in numbers if _is_one_off(word, self._words[number])]

    @cached_property
    def _by_length(self) -> Mapping[int, tuple[NDArray[np.int64], NDArray[np.uint32]]]:
        """The entries of each length, and a row for each of their letters: the first letters of all, the second ..."""
        lengths = np.fromiter(map(len, self._words), np.int64, len(self._words))
        groups = {int(length): np.flatnonzero(lengths == length) for length in np.unique(lengths) if length}
        return {length: (numbers, self._columns(numbers, length)) for length, numbers in groups.items()}

    def _columns(self, numbers: NDArray[np.int64], length: int) -> NDArray[np.uint32]:
        letters = "".join(self._words[number] for number in numbers.tolist())
        rows = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).reshape(-1, length)
        return np.ascontiguousarray(rows.T)


def _agreeing(columns: NDArray[np.uint32], word: str) -> NDArray[np.int64]:
    """How many letters of each entry are those of the word, from the first to the first that is not."""
    count = np.zeros(columns.shape[1], np.int64)
    so_far = np.ones(columns.shape[1], np.bool_)
    for column, letter in zip(columns, word, strict=False):
        so_far &= column == ord(letter)
        count += so_far
    return count


def _is_one_off(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    agreeing = _common(word, other) + _common(word[::-1], other[::-1])
    least = min(len(word), len(other)) if len(word) != len(other) else len(word) - 1
    return agreeing >= max(1, least)


def _common(word: str, other: str) -> int:
    return next(
        (at for at, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), min(len(word), len(other))
    )


def in_other_letters(word: str) -> Iterator[str]:
    """The word with one group of letters in place of one that looks like it."""
    for letters, others in _LOOK_ALIKES:
        at = word.find(letters)
        while at >= 0:
            yield word[:at] + others + word[at + len(letters) :]
            at = word.find(letters, at + 1)
