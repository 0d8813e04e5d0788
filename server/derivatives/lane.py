"""A lane: so many threads that draw, and a bounded number of drawings that wait for one of them.

There are two, so that a picture of ten milliseconds does not wait behind one of five seconds. Each worker process has
its own pair: of all large pictures of a server as many are drawn at a time as it has workers.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from manifests.errors import Busy

T = TypeVar("T")

_NICE = 10
"""How far a thread that draws gives way: whatever else is asked meanwhile goes first. Alone it has the whole core."""


class Lane:
    """`patience`: seconds of work that may be in it, by estimate; `places`: how many drawings, those begun with them.

    One drawing is always let in where nothing else is there.
    """

    def __init__(self, name: str, threads: int, patience: float, places: int) -> None:
        self.name = name
        self._threads = threads
        self._patience = patience * threads
        self._places = places
        self._inside = 0
        self._seconds = 0.0
        self._free = asyncio.Semaphore(threads)
        self._executor = ThreadPoolExecutor(threads, f"draw-{name}", initializer=give_way)

    async def run(self, work: Callable[[], T], seconds: float, begins: Callable[[], None]) -> T:
        """The result of `work`, done in a thread of the lane when its turn comes; `begins` is called right before.

        Raises Busy at once where the lane is full. Cancelled before it begins, it leaves the line and is never done.
        """
        if self._inside and (self._inside >= self._places or self._seconds + seconds > self._patience):
            raise Busy("Too many pictures are asked for just now. Ask again in a moment.")
        self._inside += 1
        self._seconds += seconds
        try:
            async with self._free:
                begins()
                return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._inside -= 1
            self._seconds -= seconds


def give_way() -> None:
    """Linux gives each thread a priority of its own, and libvips' threads that of the one that began them."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
