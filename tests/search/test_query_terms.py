"""What of a query an engine looks for."""

from manifests.search.query_terms import MAX_SYLLABLES, QueryTerm, query_terms


def test_a_query_is_its_syllables_by_their_keys() -> None:
    assert query_terms("“Thư-viện” 南國") == [
        QueryTerm("thư", "thu"),
        QueryTerm("viện", "vien"),
        QueryTerm("南", "南"),
        QueryTerm("國", "國"),
    ]
    assert [term.bears_marks for term in query_terms("thư an")] == [True, False]


def test_a_star_makes_a_beginning_of_the_syllable_before_it() -> None:
    assert [term.is_prefix for term in query_terms("thu* vien * *nam")] == [True, False, False]


def test_a_query_as_long_as_a_book_is_cut() -> None:
    assert len(query_terms("thư " * 100_000)) == MAX_SYLLABLES
    assert sum(len(term.exact) for term in query_terms("a" * 10_000_000)) < 2000
