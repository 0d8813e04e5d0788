"""Across works: the engine names candidates, the scan proves and locates them (decisions.md, 6).

What the engine says is never an answer by itself: a work that has changed, or been withdrawn, since it was indexed is
proved on the words it has now, or dropped.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from manifests.model import Hit, Tier
from manifests.search.engine import Engine
from manifests.search.scan import WorkHits, find_in_work
from manifests.text.store import WorkText

MAX_PROVED = 100
"""Works that are looked into for one page of results. The engine names those that hold the phrase first."""


def search(
    engine: Engine,
    texts: Callable[[str], WorkText | None],
    query: str,
    limit: int | None = None,
    *,
    also: Sequence[str] = (),
) -> list[Hit]:
    """By tier, then in the engine's order of works, then by page.

    `texts` gives the words of a work as they are now, None where nobody may read them. `also` are works that the
    engine does not know in their present state. Without a limit every candidate is proved.
    """
    named = [candidate.work for candidate in engine.find(query, MAX_PROVED if limit is not None else None)]
    proved: list[WorkHits] = []
    certain = 0
    for work in dict.fromkeys([*named, *also]):
        text = texts(work)
        if text is not None:
            proved.append(find_in_work(work, text, query))
            certain += proved[-1].count(Tier.EXACT)
        if limit is not None and certain >= limit:
            break  # Whatever follows stands behind these.
    return list(islice(_by_tier(proved), limit))


def _by_tier(proved: Sequence[WorkHits]) -> Iterator[Hit]:
    return (hit for tier in Tier for found in proved for hit in found.of(tier))
