"""Blanks that the OCR lost or added: two syllables printed as one (thưviện), one as two (th ư viện).

As with letters, what stands there must be no word of its own: "toan" is never read as "to an". Which keys of a text may
stand for which syllables is said here; where they do, the row says (`manifests.text.stream`).
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from manifests.text.normalise import Syllable, folded, stands_alone
from manifests.text.numbers_by_key import NumbersByKey
from manifests.text.vietnamese import fits, is_spelled, is_syllable, letters_and_tone

_MOST_PAIRS = 60
"""Of keys for the two parts of a syllable. A text that has more of them has the syllable in one part too."""


class Parts(NamedTuple):
    """Numbers of what may be the first part of a syllable, and the second. `are_words`: they need not be one."""

    first: Sequence[int]
    second: Sequence[int]
    are_words: bool


class Blanks:
    """Of one vocabulary: `vocabulary` are exact keys, `known` their numbers by folded key."""

    def __init__(self, vocabulary: Sequence[str], folded: Sequence[str], known: NumbersByKey) -> None:
        self._vocabulary = vocabulary
        self._folded = folded
        self._known = known

    def together(self, first: Syllable, second: Syllable, *, marks_count: bool) -> list[int]:
        """What is both of them without the blank between them."""
        letters, tones = (one + other for one, other in zip(_apart(first), _apart(second), strict=True))
        return [
            number
            for number in self._known.of(first.folded + second.folded)
            if not is_spelled(self._vocabulary[number])
            and (not marks_count or letters_and_tone(self._vocabulary[number]) == (letters, tones))
        ]

    def apart(self, syllable: Syllable, *, marks_count: bool) -> Iterator[Parts]:
        """What it is with a blank inside it. Where no marks were typed, as this text spells it, without any, or as what
        stands in two parts would be spelled."""
        ways = [_apart(syllable)]
        if not marks_count and not is_syllable(syllable.folded):
            yield from self._two_words(syllable.folded)
        elif not marks_count:
            ways += [letters_and_tone(self._vocabulary[number]) for number in self._known.of(syllable.folded)]
            ways += self._spelled_in_parts(syllable.folded)
        for letters, tone in dict.fromkeys(ways):
            if _can_be_cut(letters):
                yield from self._cut(letters, tone, is_word=is_syllable(syllable.folded))

    def _two_words(self, folded: str) -> Iterator[Parts]:
        """With whatever marks: what is no syllable was meant as two."""
        for cut in range(1, len(folded) if _can_be_cut(folded) else 1):
            first, second = self._known.of(folded[:cut]), self._known.of(folded[cut:])
            if first and second:
                yield Parts(first, second, are_words=False)

    def _spelled_in_parts(self, folded: str) -> Iterator[tuple[str, str]]:
        """The letters and the tone of syllables that two keys make together; not of parts that stand for many."""
        for cut in range(1, len(folded) if _can_be_cut(folded) else 1):
            parts = self._known.of(folded[:cut]), self._known.of(folded[cut:])
            if len(parts[0]) * len(parts[1]) <= _MOST_PAIRS:
                for pair in product(*parts):
                    first, second = (letters_and_tone(self._vocabulary[number]) for number in pair)
                    letters, tone = first[0] + second[0], first[1] + second[1]
                    if fits(letters, tone):
                        yield letters, tone

    def _cut(self, letters: str, tone: str, *, is_word: bool) -> Iterator[Parts]:
        for cut in range(1, len(letters)):
            for tones in dict.fromkeys([(tone, ""), ("", tone)]):
                first, second = (
                    self._standing(part, of) for part, of in zip((letters[:cut], letters[cut:]), tones, strict=True)
                )
                if first and second:
                    yield Parts(first, second, is_word and self._is_word(first) and self._is_word(second))

    def _standing(self, letters: str, tone: str) -> list[int]:
        known = self._known.of(folded(letters))
        return [number for number in known if letters_and_tone(self._vocabulary[number]) == (letters, tone)]

    def _is_word(self, numbers: Sequence[int]) -> bool:
        return any(is_spelled(self._vocabulary[number]) for number in numbers)

    def ending_with(self, syllable: Syllable, *, marks_count: bool) -> Iterator[tuple[int, Sequence[int]]]:
        """Keys in which it stands behind another syllable of this text without a blank, and the numbers of that."""
        word = syllable.folded
        for number in self._no_words([n for n, key in enumerate(self._folded) if key.endswith(word)], word):
            head = self._folded[number][: -len(word)]
            yield from self._with(number, head, syllable, marks_count, behind=True)

    def beginning_with(self, syllable: Syllable, *, marks_count: bool) -> Iterator[tuple[int, Sequence[int]]]:
        """Keys in which it stands before another."""
        word = syllable.folded
        for number in self._no_words([n for n, key in enumerate(self._folded) if key.startswith(word)], word):
            tail = self._folded[number][len(word) :]
            yield from self._with(number, tail, syllable, marks_count, behind=False)

    def _no_words(self, numbers: Sequence[int], word: str) -> Iterator[int]:
        """Of those that hold a syllable the longer ones that are none."""
        if is_syllable(word):
            longer = (number for number in numbers if self._folded[number] != word)
            yield from (number for number in longer if not is_spelled(self._vocabulary[number]))

    def _with(
        self, number: int, other: str, syllable: Syllable, marks_count: bool, *, behind: bool
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """`other` is the folded key of what is written together with the syllable."""
        if not is_syllable(other):
            return
        exact, (own, tone) = self._vocabulary[number], _apart(syllable)
        letters, tones = letters_and_tone(exact)
        size = len(syllable.folded)
        own_tones = 1 if marks_count and tone else 0
        if behind:
            rest = letters[:-size], tones[: len(tones) - own_tones]
            is_meant = letters.endswith(own) and tones.endswith(tone)
        else:
            rest = letters[size:], tones[own_tones:]
            is_meant = letters.startswith(own) and tones.startswith(tone)
        if marks_count and (not is_meant or len(rest[1]) > 1):
            return
        others = self._standing(*rest) if marks_count else self._known.of(other)
        if others or bears_two_tones(exact):
            yield number, others


def _apart(syllable: Syllable) -> tuple[str, str]:
    return letters_and_tone(syllable.exact)


def _can_be_cut(word: str) -> bool:
    return word.isalpha() and not any(map(stands_alone, word))


def bears_two_tones(exact: str) -> bool:
    """As no syllable of Vietnamese does; a word of another language may, where both its parts look like such."""
    return len(letters_and_tone(exact)[1]) > 1
