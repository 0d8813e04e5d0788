"""The editions of the search index: a folder for each, and a file that says which one is read.

A new edition is made beside the one that is read; then one rename makes it the one. So readers never wait, those in
other processes are there at their next question, and a program that is killed leaves what was read before. An edition
bears in its name by which engine and which rule of keys it was made: one of another rule is out of date, however whole.
"""

import os
import re
import shutil
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeVar

from manifests.errors import Damaged, disk_fault
from manifests.search.engine import Candidate, Engine, IndexReader
from manifests.search.engines import ENGINES
from manifests.text import normalise

_T = TypeVar("_T")
_CURRENT = "current"
_NAME = re.compile(r"[a-z]+-[0-9]+-[0-9]+\.[0-9]+", re.ASCII)
_ATTEMPTS = 5


class Editions:
    """`folder` is the index of the library. Only the holder of the ingest lock calls what changes it."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._folder = folder
        self._engine = ENGINES[engine]
        self._made_by = f"{engine}-{self._engine.recipe}-{normalise.RECIPE}"

    def current(self) -> str | None:
        """The name of the edition that is read; None where there is none yet."""
        try:
            name = (self._folder / _CURRENT).read_text(encoding="ascii")
        except (OSError, ValueError):
            return None
        return name if _NAME.fullmatch(name) else None

    def is_out_of_date(self) -> bool:
        """Made by another rule, or lost."""
        name = self.current()
        return name is None or not self._is_ours(name) or not (self._folder / name).is_dir()

    def open(self, name: str) -> Engine:
        return self._engine(self._folder / name)

    def unfinished(self) -> str:
        """The name of the edition to be filled: the one that was left unfinished, or a new one."""
        read = _serial(self.current())
        ours = [path.name for path in self._folder.glob("*.*") if self._is_ours(path.name)]
        newer = sorted((name for name in ours if _serial(name) > read), key=_serial)
        return newer[0] if newer else f"{self._made_by}.{read + 1}"

    def switch(self, name: str) -> None:
        """From now on this edition is read; it is brought to the disk first."""
        try:
            folder = self._folder / name
            folder.mkdir(parents=True, exist_ok=True)
            for file in (*folder.iterdir(), folder):
                _bring_to_disk(file)
            aside = self._folder / f"{_CURRENT}.new"
            aside.write_text(name, encoding="ascii")
            _bring_to_disk(aside)
            aside.replace(self._folder / _CURRENT)
            _bring_to_disk(self._folder)
        except OSError as error:
            raise disk_fault(self._folder, error) from error

    def sweep(self) -> None:
        """Away with whatever is no edition to be read or finished. Who still reads an old one begins anew."""
        kept = {_CURRENT, self.current(), self.unfinished()}
        for path in self._folder.glob("*"):
            if path.name not in kept:
                self.delete(path.name)

    def delete(self, name: str) -> None:
        path = self._folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()

    def _is_ours(self, name: str) -> bool:
        return _NAME.fullmatch(name) is not None and name.startswith(f"{self._made_by}.")


def _serial(name: str | None) -> int:
    return int(name.rpartition(".")[2]) if name is not None else 0


def _bring_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class CurrentEdition:
    """An `IndexReader` over whichever edition is the current one. Safe between threads."""

    def __init__(self, editions: Editions) -> None:
        self._editions = editions
        self._opened: tuple[str, Engine] | None = None
        self._guard = Lock()

    def find(
        self, query: str, limit: int | None = None, *, anywhere: bool = True, among: Container[str] | None = None
    ) -> list[Candidate]:
        return self._ask(lambda index: index.find(query, limit, anywhere=anywhere, among=among), [])

    def find_runs(
        self, runs: Sequence[Sequence[str]], limit: int, among: Container[str] | None = None
    ) -> list[Candidate]:
        return self._ask(lambda index: index.find_runs(runs, limit, among), [])

    def find_titles(self, query: str, limit: int | None = None, among: Container[str] | None = None) -> list[Candidate]:
        return self._ask(lambda index: index.find_titles(query, limit, among), [])

    def count(self, runs: Sequence[Sequence[str]]) -> list[int]:
        return self._ask(lambda index: index.count(runs), [0] * len(runs))

    def generations(self) -> dict[str, int]:
        return self._ask(lambda index: index.generations(), {})

    def close(self) -> None:
        with self._guard:
            self._put_away()

    def _ask(self, ask: Callable[[IndexReader], _T], nothing: _T) -> _T:
        """`nothing` is the answer where there is no index yet."""
        for attempt in range(_ATTEMPTS):
            name = self._editions.current()
            if name is None:
                return nothing
            try:
                answer = ask(self._engine(name))
            except Damaged:
                if attempt == _ATTEMPTS - 1 or self._editions.current() == name:
                    raise
                continue  # another edition has taken its place meanwhile
            if self._editions.current() == name:
                return answer
        return answer

    def _engine(self, name: str) -> Engine:
        with self._guard:
            if self._opened is None or self._opened[0] != name:
                self._put_away()
                self._opened = name, self._editions.open(name)
            return self._opened[1]

    def _put_away(self) -> None:
        if self._opened is not None:
            self._opened[1].close()
        self._opened = None
