"""The text of a page as it stands beside its picture: block by block, line by line, what was found marked.

Only words, boxes and languages; `templates/page_text.html` writes them. A line is what a reader points at: its box is
told, and those of its single words are asked for by `static/reading/words.js` when somebody points at one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from manifests.model import Box
from manifests.text.store import WorkText
from manifests.transcript.marked import Piece, pieces
from manifests.transcript.printed import PrintedLine, printed_lines
from server.language.translator import written_in


@dataclass(frozen=True, slots=True)
class TextLine:
    """`number` counts the lines of the page from 1; `box` is None where the text has no places."""

    number: int
    box: Box | None
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines that belong together. `language` is a tag, empty where nobody knows it; `direction` one of `ltr rtl ttb
    btt`, empty where the text does not say."""

    language: str
    direction: str
    lines: Sequence[TextLine]


def page_text(text: WorkText, page: str, found: Sequence[tuple[int, int]] = ()) -> list[TextBlock]:
    """Empty where the page has no text. `found`: where in the work's display something was found on this page."""
    numbered = enumerate(printed_lines(text, page), 1)
    return [
        _block(list(lines), found) for _, lines in groupby(numbered, key=lambda numbered_line: numbered_line[1].block)
    ]


def _block(numbered: Sequence[tuple[int, PrintedLine]], found: Sequence[tuple[int, int]]) -> TextBlock:
    block = numbered[0][1].block
    lines = [TextLine(number, line.box, pieces(line, found)) for number, line in numbered]
    language = block.language or written_in(" ".join(line.text for _, line in numbered))
    return TextBlock(language, block.direction or "", lines)
