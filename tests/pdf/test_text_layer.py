"""The words of a page in a PDF as Chromium reads them: what is copied, in which order, and where it is marked."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings

from manifests.model import Box, PageText, Word
from manifests.text.hyphens import ONE
from tests.pdf.reading import boxes_of, text_of, text_pdf
from tests.text.text_samples import PRINTED_PAGES, page

WIDTH, HEIGHT = 2000, 3000


def pdf(*words: Word) -> bytes:
    return text_pdf(PageText("alto", words), WIDTH, HEIGHT)


def row(*words: str, line: int = 0, top: int = 100, heights: tuple[int, ...] = ()) -> list[Word]:
    tall = heights or (40,) * len(words)
    return [Word(w, line, Box(100 + 200 * n, top + 40 - tall[n], 150, tall[n])) for n, w in enumerate(words)]


def column(text: str, line: int, left: int) -> list[Word]:
    return [Word(character, line, Box(left, 100 + 100 * n, 80, 90)) for n, character in enumerate(text)]


def near(found: Box, expected: Box | None) -> bool:
    """Within two pixels: of letters that stand on end, Chromium rounds the corners outwards."""
    return expected is not None and all(abs(a - b) <= 2 for a, b in zip(found, expected, strict=True))


@settings(max_examples=40)
@given(PRINTED_PAGES)
def test_every_page_of_print_is_copied_word_for_word(lines: list[str]) -> None:
    printed = page(*lines)
    found = text_of(text_pdf(printed, 4000, HEIGHT))
    assert "".join(found.split()) == normalize("NFC", "".join(word.text for word in printed.words))


def test_vietnamese_is_copied_as_it_is_printed_line_by_line() -> None:
    lines = ("Trăm năm trong cõi người ta", "chữ tài chữ mệnh khéo là ghét nhau")
    assert [line.strip() for line in text_of(text_pdf(page(*lines), WIDTH, HEIGHT)).split("\n")] == list(lines)


def test_decomposed_letters_are_copied_composed() -> None:
    assert text_of(pdf(*row("Vie\u0323\u0302t"))).strip() == "Việt"


def test_each_word_is_marked_in_its_own_box_within_the_line() -> None:
    words = row("cao", "gạch", "ê", heights=(40, 36, 28))
    assert boxes_of(pdf(*words), ["cao", "gạch", "ê"]) == [
        Box(word.box.x, 100, word.box.w, 40) for word in words if word.box is not None
    ]


def test_words_of_a_line_that_climbs_stay_on_their_print() -> None:
    words = [Word(text, 0, Box(100 + 300 * n, 400 - 60 * n, 200, 40)) for n, text in enumerate(("một", "hai", "ba"))]
    assert boxes_of(pdf(*words), ["một", "hai", "ba"]) == [word.box for word in words]


def test_lines_of_nearly_one_height_are_set_in_one_size() -> None:
    words = [*row("cao", line=0), *row("lên", line=1, top=200, heights=(44,)), *row("mau", line=2, top=300)]
    assert {box.h for box in boxes_of(pdf(*words), ["cao", "lên", "mau"])} == {40}


def test_a_column_of_han_is_one_line_and_each_character_is_marked_in_its_box() -> None:
    first, second = column("南國山河", 0, 800), column("𠊛𡨸如何", 1, 700)
    content = pdf(*first, *second)
    assert "南國山河" in text_of(content)
    assert "𠊛𡨸如何" in text_of(content)
    found = boxes_of(content, ["南", "國", "山", "河"])
    assert all(map(near, found, [word.box for word in first]))


@pytest.mark.parametrize("text", ["南國山河", "Quốc"])
def test_a_lone_word_much_higher_than_wide_is_a_column(text: str) -> None:
    content = pdf(Word(text, 0, Box(500, 100, 80, 400)))
    (word,), (letter,) = boxes_of(content, [text]), boxes_of(content, [text[0]])
    assert near(word, Box(500, 100, 80, 400))
    assert near(letter, Box(500, 100, 80, 100))


def test_a_narrow_number_is_no_column() -> None:
    (letter,) = boxes_of(pdf(Word("11", 0, Box(500, 100, 20, 40))), ["1"])
    assert letter == Box(500, 100, 10, 40)


def test_words_that_run_upwards_are_read_upwards() -> None:
    words = [Word(text, 0, Box(500, 900 - 300 * n, 40, 200)) for n, text in enumerate(("một", "hai"))]
    content = pdf(*words)
    assert boxes_of(content, ["một", "hai"]) == [word.box for word in words]
    (letter,) = boxes_of(content, ["m"])
    assert letter.y > 1000  # the first letter is the lowest


def test_a_word_that_goes_on_in_the_next_line_is_found_whole() -> None:
    words = [*row("ở", f"biblio-{ONE}"), *row("thèque", line=1, top=200)]
    assert "bibliothèque" in text_of(pdf(*words))


def test_words_of_one_place_share_it_in_their_order() -> None:
    line = Box(100, 100, 1000, 40)
    content = pdf(*(Word(text, 0, line) for text in ("thư", "viện", "tỉnh")))
    assert text_of(content).strip() == "thư viện tỉnh"
    assert boxes_of(content, ["thư viện tỉnh"]) == [line]


def test_a_word_without_a_place_stands_in_that_of_its_neighbour() -> None:
    words = [Word("đầu", 0), Word("có", 0, Box(100, 100, 200, 40)), Word("không", 0), Word("dòng", 1), Word("sau", 1)]
    assert text_of(pdf(*words)).split() == ["đầu", "có", "không", "dòng", "sau"]


def test_a_page_without_places_is_searched_from_top_to_bottom() -> None:
    content = text_pdf(page("một hai", "ba bốn", "năm sáu", boxes=False), WIDTH, HEIGHT)
    assert [line.strip() for line in text_of(content).split("\n")] == ["một hai", "ba bốn", "năm sáu"]
    first, second = boxes_of(content, ["một", "năm"])
    assert 0 < first.y < second.y < HEIGHT


def test_a_page_of_more_lines_than_pixels_breaks_nothing() -> None:
    text_of(text_pdf(page(*["một"] * 300, boxes=False), 20, 10))


def test_a_page_without_words_has_no_text() -> None:
    assert text_of(pdf()) == ""
