"""Makes pictures: each once however many ask for it, in the lane that it belongs to, within its time.

What was drawn before comes from the cache, whichever worker drew it. All of it belongs to one event loop, but for the
drawing itself.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Protocol

from manifests.errors import Busy, Damaged
from manifests.settings import Settings
from server.derivatives.lane import Lane, give_way
from server.derivatives.picture_cache import PictureCache, PictureFile
from server.image.cost import Cost
from server.image.stop import Stop

QUICK = Cost(seconds=0.25, memory=32 * 2**20)
"""The most that a picture of the quick lane may cost."""

LARGE = 2**20
"""Bytes of an answer beyond which it is drawn into the cache's file, not into memory, and sent from there."""

_QUICK_THREADS = 2
_QUICK_PATIENCE = 5.0
"""Seconds. Who waits longer for a small picture has turned the page."""
_QUICK_PLACES = 200
_COSTLY_PLACES = 20


class Drawable(Protocol):
    """What can be drawn: `server.derivatives.drawing`. Two with the same key are the same bytes."""

    @property
    def image(self) -> str: ...

    @property
    def key(self) -> str: ...

    @property
    def cost(self) -> Cost: ...

    def draw(self, stop: Stop, into: BinaryIO | None = None) -> bytes:
        """The picture's bytes; none where it was drawn into a file."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An answer, and how it came about: seconds of waiting and of drawing. A file is to be closed."""

    content: bytes | PictureFile
    is_kept: bool = False
    """It was in the cache already."""
    waited: float = 0.0
    drawn: float = 0.0


@dataclass(frozen=True, slots=True)
class _Drawn:
    """`body` is None where the picture stands in the cache and nowhere else."""

    body: bytes | None
    waited: float
    drawn: float


@dataclass(slots=True)
class _Flight:
    """One drawing under way, and how many ask for it."""

    task: asyncio.Task[_Drawn]
    begun: asyncio.Event
    askers: int = 0


def lane_of(cost: Cost) -> str:
    return "quick" if cost.seconds <= QUICK.seconds and cost.memory <= QUICK.memory else "costly"


class PictureMaker:
    """Of one worker process. `is_shown`: whether anybody may still see this image."""

    def __init__(self, settings: Settings, cache: PictureCache, is_shown: Callable[[str], bool]) -> None:
        self._cache = cache
        self._is_shown = is_shown
        self._sweeper = ThreadPoolExecutor(1, "sweep", initializer=give_way)
        self._seconds = settings.max_image_seconds
        self._quick = Lane("quick", _QUICK_THREADS, _QUICK_PATIENCE, _QUICK_PLACES)
        self._costly = Lane("costly", 1, settings.max_image_seconds, _COSTLY_PLACES)
        self._flights: dict[str, _Flight] = {}

    def lane(self, cost: Cost) -> Lane:
        return self._quick if lane_of(cost) == self._quick.name else self._costly

    async def picture(self, drawing: Drawable) -> Picture:
        """Raises Busy where too much waits already or it takes too long, Damaged where its pyramid cannot be read.

        Cancelled by the last who asked, before it has begun, it is never drawn; once begun, it is drawn to its end.
        """
        if kept := self._cache.find(drawing.image, drawing.key):
            return Picture(kept, is_kept=True)
        made = await self._made(drawing)
        content = made.body or self._cache.find(drawing.image, drawing.key)
        if content is None:
            raise Busy("The picture was cleared away before it could be sent. Ask for it again.")
        return Picture(content, waited=made.waited, drawn=made.drawn)

    async def _made(self, drawing: Drawable) -> _Drawn:
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

    def _land(self, key: str, flight: _Flight, done: asyncio.Task[_Drawn] | None = None) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if done is not None and not done.cancelled():
            done.exception()  # has been told to all who still asked; asyncio wants to see that somebody looked

    async def _draw(self, drawing: Drawable, is_begun: asyncio.Event) -> _Drawn:
        asked = begun = time.perf_counter()
        stop = Stop()
        watch: asyncio.TimerHandle | None = None

        def begins() -> None:
            nonlocal begun, watch
            begun = time.perf_counter()
            is_begun.set()
            watch = asyncio.get_running_loop().call_later(self._seconds, stop.now)

        try:
            work = partial(self._draw_and_keep, drawing, stop)
            body = await self.lane(drawing.cost).run(work, drawing.cost.seconds, begins)
        finally:
            if watch is not None:
                watch.cancel()
        if self._cache.must_be_swept():
            asyncio.get_running_loop().run_in_executor(self._sweeper, self._cache.sweep, self._is_shown)
        return _Drawn(body, begun - asked, time.perf_counter() - begun)

    def _draw_and_keep(self, drawing: Drawable, stop: Stop) -> bytes | None:
        """A large one straight into the cache, so that it never stands whole in memory, if the disk has room for it."""
        image, key, length = drawing.image, drawing.key, drawing.cost.answer
        is_large, can_be_kept = length > LARGE, self._cache.takes(length)
        if is_large and can_be_kept:
            with suppress(Damaged):  # what the disk does not take looks the same; if it is the pyramid, it shows again
                if self._cache.keep(image, key, lambda file: drawing.draw(stop, file)):
                    return None
        body = drawing.draw(stop)
        if can_be_kept and not is_large:
            self._cache.keep(image, key, lambda file: file.write(body))
        return body
