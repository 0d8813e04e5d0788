"""Across works: the engine names them, the scan proves it, and a list is read page by page to its end."""

from collections.abc import Mapping

import pytest

from manifests.search.across import MAX_PROVED, WORKS_IN_TURN, WORKS_ON_A_PAGE, HitsPage
from manifests.search.cursor import START, Cursor
from manifests.search.turns import HITS_AT_ONCE
from manifests.text.store import WorkText
from tests.search.made_index import MadeIndex
from tests.text.text_samples import work

TEXTS: Mapping[str, WorkText | None] = {
    "near": work(["viện và thư"]),
    "marks": work(["thu vien"], ["thư viện"]),
    "exact": work(["thư viện thư viện"]),
}


def told(index: MadeIndex, query: str, limit: int | None = None) -> list[tuple[str, str]]:
    return [(hit.work, hit.tier) for hit in index.across().hits(query, limit)]


def test_hits_come_by_tier_then_in_the_order_of_the_engine() -> None:
    assert told(MadeIndex(TEXTS), "thư viện") == [
        ("marks", "exact"),
        ("exact", "exact"),
        ("exact", "exact"),
        ("marks", "marks"),
        ("near", "near"),
    ]


def test_what_may_be_misread_is_looked_into_before_what_may_be_near() -> None:
    far = {f"far{number:02d}": work(["viện " + "xa " * 20 + "thư"]) for number in range(2 * MAX_PROVED)}
    index = MadeIndex({**far, "misread": work(["thư vicn"])})
    assert [found.work.id for found in index.across().works("thư viện").works] == ["misread"]


def test_a_work_that_is_not_to_be_read_is_dropped() -> None:
    index = MadeIndex(TEXTS, hidden=["marks", "exact"])
    assert told(index, "thư viện") == [("near", "near")]
    assert [found.work.id for found in index.across().works("thư viện").works] == ["near"]
    assert [hit.work for _, hit in index.across().hits_page("thư viện").hits] == ["near"]


def test_a_work_that_no_longer_says_it_is_dropped() -> None:
    class Old(MadeIndex):
        def _keys(self, name: str) -> set[str]:
            return {"thu", "vien"}

    index = Old({"changed": work(["không còn gì"]), "lost": None, "near": TEXTS["near"]})
    assert told(index, "thư viện") == [("near", "near")]
    assert [found.work.id for found in index.across().works("thư viện").works] == ["near"]


def test_works_that_wait_for_the_index_are_looked_into_as_well() -> None:
    index = MadeIndex({**TEXTS, "waiting": work(["thư viện"])}, waiting=["waiting"])
    assert ("waiting", "exact") in told(index, "thư viện")
    assert "waiting" in [found.work.id for found in index.across().works("thư viện").works]


def test_a_limit_gives_the_first_of_the_whole_answer() -> None:
    whole = told(MadeIndex(TEXTS), "thư viện")
    for limit in range(1, 7):
        assert told(MadeIndex(TEXTS), "thư viện", limit) == whole[:limit]


@pytest.mark.parametrize("query", ["...", "—", "*"])
def test_where_no_word_is_asked_nothing_is_found_and_no_work_looked_into(query: str) -> None:
    index = MadeIndex(TEXTS, waiting=["exact"])
    page = index.across().works(query)
    assert (page.works, page.next, page.total, page.is_proved) == ([], None, 0, True)
    assert index.across().hits_page(query).total == 0
    assert index.across().titled(query).works == []
    assert index.across().did_you_mean(query) is None
    assert index.proved == []


# Works first


def many(count: int, line: str = "thư viện", other: str = "thư " + "xa " * 20 + "viện") -> dict[str, WorkText | None]:
    """Every third holds the syllables only, far from each other."""
    return {f"w{number:03d}": work([line if number % 3 else other]) for number in range(count)}


def test_pages_of_works_lead_to_the_last_and_name_none_twice() -> None:
    texts = many(100)
    seen: list[str] = []
    cursor: Cursor | None = START
    while cursor is not None:
        index = MadeIndex(texts)
        page = index.across().works("thư viện", cursor)
        assert len(index.proved) <= MAX_PROVED
        seen += [found.work.id for found in page.works]
        assert not page.is_proved or (page.total, page.next) == (len(seen), None)
        cursor = page.next
    assert seen == [name for number, name in enumerate(texts) if number % 3]


def test_the_number_of_works_is_the_engines_until_it_is_proved() -> None:
    first = MadeIndex(many(100)).across().works("thư viện")
    assert (first.total, first.is_proved, len(first.works)) == (100, False, WORKS_ON_A_PAGE)
    few = MadeIndex(many(9)).across().works("thư viện")
    assert (few.total, few.is_proved, few.next) == (6, True, None)


def test_works_of_a_page_come_by_tier_each_with_all_its_hits() -> None:
    page = MadeIndex(TEXTS).across().works("thư viện")
    assert [(found.work.id, len(found.hits), found.hits[0].tier) for found in page.works] == [
        ("marks", 2, "exact"),
        ("exact", 2, "exact"),
        ("near", 1, "near"),
    ]


def test_however_few_prove_true_a_page_looks_into_no_more_than_it_may() -> None:
    index = MadeIndex({f"w{number}": work(["thư " + "xa " * 20 + "viện"]) for number in range(200)})
    page = index.across().works("thư viện")
    assert (page.works, len(index.proved)) == ([], MAX_PROVED)
    assert page.next == Cursor(MAX_PROVED, 0)


# Titles


def test_works_are_found_by_title_page_by_page() -> None:
    titles = {f"w{number:02d}": f"Báo số {number}" if number % 2 else "Sách" for number in range(25)}
    index = MadeIndex(dict.fromkeys(titles), titles, hidden=["w03"])
    seen: list[str] = []
    cursor: Cursor | None = START
    while cursor is not None:
        page = index.across().titled("bao so", cursor, 4)
        seen += [work.id for work in page.works]
        assert page.next is None or page.next.seen == len(seen)
        cursor = page.next
    assert seen == [name for number, name in enumerate(titles) if number % 2 and name != "w03"]
    assert index.proved == []


# For machines


def test_hits_of_several_works_take_turns_and_all_of_them_come_once() -> None:
    texts = {"thick": work(["sông " * 57]), "thin": work(["sông"]), "other": work(["sông " * 23])}
    seen: list[tuple[str, str]] = []
    cursor: Cursor | None = START
    totals = []
    while cursor is not None:
        page = MadeIndex(texts).across().hits_page("sông", cursor, 30)
        assert page.seen == len(seen)
        seen += [(work.id, str(hit.boxes)) for work, hit in page.hits]
        totals.append(page.total)
        cursor = page.next
    assert len(set(seen)) == len(seen) == 81
    assert [name for name, _ in seen[: HITS_AT_ONCE + 2]] == ["thick"] * HITS_AT_ONCE + ["thin", "other"]
    assert totals == [None, None, 81]


def test_hits_of_many_works_come_from_all_of_them() -> None:
    texts = many(40)
    seen: list[str] = []
    cursor: Cursor | None = START
    while cursor is not None:
        page = MadeIndex(texts).across().hits_page("thư viện", cursor, 3)
        seen += [work.id for work, _ in page.hits]
        cursor = page.next
    assert seen == [name for number, name in enumerate(texts) if number % 3]


def pages_of(texts: Mapping[str, WorkText | None], query: str, size: int) -> list[HitsPage]:
    pages = [MadeIndex(texts).across().hits_page(query, START, size)]
    while (following := pages[-1].next) is not None:
        pages.append(MadeIndex(texts).across().hits_page(query, following, size))
    return pages


@pytest.mark.parametrize("query", ["sông", ""])
@pytest.mark.parametrize("size", [1, 7, 100])
def test_pages_lead_back_as_they_lead_on(query: str, size: int) -> None:
    texts = {f"w{number:02d}": work(["sông"] * (number % 5), ["sông"]) for number in range(25)}
    pages = pages_of(texts, query, size)
    back = pages[-1]
    for page in reversed(pages[:-1]):
        assert back.previous is not None
        back = MadeIndex(texts).across().hits_page(query, back.previous, size)
        assert (back.hits, back.seen, back.next) == (page.hits, page.seen, page.next)
    assert back.previous is None
    assert sum(len(page.hits) for page in pages) == 25 + sum(number % 5 for number in range(25))


def test_where_nothing_is_asked_every_line_of_every_work_is_a_hit() -> None:
    pages = pages_of({**TEXTS, "lost": None}, " ", 2)
    lines = [(of.id, hit.page, hit.match) for page in pages for of, hit in page.hits]
    assert lines == [
        ("near", "p1", "viện và thư"),
        ("marks", "p1", "thu vien"),
        ("marks", "p2", "thư viện"),
        ("exact", "p1", "thư viện thư viện"),
    ]
    assert [page.total for page in pages] == [None, 4]


@pytest.mark.parametrize("query", ["thư viện", ""])
def test_a_page_for_machines_looks_into_its_own_ten_works_and_the_ten_before(query: str) -> None:
    index = MadeIndex(many(300))
    index.across().hits_page(query, Cursor(200, 150))
    assert len(index.proved) <= 2 * WORKS_IN_TURN


def test_a_rare_misreading_is_found_however_many_commoner_words_are_one_letter_away() -> None:
    texts = {f"w{number:02d}": work([f"sách {word}"]) for number, word in enumerate(("viện", "biên", "điện") * 20)}
    index = MadeIndex({**texts, "misread": work(["sách viộn"] + ["sách viện xa"] * 3 + ["đọc sách ở viện"] * 9)})
    assert ("misread", "exact") in told(index, "sách viện")
    assert ("alone", "error") in told(MadeIndex({**texts, "alone": work(["sách vicn"])}), "sách viện")


# What was meant


def test_what_was_mistyped_is_suggested_as_it_is_printed() -> None:
    across = MadeIndex({"a": work(["Thư viện Quốc gia"]), "b": work(["thư viện"])}).across()
    assert across.did_you_mean("thu vein") == "thư viện"
    assert across.did_you_mean("thuvien") == "thư viện"
    assert across.did_you_mean("quoc gja") == "quốc gia"


def test_nothing_is_suggested_where_nothing_is_like_it_or_it_is_as_good() -> None:
    across = MadeIndex({"a": work(["thư viện"]), "b": work(["thu viên và thu viếng"])}).across()
    assert across.did_you_mean("hoàn toàn khác") is None
    assert across.did_you_mean("thư viện") is None


def test_a_suggestion_is_never_of_a_work_that_nobody_may_know_of() -> None:
    index = MadeIndex({"a": work(["bí mật"])}, hidden=["a"])
    assert index.across().did_you_mean("bi mxt") is None


def test_an_answer_is_poor_where_next_to_nothing_stands_as_it_was_asked() -> None:
    assert MadeIndex(TEXTS).across().works("thư viện").is_poor
    assert not MadeIndex(many(9)).across().works("thư viện").is_poor


def test_in_a_collection_its_works_alone_are_found_looked_into_and_counted() -> None:
    texts = {f"w{number:03d}": work(["thư viện"]) if number != 151 else None for number in range(300)}
    among = {"w150": True, "w151": False, "w299": True}
    index = MadeIndex(texts, waiting=["w299", "w001"], titles={"w151": "Sông", "w007": "Sông"})
    across = index.across(among)
    assert sorted(found.work.id for found in across.works("thư viện").works) == ["w150", "w299"]
    assert {hit.work for hit in across.hits("thư viện")} == {"w150", "w299"}
    assert [work.id for work in across.titled("sông").works] == ["w151"]
    assert {work.id for work, _ in across.hits_page("").hits} == {"w150", "w299"}
    assert set(index.proved) <= set(among)
