"""The editions of the index: one is read, another made beside it, and one rename puts it in its place."""

import gc
from pathlib import Path

import pytest

from manifests.errors import Damaged
from manifests.search.editions import CurrentEdition, Editions
from manifests.text import normalise
from tests.text.text_samples import work


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "index", "whoosh")


def fill(editions: Editions, name: str, *works: str) -> None:
    engine = editions.open(name)
    with engine.writing() as writer:
        for one in works:
            writer.replace(one, 1, work(["một"]))
    engine.close()


def made(editions: Editions, *works: str) -> str:
    name = editions.unfinished()
    fill(editions, name, *works)
    editions.switch(name)
    return name


def test_where_nothing_was_made_nothing_is_read_and_nothing_written(editions: Editions, tmp_path: Path) -> None:
    reader = CurrentEdition(editions)
    assert editions.current() is None
    assert editions.is_out_of_date()
    assert (reader.find("một"), reader.find_titles("một"), reader.generations()) == ([], [], {})
    assert reader.count([["mot"], ["hai"]]) == [0, 0]
    assert not (tmp_path / "index").exists()


def test_readers_see_what_was_switched_to_at_their_next_question(editions: Editions) -> None:
    reader = CurrentEdition(editions)
    for number in range(4):
        made(editions, *(f"w{one}" for one in range(number)))
        editions.sweep()
        assert len(reader.find("một")) == len(reader.generations()) == number
    reader.close()


def test_an_edition_without_a_work_is_one(editions: Editions) -> None:
    editions.switch(editions.unfinished())
    assert not editions.is_out_of_date()
    assert CurrentEdition(editions).generations() == {}


def test_what_is_made_is_not_read_before_the_switch(editions: Editions) -> None:
    made(editions, "old")
    name = editions.unfinished()
    fill(editions, name, "new")
    reader = CurrentEdition(editions)
    assert list(reader.generations()) == ["old"]
    editions.switch(name)
    assert list(reader.generations()) == ["new"]
    reader.close()


def test_one_that_was_left_unfinished_is_gone_on_with(editions: Editions) -> None:
    made(editions, "old")
    name = editions.unfinished()
    fill(editions, name, "half")
    editions.sweep()
    assert editions.unfinished() == name
    assert editions.open(name).generations() == {"half": 1}


def test_what_is_neither_read_nor_to_be_finished_is_swept_away(editions: Editions, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for _ in range(3):
        last = made(editions, "a")
    half = editions.unfinished()
    fill(editions, half, "b")
    (folder / "MAIN_abc.seg").write_bytes(b"of a version without editions")
    (folder / "current.new").write_text("whoosh-1-1.9")
    (folder / "whoosh-0-0.99").mkdir()
    editions.sweep()
    assert {path.name for path in folder.iterdir()} == {"current", last, half}
    editions.switch(half)
    editions.sweep()
    assert {path.name for path in folder.iterdir()} == {"current", half}


def test_an_edition_of_another_rule_is_read_but_out_of_date(editions: Editions, tmp_path: Path) -> None:
    name = made(editions, "a")
    assert f"-{normalise.RECIPE}." in name
    older = name.replace(f"-{normalise.RECIPE}.", f"-{normalise.RECIPE - 1}.")
    (tmp_path / "index" / name).rename(tmp_path / "index" / older)
    (tmp_path / "index" / "current").write_text(older)
    assert editions.is_out_of_date()
    assert editions.unfinished() != older
    reader = CurrentEdition(editions)
    assert list(reader.generations()) == ["a"]
    reader.close()


@pytest.mark.parametrize("content", [b"", b"..", b"../../etc", b"whoosh-2-2.1/..", b"\xff\xfe", b"x" * 10_000])
def test_a_file_that_names_no_edition_names_none(editions: Editions, tmp_path: Path, content: bytes) -> None:
    made(editions, "a")
    (tmp_path / "index" / "current").write_bytes(content)
    assert editions.current() is None
    assert editions.is_out_of_date()


def test_an_edition_that_has_gone_is_out_of_date(editions: Editions) -> None:
    name = made(editions, "a")
    editions.delete(name)
    assert editions.is_out_of_date()
    assert CurrentEdition(editions).generations() == {}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore:unclosed file:ResourceWarning")
def test_a_damaged_edition_is_said_to_be_so(editions: Editions, tmp_path: Path) -> None:
    name = made(editions, "a")
    for file in (tmp_path / "index" / name).iterdir():
        file.write_bytes(b"rubbish" * 20)
    with pytest.raises(Damaged):
        CurrentEdition(editions).generations()
    gc.collect()  # so that Whoosh's open file is missed here, and not in another test
