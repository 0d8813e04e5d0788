"""The words of a PDF lie where they are shown, whatever its boxes and turns; what is broken does no harm."""

from pathlib import Path

import pytest

from manifests.model import Finding
from server.pdf_text.reading import read_text_layer
from tests.pdf_text.make import A4, PdfSheet, lines, pdf


def layer(folder: Path, *sheets: PdfSheet, **more: object):
    file = folder / "a.pdf"
    file.write_bytes(pdf(sheets, **more))
    return read_text_layer(str(file))


def shares(page) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, width and height of each word in hundredths of the page's sides."""
    width, height = page.width / 100, page.height / 100
    return {w.text: (w.x / width, w.y / height, w.w / width, w.h / height) for w in page.words}


def test_words_stand_in_lines_with_their_places(tmp_path):
    [page] = layer(tmp_path, PdfSheet(lines("Truyen Kieu", "Nguyen Du")))
    assert [(word.text, word.line) for word in page.words] == [("Truyen", 0), ("Kieu", 0), ("Nguyen", 1), ("Du", 1)]
    assert page.width / page.height == pytest.approx(595 / 842, rel=1e-4)
    x, y, w, h = shares(page)["Truyen"]
    assert (x, y + h) == pytest.approx((100 / 5.95, 142 / 8.42), abs=0.6)  # its y reaches below the line
    assert (w, h) == pytest.approx((62 / 5.95, 19 / 8.42), abs=0.8)


def test_a_page_that_is_cut_and_one_with_its_corner_elsewhere(tmp_path):
    text = lines("mot", x=110, y=700)
    whole, cut, shifted = layer(
        tmp_path,
        PdfSheet(text),
        PdfSheet(text, crop="100 400 300 800"),
        PdfSheet(lines("mot", x=1110, y=1700), media="1000 1000 1595 1842"),
    )
    assert shares(shifted)["mot"] == pytest.approx(shares(whole)["mot"], abs=0.1)
    x, y, _, h = shares(cut)["mot"]
    assert (x, y + h) == pytest.approx((10 / 2, 100 / 4), abs=1)


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [(90, "0 1 -1 0 500 100"), (180, "-1 0 0 -1 500 700"), (270, "0 -1 1 0 100 700")],
)
def test_a_page_that_is_turned_when_it_is_shown(tmp_path, rotate, matrix):
    """Text set so that it stands upright once the page is turned."""
    [page] = layer(tmp_path, PdfSheet(f"BT /F1 20 Tf {matrix} Tm (ngang doc) Tj ET", rotate=rotate))
    assert [word.text for word in page.words] == ["ngang", "doc"]
    first, second = page.words
    assert (page.width > page.height) == (rotate != 180)
    assert first.w > first.h
    assert second.x > first.x + first.w
    assert abs(first.y - second.y) < 2 * first.h


def test_a_word_broken_at_the_end_of_a_line_ends_in_its_hyphen(tmp_path):
    [page] = layer(tmp_path, PdfSheet(lines("Truyen Kieu thu-", "vien quoc gia")))
    assert [(word.text, word.line) for word in page.words[2:4]] == [("thu-", 0), ("vien", 1)]


def test_letters_beyond_ascii_and_ligatures_are_kept(tmp_path):
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        b"/Differences [65 /fi /Eth /eacute] >> >>"
    )
    [page] = layer(tmp_path, PdfSheet(lines("A B C")), font=font)
    assert [word.text for word in page.words][1:] == ["Ð", "é"]
    assert page.words[0].text in ("ﬁ", "fi")


IDENTITY = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
    b"/Supplement 0 >> >>] %s >>"
)
TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap "
    b"CMapName currentdict /CMap defineresource pop end end"
)


def set_as(codes: str) -> str:
    """Letters by their two bytes."""
    return f"BT /F1 20 Tf 3 Tr 100 700 Td <{codes}> Tj ET"


def test_a_font_that_does_not_say_what_its_letters_are_is_counted(tmp_path):
    [page] = layer(tmp_path, PdfSheet(set_as("0024002500260027")), font=IDENTITY % b"")
    assert page.letters == page.unmapped == 4
    assert page.words == []


def test_vietnamese_of_which_one_range_is_told_for_all_letters_is_read(tmp_path):
    """As Tesseract writes it."""
    told = "Truyện Kiều"
    sheet = PdfSheet(set_as(told.encode("utf-16-be").hex()), more=[TO_UNICODE])
    [page] = layer(tmp_path, sheet, font=IDENTITY % b"/ToUnicode 2 0 R")
    assert (" ".join(word.text for word in page.words), page.unmapped) == (told, 0)


def test_a_page_without_text_has_none(tmp_path):
    [page] = layer(tmp_path, PdfSheet("0 0 100 100 re f"))
    assert (page.letters, page.words) == (0, [])


def test_a_file_that_is_encrypted_or_damaged_is_refused_with_the_reason(tmp_path):
    crypt = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >> "
        "/ID [<4142> <4142>]"
    )
    found = layer(tmp_path, PdfSheet(lines("a")), trailer=crypt)
    assert isinstance(found, Finding)
    assert found.code == "text-encrypted"
    for content in (b"", b"%PDF-1.7\n", b"no PDF at all"):
        (tmp_path / "b.pdf").write_bytes(content)
        found = read_text_layer(str(tmp_path / "b.pdf"))
        assert isinstance(found, Finding)
        assert found.code == "text-unreadable"
    assert isinstance(read_text_layer(str(tmp_path / "not there.pdf")), Finding)


@pytest.mark.parametrize("media", ["0 0 0 0", "0 0 1e30 1e30", "5 5 5 900", "a b c d", "0 0 -595 -842", "0 0 14400 3"])
def test_a_page_of_any_size_does_no_harm(tmp_path, media):
    found = layer(tmp_path, PdfSheet(lines("mot hai"), media=media), PdfSheet(lines("ba"), media=A4))
    assert [word.text for word in found[-1].words] == ["ba"]
