"""The embedded search engine: Whoosh. The only module that imports it.

Of the three distributions that carry the name whoosh3 is taken: 2.7.4 is of 2016 and nobody's, Whoosh-Reloaded stands
still, whoosh3 has types, tests on Python 3.10 to 3.14 and answered issues, under the same BSD licence and with the
same files. It is released every few days, so it is pinned, and moved with the contract tests only.

A document is a work: its syllables, and each two that follow one another as one term, so that a phrase is asked without
positions. Syllables that bear marks stand there as printed too; pairs do not, since a pair without marks stands for
hardly more than one real word (decisions.md, 7) and they are most of the index. Terms are counted beforehand and
handed over ready, which spares Whoosh's analysis. What is asked of the index stands in `whoosh_questions`.
"""

import pickle
from collections import Counter
from collections.abc import Callable, Container, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, TypeAlias, TypeVar

from whoosh import fields, index
from whoosh.formats import Frequency
from whoosh.reading import ReaderClosed
from whoosh.system import pack_uint

from manifests.errors import Busy, Damaged, disk_fault
from manifests.search import whoosh_questions
from manifests.search.engine import Candidate
from manifests.search.query_terms import query_terms
from manifests.search.whoosh_questions import FOLDED, PAIRS, TITLES, TYPED
from manifests.text import terms
from manifests.text.normalise import cut
from manifests.text.store import WorkText

_T = TypeVar("_T")
Searcher: TypeAlias = Any
"""Whoosh's, whose methods are typed in part only."""

_ATTEMPTS = 5
"""Beside a writer one opening in thousands meets a segment that is already gone; the next finds the new ones."""

_GONE = (OSError, EOFError, ReaderClosed, index.IndexError, pickle.UnpicklingError)

_MEGABYTES_BEFORE_DISK = 128


class Terms(fields.FieldType):
    """A field whose terms come counted. Its name is written into the index, so renaming it means indexing anew."""

    def __init__(self) -> None:
        never_run: Any = None
        super().__init__(Frequency(), analyzer=never_run, scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        for term, count in value.items():
            yield term.encode(), count, float(count), pack_uint(count)


class WhooshIndex:
    recipe: ClassVar[int] = 2

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._searcher: Searcher | None = None
        self._names: dict[int, str] = {}
        self._names_of: Searcher | None = None
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

    def find(
        self, query: str, limit: int | None = None, *, anywhere: bool = True, among: Container[str] | None = None
    ) -> list[Candidate]:
        asked = query_terms(query)

        def ask(searcher: Searcher) -> list[Candidate]:
            return whoosh_questions.find(searcher, asked, limit, self._among(searcher, among), anywhere=anywhere)

        return self._reading(ask) if asked else []

    def find_runs(
        self, runs: Sequence[Sequence[str]], limit: int, among: Container[str] | None = None
    ) -> list[Candidate]:
        def ask(searcher: Searcher) -> list[Candidate]:
            return whoosh_questions.find_runs(searcher, runs, limit, self._among(searcher, among))

        return self._reading(ask)

    def find_titles(self, query: str, limit: int | None = None, among: Container[str] | None = None) -> list[Candidate]:
        asked = query_terms(query)

        def ask(searcher: Searcher) -> list[Candidate]:
            return whoosh_questions.find_titles(searcher, asked, limit, self._among(searcher, among))

        return self._reading(ask) if asked else []

    def _among(self, searcher: Searcher, wanted: Container[str] | None) -> Container[int] | None:
        """As numbers of this searcher: to read a name takes longer than to find a work."""
        if wanted is None:
            return None
        if self._names_of is not searcher:
            self._names = {number: stored["work"] for number, stored in searcher.reader().iter_docs()}
            self._names_of = searcher
        return {number for number, name in self._names.items() if name in wanted}

    def count(self, runs: Sequence[Sequence[str]]) -> list[int]:
        counted = self._reading(lambda searcher: whoosh_questions.count(searcher, runs))
        return counted or [0] * len(runs)

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
        self._searcher = self._names_of = None


class _Writer:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def replace(self, work: str, generation: int, text: WorkText | None, titles: Sequence[str] = ()) -> None:
        title = Counter(syllable.folded for title in titles for syllable in cut(title))
        self._writer.update_document(work=work, generation=generation, **{TITLES: title}, **_terms_of(text))

    def remove(self, work: str) -> None:
        self._writer.delete_by_term("work", work)


def _terms_of(text: WorkText | None) -> dict[str, Mapping[str, int]]:
    if text is None:
        return {}
    folded, typed = terms.syllables(text.stream)
    return {FOLDED: folded, TYPED: typed, PAIRS: terms.pairs(text.stream)}


def _schema() -> fields.Schema:
    counted = {name: Terms() for name in (FOLDED, TYPED, PAIRS, TITLES)}
    return fields.Schema(work=fields.ID(stored=True, unique=True), generation=fields.STORED, **counted)
