"""Suggestions as both versions of the autocomplete service word them."""

import pytest

from manifests.errors import Malformed, Unsupported
from manifests.search.suggestions import Suggestion
from manifests.search.term_lists import least_of, term_list

TERMS = [Suggestion("thư viện", 4)]


def test_version_1_links_each_term_to_its_search_and_version_2_gives_its_number() -> None:
    asked = {"q": "thư", "user": "u", "min": "2"}
    one = term_list(1, url="u", search="s", suggestions=TERMS, parameters=asked)
    assert one["terms"] == [{"match": "thư viện", "url": "s?q=th%C6%B0%20vi%E1%BB%87n", "count": 4}]
    assert (one["@type"], one["@id"], one["ignored"]) == ("search:TermList", "u?q=th%C6%B0&min=2", ["user"])
    two = term_list(2, url="u", search="s", suggestions=TERMS, parameters={"q": "thư"})
    assert two["items"] == [{"value": "thư viện", "total": 4}]
    assert (two["type"], "ignored" in two) == ("TermPage", False)


def test_the_number_of_times_is_a_number() -> None:
    assert (least_of({}), least_of({"min": ""}), least_of({"min": "3"})) == (1, 1, 3)
    for wrong in ("x", "-1", "1.5", "٣", "1" * 12):
        with pytest.raises(Malformed):
            least_of({"min": wrong})


def test_there_is_no_third_version() -> None:
    with pytest.raises(Unsupported):
        term_list(3, url="u", search="s", suggestions=[Suggestion("a", 1)], parameters={"q": "a"})
