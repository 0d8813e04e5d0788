"""Where a query stands inside one work, with boxes and the words around it. No index is asked (decisions.md, 6).

Hits are found as numbers and made into values when they are looked at, so that a page of results costs no more than the
hits on it.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import overload

from manifests.model import Box, Hit, Tier
from manifests.search.query import parse_query
from manifests.search.tiers import spans_by_tier
from manifests.text.normalise import is_han, stands_alone
from manifests.text.spans import Spans
from manifests.text.store import PlacedWord, WorkText

CONTEXT_CHARS = 40
"""Characters of text shown on each side of a hit, at most."""


def scan(work: str, text: WorkText, query: str, *, limit: int | None = None) -> list[Hit]:
    """The hits of a query in a work: by page, weaker tiers after all stronger ones."""
    return find_in_work(work, text, query)[:limit]


def find_in_work(work: str, text: WorkText, query: str) -> "WorkHits":
    """The same, counted but not yet made."""
    return WorkHits(work, text, spans_by_tier(text, parse_query(query)))


def find_or_all(work: str, text: WorkText | None, query: str) -> Sequence[Hit]:
    """The hits of a query; where nothing is asked every line, as nothing restricts it (Content Search 2.0, 4.1.1)."""
    if text is None:
        return ()
    return find_in_work(work, text, query) if query.strip() else WorkLines(work, text)


class HitsMadeWhenSeen(Sequence[Hit]):
    """Hits that are counted, and each made when it is looked at: by `_at`, from its number."""

    @overload
    def __getitem__(self, place: int) -> Hit: ...

    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...

    def __getitem__(self, place: int | slice) -> Hit | list[Hit]:
        numbers = range(len(self))[place]
        return self._at(numbers) if isinstance(numbers, int) else [self._at(number) for number in numbers]

    @abstractmethod
    def _at(self, number: int) -> Hit: ...


class WorkHits(HitsMadeWhenSeen):
    """The hits of one query in one work, best first, each made when it is asked for."""

    def __init__(self, work: str, text: WorkText, spans: Mapping[Tier, Spans]) -> None:
        self._work = work
        self._text = text
        self._spans = [(tier, spans[tier]) for tier in Tier if tier in spans]

    def __len__(self) -> int:
        return sum(len(of_tier) for _, of_tier in self._spans)

    def count(self, tier: Tier) -> int:
        return sum(len(of_tier) for found_in, of_tier in self._spans if found_in == tier)

    def of(self, tier: Tier) -> Iterator[Hit]:
        """The hits of one tier, one after another."""
        found = [of_tier for found_in, of_tier in self._spans if found_in == tier]
        return (self._hit(tier, *of_tier[number]) for of_tier in found for number in range(len(of_tier)))

    def pages(self) -> list[str]:
        """The page of each, without making it."""
        sections = self._text.sections
        return [sections[at] for _, of_tier in self._spans for at in of_tier.sections(self._text.section_breaks)]

    def span(self, number: int) -> tuple[int, int]:
        """Where in the display of the work's text a hit begins and ends."""
        _, first, last = self._syllables(number)
        return self._text.span(first, last)

    def _at(self, number: int) -> Hit:
        return self._hit(*self._syllables(number))

    def _syllables(self, number: int) -> tuple[Tier, int, int]:
        for tier, of_tier in self._spans:
            if number < len(of_tier):
                return (tier, *of_tier[number])
            number -= len(of_tier)
        raise IndexError(number)

    def _hit(self, tier: Tier, first: int, last: int) -> Hit:
        text = self._text
        start, end = text.span(first, last)
        number = text.section_at(start)
        return Hit(
            self._work,
            text.sections[number],
            tier,
            tuple(_boxes(text, start, min(end, text.section_span(number)[1]))),
            _one_line(text.display[_context_start(text, start, number) : start]),
            _one_line(text.display[start:end]),
            _one_line(text.display[end : _context_end(text, end)]),
        )


class WorkLines(HitsMadeWhenSeen):
    """Every printed line of a work as a hit, each made when it is asked for: the answer to no query."""

    def __init__(self, work: str, text: WorkText) -> None:
        self._work = work
        self._text = text

    def __len__(self) -> int:
        return len(self._text.line_starts) - 1

    def _at(self, number: int) -> Hit:
        first, behind = (int(self._text.line_starts[at]) for at in (number, number + 1))
        start, end = self._text.word(first), self._text.word(behind - 1)
        boxes = tuple(_boxes(self._text, start.start, end.end))
        return Hit(self._work, start.page, Tier.EXACT, boxes, "", self._text.display[start.start : end.end], "")


def _one_line(passage: str) -> str:
    """In one line: the ends of printed lines and pages are spaces here, and nothing between Han characters."""
    joined, *others = passage.split("\n")
    for line in others:
        beside = (joined[-1:], line[:1])
        joined += line if any(beside) and all(is_han(side) for side in beside if side) else " " + line
    return joined


def _context_start(text: WorkText, start: int, page: int) -> int:
    """The first whole word within reach, or the reach itself inside a long run of Han; never the page before."""
    reach = max(text.section_span(page)[0], start - CONTEXT_CHARS)
    whole = text.word_start_from(reach)
    return whole if whole <= text.word_start_before(start) else reach


def _context_end(text: WorkText, end: int) -> int:
    reach = min(text.section_span(text.section_at(end - 1))[1], end + CONTEXT_CHARS)
    whole = text.word_end_before(reach)
    return whole if whole >= end else reach


def _boxes(text: WorkText, start: int, end: int) -> Iterator[Box]:
    """One a line of print."""
    for _, words in groupby(text.words_between(start, end), key=lambda word: word.line):
        parts = [part for word in words if (part := _part(text, word, start, end)) is not None]
        if parts:
            yield _around(parts)


def _part(text: WorkText, word: PlacedWord, start: int, end: int) -> Box | None:
    """The box of the word, or of its share where the word is a run without blanks that is only partly meant.

    OCR gives whole columns of Han as one word; its characters are taken as equally long.
    """
    if word.box is None or (start <= word.start and word.end <= end):
        return word.box
    characters = text.display[word.start : word.end]
    first, behind = max(start, word.start) - word.start, min(end, word.end) - word.start
    if not _has_letters(characters[:first] + characters[behind:]) or not _all_stand_alone(characters):
        return word.box
    count = len(characters)
    x, y, w, h = word.box
    if w >= h:
        left, right = w * first // count, -(-w * behind // count)
        return Box(x + left, y, right - left, h)
    top, bottom = h * first // count, -(-h * behind // count)
    return Box(x, y + top, w, bottom - top)


def _has_letters(characters: str) -> bool:
    return any(stands_alone(character) or character.isalnum() for character in characters)


def _all_stand_alone(characters: str) -> bool:
    """But for its punctuation, which takes as much room as a character."""
    return all(stands_alone(character) or not character.isalnum() for character in characters)


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(left, top, right - left, bottom - top)
