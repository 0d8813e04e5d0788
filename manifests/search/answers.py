"""The hits of one work as a Content Search answer, versions 1.0 and 2.0, one page of them at a time.

How many there are is known from the first page on, so a page begins at the number of a hit. No HTTP here, and no
searching.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from manifests.addresses import Addresses
from manifests.errors import Malformed
from manifests.model import Hit
from manifests.search import answer_forms
from manifests.search.answer_page import (
    AnswerPage,
    PlacedHit,
    Sizes,
    ignored,
    motivation_fits,
    page_address,
    targets_of,
)

PAGE_SIZE = 100
"""Hits on one page of an answer."""


def start_of(parameters: Mapping[str, str]) -> int:
    """Where the page that is asked for begins."""
    start = parameters.get("start", "0")
    if not (start.isascii() and start.isdecimal() and len(start) < 10):
        raise Malformed("start={start} is not a whole number from 0.", start=start)
    return int(start)


def answer(
    version: int,
    *,
    url: str,
    hits: Sequence[Hit],
    sizes: Sizes,
    addresses: Addresses,
    parameters: Mapping[str, str],
    start: int = 0,
    page_size: int = PAGE_SIZE,
) -> dict[str, Any]:
    """The page of the answer that begins at hit `start`; `hits` are all of them, and only those on it are looked at.
    `parameters` are those of the request.

    `url` is the address of the service, without a query. `sizes` is asked where a hit has no place of its own and lies
    on the whole canvas.
    """
    hits = hits if motivation_fits(version, parameters) else ()
    total, behind = len(hits), start + page_size

    def at(place: int) -> str:
        return page_address(url, parameters, str(place) if place else "")

    page = AnswerPage(
        hits=[PlacedHit(hit, targets_of(hit, sizes, addresses)) for hit in hits[start:behind]],
        start=start,
        total=total,
        address=at(start),
        first=at(0),
        last=at(max(0, total - 1) // page_size * page_size),
        next=at(behind) if behind < total else None,
        previous=at(max(0, start - page_size)) if start else None,
        ignored=ignored(parameters),
    )
    return answer_forms.of_version(version, page)
