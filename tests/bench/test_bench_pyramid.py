"""What is said of making pyramids: ratios held against their goals, and memory that is looked at from outside."""

import os

from bench.bench_pyramid import Jobs, Memory, Speed, resident, tables

SPEEDS = [
    Speed("RGB, TIFF", 1, 80.4, 0.812, 0.75, 0.6, 0.8),
    Speed("grey, TIFF", 2, 200.0, 0.7, 0.66, 0.5, 0.74),
    Speed("Display P3, TIFF", 1, 60.0, 0.9, 0.9, 0.8, None),
]


def test_ratios_are_held_against_their_goals() -> None:
    lines = tables(SPEEDS, [Jobs(1, 2.5), Jobs(2, 4.75)], [Memory(1000, 263, 300), Memory(73, 300, 300)])
    assert "| RGB, TIFF | 1 | 80 | 0.81 | 0.8 | yes | 0.75 | 0.60 |" in lines
    assert "| grey, TIFF | 2 | 200 | 0.70 | 0.74 | **no** | 0.66 | 0.50 |" in lines
    assert "| Display P3, TIFF | 1 | 60 | 0.90 |  |  | 0.90 | 0.80 |" in lines
    assert "| 2 | 4.75 |" in lines
    assert "| 1,000 | 263 | < 300 | yes |" in lines
    assert "| 73 | 300 | < 300 | **no** |" in lines


def test_the_memory_of_a_process_is_what_it_took_at_most() -> None:
    before = resident(os.getpid())
    held = bytearray(os.urandom(1 << 20)) * 100
    after = resident(os.getpid())
    del held
    assert before > 0
    assert after >= before
    assert resident(os.getpid()) >= after
    assert resident(0) == 0
