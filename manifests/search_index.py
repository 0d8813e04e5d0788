"""The words of works, and the search index that follows the catalogue.

The catalogue is the truth; the index only says where to look (decisions.md, 6). What it names is proved and located by
the scan of the work's own words, and works that it has not taken in yet are looked at as well.
"""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from manifests.catalog import Catalog
from manifests.errors import Damaged, Missing
from manifests.model import Hit, State, Work
from manifests.search import across
from manifests.search.engine import Writer
from manifests.search.engines import ENGINES
from manifests.text.store import WorkText

ENGINE = "whoosh"
_WORKS_KEPT = 64
_WAITING_AT_ONCE = 200

HearsOfLoss: TypeAlias = Callable[[Damaged], None]
"""Who is told of a work whose words cannot be read, while the search goes on in the others."""


class SearchIndex:
    def __init__(self, library: Path, catalog: Catalog) -> None:
        self._texts = library / "text"
        self._catalog = catalog
        self._engine = ENGINES[ENGINE](library / "index")
        self._kept: OrderedDict[str, WorkText] = OrderedDict()
        self._guard = Lock()

    def close(self) -> None:
        self._engine.close()

    def words(self, work: Work) -> WorkText | None:
        """The words of a work, kept in memory while they are asked for. None where it has no text.

        Raises Damaged where the catalogue knows of words that are not there or cannot be read, as after a backup put
        back in part.
        """
        if work.text is None:
            return None
        with self._guard:
            kept = self._kept.get(work.text)
        if kept is None:
            try:
                kept = WorkText.from_bytes((self._texts / work.text).read_bytes())
            except FileNotFoundError:
                return self._newer_words(work)
            except (OSError, Damaged) as error:
                raise self._lost(work) from error
        with self._guard:
            self._kept[work.text] = kept
            self._kept.move_to_end(work.text)
            while len(self._kept) > _WORKS_KEPT:
                self._kept.popitem(last=False)
        return kept

    def _newer_words(self, work: Work) -> WorkText | None:
        """A newer edition may just have replaced the file."""
        now = self._catalog.work(work.id)
        if now.text != work.text:
            return self.words(now)
        raise self._lost(work)

    def _lost(self, work: Work) -> Damaged:
        return Damaged(
            "The words of {work} are lost: {file} is not there or is damaged. "
            "`mocban ingest` of its folder {place} reads them again.",
            work=work.id,
            file=self._texts / str(work.text),
            place=work.folder,
        )

    def search(self, query: str, limit: int | None, lost: HearsOfLoss) -> list[Hit]:
        """Across all public works; those whose words are lost are told to `lost` and give no hits."""

        def words(work: str) -> WorkText | None:
            try:
                return self._public_words(work)
            except Damaged as error:
                lost(error)
                return None

        waiting = [work.id for work, _ in self._catalog.waiting(_WAITING_AT_ONCE)]
        return across.search(self._engine, words, query, limit, also=waiting)

    def _public_words(self, work: str) -> WorkText | None:
        try:
            found = self._catalog.work(work)
        except Missing:
            return None
        return self.words(found) if found.state == State.PUBLIC else None

    def catch_up(self) -> None:
        """Takes in what waits, and what the index should have and has not, as after a loss of its files.

        Works whose words are not there go on waiting, so that whoever asks for them hears of it. Only the holder of the
        ingest lock writes the index.
        """
        known = self._engine.generations()
        lost = [work for work, wanted in self._catalog.generations() if known.get(work) != wanted]
        self._catalog.index_again(lost)
        while waiting := self._catalog.waiting(_WAITING_AT_ONCE):
            with self._engine.writing() as writer:
                taken = [(work.id, generation) for work, generation in waiting if self._take(writer, work, generation)]
            self._catalog.indexed(taken)
            if not taken:
                return

    def _take(self, writer: Writer, work: Work, generation: int) -> bool:
        try:
            words = self.words(work)
        except Damaged:
            return False
        if words is None:
            writer.remove(work.id)
        else:
            writer.replace(work.id, generation, words)
        return True
