"""What a search engine is here: it names the works in which a query may stand, best first, and no more.

Where a query stands, and whether it does, is proved by the scan; so an engine needs no positions, boxes or snippets,
and may name a work too many. It must not miss one that holds the syllables of the query, marks apart.

What a second engine has to do stands here, and `tests/contracts/test_engines.py` holds it to every sentence.
"""

from collections.abc import Container, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from manifests.text.store import WorkText


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` orders works within one answer and means nothing beyond it. `generation` is that of the text indexed;
    `in_a_row` is False where the syllables are only known to stand somewhere in the work."""

    work: str
    score: float
    generation: int
    in_a_row: bool = True


class Writer(Protocol):
    """What is told to it is there for readers when the writing ends, all of it or none. A work is named once in it."""

    def replace(self, work: str, generation: int, text: WorkText | None, titles: Sequence[str] = ()) -> None:
        """Takes the work in, in place of what was known of it. `titles` are its labels, in every language."""
        ...

    def remove(self, work: str) -> None:
        """No matter whether it was known."""
        ...


class IndexReader(Protocol):
    """What is asked of an index. Used by several threads at once, beside one writer in this or another process."""

    def find(
        self, query: str, limit: int | None = None, *, anywhere: bool = True, among: Container[str] | None = None
    ) -> list[Candidate]:
        """Works whose text holds the syllables of the query: first those with all of them in a row that hold each as
        typed, then the others with all in a row, then, unless only these are wanted, the rest. A syllable with `*`
        behind it is the beginning of one. `among`: no other works than these.

        The order is one and the same until something is written: a shorter list is the beginning of a longer one, so
        that pages of results neither repeat a work nor leave one out.
        """
        ...

    def find_runs(
        self, runs: Sequence[Sequence[str]], limit: int, among: Container[str] | None = None
    ) -> list[Candidate]:
        """Works in whose text one of these runs of folded keys may stand, those of the first run before those of the
        second; of one of one or two syllables no work too many."""
        ...

    def find_titles(self, query: str, limit: int | None = None, among: Container[str] | None = None) -> list[Candidate]:
        """Works whose titles hold all syllables of the query, in any order and with any marks; ordered as above."""
        ...

    def count(self, runs: Sequence[Sequence[str]]) -> list[int]:
        """Of each run of folded keys, in how many works it stands: for one or two syllables as many as there were when
        they were indexed, for more at least as many. What was replaced since may still be counted."""
        ...

    def generations(self) -> dict[str, int]:
        """Every work it knows, with the generation of its text."""
        ...

    def close(self) -> None: ...


class Engine(IndexReader, Protocol):
    """Made with the folder it may fill. Opening writes nothing: an engine that has never been written to is empty."""

    recipe: ClassVar[int]
    """Raised whenever the same work would be indexed otherwise; an index of another recipe is made anew."""

    def __init__(self, folder: Path) -> None: ...

    def writing(self) -> AbstractContextManager[Writer]:
        """One batch. Only the holder of the ingest lock may write; raises Busy where someone else does."""
        ...
