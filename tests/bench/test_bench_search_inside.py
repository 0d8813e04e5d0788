"""What is said of the search inside a work: asked in every way, and held against the goal."""

from bench.bench_search_inside import measure, queries, tables
from bench.search_texts import SyntheticWork, text_of
from manifests.text.store import WorkText


def test_a_work_is_asked_in_every_way_and_each_is_a_row() -> None:
    text = WorkText.build(text_of(SyntheticWork("inside", 2)))
    times = measure(text.to_bytes())
    asked = queries(text)
    assert list(times)[1:] == list(asked)
    assert all(asked.values())
    assert len(tables(2, 9000, times)) == 6 + len(times)


def test_times_are_held_against_the_goal() -> None:
    lines = tables(500, 500 * 1234, {"near": [1.0, 10.0], "far": [1.0, 100.0]})
    assert "1,234 bytes" in lines[2]
    assert [line.split("|")[5].strip() for line in lines[-2:]] == ["yes", "**no**"]
