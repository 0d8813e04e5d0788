"""What a search engine is here: it names the works in which a query may stand, best first, and no more.

Where a query stands, and whether it does, is proved by the scan; so an engine needs no positions, boxes or snippets,
and may name a work too many. It must not miss one that holds the syllables of the query, marks apart.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from manifests.text.store import WorkText


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` orders works within one answer and means nothing beyond it. `generation` is that of the text indexed."""

    work: str
    score: float
    generation: int


class Writer(Protocol):
    """What is told to it is there for readers when the writing ends, all of it or none. A work is named once in it."""

    def replace(self, work: str, generation: int, text: WorkText) -> None:
        """Takes the work in, in place of what was known of it."""
        ...

    def remove(self, work: str) -> None:
        """No matter whether it was known."""
        ...


class Engine(Protocol):
    """Made with the folder it may fill. Opening writes nothing: an engine that has never been written to is empty.

    Used by several threads at once, and by readers in other processes beside one writer.
    """

    def writing(self) -> AbstractContextManager[Writer]:
        """One batch. Only the holder of the ingest lock may write; raises Busy where someone else does."""
        ...

    def find(self, query: str, limit: int | None = None) -> list[Candidate]:
        """Works that hold the syllables of the query, those with all of them in a row first."""
        ...

    def generations(self) -> dict[str, int]:
        """Every work it knows, with the generation of its text."""
        ...

    def close(self) -> None: ...
