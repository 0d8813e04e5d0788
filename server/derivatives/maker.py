"""Makes pictures: each once however many ask for it, in the lane that it belongs to, within its time.

All of it belongs to one event loop, but for the drawing itself.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Protocol

from manifests.settings import Settings
from server.derivatives.lane import Lane
from server.image.cost import Cost
from server.image.stop import Stop

QUICK = Cost(seconds=0.25, memory=32 * 2**20)
"""The most that a picture of the quick lane may cost."""

_QUICK_THREADS = 2
_QUICK_PATIENCE = 5.0
"""Seconds. Who waits longer for a small picture has turned the page."""
_QUICK_PLACES = 200
_COSTLY_PLACES = 20


class Drawable(Protocol):
    """What can be drawn: `server.derivatives.drawing`. Two with the same key are the same bytes."""

    @property
    def key(self) -> str: ...

    @property
    def cost(self) -> Cost: ...

    def draw(self, stop: Stop) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of an answer and how they came about: seconds of waiting and of drawing."""

    body: bytes
    waited: float = 0.0
    drawn: float = 0.0


@dataclass(slots=True)
class _Flight:
    """One drawing under way, and how many ask for it."""

    task: asyncio.Task[Picture]
    begun: asyncio.Event
    askers: int = 0


class PictureMaker:
    """Of one worker process."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.max_image_seconds
        self._quick = Lane("quick", _QUICK_THREADS, _QUICK_PATIENCE, _QUICK_PLACES)
        self._costly = Lane("costly", 1, settings.max_image_seconds, _COSTLY_PLACES)
        self._flights: dict[str, _Flight] = {}

    def lane(self, cost: Cost) -> Lane:
        is_quick = cost.seconds <= QUICK.seconds and cost.memory <= QUICK.memory
        return self._quick if is_quick else self._costly

    async def picture(self, drawing: Drawable) -> Picture:
        """Raises Busy where too much waits already or it takes too long, Damaged where its pyramid cannot be read.

        Cancelled by the last who asked, before it has begun, it is never drawn; once begun, it is drawn to its end.
        """
        flight = self._flights.get(drawing.key) or self._take_off(drawing)
        flight.askers += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.askers -= 1
            if not flight.askers and not flight.begun.is_set():
                flight.task.cancel()
                self._land(drawing.key, flight)

    def _take_off(self, drawing: Drawable) -> _Flight:
        begun = asyncio.Event()
        flight = self._flights[drawing.key] = _Flight(asyncio.create_task(self._draw(drawing, begun)), begun)
        flight.task.add_done_callback(lambda done: self._land(drawing.key, flight, done))
        return flight

    def _land(self, key: str, flight: _Flight, done: asyncio.Task[Picture] | None = None) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if done is not None and not done.cancelled():
            done.exception()  # has been told to all who still asked; asyncio wants to see that somebody looked

    async def _draw(self, drawing: Drawable, is_begun: asyncio.Event) -> Picture:
        asked = begun = time.perf_counter()
        stop = Stop()
        watch: asyncio.TimerHandle | None = None

        def begins() -> None:
            nonlocal begun, watch
            begun = time.perf_counter()
            is_begun.set()
            watch = asyncio.get_running_loop().call_later(self._seconds, stop.now)

        try:
            body = await self.lane(drawing.cost).run(lambda: drawing.draw(stop), drawing.cost.seconds, begins)
        finally:
            if watch is not None:
                watch.cancel()
        return Picture(body, begun - asked, time.perf_counter() - begun)
