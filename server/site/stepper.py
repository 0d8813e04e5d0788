"""From one place where the words stand to the next, inside one work: in the order of the search, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.model import Box, Hit
from manifests.search.scan import WorkHits

SHOWN = 200
"""Places that are marked on one page at most."""


@dataclass(frozen=True, slots=True)
class Stepper:
    """`number` counts from 1; None where the reader stands at no place that was found. `on_page` are those of the page
    that is shown, `spans` where they stand in the work's display."""

    count: int
    number: int | None
    before: Hit | None
    behind: Hit | None
    on_page: Sequence[Hit]
    spans: Sequence[tuple[int, int]]


def stepper(hits: WorkHits, page: str, order: Sequence[str], box: Box | None) -> Stepper:
    """`order` are the ids of all pages. `box` is the one that the reader looks at; with none, or with one that was not
    found, the next place is the first on this page, else on those behind it."""
    pages = hits.pages()
    here = [number for number, where in enumerate(pages) if where == page][:SHOWN]
    on_page = [hits[number] for number in here]
    at = next((n for n, hit in zip(here, on_page, strict=True) if box and box in hit.boxes), None)
    if at is not None:
        before, behind = at - 1, at + 1
    elif here:
        before, behind = here[0] - 1, here[0]
    else:
        before, behind = _around(pages, {name: number for number, name in enumerate(order)}, page)
    return Stepper(
        count=len(pages),
        number=None if at is None else at + 1,
        before=hits[before] if before >= 0 else None,
        behind=hits[behind] if 0 <= behind < len(pages) else None,
        on_page=on_page,
        spans=[hits.span(number) for number in here],
    )


def _around(pages: Sequence[str], places: dict[str, int], page: str) -> tuple[int, int]:
    """The last place on the pages before this one, the first on those behind it; -1 where there is none."""
    here = places.get(page, 0)
    there = [places.get(name, 0) for name in pages]
    before = max((n for n, place in enumerate(there) if place < here), key=lambda n: (there[n], -n), default=-1)
    behind = min((n for n, place in enumerate(there) if place > here), key=lambda n: (there[n], n), default=-1)
    return before, behind
