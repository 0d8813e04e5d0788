"""The search in some of the works alone: nothing else is found, all of them are, and a list is read to its end."""

from collections.abc import Sequence

from manifests.search.across import MAX_PROVED, Across
from manifests.search.cursor import START, Cursor
from tests.search.made_index import MadeIndex
from tests.text.text_samples import work

MANY = {f"w{number:03d}": work(["thư viện"]) for number in range(400)}


def listed(across: Across, query: str = "thư viện") -> list[str]:
    """Page by page."""
    seen: list[str] = []
    cursor: Cursor | None = START
    while cursor is not None:
        page = across.works(query, cursor)
        seen += [found.work.id for found in page.works]
        cursor = page.next
    return seen


def test_rare_works_among_many_are_all_found_once_in_the_same_order() -> None:
    wanted = [f"w{number:03d}" for number in range(3, 400, 7)]
    assert listed(MadeIndex(MANY).across().among(frozenset(wanted))) == wanted


def test_no_other_work_is_even_looked_into() -> None:
    index = MadeIndex(MANY)
    assert listed(index.across().among({"w399"})) == ["w399"]
    assert index.proved == ["w399"]
    assert listed(index.across().among(frozenset())) == []


def test_a_page_of_results_looks_into_a_bounded_number_of_works() -> None:
    texts = {name: work(["thư " + "xa " * 20 + "viện"]) for name in MANY}
    index = MadeIndex(texts)
    page = index.across().among(frozenset(MANY)).works("thư viện")
    assert (page.works, len(index.proved)) == ([], MAX_PROVED)
    assert page.next is not None


def test_the_number_of_works_is_not_more_than_there_are() -> None:
    page = MadeIndex(MANY).across().among(frozenset(list(MANY)[:30])).works("thư viện")
    assert (page.total, page.is_proved) == (30, False)


def test_titles_and_hits_are_those_of_the_works_alone() -> None:
    titles = dict.fromkeys(("a", "b", "c"), "thư viện")
    index = MadeIndex({name: work(["thư viện"]) for name in titles}, titles)
    across = index.across().among({"b", "c"})
    assert [found.id for found in across.titled("thư viện", size=1).works] == ["b"]
    assert [hit.work for hit in across.hits("thư viện")] == ["b", "c"]
    assert [of.id for of, _ in across.hits_page("thư viện").hits] == ["b", "c"]


def lines(across: Across) -> Sequence[str]:
    return [of.id for of, _ in across.hits_page("").hits]


def test_where_nothing_is_asked_every_line_of_these_works_is_a_hit() -> None:
    index = MadeIndex({"b": work(["một"]), "a": work(["hai"]), "c": work(["ba"])})
    assert lines(index.across().among({"b", "a"})) == ["a", "b"]
    assert lines(index.across()) == ["b", "a", "c"]


def test_what_waits_for_the_index_is_found_if_it_is_among_them() -> None:
    index = MadeIndex(MANY | {"late": work(["thư viện"])}, waiting=["late"])
    assert listed(index.across().among({"late", "w001"})) == ["w001", "late"]
