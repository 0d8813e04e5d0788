"""What Linux says of processes' time, added up."""

import os

import pytest

from bench.bench_small_answers import add_up

TICKS = os.sysconf("SC_CLK_TCK")


def stat(name: str, own: int, systems: int) -> str:
    return f"7 ({name}) S 1 7 7 0 -1 4194560 100 0 0 0 {own} {systems} 5 6 20 0 1 0 99 1000 10"


def test_the_time_of_all_processes_is_added_up_whatever_they_are_called() -> None:
    spent = add_up([stat("nginx", 3, 10), stat("a) S 9 (b", 4, 20)])
    assert spent == (pytest.approx(7 / TICKS), pytest.approx(30 / TICKS))


def test_of_no_process_there_is_no_time() -> None:
    assert add_up([]) == (0, 0)
