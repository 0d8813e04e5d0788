"""Hits of many works as a Content Search answer, versions 1.0 and 2.0, one page of them at a time.

A canvas of a work that the client may not have loaded: so each target says of which manifest it is a part. How many
hits there are is known at the last page only, and not said before; neither version asks for it. No HTTP here, and no
searching.
"""

from collections.abc import Mapping
from typing import Any

from manifests.addresses import Addresses
from manifests.model import Hit, Work
from manifests.search import answer_forms
from manifests.search.across import NOTHING, Across, HitsPage
from manifests.search.answer_page import (
    AnswerPage,
    Manifest,
    PlacedHit,
    Sizes,
    ignored,
    motivation_fits,
    page_address,
    targets_of,
)
from manifests.search.cursor import START, Cursor


def start_of(parameters: Mapping[str, str]) -> Cursor:
    """Where the page that is asked for begins."""
    return Cursor.parse(parameters["start"]) if "start" in parameters else START


def ask(version: int, across: Across, parameters: Mapping[str, str]) -> HitsPage:
    """The hits that are asked for; none where annotations are wanted that no answer holds."""
    start = start_of(parameters)
    return across.hits_page(parameters.get("q", ""), start) if motivation_fits(version, parameters) else NOTHING


def answer(
    version: int, *, url: str, found: HitsPage, sizes: Sizes, addresses: Addresses, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """`url` is the address of the service, without a query; `parameters` are those of the request. `sizes` is asked
    where a hit has no place of its own and lies on the whole canvas.
    """

    def at(cursor: Cursor) -> str:
        return page_address(url, parameters, str(cursor) if cursor != START else "")

    def place(work: Work, hit: Hit) -> PlacedHit:
        manifest = Manifest(addresses.manifest(3 if version == 2 else 2, work.id), work.label)
        return PlacedHit(hit, targets_of(hit, sizes, addresses), manifest)

    page = AnswerPage(
        hits=[place(work, hit) for work, hit in found.hits],
        start=found.seen,
        total=found.total,
        address=at(start_of(parameters)),
        first=at(START),
        last=None,
        next=at(found.next) if found.next is not None else None,
        previous=at(found.previous) if found.previous is not None else None,
        ignored=ignored(parameters),
    )
    return answer_forms.of_version(version, page)
