"""Letters without ink have their room where the word is printed, as OCR programs lay them there."""

import struct
from pathlib import Path

import pytest

from server.pdf.glyphless import font_program
from server.pdf_text.reading import read_text_layer
from tests.pdf_text.make import PdfSheet, pdf

FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 2 0 R /DescendantFonts "
    "[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDToGIDMap 4 0 R /DW 500 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 %d 500 %d] /Ascent %d /Descent %d "
    "/CapHeight 800 /ItalicAngle 0 /StemV 80 /FontFile2 3 0 R >> >>] >>"
)
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap "
    b"CMapName currentdict /CMap defineresource pop end end"
)
SIZE = 20


def glyph(below: int, above: int) -> bytes:
    """A line from corner to corner, in thousandths: what the invisible font of our own PDFs has for every letter."""
    return struct.pack(">hhhhh HH BB hh hh", 1, 0, below, 500, above, 1, 0, 1, 1, 0, 500, below, above - below)


@pytest.fixture
def page(tmp_path: Path):
    """Text, left, top, width and height of words set by operators, on a page 800 points wide and 1000 high."""

    def read(*words: str, depth: float = 0, rotate: int = 0):
        below, above = -round(1000 * depth), round(1000 * (1 - depth))
        program = font_program().replace(glyph(-200, 800), glyph(below, above))
        streams = [TO_UNICODE, program, b"\0\1" * 0x2000]
        sheet = PdfSheet(f"BT /F1 {SIZE} Tf 3 Tr {' '.join(words)} ET", "0 0 800 1000", rotate=rotate, more=streams)
        file = tmp_path / "a.pdf"
        file.write_bytes(pdf([sheet], font=(FONT % (below, above, above, below)).encode()))
        found = read_text_layer(str(file))
        assert isinstance(found, list)
        points = 1000 / max(found[0].width, found[0].height)
        return [(w.text, *(round(side * points) for side in (w.x, w.y, w.w, w.h))) for w in found[0].words]

    return read


def word(text: str, stretch: float, at: str) -> str:
    """Each letter is `stretch` points wide; `at` is the matrix of the text."""
    return f"{at} Tm {100 * stretch / (SIZE / 2)} Tz <{text.encode('utf-16-be').hex()}> Tj"


def test_a_word_that_is_stretched_with_its_blank_is_as_wide_as_both(page) -> None:
    """As Tesseract does it: "hai" is printed from 300 to 340, and four letters have that width."""
    found = page(word("mot ", 12.5, "1 0 0 1 200 500"), word("hai ", 10, "1 0 0 1 300 500"))
    assert [(text, x, w) for text, x, _, w, _ in found] == [("mot", 200, 50), ("hai", 300, 40)]


def test_a_word_that_is_stretched_by_itself_has_no_blank(page) -> None:
    found = page(word("mot ", 25, "1 0 0 1 200 500"), word("hai ", 20, "1 0 0 1 300 500"))
    assert [(text, x, w) for text, x, _, w, _ in found] == [("mot", 200, 75), ("hai", 300, 60)]


def test_the_tails_of_letters_hang_below_the_line_that_a_font_without_depth_stands_on(page) -> None:
    [(_, _, y, _, height)] = page(word("chu", 10, "1 0 0 1 200 500"))
    assert (y, y + height) == (480 + 4, 500 + 4)


def test_a_font_that_says_its_depth_is_believed(page) -> None:
    [(_, _, y, _, height)] = page(word("chu", 10, "1 0 0 1 200 500"), depth=0.25)
    assert y + height == 500 + 5


@pytest.mark.parametrize(("rotate", "turned"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")])
def test_so_it_is_on_a_page_that_is_turned(page, rotate: int, turned: str) -> None:
    """The same words, so that they stand upright when the page is turned: equally wide and high, side by side."""
    corner, behind = {90: ("500 200", "500 300"), 180: ("600 500", "500 500"), 270: ("300 800", "300 700")}[rotate]
    upright = page(word("mot ", 12.5, "1 0 0 1 200 500"), word("hai ", 10, "1 0 0 1 300 500"))
    (a, ax, ay, *first), (b, bx, by, *second) = page(
        word("mot ", 12.5, f"{turned} {corner}"), word("hai ", 10, f"{turned} {behind}"), rotate=rotate
    )
    assert [(a, *first), (b, *second)] == [(text, w, h) for text, _, _, w, h in upright]
    assert (bx - ax, by - ay) == (100, 0)
    assert ay + first[1] == 500 + 4
