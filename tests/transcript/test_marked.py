"""What was found in a printed line."""

from hypothesis import given

from manifests.text.store import WorkText
from manifests.transcript.marked import pieces
from manifests.transcript.printed import printed_lines
from tests.text.text_samples import PRINTED_WORKS, work


def told(text: WorkText, *found: str) -> list[list[tuple[str, bool]]]:
    """The lines of the first page, with each of these marked where it first stands."""
    places = [(text.display.index(passage), text.display.index(passage) + len(passage)) for passage in found]
    return [
        [(piece.text, piece.is_found) for piece in pieces(line, places)] for line in printed_lines(text, text.pages[0])
    ]


def test_words_are_marked_with_the_blank_between_them() -> None:
    assert told(work(["một hai ba bốn"]), "hai ba") == [[("một ", False), ("hai ba", True), (" bốn", False)]]


def test_what_runs_over_the_end_of_a_line_is_marked_in_both() -> None:
    assert told(work(["đến thư", "viện nhé"]), "thư\nviện") == [
        [("đến ", False), ("thư", True)],
        [("viện", True), (" nhé", False)],
    ]


def test_a_part_of_a_word_is_marked_alone() -> None:
    assert told(work(["南國山河"]), "國山") == [[("南", False), ("國山", True), ("河", False)]]


def test_a_line_without_any_is_one_piece() -> None:
    assert told(work(["một hai", "ba"]), "ba")[0] == [("một hai", False)]


@given(PRINTED_WORKS)
def test_the_pieces_of_a_line_are_the_line(pages: list[list[str]]) -> None:
    made = work(*pages)
    for name in made.pages:
        for line in printed_lines(made, name):
            start = line.words[0].start
            for found in ([], [(start, start + 3)], [(0, 10**9)]):
                assert "".join(piece.text for piece in pieces(line, found)) == line.text
