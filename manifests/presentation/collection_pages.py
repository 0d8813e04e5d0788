"""A collection too long for one answer, cut into pages.

Presentation 2.1 has paging for this (section 5.9). 3.0 has none; what it has (section 5.1) is a collection that is used
"to subdivide a larger one into more manageable pieces": so there the long collection lists its pages, each of them a
collection with an address of its own. Either way a page is found by the key of the member before it (`?after=`), not
by its number: an old address goes on working whatever has been added in front.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from manifests.collection import Collection
from manifests.model import LanguageMap, Work

PAGE_SIZE = 100
"""Members on one page, and the most that a collection shows without pages."""

FIRST = ""
"""The key of the first page, which has no member before it."""


@dataclass(frozen=True, slots=True)
class ShownCollection:
    """A collection as its documents tell of it. `parent` is None for `top` alone; `services` are those of the whole
    collection, such as its search."""

    this: Collection
    parent: Collection | None = None
    services: Sequence[Mapping[str, Any]] = ()


Members = Sequence[Work | Collection]


@dataclass(frozen=True, slots=True)
class PagePosition:
    """Where in its collection a page lies: its own key, how many members come before it, the keys of its neighbours.

    `previous` is None on the first page only, `next` on the last only.
    """

    after: str
    start: int
    previous: str | None
    next: str | None


def label_of_page(label: LanguageMap, start: int, length: int) -> LanguageMap:
    """`Bản đồ (101–200)`: numbers need no translation."""
    if not length:
        return label
    return {language: [f"{text} ({start + 1}–{start + length})" for text in texts] for language, texts in label.items()}


def labels_of_pages(collection: Collection, keys: Sequence[str]) -> list[tuple[str, LanguageMap]]:
    """The key and the label of each page of a long collection."""
    starts = range(0, collection.total, PAGE_SIZE)
    return [
        (key, label_of_page(collection.label, start, min(PAGE_SIZE, collection.total - start)))
        # The total may have been counted a moment before the keys were taken.
        for key, start in zip(keys, starts, strict=False)
    ]
