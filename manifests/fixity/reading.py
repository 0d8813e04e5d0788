"""Reading a file for its digest alone: off the disk, at a bounded pace, and leaving no trace in memory."""

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BLOCK = 2**20
"""Bytes read at a time."""

Step = Callable[[int], None]
"""Told of so many bytes more, after each block."""


@dataclass(frozen=True, slots=True)
class FileDigest:
    """SHA-256 of the whole, and what the file was seen by: its bytes, and its time in nanoseconds."""

    sha256: str
    length: int
    mtime: int


class Pace:
    """At most so many bytes a second on the mean; 0 is as fast as it goes."""

    def __init__(
        self,
        bytes_a_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = bytes_a_second
        self._clock = clock
        self._sleep = sleep
        self._free_at = clock()

    def read(self, length: int) -> None:
        """So many bytes have been read: waits until the next may be. Time that was not used is not saved up."""
        if not self._rate:
            return
        now = self._clock()
        self._free_at = max(self._free_at, now) + length / self._rate
        if self._free_at > now:
            self._sleep(self._free_at - now)


def digest_of(file: Path, step: Step) -> FileDigest:
    """Raises OSError where the file cannot be read to its end; FileNotFoundError where what bears its name is no file
    (a folder, a pipe, a device), which must not be read: it may never end, or never begin.

    What the system holds of the file in memory is let go first: a disk that has changed it is found only by reading the
    disk. Afterwards too, so that a check of everything does not push what readers ask for out of memory.
    """
    digest = hashlib.sha256()
    with open(file, "rb", buffering=0, opener=_open_at_once) as stream:
        _forget(stream.fileno())
        while block := stream.read(BLOCK):
            digest.update(block)
            step(len(block))
        seen = os.fstat(stream.fileno())
        _forget(stream.fileno())
    return FileDigest(digest.hexdigest(), seen.st_size, seen.st_mtime_ns)


def _open_at_once(file: str, flags: int) -> int:
    """A pipe opens only when somebody writes to it, unless nobody waits."""
    descriptor = os.open(file, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), file)
    return descriptor


def _forget(descriptor: int) -> None:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
