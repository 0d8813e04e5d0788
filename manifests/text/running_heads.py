"""Running heads and page numbers: the same line at the same place on many pages.

They are part of the page, and no part of the text: a phrase that runs over a page's end does not hold them. Looked for
are the first and the last lines of pages; numbers in them differ from page to page, and the OCR misreads a letter here
and there. Nothing is taken for a running head that is all a page has.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from statistics import median

from manifests.model import PageText, Word
from manifests.text.normalise import cut

MANY = 3
"""Pages on which a line must stand."""
_FROM_EACH_END = 2
"""Lines in which it may be: a number and a title often stand below each other."""
_SAME_PLACE = 0.05
"""Of the height that is printed on, up to which two lines are at the same place."""
_ALIKE = 0.8
"""From which share of equal letters on a line is a known head misread."""
_LONGEST = 80
"""Letters: a longer line is one of the text."""
_NUMBER = re.compile(r"[0-9]+|[ivxlc]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """`slot` is its number from the top, or from below 0 upwards; `height` where on the page it stands, 0 to 1."""

    page: int
    number: int
    slot: int
    text: str
    height: float | None


def running_heads(pages: Sequence[PageText]) -> list[set[int]]:
    """For each page the numbers of the lines that are running heads or page numbers."""
    at: dict[int, list[_Line]] = defaultdict(list)
    counts = []
    for number, page in enumerate(pages):
        lines = _outer_lines(number, page)
        counts.append(len({word.line for word in page.words}))
        for line in lines:
            at[line.slot].append(line)
    heads: list[set[int]] = [set() for _ in pages]
    for lines in at.values():
        for line in _heads_among(lines):
            heads[line.page].add(line.number)
    return [found if len(found) < count else set() for found, count in zip(heads, counts, strict=True)]


def _outer_lines(page: int, text: PageText) -> list[_Line]:
    lines = [(number, list(words)) for number, words in groupby(text.words, key=lambda word: word.line)]
    bottom = max((word.box.y + word.box.h for word in text.words if word.box), default=0)
    found = []
    for slot in range(min(_FROM_EACH_END, len(lines) - 1)):
        for place in (slot, -1 - slot):
            number, words = lines[place]
            tops = [word.box.y for word in words if word.box]
            height = median(tops) / bottom if tops and bottom else None
            found.append(_Line(page, number, place, _without_numbers(words), height))
    return [line for line in found if len(line.text) <= _LONGEST]


def _without_numbers(words: Sequence[Word]) -> str:
    folded = (syllable.folded for syllable in cut(" ".join(word.text for word in words)))
    return " ".join(syllable for syllable in folded if not _NUMBER.fullmatch(syllable))


def _heads_among(lines: Sequence[_Line]) -> list[_Line]:
    """Of the lines that stand in one slot of their pages."""
    alike: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        alike[line.text].append(line)
    known = {text: _at_one_place(same) for text, same in alike.items()}
    heads: Mapping[str, Sequence[_Line]] = {text: same for text, same in known.items() if len(same) >= MANY}
    misread = [
        line
        for text, same in alike.items()
        if text not in heads
        for line in same
        if any(_is_misread(line, text, head, of) for head, of in heads.items())
    ]
    return [line for same in heads.values() for line in same] + misread


def _at_one_place(lines: Sequence[_Line]) -> list[_Line]:
    heights = [line.height for line in lines if line.height is not None]
    if not heights:
        return list(lines)
    usual = median(heights)
    return [line for line in lines if line.height is None or abs(line.height - usual) <= _SAME_PLACE]


def _is_misread(line: _Line, text: str, head: str, of: Sequence[_Line]) -> bool:
    if not head or SequenceMatcher(None, text, head, autojunk=False).ratio() < _ALIKE:
        return False
    return line in _at_one_place([*of, line])
