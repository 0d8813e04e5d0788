"""What is measured of a large catalogue: a library that is made as an ingest would, asked in every way, in a table."""

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from bench.bench_catalogue import SETTINGS, Took, addresses, measure, tables
from bench.records_ingest import Taken, take_in
from bench.synthetic_catalogue import fill, name_of, record_of
from manifests.library import Library
from server.app import create_asgi_app
from server.get import ask

WORKS, PAGES = 21, 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    fill(folder, WORKS, PAGES)
    return folder


def test_a_copied_work_is_what_an_ingest_would_have_stored(folder: Path) -> None:
    with closing(Library.open(folder, SETTINGS)) as library:
        assert library.count() == library.browsing.number({}) == WORKS
        work = library.work(name_of(10))
        assert work.label == {tag: list(texts) for tag, texts in record_of(10).label.items()}
        assert [page.image for page in library.pages(name_of(10))] == ["work-00010~0001", "work-00010~0002"]
        assert b"/work-00010/manifest" in library.document(3, name_of(10)).body
        assert library.record(name_of(10)).record.entries == record_of(10).entries
        assert len(library.changes()) == WORKS


def test_every_address_is_answered(folder: Path) -> None:
    asked = addresses(WORKS, 3)
    with closing(Library.open(folder, SETTINGS)) as library:
        door = create_asgi_app(library)

        async def statuses() -> set[int]:
            paths = [path for of in asked.values() for path in of]
            return {(await ask(door, path))[0] for path in paths}

        assert asyncio.run(statuses()) == {200}


def test_each_kind_of_address_is_a_row_held_against_the_goal(folder: Path) -> None:
    times = measure(folder, WORKS, 3)
    assert times.keys() == addresses(WORKS, 3).keys()
    slow = {kind: [Took(1.0, 19.0), Took(1.0, 21.0)] for kind in times}
    lines = tables(WORKS, PAGES, 2**30, slow, times, Taken(80, 40, 9.5, 150.0, 151.0))
    rows = [line for line in lines if line.startswith("| ")][1:]
    assert [row.split("|")[1].strip() for row in rows[1:]] == list(times)
    assert {row.split("|")[-2].strip() for row in rows[1:]} == {"**no**"}
    assert "takes in 9.5 changed records" in lines[-1]


def test_records_are_taken_in_sheet_by_sheet_and_nothing_is_left(tmp_path: Path) -> None:
    taken = take_in(tmp_path / "records", pages=2, records=3, works=2)
    assert (taken.records, taken.works) == (4, 2)
    assert taken.a_second > 0
    assert taken.first > 0
    assert not (tmp_path / "records").exists()
