"""The words of a page as they are printed: line by line, without the signs that only the search reads."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from manifests.model import Block, Box
from manifests.text.hyphens import without_sign, word_over_lines
from manifests.text.store import PlacedWord, WorkText

UNTOLD = Block(0)
"""A block of which nothing is known."""


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """`box` in whole canvas pixels, None where the text has no places. `has_blank`: one stands before the next word of
    the line; between Han characters and beside some signs there is none. `start` is its place in the work's display."""

    text: str
    box: Box | None
    has_blank: bool
    start: int


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """At least one word. `breaks` is the whole of the last word where the next line goes on with it, `goes_on` that of
    the first word where the line before began it. Lines of one block belong together.
    """

    words: Sequence[PrintedWord]
    breaks: str | None = None
    goes_on: str | None = None
    block: Block = UNTOLD

    @property
    def text(self) -> str:
        return "".join(word.text + (" " if word.has_blank else "") for word in self.words)

    @property
    def box(self) -> Box | None:
        """Around all words that have one."""
        return around(word.box for word in self.words)


def printed_lines(text: WorkText, page: str) -> list[PrintedLine]:
    """Of one page, in reading order; none where the page has no text."""
    lines = [list(words) for _, words in groupby(text.placed_words(page), key=lambda word: word.line)]
    wholes = [
        word_over_lines(text.display[last.start : last.end], text.display[first.start : first.end])
        for (*_, last), (first, *_) in pairwise(lines)
    ]
    blocks = _blocks([line[0].line for line in lines], text.blocks(page))
    return [
        PrintedLine(_words(text.display, line), breaks, goes_on, block)
        for line, breaks, goes_on, block in zip(lines, [*wholes, None], [None, *wholes], blocks, strict=False)
    ]


def _blocks(lines: Sequence[int], blocks: Sequence[Block]) -> list[Block]:
    """The block of each line. What stands before the first is in a block of which nothing is told."""
    firsts = [block.line for block in blocks]
    known = [UNTOLD, *blocks]
    return [known[bisect_right(firsts, line)] for line in lines]


def _words(display: str, line: Sequence[PlacedWord]) -> tuple[PrintedWord, ...]:
    behind = [word.start for word in line[1:]] + [line[-1].end]
    return tuple(
        PrintedWord(without_sign(display[word.start : word.end]), word.box, following > word.end, word.start)
        for word, following in zip(line, behind, strict=True)
    )


def around(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box that holds all of them; None where there is none."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    left, top = min(box.x for box in known), min(box.y for box in known)
    right, bottom = max(box.x + box.w for box in known), max(box.y + box.h for box in known)
    return Box(left, top, right - left, bottom - top)
