"""What a record says of a work, as both versions of the Presentation API tell it; nothing here knows their spelling.

Languages stand in a record as codes and tags; people read names.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manifests.metadata.fields import label_of
from manifests.metadata.record import Chapter, Record, Texts
from manifests.model import LanguageMap
from manifests.presentation import markup
from manifests.presentation.leaves import Leaf, places_among
from manifests.text.languages import language_name

RIGHTS: LanguageMap = {"vi": ["Bản quyền"], "en": ["Rights"]}
"""The label of `requiredStatement`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One pair of `metadata`. `values` may hold HTML (`markup`)."""

    label: LanguageMap
    values: LanguageMap


def lines(record: Record) -> Sequence[Line]:
    return [
        Line(label_of(entry.field), _languages(entry.values) if entry.field == "language" else values(entry.values))
        for entry in record.entries
    ]


def values(texts: Texts) -> LanguageMap:
    """For a property that may hold HTML."""
    return {tag: [markup.as_value(text) for text in strings] for tag, strings in texts.items()}


def _languages(said: Texts) -> LanguageMap:
    """A tag by its name in Vietnamese and English; what is a name already stays."""
    told = [text for strings in said.values() for text in strings]
    if not any(language_name(text, "en") for text in told):
        return values(said)
    return {tag: [language_name(text, tag) or markup.as_value(text) for text in told] for tag in ("vi", "en")}


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
    places = _Places.of(record, places_among(record, leaves))
    found = (_part(chapter, str(n), places) for n, chapter in enumerate(record.chapters, 1))
    return [part for part in found if part is not None]


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


def _part(chapter: Chapter, key: str, places: _Places) -> ChapterPart | None:
    pages = places.in_chapter(chapter)
    if not pages:
        return None
    found = (_part(one, f"{key}.{n}", places) for n, one in enumerate(chapter.chapters, 1))
    inner = [part for part in found if part is not None]
    beginning: dict[int, list[ChapterPart]] = {}
    for part in inner:  # several may begin on one page, as articles do
        beginning.setdefault(min(_places(part)), []).append(part)
    inside = {place for part in inner for place in _places(part)}
    items: list[int | ChapterPart] = []
    for place in pages:
        items += beginning.pop(place, ())
        if place not in inside:
            items.append(place)
    items += [part for parts in beginning.values() for part in parts]
    return ChapterPart(key, chapter.label, items) if items else None


def _places(part: ChapterPart) -> list[int]:
    return [place for item in part.items for place in ([item] if isinstance(item, int) else _places(item))]
