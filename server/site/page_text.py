"""The text of a page as it stands beside its picture: block by block, line by line, what was found marked.

Only words, boxes and languages; `templates/page_text.html` writes them. A line is what a reader points at: its box is
told, and those of its single words are asked for by `static/reading/words.js` when somebody points at one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from manifests.model import Box
from manifests.text.store import WorkText
from manifests.transcript.marked import Piece, pieces
from manifests.transcript.printed import PrintedLine, printed_lines
from server.language.translator import written_in


@dataclass(frozen=True, slots=True)
class TextLine:
    """`number` counts the lines of the page from 1; `box` is None where the text has no places. `is_here`: the reader
    was led to a place in it."""

    number: int
    box: Box | None
    pieces: Sequence[Piece]
    is_here: bool


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines that belong together. `language` is a tag, empty where nobody knows it; `direction` one of `ltr rtl ttb
    btt`, empty where the text does not say."""

    language: str
    direction: str
    lines: Sequence[TextLine]


MOST_LINES = 1500
"""Lines that stand on a page at most: 470 with 5,700 words, a newspaper's page, are 21 kB on the way."""


def page_text(
    text: WorkText, page: str, found: Sequence[tuple[int, int]] = (), box: Box | None = None
) -> list[TextBlock]:
    """Empty where the page has no text; of a very long one its beginning, `MOST_LINES`. `found`: where in the work's
    display something was found on this page. `box`: the place that the reader was led to."""
    numbered = islice(enumerate(printed_lines(text, page), 1), MOST_LINES)
    return [
        _block(list(lines), found, box)
        for _, lines in groupby(numbered, key=lambda numbered_line: numbered_line[1].block)
    ]


def _block(numbered: Sequence[tuple[int, PrintedLine]], found: Sequence[tuple[int, int]], box: Box | None) -> TextBlock:
    block = numbered[0][1].block
    lines = [TextLine(number, line.box, pieces(line, found), _is_in(line.box, box)) for number, line in numbered]
    language = block.language or written_in(" ".join(line.text for _, line in numbered))
    return TextBlock(language, block.direction or "", lines)


def _is_in(line: Box | None, box: Box | None) -> bool:
    """Whether the middle of the line is beside the box, or the middle of the box beside the line, and they meet."""
    if line is None or box is None:
        return False
    meet = line.x < box.x + box.w and box.x < line.x + line.w
    return meet and (_holds(line, box.y + box.h // 2) or _holds(box, line.y + line.h // 2))


def _holds(box: Box, y: int) -> bool:
    return box.y <= y < box.y + box.h
