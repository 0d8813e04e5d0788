"""What a record says of a work, as both versions of the Presentation API tell it; nothing here knows their spelling.

Languages stand in a record as codes and tags; people read names.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    """The chapters whose pages are here. A page belongs to the innermost chapter that it is in."""
    return list(_parts(record.chapters, "", places_among(record, leaves), len(leaves) - 1))


def _parts(beside: Sequence[Chapter], key: str, places: Mapping[str, int], end: int) -> Iterator[ChapterPart]:
    """Those of one level; `end` is the last place of what is around them."""
    for number, chapter in enumerate(beside, 1):
        following = next((places[one.first] for one in beside[number:] if one.first in places), end + 1)
        first = places.get(chapter.first)
        last = places.get(chapter.last) if chapter.last else max(first or 0, following - 1)
        if first is not None and last is not None:
            part = _part(chapter, f"{key}{number}", places, first, last)
            if part.items:
                yield part


def _part(chapter: Chapter, key: str, places: Mapping[str, int], first: int, last: int) -> ChapterPart:
    inner = list(_parts(chapter.chapters, f"{key}.", places, last))
    beginning: dict[int, list[ChapterPart]] = {}
    for part in inner:  # several may begin on one page, as articles do
        beginning.setdefault(min(_places(part)), []).append(part)
    inside = {place for part in inner for place in _places(part)}
    items: list[int | ChapterPart] = []
    for place in range(first, last + 1):
        items += beginning.pop(place, ())
        if place not in inside:
            items.append(place)
    items += [part for parts in beginning.values() for part in parts]
    return ChapterPart(key, chapter.label, items)


def _places(part: ChapterPart) -> list[int]:
    return [place for item in part.items for place in ([item] if isinstance(item, int) else _places(item))]
