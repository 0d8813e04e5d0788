"""What the catalogue answered, believed as long as nothing in it has changed.

Asking whether anything has changed costs two microseconds, asking anything else a hundred times that. So what is
withdrawn or replaced is seen at the next request, and what is not costs no question.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class NotHeld(Exception):
    """Nothing is believed about this now, and nobody is to be asked."""


class Believed(Generic[K, V]):
    """Answers by what was asked, at most so many, the least recently asked put away first. Safe between threads.

    `version` is another number whenever the catalogue may answer otherwise.
    """

    def __init__(self, version: Callable[[], int], most: int) -> None:
        self._version = version
        self._most = most
        self._kept: OrderedDict[K, tuple[int, V]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, ask: Callable[[], V], *, may_ask: bool = True) -> V:
        """What `ask` raises is not kept. Raises NotHeld where it is needed and not allowed."""
        now = self._version()  # before the question: an answer may be newer than its number, never older
        with self._lock:
            found = self._kept.get(key)
            if found is not None and found[0] == now:
                self._kept.move_to_end(key)
                return found[1]
        if not may_ask:
            raise NotHeld
        answer = ask()
        with self._lock:
            self._kept[key] = (now, answer)
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer
