"""Ends a drawing that has begun: libvips leaves its work when an image that it reads from is told to be killed.

It looks at that for each piece of an image that it prepares, and while it encodes a WebP: an answer of seven seconds
ended within 0.2 of being told (`vips_image_set_kill`). AVIF, GIF and JPEG 2000 are encoded behind the last piece, to
their end.
"""

from threading import Lock
from typing import Protocol

from manifests.errors import Busy


class Killable(Protocol):
    def set_kill(self, kill: bool) -> None: ...


class Stop:
    """Of one drawing. `now` may come from any thread, before, while and after it is drawn."""

    def __init__(self) -> None:
        self._watched: list[Killable] = []
        self._lock = Lock()
        self.is_set = False

    def watch(self, image: Killable) -> None:
        """To be called with each image before libvips is made to compute it."""
        with self._lock:
            self._watched.append(image)
            if self.is_set:
                image.set_kill(True)

    def raise_if_set(self) -> None:
        """To be called now and then by whoever works without libvips. Raises Busy."""
        if self.is_set:
            raise Busy("The picture took too long and was given up. Ask for a smaller one, or later.")

    def now(self) -> None:
        with self._lock:
            self.is_set = True
            for image in self._watched:
                image.set_kill(True)
