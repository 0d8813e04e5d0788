"""What minutes of load are said to have shown follows from what was sampled."""

from pathlib import Path

import pytest

from bench.askers import Outcome
from bench.load import Run, Sample, p99, put_section, report


def samples(pace: float, begin: int, end: int) -> list[Sample]:
    return [Sample(second, Outcome("tile", 200, pace)) for second in range(begin, end)]


def run() -> Run:
    faults = {"a worker killed": (40.0, 40.0), "the cache's disk full": (60.0, 70.0)}
    return Run(0, 10, 100, faults, [(second, 150 + second / 10) for second in range(100)])


def verdicts(lines: list[str]) -> dict[str, str]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0]: row[3] for row in rows if len(row) == 4}


def test_of_a_hundred_tiles_the_slowest_does_not_count() -> None:
    found = samples(1, 0, 99) + samples(500, 99, 100)
    assert p99(found, 0, 100) == 1
    assert p99(found, 99, 100) == 500


def test_a_calm_run_reaches_every_goal() -> None:
    said = verdicts(report(run(), samples(2, 0, 10) + samples(6, 10, 100), []))
    assert said["the same, under load"] == "yes"
    assert said["largest worker at the end, MB"] == "yes"
    assert said["a worker killed: tiles 10 s after it, ms"] == "yes"
    assert said["answers with status 500"] == "yes"


@pytest.mark.parametrize(
    ("row", "found", "others"),
    [
        ("the same, under load", samples(1, 0, 10) + samples(6, 10, 100), []),
        ("a worker killed: tiles 10 s after it, ms", samples(2, 0, 45) + samples(4, 45, 100), []),
        ("answers with status 500", samples(2, 0, 100), [Outcome("picture", 500, 1, "answered with 500")]),
    ],
)
def test_what_misses_its_goal_is_said(row: str, found: list[Sample], others: list[Outcome]) -> None:
    assert verdicts(report(run(), found, others))[row] == "**no**"


def test_a_worker_that_grows_is_said() -> None:
    grown = run()
    grown.resident = [(second, 100 + second) for second in range(100)]
    assert verdicts(report(grown, samples(2, 0, 100), []))["largest worker at the end, MB"] == "**no**"


def test_a_later_run_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    file.write_text("# What was measured\n\nthe rest\n", encoding="utf-8")
    put_section("## Under load, 1 minutes", ["first"], file)
    put_section("## Under load, 10 minutes", ["second"], file)
    text = file.read_text(encoding="utf-8")
    assert "the rest" in text
    assert "second" in text
    assert "first" not in text
