"""What an ingest says while it runs: a row a file, and how far it is."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from manifests.model import Finding


class Verdict(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    MISSING = "missing"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, or of one page of a file that holds several: `number` is the page's in it. `file` is the
    path as it was reached; `page` is None for what is no page.
    """

    file: str
    work: str | None
    page: str | None
    verdict: Verdict
    findings: Sequence[Finding] = ()
    number: int | None = None


def printable_path(path: Path) -> str:
    """A path as text, bytes that are no UTF-8 as `\\xff`."""
    return os.fsencode(path).decode(errors="backslashreplace")


class Progress(Protocol):
    """Who shows how far an ingest is. Called from the thread that runs it."""

    def root_added(self, name: str, folder: str) -> None: ...
    def planned(self, pages: int) -> None: ...
    def built(self, file: str, pixels: int) -> None: ...
    def to_recognise(self, pages: int) -> None: ...
    def recognised(self, file: str) -> None: ...
    def indexing(self, done: int, of: int) -> None:
        """So many works of so many have been taken into the search index."""


class NoProgress:
    """Shows nothing."""

    def root_added(self, name: str, folder: str) -> None: ...
    def planned(self, pages: int) -> None: ...
    def built(self, file: str, pixels: int) -> None: ...
    def to_recognise(self, pages: int) -> None: ...
    def recognised(self, file: str) -> None: ...
    def indexing(self, done: int, of: int) -> None: ...
