"""Where a query stands in a work, how well, and in which boxes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from manifests.model import Box, Hit, PageText, Tier, Word
from manifests.search.scan import CONTEXT_CHARS, WorkLines, find_in_work, scan
from manifests.text.normalise import cut
from manifests.text.store import WorkText
from tests.text.text_samples import PRINTED_WORKS, SYLLABLES, page, work

BOOK = work(
    ["Thư viện Quốc gia, “Thư-viện", "lớn nhất của thu vien"],
    ["nước Nam và viện bảo tàng", "có thư của vua"],
    ["南國山河", "南帝居"],
)


def told(query: str, text: WorkText = BOOK) -> list[tuple[str, str, str]]:
    return [(hit.tier, hit.page, hit.match) for hit in scan("w", text, query)]


def one(query: str, text: WorkText = BOOK) -> Hit:
    (hit,) = scan("w", text, query)
    return hit


def test_no_blank_stands_before_a_comma_that_is_a_word_of_its_own() -> None:
    (hit,) = scan("w", work(["Trăm năm , trong cõi . Người ta"]), "trong cõi")
    assert (hit.before, hit.match, hit.after) == ("Trăm năm, ", "trong cõi", ". Người ta")
    (over,) = scan("w", work(["Trăm năm , trong cõi"]), "năm trong")
    assert over.match == "năm, trong"


def test_what_was_typed_comes_before_what_differs_in_marks_and_that_before_what_was_misread() -> None:
    assert told("thư viện", work(["thu vien và thự viên", "thư vỉện, thư viộn, Thư viện"])) == [
        ("exact", "p1", "Thư viện"),
        ("marks", "p1", "thu vien"),
        ("marks", "p1", "thự viên"),
        ("marks", "p1", "thư vỉện"),
        ("error", "p1", "thư viộn"),
    ]


def test_what_is_near_is_given_only_where_the_query_stands_nowhere() -> None:
    pages = ["viện bảo tàng có thư của vua"]
    assert told("thư viện", work(pages)) == [("near", "p1", "viện bảo tàng có thư")]
    assert told("thư viện", work([*pages, "Thư viện"])) == [("exact", "p1", "Thư viện")]


@pytest.mark.parametrize("sign", ["-", "¬", "\u00ad"])
def test_a_word_broken_at_the_end_of_a_line_is_one_word_with_a_box_in_each_line(sign: str) -> None:
    hit = one("bibliothèque", work(["une biblio" + sign, "thèque de Hanoï"]))
    assert (hit.tier, hit.match) == ("exact", f"biblio{sign} thèque")
    assert hit.boxes == (Box(180, 100, 140, 40), Box(100, 160, 120, 40))
    assert (hit.before, hit.after) == ("une ", " de Hanoï")


def test_a_word_broken_at_the_end_of_a_page_is_found_on_that_page() -> None:
    hit = one("bibliothèque nationale", work(["une biblio-"], ["thèque nationale"]))
    assert (hit.tier, hit.page, hit.boxes) == ("exact", "p1", (Box(180, 100, 140, 40),))


def test_a_vietnamese_word_with_a_hyphen_stays_two_syllables_over_a_line() -> None:
    assert told("thư viện", work(["có Thư-", "viện"])) == [("exact", "p1", "Thư- viện")]


def test_a_query_without_marks_finds_the_words_with_them() -> None:
    assert told("thu vien")[:3] == [
        ("exact", "p1", "thu vien"),
        ("marks", "p1", "Thư viện"),
        ("marks", "p1", "Thư-viện"),
    ]


@pytest.mark.parametrize("query", ["QUỐC GIA", "quốc-gia", "  quốc,   gia?", "quo\u0302\u0301c gia"])
def test_case_marks_of_punctuation_and_form_make_no_difference(query: str) -> None:
    assert told(query) == [("exact", "p1", "Quốc gia")]


@pytest.mark.parametrize("query", ["", " ", "—", "không-có", "gia thư vua tàng nước", "\u0301"])
def test_what_does_not_stand_there_is_not_found(query: str) -> None:
    assert told(query) == []


def test_a_phrase_over_two_lines_has_a_box_in_each() -> None:
    hit = one("viện lớn")
    assert hit.boxes == (Box(480, 100, 180, 40), Box(100, 160, 60, 40))
    assert (hit.before, hit.match, hit.after) == ("Thư viện Quốc gia, “Thư-", "viện lớn", " nhất của thu vien")


def test_a_phrase_over_two_pages_belongs_to_the_page_where_it_begins() -> None:
    hit = one("thu vien nuoc")
    assert (hit.page, hit.boxes) == ("p1", (Box(360, 160, 160, 40),))
    assert (hit.match, hit.after) == ("thu vien nước", " Nam và viện bảo tàng có thư của vua")


@pytest.mark.parametrize(
    ("query", "boxes"),
    [
        ("國", (Box(120, 100, 20, 40),)),
        ("國山", (Box(120, 100, 40, 40),)),
        ("南國山河", (Box(100, 100, 80, 40),)),
        ("河南帝", (Box(160, 100, 20, 40), Box(100, 160, 40, 40))),
    ],
)
def test_han_is_found_inside_a_word_which_is_divided_evenly(query: str, boxes: tuple[Box, ...]) -> None:
    assert one(query).boxes == boxes


def test_a_column_of_han_is_divided_from_top_to_bottom() -> None:
    column = WorkText.build([("p", PageText("alto", [Word("南國𠊛河居", 0, Box(10, 100, 30, 99))]))])
    assert one("𠊛河", column).boxes == (Box(10, 139, 30, 41),)


def test_text_without_places_has_hits_without_boxes() -> None:
    plain = WorkText.build([("p", page("thư viện", boxes=False))])
    assert one("thư viện", plain).boxes == ()


def test_a_repeated_syllable_is_found_each_time_it_repeats() -> None:
    assert told("xa xa", work(["xa xa xa"])) == [("exact", "p1", "xa xa")] * 2
    assert told("xa xa", work(["xa gần xa một"], ["xa"])) == [("near", "p1", "xa gần xa")]
    assert told("xa xa xa", work(["xa gần xa một"])) == []


def test_terms_are_near_within_ten_syllables_in_any_order_on_one_page() -> None:
    nine = "một hai ba bốn năm sáu bảy tám"
    assert told("đầu cuối", work([f"cuối {nine} đầu"])) == [("near", "p1", f"cuối {nine} đầu")]
    assert told("đầu cuối", work([f"cuối {nine} chín đầu"])) == []
    assert told("đầu cuối", work(["cuối"], ["đầu"])) == []


def test_context_is_cut_between_words_and_short() -> None:
    hit = one("giữa", work(["đầu tiên " * 9 + "giữa" + " cuối cùng" * 9]))
    assert hit.before == "tiên đầu tiên đầu tiên đầu tiên đầu tiên "[-len(hit.before) :]
    assert hit.before.split(" ")[0] in ("đầu", "tiên")
    assert hit.after.split(" ")[-1] in ("cuối", "cùng")
    assert 30 < len(hit.before) <= CONTEXT_CHARS
    assert 30 < len(hit.after) <= CONTEXT_CHARS


def test_han_goes_on_without_a_blank_where_a_line_ends_and_latin_with_one() -> None:
    text = work(["南國山河", "南帝居", "thư viện", "截然"])
    [hit] = scan("w", text, "河南")
    assert (hit.before, hit.match, hit.after) == ("南國山", "河南", "帝居 thư viện 截然")
    [hit] = scan("w", text, "南帝")
    assert (hit.before, hit.match) == ("南國山河", "南帝")


def test_inside_a_long_run_of_han_context_is_cut_between_characters() -> None:
    hit = one("國", work(["南" * 100 + "國" + "山" * 100]))
    assert (hit.before, hit.after) == ("南" * CONTEXT_CHARS, "山" * CONTEXT_CHARS)


def test_a_limit_cuts_the_answer_and_the_whole_is_counted_without_being_made() -> None:
    assert scan("w", BOOK, "thư viện", limit=1) == scan("w", BOOK, "thư viện")[:1]
    found = find_in_work("w", BOOK, "thư viện")
    assert len(found) == 3
    assert found[-1] == found[2] == found[1:][1] == list(found)[2]
    assert found.count(Tier.EXACT) == 2
    with pytest.raises(IndexError):
        found[3]


def test_a_query_as_long_as_a_book_is_answered() -> None:
    assert told("thư viện " * 10_000) == []


@given(PRINTED_WORKS, st.data())
def test_every_run_of_words_is_found_where_it_stands(pages: list[list[str]], data: st.DataObject) -> None:
    text = work(*pages)
    name = data.draw(st.sampled_from(text.pages))
    words = text.words(name)
    first = data.draw(st.integers(0, len(words) - 1))
    run = words[first : first + data.draw(st.integers(1, 5))]
    query = " ".join(word.text for word in run)
    assume(list(cut(query)))
    here = [hit for hit in scan("w", text, query) if hit.tier == "exact" and hit.page == name]
    with_syllables = [word.box for word in run if word.box is not None and list(cut(word.text))]
    assert any(all(any(_holds(box, word) for box in hit.boxes) for word in with_syllables) for hit in here)


@given(PRINTED_WORKS, st.lists(SYLLABLES, min_size=1, max_size=3).map(" ".join))
def test_every_hit_is_what_was_asked_and_shows_its_surroundings(pages: list[list[str]], query: str) -> None:
    text = work(*pages)
    asked = list(cut(query))
    for hit in scan("w", text, query):
        shown = list(cut(hit.match))
        if hit.tier == "exact":
            assert [s.exact for s in shown] == [s.exact for s in asked]
        elif hit.tier == "marks":
            assert [s.folded for s in shown] == [s.folded for s in asked]
        elif hit.tier == "error":
            assert len(shown) == len(asked)
            differ = [(a.folded, b.folded) for a, b in zip(asked, shown, strict=True) if a.folded != b.folded]
            assert len(differ) == 1
        else:
            assert {s.folded for s in asked} <= {s.folded for s in shown}
            assert len(shown) <= 10
        assert hit.before + hit.match + hit.after in text.display.replace("\n", " ")
        assert hit.boxes


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and outer.x + outer.w >= inner.x + inner.w
        and outer.y + outer.h >= inner.y + inner.h
    )


def test_every_line_of_a_work_is_a_hit_where_nothing_is_asked() -> None:
    lines = WorkLines("w", BOOK)
    assert [(hit.page, hit.match) for hit in lines] == [
        ("p1", "Thư viện Quốc gia, “Thư-viện"),
        ("p1", "lớn nhất của thu vien"),
        ("p2", "nước Nam và viện bảo tàng"),
        ("p2", "có thư của vua"),
        ("p3", "南國山河"),
        ("p3", "南帝居"),
    ]
    assert lines[3].boxes == (Box(100, 160, 280, 40),)
    assert lines[-2:] == [lines[4], lines[5]]
    assert len(WorkLines("w", WorkText.build([]))) == 0


@given(PRINTED_WORKS)
def test_the_lines_of_a_work_are_all_of_its_text(pages: list[list[str]]) -> None:
    text = work(*pages)
    assert "\n".join(hit.match for hit in WorkLines("w", text)) == text.display


@pytest.mark.parametrize("query", ["thư viện", "thu", "nước", "không có"])
def test_the_pages_and_places_of_hits_are_those_of_the_hits_made(query: str) -> None:
    found = find_in_work("w", BOOK, query)
    assert found.pages() == [hit.page for hit in found]
    for number, hit in enumerate(found):
        start, end = found.span(number)
        assert BOOK.display[start:end].replace("\n", " ") == hit.match
