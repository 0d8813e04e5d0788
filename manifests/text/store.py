"""The text of a whole work: a few strings and arrays that are scanned at memory speed and lead to words and boxes.

`display` is the text as it is read: page after page, and behind the last page the running heads of all. So a page has
one section of it, or two, which `sections` names. Words and syllables know their places in it, and that is how they
know of each other; a syllable may begin in one word and end in the next. `stream` holds the keys of all syllables. The
whole is one file, read in a few milliseconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from manifests.errors import Damaged
from manifests.model import Block, Box, PageText, Word
from manifests.text import hyphens, normalise
from manifests.text.block_table import BlockTable
from manifests.text.normalise import Syllable
from manifests.text.packing import pack, text_of, unpack
from manifests.text.running_heads import running_heads
from manifests.text.steps import Places, Steps, places_of, steps_of
from manifests.text.stream import Numbers, SyllableSequence

_NO_BOX = (-1, -1, -1, -1)

_NO_BLANK_BEFORE = frozenset(",.)]}”、。，．：；！？）］｝」』》〉")
_NO_BLANK_BEHIND = frozenset("([{“（［｛「『《〈")
"""Signs that OCR may give as words of their own. Not `; : ! ?` and « », which French sets with a blank."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word where it stands: on which page, and from where to where in `display`."""

    number: int
    page: str
    start: int
    end: int
    line: int
    box: Box | None


class WorkText:
    """Made by `build` or `from_bytes`. Pages without text are not in it."""

    def __init__(
        self,
        sections: tuple[str, ...],
        display: str | memoryview,
        stream: SyllableSequence,
        arrays: dict[str, NDArray[Any]],
        blocks: BlockTable,
    ) -> None:
        self.sections = sections
        self.pages = _pages_of(sections)
        self._display = display
        self.stream = stream
        self._arrays = arrays
        self._blocks = blocks
        # A single number is read from these in a tenth of the time that an array takes.
        self._first_words = arrays["first_words"].data
        self._lines = arrays["lines"].data
        self._boxes = arrays["boxes"].data

    @classmethod
    def build(cls, pages: Iterable[tuple[str, PageText]]) -> "WorkText":
        """From pages in their order; each id once."""
        known = list(pages)
        heads = running_heads([text for _, text in known])
        draft = _WorkTextBuilder()
        for (page, text), lines in zip(known, heads, strict=True):
            draft.add(page, [word for word in text.words if word.line not in lines])
        for (page, text), lines in zip(known, heads, strict=True):
            draft.add(page, [word for word in text.words if word.line in lines])
        return draft.finished({page: text.blocks for page, text in known})

    def to_bytes(self) -> bytes:
        facts = {"pages": self.sections, "keys": normalise.RECIPE, **self._blocks.facts}
        texts = {
            "display": self.display,
            "vocabulary": " ".join(self.stream.vocabulary),
            "folded": " ".join(self.stream.folded),
        }
        return pack(facts, texts, self._arrays | self._blocks.arrays | {"row": self.stream.row})

    @classmethod
    def from_bytes(cls, packed: bytes) -> "WorkText":
        """Raises Damaged. Where the keys were made by an older rule they are made anew."""
        facts, texts, arrays = unpack(packed)
        try:
            vocabulary, folded = (text_of(texts[name]).split(" ") for name in ("vocabulary", "folded"))
            stream = SyllableSequence(vocabulary, folded, arrays.pop("row"))
            sections = tuple(facts["pages"])
            blocks = BlockTable.stored(_pages_of(sections), facts, arrays)
            text = cls(sections, texts["display"], stream, _in_steps(arrays), blocks)
        except KeyError as error:
            raise Damaged("The stored words of a work are damaged; ingest the work again.") from error
        if facts.get("keys") == normalise.RECIPE:
            return text
        return cls.build((page, PageText("", text.words(page), text.blocks(page))) for page in text.pages)

    # What follows is read when it is first asked for: many works that are looked into hold no hit.

    @cached_property
    def display(self) -> str:
        """Raises Damaged."""
        return self._display if isinstance(self._display, str) else text_of(self._display)

    @cached_property
    def _word_places(self) -> tuple[Places, Places]:
        return places_of(self._arrays["word_gaps"], self._arrays["word_lengths"])

    @cached_property
    def _syllable_places(self) -> tuple[Places, Places]:
        return places_of(self._arrays["syllable_gaps"], self._arrays["syllable_lengths"])

    @cached_property
    def _word_starts(self) -> memoryview:
        return self._word_places[0].data

    @cached_property
    def _word_ends(self) -> memoryview:
        return self._word_places[1].data

    @cached_property
    def _syllable_starts(self) -> memoryview:
        return self._syllable_places[0].data

    @cached_property
    def _syllable_ends(self) -> memoryview:
        return self._syllable_places[1].data

    # By page

    def page_text(self, page: str) -> str:
        """As it is shown, a line of print on each line. Empty where the page has no text."""
        lines = [list(words) for _, words in groupby(self.placed_words(page), key=lambda word: word.line)]
        return "\n".join(self.display[line[0].start : line[-1].end] for line in lines)

    def words(self, page: str) -> list[Word]:
        return [
            Word(self.display[placed.start : placed.end], placed.line, placed.box) for placed in self.placed_words(page)
        ]

    def blocks(self, page: str) -> list[Block]:
        """Which lines of a page belong together, and what is told of them."""
        return self._blocks.blocks(page)

    def placed_words(self, page: str) -> list[PlacedWord]:
        """In the order of the print, running heads where they stand."""
        ranges = [range(*self._first_words[at : at + 2]) for at in self._numbers.get(page, ())]
        return [self.word(number) for number in sorted(chain(*ranges), key=lambda number: self._lines[number])]

    @cached_property
    def _numbers(self) -> Mapping[str, Sequence[int]]:
        """The sections of each page."""
        numbers: dict[str, list[int]] = {}
        for number, page in enumerate(self.sections):
            numbers.setdefault(page, []).append(number)
        return numbers

    # By place

    @cached_property
    def section_breaks(self) -> Numbers:
        """The number of the first syllable of each section."""
        starts = self._word_places[0][self._arrays["first_words"][:-1]]
        breaks: Numbers = np.searchsorted(self._syllable_places[0], starts).astype(np.uint32)
        return breaks

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where in `display` the text from one syllable to another, both included, begins and ends."""
        return self._syllable_starts[first], self._syllable_ends[last]

    @cached_property
    def line_starts(self) -> Numbers:
        """The number of the first word of each printed line, in order, and one behind the last word."""
        lines = self._arrays["lines"]
        begins = np.zeros(len(lines) + 1, np.bool_)
        begins[1:-1] = lines[1:] != lines[:-1]
        begins[self._arrays["first_words"]] = True
        starts: Numbers = np.flatnonzero(begins).astype(np.uint32)
        return starts

    def section_at(self, place: int) -> int:
        """The number of the section that holds a place in `display`."""
        return bisect_right(self._first_words, self._word_at(place)) - 1

    def section_span(self, number: int) -> tuple[int, int]:
        """Where in `display` a section begins and ends."""
        first, behind = self._first_words[number], self._first_words[number + 1]
        return self._word_starts[first], self._word_ends[behind - 1]

    def words_between(self, start: int, end: int) -> list[PlacedWord]:
        """The words that the text from `start` to `end` touches."""
        return [self.word(number) for number in range(self._word_at(start), bisect_left(self._word_starts, end))]

    def word(self, number: int) -> PlacedWord:
        x, y, w, h = self._boxes[4 * number : 4 * number + 4]
        return PlacedWord(
            number,
            self.sections[bisect_right(self._first_words, number) - 1],
            self._word_starts[number],
            self._word_ends[number],
            self._lines[number],
            Box(x, y, w, h) if w >= 0 else None,
        )

    def word_start_before(self, place: int) -> int:
        """The start of the word at a place: where a passage can begin without cutting a word."""
        return int(self._word_starts[self._word_at(place)])

    def word_end_before(self, place: int) -> int:
        """The end of the last word that ends at a place or before: where a passage can end."""
        number = bisect_right(self._word_ends, place) - 1
        return int(self._word_ends[number]) if number >= 0 else 0

    def word_start_from(self, place: int) -> int:
        """The start of the first word that starts at a place or behind it, else the end of the text."""
        number = bisect_left(self._word_starts, place)
        return int(self._word_starts[number]) if number < len(self._word_starts) else len(self.display)

    def _word_at(self, place: int) -> int:
        return bisect_right(self._word_starts, place) - 1


class _WorkTextBuilder:
    """Gathers the words of a work, page by page."""

    def __init__(self) -> None:
        self.sections: list[str] = []
        self.first_words: list[int] = []
        self.shown: list[str] = []
        self.length = 0
        self.word_spans: list[tuple[int, int]] = []
        self.lines: list[int] = []
        self.boxes: list[tuple[int, int, int, int]] = []
        self.syllable_spans: list[tuple[int, int]] = []
        self.keys: list[tuple[str, str]] = []
        self._last_word = ""

    def add(self, page: str, words: Sequence[Word]) -> None:
        filled = [word for word in words if word.text]
        if not filled:
            return
        self._separate("\n")
        self.sections.append(page)
        self.first_words.append(len(self.word_spans))
        for number, line in groupby(filled, key=lambda word: word.line):
            self._add_line(number, line)

    def _add_line(self, number: int, words: Iterator[Word]) -> None:
        for place, word in enumerate(words):
            broken = None
            if place:
                self._separate(" ", word)
            elif self.word_spans:
                broken = hyphens.joined(self._last_word, word.text)
                if len(self.word_spans) > self.first_words[-1]:
                    self._separate("\n")
            self._add_word(number, word, broken)
            self._last_word = word.text if broken is None else ""

    def _separate(self, separator: str, following: Word | None = None) -> None:
        if self.length == 0 or (following is not None and _are_set_solid(self.shown[-1], following.text)):
            return
        self.shown.append(separator)
        self.length += len(separator)

    def _add_word(self, line: int, word: Word, broken: Syllable | None) -> None:
        """`broken` is the syllable that begins in the word before, where this one goes on with it."""
        start = self.length
        found = normalise.syllables(word.text)
        if broken is not None:
            self.syllable_spans[-1] = (self.word_spans[-1][0] + broken.start, start + broken.end)
            self.keys[-1] = (broken.exact, broken.folded)
            found = found[1:]
        for syllable in found:
            self.syllable_spans.append((start + syllable.start, start + syllable.end))
            self.keys.append((syllable.exact, syllable.folded))
        self.shown.append(word.text)
        self.length += len(word.text)
        self.word_spans.append((start, self.length))
        self.lines.append(line)
        self.boxes.append(word.box if word.box is not None else _NO_BOX)

    def finished(self, blocks: Mapping[str, Sequence[Block]]) -> WorkText:
        words, syllables = _steps(self.word_spans), _steps(self.syllable_spans)
        arrays: dict[str, NDArray[Any]] = {
            "first_words": np.array([*self.first_words, len(self.word_spans)], np.uint32),
            "word_gaps": words[0],
            "word_lengths": words[1],
            "lines": np.array(self.lines, np.uint32),
            "boxes": np.array(self.boxes, np.int32).reshape(-1),
            "syllable_gaps": syllables[0],
            "syllable_lengths": syllables[1],
        }
        table = BlockTable.of(_pages_of(self.sections), blocks)
        return WorkText(tuple(self.sections), "".join(self.shown), SyllableSequence.of(self.keys), arrays, table)


def _pages_of(sections: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sections))


def _are_set_solid(word: str, following: str) -> bool:
    """Han is written without spaces, also where the OCR gave each character as a word; and so are some signs."""
    if normalise.is_han(word[-1]) and normalise.is_han(following[0]):
        return True
    return word in _NO_BLANK_BEHIND or following in _NO_BLANK_BEFORE


def _steps(spans: list[tuple[int, int]]) -> tuple[Steps, Steps]:
    starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
    return steps_of(starts, ends)


def _in_steps(arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """As it is stored now; until 2026 the places themselves were."""
    for name in ("word", "syllable"):
        if f"{name}_starts" in arrays:
            steps = steps_of(arrays.pop(f"{name}_starts"), arrays.pop(f"{name}_ends"))
            arrays[f"{name}_gaps"], arrays[f"{name}_lengths"] = steps
    return arrays
