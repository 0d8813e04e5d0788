"""The words of a PDF's text layer, page by page, in the order in which they stand in the file.

PDFium cuts a page (MediaBox, CropBox), turns it (Rotate) and says where each letter lies on the page as it is shown;
letters between blanks are a word. PDF: ISO 32000-1, section 9.10, "Extraction of text content". To be run in a process
of its own (`bounded_pdf`): a PDF may be hostile.
"""

import ctypes
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2
from pypdfium2 import raw

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding
from manifests.os_reasons import reason_of
from manifests.text.pdf import PdfPage, PdfWord
from server.pdf_text.inkless import LetterRooms, Rectangle

MOST_PAGES = 20_000
_UNITS = 1_000_000
"""Of the longer side of a page: PDFium gives places in whole units."""

_HYPHENS = (0x02, 0xFFFE)
"""What PDFium makes of a hyphen at the end of a line; it swallows the end of the line."""

_UNKNOWN = (0x00, 0xFFFD)

_TOLD_IN_A_RANGE = 0x100
"""Of letters: in a range of a ToUnicode CMap only the last byte counts up (ISO 32000-1, section 9.10.3)."""


def read_text_layer(file: str) -> list[PdfPage] | Finding:
    """Every page; or why the file cannot be read."""
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            return make_finding("text-encrypted")
        return make_finding("text-unreadable", reason=N_("the PDF is damaged"))
    except OSError as error:
        return make_finding("text-unreadable", reason=reason_of(error))
    try:
        count = len(document)
        if count > MOST_PAGES:
            return make_finding("text-unreadable", reason=f"{count} pages")
        return [_page(document, number) for number in range(count)]
    finally:
        document.close()


def _page(document: Any, number: int) -> PdfPage:
    """One that is damaged has no text."""
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            return _words(page, text)
    except (pypdfium2.PdfiumError, ValueError, OverflowError):
        return PdfPage(0, 0, (), 0)


def _words(page: Any, text: Any) -> PdfPage:
    sheet = _Sheet.of(page)
    letters = _judged(list(_letters(text)))
    blanks = (letter.place for letter in letters if letter.code == ord(" ") and not letter.is_generated)
    words = _Words(sheet, LetterRooms.of(text, blanks))
    for letter in letters:
        words.take(letter)
    words.end()
    known = [letter for letter in letters if not letter.is_generated and not chr(letter.code).isspace()]
    return PdfPage(sheet.width, sheet.height, words.found, len(known), sum(letter.is_unknown for letter in known))


@dataclass(frozen=True, slots=True)
class _Letter:
    """`place` in the text of the page. `is_generated`: PDFium has put a blank or the end of a line there; `is_unknown`:
    the file does not tell what it is, and PDFium guesses.
    """

    place: int
    code: int
    is_generated: bool
    is_hyphen: bool
    is_unknown: bool


def _letters(text: Any) -> Iterator[_Letter]:
    high = 0
    for place in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, place)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:  # the second half of a letter beyond 16 bits
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
        high = 0
        is_hyphen = code in _HYPHENS or raw.FPDFText_IsHyphen(text, place) == 1
        is_generated = raw.FPDFText_IsGenerated(text, place) == 1
        is_guess = raw.FPDFText_HasUnicodeMapError(text, place) == 1
        yield _Letter(place, code if code <= sys.maxunicode else 0, is_generated, is_hyphen, is_guess and not is_hyphen)


def _judged(letters: Sequence[_Letter]) -> Sequence[_Letter]:
    """With what is only guessed as unknown, where the guess may be wrong.

    Tesseract and its kin write one range for all of Unicode, of which PDFium takes 256 letters as told and guesses the
    others, rightly. A font of which nothing is told has its own numbers for letters, and most of them are small.
    """
    are_wrong = any(letter.is_unknown and letter.code < _TOLD_IN_A_RANGE for letter in letters)
    return [
        replace(
            letter, is_unknown=not letter.is_hyphen and (letter.code in _UNKNOWN or (letter.is_unknown and are_wrong))
        )
        for letter in letters
    ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The page as it is shown, in whole units."""

    page: Any
    width: int
    height: int

    @classmethod
    def of(cls, page: Any) -> "_Sheet":
        width, height = page.get_size()
        if not 0 < min(width, height) <= max(width, height) < float("inf"):
            return cls(page, 0, 0)
        scale = _UNITS / max(width, height)
        return cls(page, max(1, round(width * scale)), max(1, round(height * scale)))

    def place(self, x: float, y: float) -> tuple[int, int]:
        """From the page's own coordinates, which count upwards and know no cut and no turn."""
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self.page, 0, 0, self.width, self.height, 0, x, y, across, down)
        return across.value, down.value

    def box(self, room: Rectangle) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        left, bottom, right, top = room
        corners = [self.place(left, bottom), self.place(right, top)]
        (x, y), (far_x, far_y) = map(min, zip(*corners, strict=True)), map(max, zip(*corners, strict=True))
        return x, y, far_x, far_y


@dataclass(slots=True)
class _Words:
    """Gathers letters to words."""

    sheet: _Sheet
    rooms: LetterRooms
    found: list[PdfWord] = field(default_factory=list)
    line: int = 0
    text: str = ""
    last: int = 0
    boxes: list[tuple[int, int, int, int]] = field(default_factory=list)

    def take(self, letter: _Letter) -> None:
        sign = "-" if letter.is_hyphen else chr(letter.code)
        if letter.is_generated or sign.isspace():
            if self.text and not letter.is_generated:
                self.boxes.append(self.sheet.box(self.rooms.with_blank(self.last, letter.place)))
            self.end()
            self.line += sign == "\n"
        elif not letter.is_unknown:
            self.text += sign
            self.last = letter.place
            self.boxes.append(self.sheet.box(self.rooms.room(letter.place)))
        if letter.is_hyphen:
            self.end()
            self.line += 1

    def end(self) -> None:
        if self.text:
            left, top = min(b[0] for b in self.boxes), min(b[1] for b in self.boxes)
            right, bottom = max(b[2] for b in self.boxes), max(b[3] for b in self.boxes)
            self.found.append(PdfWord(self.text, self.line, left, top, right - left, bottom - top))
        self.text, self.boxes = "", []
