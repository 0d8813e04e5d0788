"""The words of works, and the search index that follows the catalogue.

The catalogue is the truth; the index only says where to look (decisions.md, 6). What it names is proved and located by
the scan of the work's own words, and works that it has not taken in yet are looked at as well.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from manifests.addresses import TOP
from manifests.believed import Believed
from manifests.catalog import Catalog
from manifests.errors import N_, Damaged, Missing
from manifests.model import State, Work
from manifests.search.across import Across
from manifests.search.editions import CurrentEdition, Editions
from manifests.search.engine import Engine, Writer
from manifests.search.titles import titles_of
from manifests.text.store import WorkText

ENGINE = "whoosh"
_KEPT_BYTES = 32_000_000
"""Of stored words, in each process: a hundred works or ten thick ones. What is made of them takes twice that beside."""
_COLLECTIONS_KEPT = 16
"""Of which the ids of all works are kept: ten thousand take one megabyte."""
_WAITING_AT_ONCE = 200
_MADE_AT_ONCE = 1000
"""Works of a new edition that a killed program may have to take in again; fewer at once make more parts to ask."""

LACKS_INDEX = N_(
    "The search index of {folder} is lost or of another version, so not everything is found. `mocban reindex` makes it "
    "anew, and so does the next ingest."
)

NOT_TO_BE_KNOWN = 0
"""Stands for the generation of a work that the index is to forget."""

HearsOfLoss: TypeAlias = Callable[[Damaged], None]
"""Who is told of a work whose words cannot be read, while the search goes on in the others."""
Indexing: TypeAlias = Callable[[int, int], None]
"""Who is told how many works the index has taken in, of how many."""


def lacks_index(library: Path) -> bool:
    """Whether there was something to be found, and the index that should name it is lost or of another version."""
    is_filled = any((library / "index").glob("*")) or any((library / "text").glob("*.words"))
    return is_filled and Editions(library / "index", ENGINE).is_out_of_date()


def tell_nobody(done: int, of: int) -> None: ...


class SearchIndex:
    def __init__(self, library: Path, catalog: Catalog) -> None:
        self._texts = library / "text"
        self._catalog = catalog
        self._editions = Editions(library / "index", ENGINE)
        self._index = CurrentEdition(self._editions)
        self._kept: OrderedDict[str, tuple[WorkText, int]] = OrderedDict()
        self._below: Believed[str, Mapping[str, bool]] = Believed(catalog.version, _COLLECTIONS_KEPT)
        self._guard = Lock()

    def close(self) -> None:
        self._index.close()

    def words(self, work: Work) -> WorkText | None:
        """The words of a work, kept in memory while they are asked for. None where it has no text.

        Raises Damaged where the catalogue knows of words that are not there or cannot be read, as after a backup put
        back in part.
        """
        if work.text is None:
            return None
        with self._guard:
            if work.text in self._kept:
                self._kept.move_to_end(work.text)
                return self._kept[work.text][0]
        try:
            packed = (self._texts / work.text).read_bytes()
            words = WorkText.from_bytes(packed)
        except FileNotFoundError:
            return self._newer_words(work)
        except (OSError, Damaged) as error:
            raise self._lost(work) from error
        self._keep(work.text, words, len(packed))
        return words

    def _keep(self, file: str, words: WorkText, size: int) -> None:
        with self._guard:
            self._kept[file] = words, size
            while sum(size for _, size in self._kept.values()) > _KEPT_BYTES and len(self._kept) > 1:
                self._kept.popitem(last=False)

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
            file=f"{self._texts.name}/{work.text}",
            place=work.folder,
        )

    def across(self, lost: HearsOfLoss, collection: str = TOP) -> Across:
        """The search across the public works of a collection and of all below it; those whose words are lost are told
        to `lost` and give no hits."""

        def words(work: Work) -> WorkText | None:
            try:
                return self.words(work)
            except Damaged as error:
                lost(error)
                return None

        among = None if collection == TOP else self._works_of(collection)
        return Across(self._index, self._public, words, self._waiting, self._catalog.collections.with_text, among)

    def _works_of(self, collection: str) -> Mapping[str, bool]:
        return self._below.get(collection, lambda: self._catalog.collections.public_below(collection))

    def _public(self, work: str) -> Work | None:
        """None of an id that it had: it waits under the one that it has."""
        try:
            found = self._catalog.work(work)
        except Missing:
            return None
        return found if found.state == State.PUBLIC and found.pages and found.id == work else None

    def _waiting(self, limit: int | None) -> list[str]:
        return [work.id for work, _ in self._catalog.waiting(_WAITING_AT_ONCE if limit is None else limit)]

    # What follows changes the index: only the holder of the ingest lock may.

    def catch_up(self, progress: Indexing = tell_nobody) -> None:
        """Takes in what waits, and what the index should have and has not, as after a loss of its files. An index that
        is damaged, or was made by another rule, is made anew."""
        self._editions.sweep()
        if self._is_of_use(self._editions.current()):
            self.follow(progress)
        else:
            self.rebuild(progress)

    def rebuild(self, progress: Indexing = tell_nobody) -> None:
        """Makes a new edition from what is stored while the old one is read, then puts it in its place. Goes on with
        the one that a killed program has left."""
        name = self._editions.unfinished()
        if not self._is_readable(name):
            self._editions.delete(name)
        self._fill(name, progress)
        self._editions.switch(name)
        self._editions.sweep()
        self.follow()

    def _is_of_use(self, name: str | None) -> bool:
        return name is not None and not self._editions.is_out_of_date() and self._is_readable(name)

    def _is_readable(self, name: str) -> bool:
        engine = self._editions.open(name)
        try:
            engine.generations()
        except Damaged:
            return False
        finally:
            engine.close()
        return True

    def _fill(self, name: str, progress: Indexing) -> None:
        engine = self._editions.open(name)
        try:
            missing = self._missing(engine)
            for start in range(0, len(missing), _MADE_AT_ONCE):
                progress(start, len(missing))
                self._write(engine, missing[start : start + _MADE_AT_ONCE])
            progress(len(missing), len(missing))
        finally:
            engine.close()

    def follow(self, progress: Indexing = tell_nobody) -> None:
        """Brings the edition that is read in step with the catalogue. Does nothing where one has to be made anew.

        Works whose words are not there go on waiting, so that whoever asks for them hears of it.
        """
        name = self._editions.current()
        if name is None or self._editions.is_out_of_date():
            return
        engine = self._editions.open(name)
        try:
            missing = self._missing(engine)
            self._write(engine, [of for of in missing if of[1] == NOT_TO_BE_KNOWN])
            self._catalog.index_again([work for work, _ in missing])
            known = engine.generations().items() & dict(self._catalog.generations()).items()
            done = 0
            while waiting := self._catalog.waiting(_WAITING_AT_ONCE):
                progress(done, done + len(waiting))
                taken = self._write(engine, [(work.id, generation) for work, generation in waiting], known)
                self._catalog.indexed(taken)
                done += len(taken)
                if not taken:
                    return
        finally:
            engine.close()

    def differing(self) -> list[str]:
        """Works that the index does not know as the catalogue does: all of them, where there is no index to be read."""
        name = self._editions.current()
        if name is None or not self._is_of_use(name):
            return sorted(work for work, _ in self._catalog.generations())
        engine = self._editions.open(name)
        try:
            return sorted({work for work, _ in self._missing(engine)})
        finally:
            engine.close()

    def _missing(self, engine: Engine) -> list[tuple[str, int]]:
        """Works of which the index knows another text than the catalogue, or none, or which it should not know: those
        that were removed, and the ids that works had."""
        known, wanted = engine.generations(), dict(self._catalog.generations())
        gone = ((work, NOT_TO_BE_KNOWN) for work in known.keys() - wanted.keys())
        return [*(wanted.items() - known.items()), *gone]

    def _write(
        self, engine: Engine, works: Sequence[tuple[str, int]], known: Collection[tuple[str, int]] = ()
    ) -> list[tuple[str, int]]:
        """Those that were taken in, or were `known` in this generation, as after a new edition was made."""
        there = [of for of in works if of in known]
        new = [of for of in works if of not in known]
        if not new:
            return there
        with engine.writing() as writer:
            return there + [(work, generation) for work, generation in new if self._take(writer, work, generation)]

    def _take(self, writer: Writer, name: str, generation: int) -> bool:
        try:
            work = self._catalog.work(name)
            if work.state == State.REMOVED or work.id != name:
                raise Missing("There is no work {work}.", work=name)
            writer.replace(name, generation, self.words(work), titles_of(work.label))
        except Missing:
            writer.remove(name)
        except Damaged:
            return False
        return True
