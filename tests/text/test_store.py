"""The words of a work as one file: what goes in comes out, and every place leads to its word."""

import pytest
from hypothesis import given

from manifests.errors import Damaged
from manifests.model import Box, PageText, Word
from manifests.text import normalise
from manifests.text.packing import MAGICS, pack, text_of, unpack
from manifests.text.steps import places_of
from manifests.text.store import WorkText
from tests.text.text_samples import PRINTED_WORKS, page, work


@given(PRINTED_WORKS)
def test_the_words_of_every_page_come_back(pages: list[list[str]]) -> None:
    made = work(*pages)
    read = WorkText.from_bytes(made.to_bytes())
    for number, lines in enumerate(pages, 1):
        assert read.words(f"p{number}") == list(page(*lines).words)
    assert read.to_bytes() == made.to_bytes()


@given(PRINTED_WORKS)
def test_every_syllable_leads_to_the_word_that_holds_it(pages: list[list[str]]) -> None:
    made = work(*pages)
    number = 0
    for name in made.pages:
        for word in made.words(name):
            for syllable in normalise.syllables(word.text):
                start, end = made.span(number, number)
                (found,) = made.words_between(start, end)
                assert (found.page, found.line, found.box) == (name, word.line, word.box)
                assert made.display[start:end] == word.text[syllable.start : syllable.end]
                number += 1
    assert number == len(made.stream.row)


def test_a_page_reads_as_it_is_printed() -> None:
    made = work(["Thư viện", "Quốc gia"], ["南 國 山 河", "chữ 字"])
    assert made.page_text("p1") == "Thư viện\nQuốc gia"
    assert made.page_text("p2") == "南國山河\nchữ 字"
    assert made.page_text("p3") == ""
    assert made.words("p3") == []


def test_signs_that_are_words_of_their_own_are_set_as_they_are_printed() -> None:
    made = work(["một , hai . ( ba ) “ bốn ” năm ... 5,6", "南 國 。 Qui ? « Moi »"])
    assert made.page_text("p1") == "một, hai. (ba) “bốn” năm ... 5,6\n南國。 Qui ? « Moi »"
    assert len(made.words("p1")) == 21


def test_pages_without_words_are_not_in_it() -> None:
    made = WorkText.build([("a", PageText("plain", [])), ("b", page("một")), ("c", PageText("plain", [Word("", 0)]))])
    assert made.pages == ("b",)
    assert WorkText.from_bytes(WorkText.build([]).to_bytes()).pages == ()


def test_words_without_places_keep_none() -> None:
    made = WorkText.from_bytes(WorkText.build([("a", page("một hai", boxes=False))]).to_bytes())
    assert [word.box for word in made.words("a")] == [None, None]


def test_a_box_in_the_corner_is_a_place() -> None:
    made = WorkText.build([("a", PageText("alto", [Word("một", 0, Box(0, 0, 1, 1))]))])
    assert made.words("a")[0].box == Box(0, 0, 1, 1)


def test_words_stored_under_an_older_rule_get_keys_of_the_newer() -> None:
    newest = work(["Thư viện"]).to_bytes()
    facts, texts, arrays = unpack(newest)
    named = {name: text_of(part) for name, part in texts.items()}
    older = pack(facts | {"keys": normalise.RECIPE - 1}, named | {"folded": "keys ofold"}, arrays)
    read = WorkText.from_bytes(older)
    assert read.to_bytes() == newest
    assert read.page_text("p1") == "Thư viện"


def test_words_stored_in_the_form_before_are_read() -> None:
    made = work(["Thư viện Quốc gia", "sách cổ"], ["một hai ba"])
    facts, texts, arrays = unpack(made.to_bytes())
    for name in ("word", "syllable"):
        starts, ends = places_of(arrays.pop(f"{name}_gaps"), arrays.pop(f"{name}_lengths"))
        arrays |= {f"{name}_starts": starts, f"{name}_ends": ends}
    older = MAGICS[0] + pack(facts, {name: text_of(part) for name, part in texts.items()}, arrays)[8:]
    assert WorkText.from_bytes(older).to_bytes() == made.to_bytes()


def test_numbers_take_as_many_bytes_as_they_need() -> None:
    near, far = (WorkText.build([("a", PageText("alto", [Word("x", 0, Box(at, 0, 9, 9))] * 99))]) for at in (9, 99999))
    assert len(far.to_bytes()) - len(near.to_bytes()) >= 99 * 4 * 2


@pytest.mark.parametrize("spoil", [lambda b: b[:100], lambda b: b"x" + b[1:], lambda b: b + b"12345678", lambda b: b""])
def test_damaged_words_are_called_damaged(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Damaged):
        WorkText.from_bytes(spoil(work(["Thư viện"]).to_bytes()))
