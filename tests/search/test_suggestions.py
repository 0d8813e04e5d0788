"""What a reader may be typing, from the words of one work."""

import pytest

from manifests.search.suggestions import MOST, suggest
from tests.text.text_samples import work

BOOK = work(
    ["Thư viện Quốc gia. Thư viện tỉnh, thư từ", "thu của thư viện, Thương mại"],
    ["thư-viện và thuở xưa", "南國山河南帝居"],
)


def terms(typed: str, at_least: int = 1) -> list[tuple[str, int]]:
    return [(one.term, one.count) for one in suggest(BOOK, typed, at_least)]


def test_words_that_begin_so_are_offered_the_commonest_first_and_with_what_follows() -> None:
    assert terms("thư")[:2] == [("thư", 5), ("thư viện", 4)]
    assert ("thư từ", 1) in terms("thư")
    assert ("Thương mại", 1) in terms("thư")


def test_what_was_typed_with_its_marks_comes_first_then_what_has_others() -> None:
    found = [term for term, _ in terms("thu")]
    assert found[0] == "thu"
    assert {"thư viện", "thuở", "thương", "thuở xưa"} <= {term.lower() for term in found}


@pytest.mark.parametrize("typed", ["thư v", "thu v", "THU VI", "thư-vi", " thư  viện"])
def test_only_the_last_syllable_is_a_beginning(typed: str) -> None:
    assert terms(typed)[0] == ("thư viện", 4)


def test_a_term_is_in_small_letters_where_it_is_printed_so() -> None:
    assert terms("thương") == [("Thương", 1), ("Thương mại", 1)]
    assert terms("vien")[0] == ("viện", 4)


def test_no_term_runs_over_a_sign_or_a_page() -> None:
    found = {term.lower() for term in (one.term for one in suggest(BOOK, "gia")) if " " in term}
    assert found == set()
    assert not any(term.lower() == "mại thư" for term, _ in terms("mai"))


def test_han_is_completed_by_the_next_character() -> None:
    assert terms("南") == [("南", 2), ("南國", 1), ("南帝", 1)]


def test_terms_occur_as_often_as_is_asked() -> None:
    assert terms("thư", 2) == [("thư", 5), ("thư viện", 4)]
    assert terms("thư", 6) == []


@pytest.mark.parametrize("typed", ["", " ", "—", "*", "zz", "x" * 5000, "thư " * 300])
def test_what_nothing_begins_with_has_no_terms(typed: str) -> None:
    assert terms(typed) == []


def test_no_more_terms_are_given_than_a_reader_looks_at() -> None:
    many = work([" ".join(f"thu{letter}{other}" for letter in "abcdeg" for other in "abcdeg")])
    assert len(suggest(many, "thu")) == MOST
