"""The words of works, and the search index that follows the catalogue.

The catalogue is the truth; the index only says where to look (decisions.md, 6). What it names is proved and located by
the scan of the work's own words, and works that it has not taken in yet are looked at as well.
"""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from manifests.catalog import Catalog
from manifests.errors import Missing
from manifests.model import Hit, State, Work
from manifests.search import across
from manifests.search.engines import ENGINES
from manifests.text.store import WorkText

ENGINE = "whoosh"
_WORKS_KEPT = 64
_WAITING_AT_ONCE = 200


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
        """The words of a work, kept in memory while they are asked for. None where it has no text."""
        if work.text is None:
            return None
        with self._guard:
            kept = self._kept.get(work.text)
        if kept is None:
            try:
                kept = WorkText.from_bytes((self._texts / work.text).read_bytes())
            except FileNotFoundError:
                return None  # a newer edition has just replaced it; the next question finds that one
        with self._guard:
            self._kept[work.text] = kept
            self._kept.move_to_end(work.text)
            while len(self._kept) > _WORKS_KEPT:
                self._kept.popitem(last=False)
        return kept

    def search(self, query: str, limit: int | None) -> list[Hit]:
        """Across all public works."""
        waiting = [work.id for work, _ in self._catalog.waiting(_WAITING_AT_ONCE)]
        return across.search(self._engine, self._public_words, query, limit, also=waiting)

    def _public_words(self, work: str) -> WorkText | None:
        try:
            found = self._catalog.work(work)
        except Missing:
            return None
        return self.words(found) if found.state == State.PUBLIC else None

    def catch_up(self) -> None:
        """Takes in what waits, and what the index should have and has not, as after a loss of its files.

        Only the holder of the ingest lock writes the index.
        """
        known = self._engine.generations()
        lost = [work for work, wanted in self._catalog.generations() if known.get(work) != wanted]
        self._catalog.index_again(lost)
        while waiting := self._catalog.waiting(_WAITING_AT_ONCE):
            with self._engine.writing() as writer:
                for work, generation in waiting:
                    words = self.words(work)
                    if words is None:
                        writer.remove(work.id)
                    else:
                        writer.replace(work.id, generation, words)
            self._catalog.indexed([(work.id, generation) for work, generation in waiting])
