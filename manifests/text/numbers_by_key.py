"""Which entries of a list are a key: found by halving, so that nothing is made for each of thousands of keys."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class NumbersByKey:
    def __init__(self, keys: Sequence[str]) -> None:
        self._order = sorted(range(len(keys)), key=keys.__getitem__)
        self._keys = [keys[number] for number in self._order]

    def of(self, key: str) -> Sequence[int]:
        """In order."""
        first = bisect_left(self._keys, key)
        if first == len(self._keys) or self._keys[first] != key:
            return ()
        return self._order[first : bisect_right(self._keys, key, first)]
