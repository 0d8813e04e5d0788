"""Whether a title holds what is asked."""

import pytest

from manifests.search.query_terms import query_terms
from manifests.search.titles import is_in_title, titles_of

LABEL = {"vi": ["Truyện Kiều, bản năm 1902"], "fr": ["Le conte de Kiều"]}


@pytest.mark.parametrize("query", ["truyện kiều", "kieu truyen", "KIỀU", "1902", "conte", "tru*", "—kiều—"])
def test_a_title_is_found_in_any_order_with_any_marks_in_any_language(query: str) -> None:
    assert is_in_title(LABEL, query_terms(query))


@pytest.mark.parametrize("query", ["", "—", "kieux", "truyện conte", "truye", "kiều 1903"])
def test_a_title_that_lacks_a_word_in_one_language_is_another(query: str) -> None:
    assert not is_in_title(LABEL, query_terms(query))


def test_titles_are_those_of_all_languages() -> None:
    assert titles_of(LABEL) == ["Truyện Kiều, bản năm 1902", "Le conte de Kiều"]
