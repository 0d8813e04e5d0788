"""The embedded search engine: Whoosh. The only module that imports it.

Of the three distributions that carry the name whoosh3 is taken: 2.7.4 is of 2016 and nobody's, Whoosh-Reloaded stands
still, whoosh3 has types, tests on Python 3.10 to 3.14 and answered issues, under the same BSD licence and with the
same files. It is released every few days, so it is pinned, and moved with the contract tests only.

A document is a work: its folded syllables, and each two that follow one another as one term, so that a phrase is asked
without positions. Terms are counted here and handed over ready, which spares Whoosh's analysis.
"""

import pickle
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias, TypeVar

from whoosh import fields, index
from whoosh.formats import Frequency
from whoosh.query.compound import And
from whoosh.query.terms import Term
from whoosh.reading import ReaderClosed
from whoosh.system import pack_uint

from manifests.errors import Busy, Damaged, disk_fault
from manifests.search.engine import Candidate
from manifests.text.normalise import cut
from manifests.text.store import WorkText

_T = TypeVar("_T")
Searcher: TypeAlias = Any
"""Whoosh's, whose methods are typed in part only."""

_ATTEMPTS = 5
"""Beside a writer one opening in thousands meets a segment that is already gone; the next finds the new ones."""

_GONE = (OSError, EOFError, ReaderClosed, index.IndexError, pickle.UnpicklingError)

_MAX_SYLLABLES = 64
"""Of a query; the scan looks at the rest."""

_MEGABYTES_BEFORE_DISK = 128


class Terms(fields.FieldType):
    """A field whose terms come counted. Its name is written into the index, so renaming it means indexing anew."""

    def __init__(self) -> None:
        never_run: Any = None
        super().__init__(Frequency(), analyzer=never_run, scorable=True)

    def index(self, value: Counter[str], **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        for term, count in value.items():
            yield term.encode(), count, float(count), pack_uint(count)


class WhooshIndex:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._searcher: Searcher | None = None
        self._guard = Lock()

    @contextmanager
    def writing(self) -> Iterator["_Writer"]:
        try:
            with self._batch() as writer:
                yield writer
        except OSError as error:
            raise disk_fault(self._folder, error) from error

    @contextmanager
    def _batch(self) -> Iterator["_Writer"]:
        writer = self._open_to_write()
        try:
            yield _Writer(writer)
        except BaseException:
            with suppress(*_GONE):  # on a full disk nothing can be taken back either
                writer.cancel()
            raise
        writer.commit()

    def _open_to_write(self) -> Any:
        self._folder.mkdir(parents=True, exist_ok=True)
        folder = str(self._folder)
        opened = index.open_dir(folder) if index.exists_in(folder) else index.create_in(folder, _schema())
        try:
            return opened.writer(limitmb=_MEGABYTES_BEFORE_DISK)
        except index.LockError as error:
            raise Busy("Another program is writing the search index in {folder}.", folder=self._folder) from error

    def find(self, query: str, limit: int | None = None) -> list[Candidate]:
        asked = [syllable.folded for syllable in cut(query)][:_MAX_SYLLABLES]
        return self._reading(lambda searcher: _candidates(searcher, asked, limit)) if asked else []

    def generations(self) -> dict[str, int]:
        def known(searcher: Searcher) -> list[tuple[str, int]]:
            return [(stored["work"], stored["generation"]) for stored in searcher.documents()]

        return dict(self._reading(known))

    def close(self) -> None:
        with self._guard:
            self._forget()

    def _reading(self, ask: Callable[[Searcher], list[_T]]) -> list[_T]:
        """Asks the newest state of the index. One question at a time: a searcher keeps its place in shared files."""
        if not self._folder.exists():
            return []
        fault: BaseException | None = None
        with self._guard:
            for _ in range(_ATTEMPTS):
                try:
                    return ask(self._newest())
                except _GONE as error:
                    self._forget()
                    fault = error
        if isinstance(fault, index.EmptyIndexError):
            return []  # not written yet
        raise Damaged("The search index in {folder} cannot be read.", folder=self._folder) from fault

    def _newest(self) -> Searcher:
        # Opened anew rather than refreshed: `refresh` of a searcher on an index that was empty fails (3.54).
        if self._searcher is not None and not self._searcher.up_to_date():
            self._forget()
        if self._searcher is None:
            self._searcher = index.open_dir(str(self._folder)).searcher()
        return self._searcher

    def _forget(self) -> None:
        if self._searcher is not None:
            with suppress(*_GONE):
                self._searcher.close()
        self._searcher = None


class _Writer:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def replace(self, work: str, generation: int, text: WorkText) -> None:
        syllables = text.stream.folded_keys()
        self._writer.update_document(
            work=work,
            generation=generation,
            syllables=Counter(syllables),
            pairs=Counter(_pairs(syllables)),
        )

    def remove(self, work: str) -> None:
        self._writer.delete_by_term("work", work)


def _schema() -> fields.Schema:
    return fields.Schema(
        work=fields.ID(stored=True, unique=True), generation=fields.STORED, syllables=Terms(), pairs=Terms()
    )


def _pairs(syllables: Sequence[str]) -> Iterator[str]:
    return (" ".join(pair) for pair in pairwise(syllables))


def _candidates(searcher: Searcher, asked: Sequence[str], limit: int | None) -> list[Candidate]:
    """The works with every pair first, then those that only have every syllable."""
    questions = [_all_of("pairs", _pairs(asked))] if len(asked) > 1 else []
    questions.append(_all_of("syllables", iter(asked)))
    found: dict[str, Candidate] = {}
    for question in questions:
        hits = searcher.search(question, limit=limit)
        named = [Candidate(hit["work"], hit.score, hit["generation"]) for hit in hits]
        for candidate in sorted(named, key=lambda c: (-c.score, c.work)):
            found.setdefault(candidate.work, candidate)
    return list(found.values())[:limit]


def _all_of(field: str, terms: Iterator[str]) -> And:
    return And([Term(field, term) for term in dict.fromkeys(terms)])
