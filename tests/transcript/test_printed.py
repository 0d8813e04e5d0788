"""The lines of a page as they are printed."""

from hypothesis import given

from manifests.model import Box, PageText, Word
from manifests.text.hyphens import ONE, TWO
from manifests.text.store import WorkText
from manifests.transcript.printed import printed_lines
from tests.text.text_samples import PRINTED_WORKS, page, work


@given(PRINTED_WORKS)
def test_the_lines_of_a_page_are_its_text_and_their_boxes_hold_their_words(pages: list[list[str]]) -> None:
    made = work(*pages)
    for name in made.pages:
        lines = printed_lines(made, name)
        assert "\n".join(line.text for line in lines) == made.page_text(name)
        assert [(word.text, word.box) for line in lines for word in line.words] == [
            (word.text, word.box) for word in made.words(name)
        ]
        for line in lines:
            left, top, width, height = line.box or Box(0, 0, 0, 0)
            assert all(
                left <= box.x and top <= box.y and box.x + box.w <= left + width and box.y + box.h <= top + height
                for box in (word.box for word in line.words)
                if box is not None
            )


def test_a_page_without_text_has_no_lines() -> None:
    assert printed_lines(work(["một"]), "p2") == []


def test_a_line_has_the_place_of_those_words_that_have_one() -> None:
    words = [Word("có", 0, Box(5, 6, 7, 8)), Word("không", 0)]
    assert printed_lines(WorkText.build([("p", PageText("alto", words))]), "p")[0].box == Box(5, 6, 7, 8)
    (line,) = printed_lines(WorkText.build([("p", page("một hai", boxes=False))]), "p")
    assert line.box is None


def test_a_broken_word_is_told_in_both_lines_and_no_sign_is_shown() -> None:
    text = work([f"ở biblio-{ONE}", "thèque thư-", f"viện thư-{TWO}", "viện tỉnh"])
    lines = printed_lines(text, "p1")
    assert [line.text for line in lines] == ["ở biblio-", "thèque thư-", "viện thư-", "viện tỉnh"]
    assert [line.breaks for line in lines] == ["bibliothèque", None, "thư-viện", None]
    assert [line.goes_on for line in lines] == [None, "bibliothèque", None, "thư-viện"]


def test_a_zero_width_space_that_belongs_to_the_text_stays() -> None:
    (line,) = printed_lines(work(["ប្រទេស\u200b កម្ពុជា\u200b"]), "p1")
    assert line.text == "ប្រទេស\u200b កម្ពុជា\u200b"
