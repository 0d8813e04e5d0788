"""What every search engine must do for lists that are read page by page, for titles and for other spellings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifests.search.engine import Engine
from manifests.search.engines import ENGINES
from manifests.search.query_terms import query_terms
from manifests.search.titles import is_in_title
from manifests.text.store import WorkText
from tests.text.text_samples import PRINTED_WORKS, SYLLABLES, work

QUERIES = st.lists(SYLLABLES, min_size=1, max_size=3).map(" ".join)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = ENGINES[request.param](tmp_path / "index")
    yield opened
    opened.close()


def put(engine: Engine, **texts: WorkText | None) -> None:
    with engine.writing() as writer:
        for name, text in texts.items():
            writer.replace(name, 1, text)


def entitled(engine: Engine, **titles: str) -> None:
    with engine.writing() as writer:
        for name, title in titles.items():
            writer.replace(name, 1, None, [title])


def names(engine: Engine, query: str, limit: int | None = None) -> list[str]:
    return [candidate.work for candidate in engine.find(query, limit)]


def titled(engine: Engine, query: str, limit: int | None = None) -> list[str]:
    return [candidate.work for candidate in engine.find_titles(query, limit)]


def test_works_with_the_words_as_typed_come_before_those_with_other_marks(engine: Engine) -> None:
    put(engine, often=work(["thu viên " * 9]), once=work(["một thư viện " + "khác " * 30]), all=work(["viện thư"]))
    assert names(engine, "thư viện") == ["once", "often", "all"]
    put(engine, hong=work(["hông " * 9]), pink=work(["hồng " + "khác " * 30]))
    assert names(engine, "hồng") == ["pink", "hong"]


def test_of_words_without_marks_those_with_any_marks_are_as_good(engine: Engine) -> None:
    others = "khác " * 30
    put(engine, a=work([f"thu vien {others}"]), b=work(["thư viện " * 4 + others]))
    assert names(engine, "thu vien") == ["b", "a"]


@pytest.mark.parametrize("query", ["một", "thư viện", "viện", "hai ba", "th*"])
def test_a_shorter_list_is_the_beginning_of_a_longer_one(engine: Engine, query: str) -> None:
    """Also where works are equally good, and where they were taken in at different times."""
    for batch in range(3):
        lines = ("một hai ba thư viện", "ba một viện hai", "một hai ba thư viện", "thư viện một")
        put(engine, **{f"w{batch}-{number}": work([line]) for number, line in enumerate(lines)})
    whole = names(engine, query)
    assert len(set(whole)) == len(whole)
    for limit in range(1, len(whole) + 2):
        assert names(engine, query, limit) == whole[:limit]


def test_a_star_stands_for_the_rest_of_a_syllable(engine: Engine) -> None:
    put(engine, a=work(["thượng nguồn"]), b=work(["sông Thu"]), c=work(["núi cao"]))
    assert set(names(engine, "thu*")) == {"a", "b"}
    assert names(engine, "thu* nguon") == names(engine, "thượng ngu*") == ["a"]
    assert names(engine, "x*") == []


def test_a_star_behind_a_letter_that_begins_thousands_of_words_leaves_none_out(engine: Engine) -> None:
    put(engine, a=work([" ".join(f"t{number}" for number in range(500))]), b=work(["to"]))
    assert {"a", "b"} <= set(names(engine, "t*"))


def test_a_work_is_found_by_its_title_whatever_the_order_and_the_marks(engine: Engine) -> None:
    entitled(engine, kieu="Truyện Kiều", gia="Gia Định thành thông chí", tap="Tập 1")
    for query in ("Truyện Kiều", "kieu truyen", "KIỀU", "ki*"):
        assert titled(engine, query) == ["kieu"]
    assert titled(engine, "thông Gia") == ["gia"]
    assert titled(engine, "kieu 1") == titled(engine, "") == titled(engine, "—") == []


def test_titles_are_no_text_and_text_no_title(engine: Engine) -> None:
    with engine.writing() as writer:
        writer.replace("a", 1, work(["thân văn"]), ["Nhan đề", "Title"])
    assert (titled(engine, "nhan de"), titled(engine, "title"), titled(engine, "than van")) == (["a"], ["a"], [])
    assert (names(engine, "than van"), names(engine, "nhan de")) == (["a"], [])


def test_a_work_without_text_is_known(engine: Engine) -> None:
    put(engine, a=None)
    assert engine.generations() == {"a": 1}
    assert names(engine, "một") == []


def test_a_shorter_list_of_titles_is_the_beginning_of_a_longer_one(engine: Engine) -> None:
    for batch in range(3):
        entitled(engine, **{f"w{batch}-{n}": f"Báo số {n}" for n in "12345"})
    whole = titled(engine, "báo")
    assert len(set(whole)) == 15
    assert [titled(engine, "báo", limit) for limit in range(1, 16)] == [whole[:limit] for limit in range(1, 16)]


def test_works_are_counted_by_what_stands_in_a_row(engine: Engine) -> None:
    assert engine.count([("mot",), ("mot", "hai")]) == [0, 0]
    put(engine, a=work(["một hai ba"]), b=work(["hai một"]), c=work(["mốt hải"]))
    assert engine.count([("mot",), ("mot", "hai"), ("hai", "ba"), ("ba",), ("khong",)]) == [3, 2, 1, 1, 0]
    assert engine.count([("mot", "hai", "ba")])[0] >= 1
    assert engine.count([("mot", "hai", "khong")]) == [0]
    assert engine.count([()]) == [0]
    assert engine.count([]) == []


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=25)
@given(title=QUERIES, query=QUERIES)
def test_no_title_is_missed_that_holds_the_query(
    name: str, title: str, query: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    engine = ENGINES[name](tmp_path_factory.mktemp("index"))
    entitled(engine, a=title)
    assert (titled(engine, query) == ["a"]) == is_in_title({"vi": [title]}, query_terms(query))
    engine.close()


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=25)
@given(pages=PRINTED_WORKS, query=QUERIES)
def test_a_work_that_is_counted_is_named_and_one_that_holds_the_run_is_counted(
    name: str, pages: list[list[str]], query: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    engine: Engine = ENGINES[name](tmp_path_factory.mktemp("index"))
    text = work(*pages)
    put(engine, a=text)
    run = [term.folded for term in query_terms(query)]
    keys = text.stream.folded_keys()
    stands = any(keys[start : start + len(run)] == run for start in range(len(keys)))
    assert stands <= engine.count([run])[0] <= len(names(engine, query))
    engine.close()
