"""The font that nobody sees: a font that programs open, and codes that stand for any character."""

from io import BytesIO

from PIL import ImageFont

from server.pdf.glyphless import ASCENT, DESCENT, WIDTH, Codes, font_program


def test_freetype_opens_it_and_finds_the_width_and_height_of_every_glyph() -> None:
    font = ImageFont.truetype(BytesIO(font_program()), 1000)
    assert font.getmetrics() == (1000 * ASCENT, 1000 * DESCENT)
    assert font.getlength("ab") == 2 * 1000 * WIDTH


def test_its_checksum_is_that_of_opentype() -> None:
    font = font_program()
    assert len(font) % 4 == 0
    words = [int.from_bytes(font[place : place + 4], "big") for place in range(0, len(font), 4)]
    assert sum(words) % 2**32 == 0xB1B0AFBA


def test_each_character_has_one_code_beyond_the_first_plane_too() -> None:
    codes = Codes()
    first = codes.encode("a𠊛a")
    assert (len(first), first[:4], first[4:8] != first[:4]) == (12, first[8:], True)
    unicode = codes.to_unicode().decode("ascii")
    assert f"<{first[4:8]}><d840de9b>" in unicode
    assert f"<{first[:4]}><0061>" in unicode


def test_no_group_of_codes_is_longer_than_a_reader_of_pdf_takes() -> None:
    codes = Codes()
    codes.encode("".join(map(chr, range(0x4E00, 0x4E00 + 250))))
    groups = [line for line in codes.to_unicode().decode("ascii").splitlines() if line.endswith("beginbfchar")]
    assert groups == ["100 beginbfchar", "100 beginbfchar", "51 beginbfchar"]


def test_half_a_pair_of_surrogates_and_one_character_too_many_are_unknown_ones() -> None:
    codes = Codes()
    unknown = codes.encode("\ufffd")
    assert codes.encode("\ud840") == unknown
    codes.encode("".join(map(chr, range(0x20000, 0x30000))))
    assert codes.encode("x") == unknown
    assert codes.encode("\U00020000") != unknown
