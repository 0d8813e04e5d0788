"""The tables say what was measured: medians, ratios to the goals, and what does not count with its reason."""

import pytest

from bench.cases import Case
from bench.results import OURS, Measured, tables, verdict
from bench.wrk import Pace

CASE = Case("tiles", "stored tiles", ["/a"], ("files", "slow"), {"files": 0.5}, right=35)
NAMES = {OURS: "Mocban", "files": "nginx", "slow": "Slow 1.0"}


def measured() -> Measured:
    return Measured(
        paces={
            ("tiles", OURS): [Pace(rate, 1, 9) for rate in (10, 5000, 6000)],
            ("tiles", "files"): [Pace(20_000, 0.1, 1)],
        },
        decibels={("tiles", OURS): [35.2, 40.0, 41.0]},
        uncounted={("tiles", "slow"): "/a is 3x4"},
    )


def test_the_median_counts() -> None:
    assert "| stored tiles | 5,000 (9.0) | 20,000 (1.0) | not counted |" in tables(measured(), [CASE], NAMES)


def test_the_goal_is_held_against_the_ratio() -> None:
    assert "| nginx: stored tiles | 0.25 | 0.5 | **no** |" in tables(measured(), [CASE], NAMES)


def test_what_does_not_count_has_its_reason_and_no_ratio() -> None:
    lines = tables(measured(), [CASE], NAMES)
    assert "- Slow 1.0, tiles: /a is 3x4" in lines
    assert not [line for line in lines if line.startswith("| Slow 1.0: ")]


def test_decibels_are_a_median_and_the_lowest() -> None:
    assert "| stored tiles | 40.0 (35.2) |  |  |" in tables(measured(), [CASE], NAMES)


@pytest.mark.parametrize(
    ("ratio", "goal", "said"),
    [(0.5, 0.5, ["0.50", "0.5", "yes"]), (0.4, 0.5, ["0.40", "0.5", "**no**"]), (1234.0, None, ["1,234", "", ""])],
)
def test_a_verdict(ratio: float, goal: float | None, said: list[str]) -> None:
    assert verdict(ratio, goal) == said
