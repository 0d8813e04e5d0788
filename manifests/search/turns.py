"""How the hits of several works make one list: so many of each in turn, so that no large work crowds out the others."""

from collections.abc import Iterator, Sequence
from itertools import count

HITS_AT_ONCE = 10
"""Hits that one work has in a list before those of the next work come."""


def in_turn(lengths: Sequence[int], skipped: int = 0) -> Iterator[tuple[int, int]]:
    """Which work, and which of its hits, one after another; `lengths` says how many each has. The first so many are
    `skipped`, at once where a turn is."""
    for first in count(0, HITS_AT_ONCE):
        left = [(work, min(first + HITS_AT_ONCE, length)) for work, length in enumerate(lengths) if length > first]
        if not left:
            return
        for work, behind in left:
            passed = min(skipped, behind - first)
            skipped -= passed
            yield from ((work, number) for number in range(first + passed, behind))
