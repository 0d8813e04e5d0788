"""What every search engine must do. A new one is held to it by its name in the table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifests.errors import Busy
from manifests.search.engine import Engine
from manifests.search.engines import ENGINES
from manifests.search.scan import find_in_work
from manifests.text.store import WorkText
from tests.text.text_samples import PRINTED_WORKS, SYLLABLES, work


@pytest.fixture(params=ENGINES)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Opens the same index again and again, as other processes would."""
    engines: list[Engine] = []

    def open_one() -> Engine:
        engines.append(ENGINES[request.param](tmp_path / "index"))
        return engines[-1]

    yield open_one
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(opened: Callable[[], Engine]) -> Engine:
    return opened()


def put(engine: Engine, **texts: WorkText) -> None:
    with engine.writing() as writer:
        for name, text in texts.items():
            writer.replace(name, 1, text)


def names(engine: Engine, query: str, limit: int | None = None) -> list[str]:
    return [candidate.work for candidate in engine.find(query, limit)]


def test_an_index_that_was_never_written_is_empty_and_makes_no_file(engine: Engine, tmp_path: Path) -> None:
    assert engine.find("thư viện") == []
    assert engine.generations() == {}
    assert not list(tmp_path.iterdir())


def test_a_work_is_found_by_its_words_with_and_without_marks(engine: Engine) -> None:
    put(engine, a=work(["Thư viện Quốc gia"]), b=work(["南國山河 𠊛"]))
    for query in ("thư viện", "THU VIEN", "gia", "quoc", "viện thư"):
        assert names(engine, query) == ["a"]
    for query in ("國山", "𠊛", "河 𠊛"):
        assert names(engine, query) == ["b"]
    for query in ("", "—", "không", "thư không"):
        assert names(engine, query) == []


@pytest.mark.parametrize("word", ["ở", "an", "to", "a", "the", "7"])
def test_no_word_is_too_short_or_too_common(engine: Engine, word: str) -> None:
    put(engine, a=work([f"một {word} hai"]))
    assert names(engine, word) == ["a"]


def test_the_work_that_holds_more_of_the_query_comes_first(engine: Engine) -> None:
    seldom, often = work(["sông núi nước nam"] * 20 + ["thư viện"]), work(["sông núi nước nam"] * 2 + ["thư viện"] * 9)
    put(engine, a=seldom, z=often)
    assert names(engine, "thư viện") == names(engine, "thư") == ["z", "a"]


def test_works_with_all_syllables_in_a_row_come_first(engine: Engine) -> None:
    put(engine, far=work(["viện " * 9 + "và thư " * 9]), row=work(["một hai ba bốn thư viện năm sáu"] * 9))
    assert names(engine, "thư viện") == ["row", "far"]
    assert [candidate.in_a_row for candidate in engine.find("thư viện")] == [True, False]
    assert [candidate.work for candidate in engine.find("thư viện", anywhere=False)] == ["row"]
    assert all(candidate.in_a_row for candidate in engine.find("viện"))
    assert names(engine, "thư viện", 1) == ["row"]


def test_works_are_found_by_runs_of_keys_in_the_order_of_the_runs(engine: Engine) -> None:
    put(engine, a=work(["thư viện quốc gia"]), b=work(["thư vicn"]), c=work(["viện thư", "vịên"]), d=work(["thư vicn"]))
    runs = [("thu", "vicn"), ("thu", "vien"), ("khong",), ("vien",)]
    found = [candidate.work for candidate in engine.find_runs(runs, 9)]
    assert (sorted(found[:2]), found[2:]) == (["b", "d"], ["a", "c"])
    assert [candidate.work for candidate in engine.find_runs(runs, 3)] == found[:3]
    assert engine.find_runs([], 9) == []
    assert "a" in [candidate.work for candidate in engine.find_runs([("thu", "vien", "quoc")], 9)]


def test_a_work_taken_in_again_is_there_once_as_it_is_now(engine: Engine) -> None:
    put(engine, a=work(["cũ"]))
    with engine.writing() as writer:
        writer.replace("a", 2, work(["mới"]))
    assert names(engine, "cũ") == []
    assert [(found.work, found.generation) for found in engine.find("mới")] == [("a", 2)]
    assert engine.generations() == {"a": 2}


def test_a_removed_work_is_gone_and_an_unknown_one_no_matter(engine: Engine) -> None:
    put(engine, a=work(["một"]), b=work(["một"]))
    with engine.writing() as writer:
        writer.remove("a")
        writer.remove("never")
    assert names(engine, "một") == ["b"]
    assert engine.generations() == {"b": 1}


def test_a_batch_that_fails_leaves_everything_as_it_was(engine: Engine) -> None:
    put(engine, a=work(["một"]))

    def fail() -> None:
        with engine.writing() as writer:
            writer.replace("b", 1, work(["một"]))
            writer.remove("a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert engine.generations() == {"a": 1}
    put(engine, c=work(["hai"]))
    assert engine.generations() == {"a": 1, "c": 1}


def test_a_reader_that_was_open_before_sees_what_is_written_after(opened: Callable[[], Engine]) -> None:
    reader, writer = opened(), opened()
    for number in range(5):
        assert len(reader.generations()) == number
        put(writer, **{f"w{number}": work(["một"])})
        assert len(names(reader, "một")) == number + 1


def test_a_second_writer_is_told_to_wait(opened: Callable[[], Engine]) -> None:
    first, second = opened(), opened()
    with first.writing(), pytest.raises(Busy), second.writing():
        pass


def test_readers_are_answered_while_works_are_taken_in(opened: Callable[[], Engine]) -> None:
    reader, writer = opened(), opened()
    put(writer, w0=work(["một"]))
    faults: list[Exception] = []

    def ask() -> None:
        try:
            while writing.is_alive():
                assert "w0" in names(reader, "một")
        except Exception as fault:  # noqa: BLE001 -- a thread's fault would be lost
            faults.append(fault)

    writing = Thread(target=lambda: [put(writer, **{f"w{n % 7}": work(["một"])}) for n in range(40)])
    readers = [Thread(target=ask) for _ in range(2)]
    writing.start()
    for thread in readers:
        thread.start()
    for thread in (writing, *readers):
        thread.join()
    assert faults == []


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=25)
@given(pages=PRINTED_WORKS, query=st.lists(SYLLABLES, min_size=1, max_size=3).map(" ".join))
def test_no_work_is_missed_in_which_the_scan_finds_the_query(
    name: str, pages: list[list[str]], query: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    engine = ENGINES[name](tmp_path_factory.mktemp("index"))
    text = work(*pages)
    put(engine, a=text)
    assert not len(find_in_work("a", text, query)) or names(engine, query) == ["a"]
    engine.close()


def test_only_wanted_works_are_named_however_few_may_be(engine: Engine) -> None:
    put(engine, **{f"w{number:02d}": work(["thư viện tỉnh", "sông"]) for number in range(30)})
    wanted = {"w05", "w29", "unknown"}
    for query, anywhere in (("thư viện", False), ("sông thư", True), ("tỉnh", True)):
        found = engine.find(query, 5, anywhere=anywhere, among=wanted)
        assert {candidate.work for candidate in found} == {"w05", "w29"}
    assert {candidate.work for candidate in engine.find_runs([["thu", "vien"]], 5, wanted)} == {"w05", "w29"}
    assert engine.find("sông", 5, among=set()) == []
    with engine.writing() as writer:
        writer.replace("w29", 2, work(["biển"]), ["Một con sông"])
    assert [candidate.work for candidate in engine.find("sông", 5, among=wanted)] == ["w05"]
    assert [candidate.work for candidate in engine.find_titles("song", 5, wanted)] == ["w29"]
    assert engine.find_titles("song", 5, {"w05"}) == []
