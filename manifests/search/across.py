"""Across works: the engine names candidates, the scan proves and locates them (decisions.md, 6).

What the engine says is never an answer by itself: a work that has changed, or been withdrawn, since it was indexed is
proved on the words it has now, or dropped. So the places that are counted here are those that a viewer finds there.

An answer is read page by page, and for each page a bounded number of works is looked into, whatever is asked. How many
works there are in all is therefore known at the last page only; before it, the engine's count is what can be said.
A page far behind costs what the naming of the candidates before it costs, some microseconds each; none is proved.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from manifests.model import Hit, Tier, Work
from manifests.search.cursor import START, Cursor
from manifests.search.engine import Candidate, IndexReader
from manifests.search.query_terms import query_terms
from manifests.search.scan import HitsMadeWhenSeen, WorkHits, WorkLines, find_in_work
from manifests.search.titles import is_in_title
from manifests.search.turns import in_turn
from manifests.search.variants import misreadings, variants
from manifests.text.store import WorkText

WORKS_ON_A_PAGE = 10

MAX_PROVED = 20
"""Works that are looked into for one page of results, some of which hold the words but not near each other."""

MAX_WIDENED = 40
"""Works of one answer that are looked into only because they hold what one OCR error makes of the query."""

WORKS_IN_TURN = 10
"""Candidates whose hits an answer for machines gives before it comes to the next so many."""

HITS_ON_A_PAGE = 100

FEW = 3
"""Works with fewer of which a reader is asked whether something else was meant."""

_MOST_VARIANTS = 5

PublicWork: TypeAlias = Callable[[str], Work | None]
"""The work as it is now, None where nobody may know of it."""
Words: TypeAlias = Callable[[Work], WorkText | None]
Named: TypeAlias = Callable[[int | None], Sequence[str]]
"""Names of works, at most so many."""
WithText: TypeAlias = Callable[[int, int], Sequence[str]]
"""Names of public works with text in the order of the catalogue: the first place, and how many at most."""


@dataclass(frozen=True, slots=True)
class FoundWork:
    """`hits` are all of the work, best first, made when they are looked at."""

    work: Work
    hits: WorkHits


@dataclass(frozen=True, slots=True)
class WorksPage:
    """Some of the works that were found, best tier first. `total` is true of the whole answer where `is_proved`."""

    works: Sequence[FoundWork]
    next: Cursor | None
    total: int
    is_proved: bool

    @property
    def is_poor(self) -> bool:
        """Next to nothing stands anywhere as it was asked."""
        as_asked = sum(found.hits[0].tier in (Tier.EXACT, Tier.MARKS) for found in self.works)
        return self.next is None and as_asked < FEW


@dataclass(frozen=True, slots=True)
class TitlesPage:
    works: Sequence[Work]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class HitsPage:
    """Some of the hits, each with its work. `seen` hits come before them; `total` is None where nobody knows it yet."""

    hits: Sequence[tuple[Work, Hit]]
    next: Cursor | None
    seen: int
    previous: Cursor | None = None

    @property
    def total(self) -> int | None:
        return self.seen + len(self.hits) if self.next is None else None


NOTHING = HitsPage((), None, 0)


class Across:
    """`waiting` names works that the index does not know in their present state, `with_text` those to be read whole.
    `among` are the works of a collection, in order, and whether they have text; None for all."""

    def __init__(
        self,
        index: IndexReader,
        public: PublicWork,
        words: Words,
        waiting: Named,
        with_text: WithText,
        among: Mapping[str, bool] | None = None,
    ) -> None:
        self._among = among
        self._index = index
        self._public = public
        self._words = words
        self._waiting = waiting
        self._with_text = with_text

    def among(self, works: Collection[str]) -> "Across":
        """The same search in these works alone; a set, since it is asked for each candidate."""
        known = self._among
        kept = (
            dict.fromkeys(sorted(works, key=str.lower), True)
            if known is None
            else {name: known[name] for name in known if name in works}
        )
        return Across(self._index, self._public, self._words, self._waiting, self._with_text, kept)

    def works(self, query: str, start: Cursor = START) -> WorksPage:
        """Works in whose text the query stands, each once however often it does."""
        found, following = self._window(query, start.rank)
        seen = start.seen + len(found)
        if following is None:
            return WorksPage(found, None, seen, is_proved=True)
        (named,) = self._index.count([[term.folded for term in query_terms(query)]])
        most = named if self._among is None else min(named, len(self._among))
        return WorksPage(found, Cursor(following, seen), max(most, seen + 1), is_proved=False)

    def titled(self, query: str, start: Cursor = START, size: int = WORKS_ON_A_PAGE) -> TitlesPage:
        """Works in whose title the query stands."""
        asked, most = query_terms(query), start.rank + size + 1
        names = _unique([*_named(self._index.find_titles(query, most, self._among)), *self._those_waiting(most)])
        here = [self._public(name) for name in names[start.rank : start.rank + size]]
        works = [work for work in here if work is not None and is_in_title(work.label, asked)]
        following = Cursor(start.rank + size, start.seen + len(works)) if len(names) > start.rank + size else None
        return TitlesPage(works, following)

    def hits(self, query: str, limit: int | None = None) -> list[Hit]:
        """One list: by tier, then in the engine's order of works, then by page. Without a limit all are proved."""
        proved: list[WorkHits] = []
        certain = 0
        for name in self._candidates(query, MAX_PROVED if limit is not None else None):
            found = self._prove(name, query)
            if found is not None:
                proved.append(found.hits)
                certain += found.hits.count(Tier.EXACT)
            if limit is not None and certain >= limit:
                break  # Whatever follows stands behind these.
        return list(islice(_by_tier(proved), limit))

    def hits_page(self, query: str, start: Cursor = START, size: int = HITS_ON_A_PAGE) -> HitsPage:
        """Work after work would let a large one fill page upon page: so ten works take turns until all are through.

        Where nothing is asked every line is a hit, as nothing restricts the answer (Content Search 2.0, 4.1.1).
        """
        found, is_last = self._ten(query, start.rank)
        total = _hits_of(found)
        places = islice(in_turn([len(hits) for _, hits in found], start.offset), size)
        hits = [(found[which][0], found[which][1][number]) for which, number in places]
        seen, behind = start.seen + len(hits), start.offset + size
        following = None if is_last else Cursor(start.rank + WORKS_IN_TURN, seen)
        if behind < total:
            following = Cursor(start.rank, seen, behind)
        return HitsPage(hits, following, start.seen, self._before(query, start, size))

    def _ten(self, query: str, rank: int) -> tuple[list[tuple[Work, HitsMadeWhenSeen]], bool]:
        """Ten candidates from a rank on, those that prove true, by tier; and whether they are the last."""
        if not query.strip():
            names = list(self._to_read(rank, WORKS_IN_TURN + 1))
            read = [self._read(name) for name in names[:WORKS_IN_TURN]]
            lines = [(work, WorkLines(work.id, text)) for work, text in filter(None, read)]
            return [*lines], len(names) <= WORKS_IN_TURN
        names = self._candidates(query, rank + WORKS_IN_TURN + 1)[rank:]
        proved = [self._prove(name, query) for name in names[:WORKS_IN_TURN]]
        found = sorted(filter(None, proved), key=_tier)
        return [(of.work, of.hits) for of in found], len(names) <= WORKS_IN_TURN

    def _before(self, query: str, start: Cursor, size: int) -> Cursor | None:
        """Where the page before begins. How many hits the ten works before have is only known when they are asked."""
        if start.offset:
            before = max(0, start.offset - size)
            return Cursor(start.rank, max(0, start.seen - start.offset + before), before)
        if not start.rank:
            return None
        rank = max(0, start.rank - WORKS_IN_TURN)
        found, _ = self._ten(query, rank)
        hits = _hits_of(found)
        last = max(0, hits - 1) // size * size
        return Cursor(rank, max(0, start.seen - hits + last), last) if rank or last else START

    def did_you_mean(self, query: str) -> str | None:
        """Other words that stand in more texts, as they are printed there; None where there are none."""
        asked = query_terms(query)
        (own,) = self._index.count([[term.folded for term in asked]])
        for run, number in variants(self._index.count, asked, _MOST_VARIANTS):
            printed = self._as_printed(" ".join(run)) if number > own else None
            if printed is not None:
                return printed
        return None

    def _as_printed(self, query: str) -> str | None:
        for candidate in self._index.find(query, FEW, among=self._among):
            found = self._prove(candidate.work, query)
            if found is not None and found.hits[0].tier in (Tier.EXACT, Tier.MARKS):
                return " ".join(found.hits[0].match.lower().split())
        return None

    def _window(self, query: str, rank: int) -> tuple[list[FoundWork], int | None]:
        """The works on one page, by tier, and the rank of the first candidate behind them."""
        names = self._candidates(query, rank + MAX_PROVED + 1)
        found: list[FoundWork] = []
        for name in names[rank : rank + MAX_PROVED]:
            if len(found) == WORKS_ON_A_PAGE:
                break
            proved = self._prove(name, query)
            found += [proved] if proved is not None else []
            rank += 1
        found.sort(key=_tier)
        return found, rank if rank < len(names) else None

    def _candidates(self, query: str, limit: int | None) -> list[str]:
        """In an order of which a lower limit gives the beginning."""
        if not query_terms(query):
            return []
        names = _named(self._index.find(query, limit, anywhere=False, among=self._among))
        if limit is None or len(names) < limit:
            names = _unique([*names, *self._misread(query), *self._those_waiting(limit)])
        if limit is None or len(names) < limit:
            names = _unique([*names, *_named(self._index.find(query, limit, among=self._among))])
        return names[:limit]

    def _those_waiting(self, limit: int | None) -> list[str]:
        names = self._waiting(limit if self._among is None else None)
        return [name for name in names if self._among is None or name in self._among][:limit]

    def _to_read(self, first: int, limit: int) -> Sequence[str]:
        if self._among is None:
            return self._with_text(first, limit)
        return list(islice((name for name, has_text in self._among.items() if has_text), first, first + limit))

    def _misread(self, query: str) -> list[str]:
        """Works that may hold the query with one error, the likeliest first."""
        runs = misreadings(self._index.count, query_terms(query))
        return _named(self._index.find_runs(runs, MAX_WIDENED, self._among))

    def _prove(self, name: str, query: str) -> FoundWork | None:
        read = self._read(name)
        if read is None:
            return None
        work, text = read
        hits = find_in_work(work.id, text, query)
        return FoundWork(work, hits) if len(hits) else None

    def _read(self, name: str) -> tuple[Work, WorkText] | None:
        work = self._public(name)
        text = self._words(work) if work is not None else None
        return (work, text) if work is not None and text is not None else None


def _tier(found: FoundWork) -> int:
    return list(Tier).index(found.hits[0].tier)


def _hits_of(found: Sequence[tuple[Work, HitsMadeWhenSeen]]) -> int:
    return sum(len(hits) for _, hits in found)


def _named(candidates: Sequence[Candidate]) -> list[str]:
    return [candidate.work for candidate in candidates]


def _unique(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _by_tier(proved: Sequence[WorkHits]) -> Iterator[Hit]:
    return (hit for tier in Tier for found in proved for hit in found.of(tier))
