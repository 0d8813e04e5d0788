"""Computed pictures kept on disk, so that none is drawn twice: `cache/pictures/` below the library's folder.

    {two digits}/{digest of the image's id}/image          the image's id
                                           /{key}          a picture, and behind it the mark of a complete file
    new/                                                   what is being written
    lock                                                   held by whoever sweeps

A key holds everything that decides the bytes (`Drawing.key`), so nothing here is ever wrong, only no longer asked for,
and all of it may be deleted at any time. Several processes may share the folder: a picture appears whole, by one
rename. Without fsync a crash may leave a file that breaks off; it lacks its mark, and counts as not there. Whatever the
disk refuses costs the keeping alone. What was asked for longest ago leaves first.
"""

import fcntl
import hashlib
import logging
import os
import shutil
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, NamedTuple

from manifests.os_reasons import reason_of
from manifests.settings import Settings

Clock = Callable[[], float]

_MARK = struct.Struct("<8sQ")
_MAGIC = b"mocban\r\n"
_NEW, _IMAGE = "new", "image"
_TOUCHED_EVERY = 3600
"""Seconds: a picture asked for again and again is noted as asked for once in this time."""
_ABANDONED = 3600
"""Seconds after which what is still being written belongs to a process that is gone."""
_LEFT = 0.9
"""The share of its bytes that a full cache keeps, so that it is not swept at every picture."""
_SWEPT_EVERY = 600.0
_SWEPT_AFTER = 0.05
"""Seconds, and the share of all bytes newly written, after which it is looked at again."""

log = logging.getLogger("mocban")


class PictureFile(NamedTuple):
    """To be closed by whoever got it. Behind `length` bytes stands what is not the picture's."""

    file: BinaryIO
    length: int


@dataclass(frozen=True, slots=True)
class CachedImage:
    """How many pictures of an image are kept, and their bytes."""

    image: str
    pictures: int
    bytes: int


class _Entry(NamedTuple):
    asked: float
    bytes: int
    file: Path


class PictureCache:
    """`folder` is made when the first picture is kept. 0 bytes: nothing is kept, nothing is found."""

    def __init__(self, folder: Path, max_bytes: int, max_seconds: float, clock: Clock = time.time) -> None:
        self.folder = folder
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds
        self._clock = clock
        self._written = 0
        self._swept = 0.0
        self._is_well = True

    def find(self, image: str, key: str) -> PictureFile | None:
        path = self._folder_of(image) / key
        try:
            file = path.open("rb")
        except OSError:
            return None
        status = os.fstat(file.fileno())
        length = status.st_size - _MARK.size
        if length < 0 or os.pread(file.fileno(), _MARK.size, length) != _MARK.pack(_MAGIC, length):
            file.close()
            return None
        if status.st_mtime + _TOUCHED_EVERY < self._clock():
            with suppress(OSError):
                os.utime(path, (self._clock(), self._clock()))
        return PictureFile(file, length)

    def takes(self, length: int) -> bool:
        """Not what would drive out all others."""
        return length < self._max_bytes * (1 - _LEFT)

    def keep(self, image: str, key: str, write: Callable[[BinaryIO], object]) -> bool:
        """Whether what `write` writes is kept. What it raises goes on, but what the disk refuses is said once."""
        try:
            with self._new_file() as file:
                write(file)
                file.flush()
                self._finish(file, image, key)
        except FileNotFoundError:
            return False  # its folder was cleared meanwhile
        except OSError as error:
            if self._is_well:
                log.warning("Pictures are not kept: %s (%s)", self.folder, reason_of(error))
            self._is_well = False
            return False
        self._is_well = True
        return True

    @contextmanager
    def _new_file(self) -> Iterator[BinaryIO]:
        (self.folder / _NEW).mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder / _NEW, delete=False) as file:
            try:
                yield file  # type: ignore[misc]  # it passes everything on to a BinaryIO
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(file.name)

    def _finish(self, file: BinaryIO, image: str, key: str) -> None:
        length = os.lseek(file.fileno(), 0, os.SEEK_END)
        os.write(file.fileno(), _MARK.pack(_MAGIC, length))
        os.utime(file.fileno(), (self._clock(), self._clock()))
        folder = self._folder_of(image)
        if not (folder / _IMAGE).exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / _IMAGE).write_text(image, encoding="utf-8")
        Path(file.name).replace(folder / key)
        self._written += length

    def _folder_of(self, image: str) -> Path:
        digest = hashlib.sha256(image.encode()).hexdigest()
        return self.folder / digest[:2] / digest[2:32]

    # What is there

    def images(self) -> Iterator[CachedImage]:
        for folder in self._folders():
            found = list(_entries(folder))
            if found:
                yield CachedImage(_image_of(folder), len(found), sum(entry.bytes for entry in found))

    def clear(self, image: str | None = None) -> Iterator[CachedImage]:
        """Deletes the pictures of one image, or all; gives what is deleted."""
        for folder in self._folders() if image is None else [self._folder_of(image)]:
            found = list(_entries(folder))
            name = _image_of(folder) if found else ""
            shutil.rmtree(folder, ignore_errors=True)
            if found:
                yield CachedImage(name, len(found), sum(entry.bytes for entry in found))

    def _folders(self) -> Iterator[Path]:
        for group in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            with suppress(OSError):
                yield from sorted(group.iterdir())

    # What leaves

    def must_be_swept(self) -> bool:
        """Whether enough was written, or enough time has gone, since this process last swept; says so once."""
        now = self._clock()
        if not self._max_bytes or (self._written < self._max_bytes * _SWEPT_AFTER and now < self._swept + _SWEPT_EVERY):
            return False
        self._written, self._swept = 0, now
        return True

    def sweep(self, is_shown: Callable[[str], bool]) -> None:
        """Deletes what nobody has asked for in its time, the oldest beyond the bytes there may be, and all pictures of
        images that are no longer shown. One process at a time; another one's turn is as good."""
        with suppress(OSError), (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._sweep(is_shown)

    def _sweep(self, is_shown: Callable[[str], bool]) -> None:
        now = self._clock()
        kept: list[_Entry] = []
        for folder in self._folders():
            if _is_empty_or_unshown(folder, now, is_shown):
                shutil.rmtree(folder, ignore_errors=True)
                continue
            for entry in _entries(folder):
                if entry.asked + self._max_seconds < now:
                    entry.file.unlink(missing_ok=True)
                else:
                    kept.append(entry)
        self._make_room(kept)
        for file in (self.folder / _NEW).glob("*"):
            if file.stat().st_mtime + _ABANDONED < now:
                file.unlink(missing_ok=True)

    def _make_room(self, kept: list[_Entry]) -> None:
        total = sum(entry.bytes for entry in kept)
        if total <= self._max_bytes:
            return
        for entry in sorted(kept):
            if total <= self._max_bytes * _LEFT:
                return
            entry.file.unlink(missing_ok=True)
            total -= entry.bytes


def _is_empty_or_unshown(folder: Path, now: float, is_shown: Callable[[str], bool]) -> bool:
    """A folder without pictures may be one that is just getting its first."""
    if any(True for _ in _entries(folder)):
        return not is_shown(_image_of(folder))
    with suppress(OSError):
        return folder.stat().st_mtime + _ABANDONED < now
    return False


def _entries(folder: Path) -> Iterator[_Entry]:
    with suppress(OSError):
        for file in folder.iterdir():
            if file.name != _IMAGE:
                with suppress(FileNotFoundError):
                    status = file.stat()
                    yield _Entry(status.st_mtime, status.st_size, file)


def _image_of(folder: Path) -> str:
    try:
        return (folder / _IMAGE).read_text(encoding="utf-8")
    except OSError:
        return ""


def cache_of(library: Path, settings: Settings) -> PictureCache:
    days = 24 * 3600
    return PictureCache(library / "cache" / "pictures", settings.cache_size * 10**6, settings.cache_days * days)
