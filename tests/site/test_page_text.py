"""The text of a page as it is shown beside its picture."""

import pytest

from manifests.model import Block, Box, PageText, Word
from manifests.text.store import WorkText
from server.site.page_text import MOST_LINES, page_text
from tests.text.text_samples import work

COLUMNS = PageText(
    "alto",
    [Word("南國", 0, Box(900, 100, 80, 400)), Word("山河", 1, Box(800, 100, 80, 400)), Word("Nước", 2), Word("Nam", 2)],
    [Block(0, "lzh-Hani", "ttb"), Block(2)],
)


def test_lines_stand_in_the_blocks_that_they_came_in_with_language_and_direction() -> None:
    han, vietnamese = page_text(WorkText.build([("p", COLUMNS)]), "p")
    assert (han.language, han.direction) == ("lzh-Hani", "ttb")
    assert [(line.number, line.box) for line in han.lines] == [(1, Box(900, 100, 80, 400)), (2, Box(800, 100, 80, 400))]
    assert (vietnamese.language, vietnamese.direction) == ("vi", ""), "as its letters tell"
    assert [(line.number, line.box) for line in vietnamese.lines] == [(3, None)]


def test_a_page_without_text_has_no_blocks() -> None:
    assert page_text(work(["một"]), "p2") == []


def test_what_was_found_is_marked() -> None:
    ((line,),) = [block.lines for block in page_text(work(["đến thư viện"]), "p1", [(4, 12)])]
    assert [(piece.text, piece.is_found) for piece in line.pieces] == [("đến ", False), ("thư viện", True)]


@pytest.mark.parametrize(
    ("box", "here"),
    [
        (Box(100, 160, 60, 40), [2]),  # a word of it
        (Box(0, 90, 2000, 200), [1, 2, 3]),  # a part of the page
        (Box(100, 115, 60, 30), [1]),  # more of the first than of the second
        (Box(900, 160, 60, 40), []),  # beside it
        (None, []),
    ],
)
def test_the_lines_that_the_reader_was_led_to_are_told(box: Box | None, here: list[int]) -> None:
    (block,) = page_text(work(["một", "hai", "ba"]), "p1", box=box)
    assert [line.number for line in block.lines if line.is_here] == here


def test_of_a_text_without_end_the_beginning_is_shown() -> None:
    (block,) = page_text(work(["một"] * (MOST_LINES + 5)), "p1")
    assert len(block.lines) == MOST_LINES
