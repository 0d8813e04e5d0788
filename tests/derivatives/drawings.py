"""Drawings that need no pyramid: when they are done, and what becomes of them, is the test's."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import BinaryIO

from manifests.errors import LibraryError
from manifests.settings import Settings
from server.derivatives.maker import PictureMaker
from server.derivatives.picture_cache import PictureCache
from server.image.cost import Cost
from server.image.stop import Stop
from tests.patience import GUARD

QUICK = Cost(seconds=0.01, memory=2**20)
COSTLY = Cost(seconds=4.0, memory=2**27)
LARGE = Cost(seconds=4.0, memory=2**27, answer=2**21)


def maker_of(cache: PictureCache | None = None, **settings: int) -> PictureMaker:
    return PictureMaker(Settings(**settings), cache or PictureCache(Path(), 0, 0), lambda _image: True)


@dataclass
class Easel:
    """`begun` holds the keys of what was begun, in order."""

    begun: list[str] = field(default_factory=list)
    at_work: int = 0
    most_at_work: int = 0
    lock: Lock = field(default_factory=Lock)

    def enter(self, key: str) -> None:
        with self.lock:
            self.begun.append(key)
            self.at_work += 1
            self.most_at_work = max(self.most_at_work, self.at_work)

    def leave(self) -> None:
        with self.lock:
            self.at_work -= 1


@dataclass
class Sketch:
    """Done when `finished` is set, or when it is stopped; its bytes are its key, or it fails with `error`."""

    key: str
    easel: Easel
    cost: Cost = COSTLY
    finished: Event = field(default_factory=Event)
    error: LibraryError | None = None
    image: str = "book~0001"

    def draw(self, stop: Stop, into: BinaryIO | None = None) -> bytes:
        self.easel.enter(self.key)
        stop.watch(self)
        try:
            assert self.finished.wait(GUARD)
            if self.error is not None:
                raise self.error
            if into is None:
                return self.key.encode()
            into.write(self.key.encode())
            return b""
        finally:
            self.easel.leave()

    def set_kill(self, kill: bool) -> None:
        """What libvips' image does when it is told to stop."""
        assert kill
        self.finished.set()


def done(key: str, easel: Easel, cost: Cost = COSTLY) -> Sketch:
    sketch = Sketch(key, easel, cost)
    sketch.finished.set()
    return sketch
