"""Running heads and page numbers are known by standing on many pages, and stay out of the running text."""

import pytest

from manifests.model import Box, PageText, Word
from manifests.search.scan import scan
from manifests.text.running_heads import running_heads
from manifests.text.store import WorkText
from tests.text.text_samples import page, work

BODY = [
    ["trăm năm trong cõi", "người ta chữ tài"],
    ["chữ mệnh khéo là ghét", "nhau trải qua một"],
    ["cuộc bể dâu những điều", "trông thấy mà đau"],
    ["đớn lòng lạ gì bỉ sắc", "tư phong trời xanh"],
]


def book(head: str = "TRUYỆN KIỀU {n}", foot: str = "— {n} —") -> list[list[str]]:
    """Pages with a head and a foot, in which `{n}` is the page's number."""
    set_as = [[head.format(n=n), *lines, foot.format(n=n)] for n, lines in enumerate(BODY, 11)]
    return [[line for line in lines if line] for lines in set_as]


def heads(pages: list[list[str]]) -> list[set[int]]:
    return running_heads([page(*lines) for lines in pages])


@pytest.mark.parametrize(
    ("head", "foot", "expected"),
    [
        ("TRUYỆN KIỀU {n}", "", {0}),
        ("TRUYỆN KIỀU", "— {n} —", {0, 3}),
        ("{n}", "", {0}),
        ("", "[{n}]", {2}),
        ("", "", set()),
    ],
)
def test_heads_and_numbers_are_found_at_both_ends_of_the_page(head: str, foot: str, expected: set[int]) -> None:
    assert heads(book(head, foot)) == [expected] * 4


def test_roman_numbers_are_numbers_too() -> None:
    pages = [[number, *lines] for number, lines in zip(("xi", "XII", "xiii", "xiv"), BODY, strict=True)]
    assert heads(pages) == [{0}] * 4


def test_a_head_in_which_the_ocr_misread_a_letter_is_known_by_the_others() -> None:
    pages = book("TRUYỆN KIỀU {n}", "")
    pages[2][0] = "TRUYEN K1ỀU 13"
    assert heads(pages) == [{0}] * 4


def test_left_and_right_pages_may_have_heads_of_their_own() -> None:
    lines = [*BODY, *BODY]
    pages = [[("TRUYỆN KIỀU", "NGUYỄN DU")[n % 2], f"câu {n}", *text] for n, text in enumerate(lines)]
    assert all(0 in found for found in heads(pages))


def test_what_stands_on_few_pages_or_elsewhere_is_text() -> None:
    assert heads(book("TRUYỆN KIỀU", "")[:2]) == [set()] * 2
    middle = [[first, second, "ĐIỆP KHÚC", f"rồi {first}", f"và {second}"] for first, second in BODY]
    assert heads(middle) == [set()] * 4


def test_a_line_that_begins_pages_at_different_heights_is_text() -> None:
    def at(y: int, number: int) -> PageText:
        words = [Word("điệp", 0, Box(100, y, 80, 40)), Word(f"câu{number}", 1, Box(100, 2900, 80, 40))]
        return PageText("alto", [*words, Word(f"hết{number}x", 2, Box(100, 2950, 80, 40))])

    assert running_heads([at(y, n) for n, y in enumerate((100, 700, 1400, 2000))]) == [set()] * 4
    assert running_heads([at(y, n) for n, y in enumerate((100, 110, 90, 120))]) == [{0}] * 4


def test_a_page_is_never_all_heads() -> None:
    assert heads([["cùng một dòng"]] * 5) == [set()] * 5
    assert heads([["TRUYỆN", "KIỀU"]] * 5) == [set()] * 5


def test_a_phrase_over_the_end_of_a_page_is_found_between_heads_and_numbers() -> None:
    text = work(*book())
    (hit,) = scan("w", text, "chữ tài chữ mệnh")
    assert (hit.tier, hit.page) == ("exact", "p1")


def test_a_word_broken_at_the_end_of_a_page_is_one_word_between_heads_and_numbers() -> None:
    pages = book()
    pages[0][-2] += " biblio-"
    pages[1][1] = "thèque " + pages[1][1]
    (hit,) = scan("w", work(*pages), "bibliothèque")
    assert (hit.tier, hit.page) == ("exact", "p1")


def test_heads_are_found_after_the_text_with_their_boxes_on_their_page() -> None:
    pages = book("TRUYỆN KIỀU {n}", "")
    pages[3][1] = "đây là truyện Kiều"
    found = scan("w", work(*pages), "truyện kiều")
    assert [hit.page for hit in found] == ["p4", "p1", "p2", "p3", "p4"]
    assert found[1].boxes == (Box(100, 100, 220, 40),)


def test_a_page_is_shown_as_it_is_printed() -> None:
    text = work(*book())
    assert text.page_text("p2").splitlines() == book()[1]
    assert [word.text for word in text.words("p2")] == " ".join(book()[1]).split()
    again = WorkText.from_bytes(text.to_bytes())
    assert again.page_text("p2") == text.page_text("p2")
    assert (again.pages, again.sections) == (text.pages, text.sections)
    assert text.pages == ("p1", "p2", "p3", "p4")
