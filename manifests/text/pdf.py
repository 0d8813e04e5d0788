"""The text layer of a PDF, as text of a work's pages. Whoever is handed in opens the file itself (`server.pdf_text`).

A page is known by its place alone: what a PDF calls its pages are numbers of a book, not names of masters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from manifests import findings
from manifests.model import Word
from manifests.text.placing import placing_of
from manifests.text.reader import PageImage, ReadText, TextPage, Unreadable

MOST_UNMAPPED = 0.3
"""Of the letters of a page may be unknown: a font whose letters have no meaning gives words that nobody wrote."""


class PdfWord(NamedTuple):
    """Left, top, width and height in the units of its page."""

    text: str
    line: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as it is shown: cut and turned. `width` and `height` in any unit, the same as that of its words.

    `letters` counts all of the page, `unmapped` those of which the file does not say what they are.
    """

    width: float
    height: float
    words: Sequence[PdfWord]
    letters: int
    unmapped: int = 0


ReadPdf = Callable[[Path], Sequence[PdfPage]]
"""All pages of a PDF. Raises Unreadable."""


class PdfReader:
    """Is a `reader.TextReader`."""

    NAME = "pdf"

    def __init__(self, read_pdf: ReadPdf) -> None:
        self._read_pdf = read_pdf

    def sniff(self, head: bytes, name: str) -> bool:
        """Readers of PDF find the mark anywhere in the first kilobyte."""
        return b"%PDF-" in head[:1024]

    def pages(self, file: Path) -> Sequence[TextPage]:
        found = self._read_pdf(file)
        if not any(page.letters for page in found):
            raise Unreadable(findings.make_finding("text-no-layer"))
        return [TextPage(partial(_read, page)) for page in found]


def _read(page: PdfPage, image: PageImage) -> ReadText:
    if not page.letters:
        return ReadText(None, (findings.make_finding("text-no-layer"),))
    if page.unmapped > MOST_UNMAPPED * page.letters:
        return ReadText(None, (findings.make_finding("text-unmapped", unmapped=page.unmapped, letters=page.letters),))
    placing = placing_of(image, (page.width, page.height) if page.width > 0 and page.height > 0 else None, None)
    words = [Word(word.text, word.line, placing.box(word.x, word.y, word.w, word.h)) for word in page.words]
    return ReadText(*placing.settle(words))
