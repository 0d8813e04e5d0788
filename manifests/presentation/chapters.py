"""The contents of a work: its chapters as a tree of pages, whichever of the pages that they name are here.

A record says where a chapter begins and often where it ends; a table of contents written by hand says only the first.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from manifests.metadata.record import Chapter, Record
from manifests.model import LanguageMap
from manifests.presentation.leaves import Leaf, places_among


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A chapter with what is directly in it, in order: pages by their place, and chapters. `key` counts: `1.2`."""

    key: str
    label: LanguageMap
    items: Sequence["int | ChapterPart"]

    @property
    def pages(self) -> list[int]:
        return [item for item in self.items if isinstance(item, int)]

    @property
    def parts(self) -> list["ChapterPart"]:
        return [item for item in self.items if isinstance(item, ChapterPart)]


def chapters(record: Record, leaves: Sequence[Leaf]) -> list[ChapterPart]:
    """The chapters of which pages are here. A page belongs to the innermost chapter that it is in."""
    return list(_parts(record.chapters, "", _Places.of(record, places_among(record, leaves)), len(leaves)))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where pages are, by name; how many the record counts before each, here or not; and the numbers of those here."""

    here: Mapping[str, int]
    sequence: Sequence[str]
    counted: Mapping[str, int]
    numbers: Sequence[int]

    @classmethod
    def of(cls, record: Record, here: Mapping[str, int]) -> "_Places":
        counted = {name: at for at, name in enumerate(record.sequence)}
        return cls(here, record.sequence, counted, [at for name, at in counted.items() if name in here])

    def up_to(self, chapter: Chapter, following: Sequence[Chapter], end: int) -> range:
        """Up to the next one beside it that is here, else to the end of what is around it; one page at least."""
        first = self.here.get(chapter.first)
        if first is None:
            return range(0)
        stop = next((self.here[one.first] for one in following if one.first in self.here), end)
        return range(first, max(first + 1, stop))

    def in_chapter(self, chapter: Chapter) -> range:
        """From its first page that is here to its last."""
        first, last = chapter.first, chapter.last
        if not (first in self.here and last in self.here):
            if not (first in self.counted and last in self.counted):
                return range(0)
            begin = bisect_left(self.numbers, self.counted[first])
            inside = self.numbers[begin : bisect_right(self.numbers, self.counted[last])]
            if not inside:
                return range(0)
            first, last = self.sequence[inside[0]], self.sequence[inside[-1]]
        return range(self.here[first], self.here[last] + 1)


def _parts(beside: Sequence[Chapter], key: str, places: _Places, end: int) -> Iterator[ChapterPart]:
    """Those of one level; `end` is the place behind the last page of what is around them."""
    for number, chapter in enumerate(beside, 1):
        pages = places.in_chapter(chapter) if chapter.last else places.up_to(chapter, beside[number:], end)
        if pages:
            yield _part(chapter, f"{key}{number}", places, pages)


def _part(chapter: Chapter, key: str, places: _Places, pages: range) -> ChapterPart:
    inner = list(_parts(chapter.chapters, f"{key}.", places, pages.stop))
    beginning: dict[int, list[ChapterPart]] = {}
    for part in inner:  # several may begin on one page, as articles do
        beginning.setdefault(min(_pages_in(part)), []).append(part)
    inside = {place for part in inner for place in _pages_in(part)}
    items: list[int | ChapterPart] = []
    for place in pages:
        items += beginning.pop(place, ())
        if place not in inside:
            items.append(place)
    items += [part for parts in beginning.values() for part in parts]
    return ChapterPart(key, chapter.label, items)


def _pages_in(part: ChapterPart) -> list[int]:
    return [place for item in part.items for place in ([item] if isinstance(item, int) else _pages_in(item))]
