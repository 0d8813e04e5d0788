"""Pages that a work has and of which there is no image: canvases with nothing on them, in their place among the others.

Presentation 3.0 section 5.3 lets a canvas be empty, 2.1 section 5.3 too; recipe 0283 of the IIIF cookbook, "Missing
Images in a Sequence". So left and right pages stay where they are, and a chapter begins on its own page.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from manifests.ids import slug, with_suffix
from manifests.metadata.page_names import places_in
from manifests.metadata.record import PageNote, Record
from manifests.model import LanguageMap, Page
from manifests.presentation import markup

_NO_IMAGE: LanguageMap = {"vi": ["không có ảnh"], "en": ["no image"]}
_LABEL: LanguageMap = {"vi": ["Trang không có ảnh"], "en": ["Pages without an image"]}
_NAMED = 20
"""Pages whose names stand in the line that tells of them."""
_NAMELESS = "page"


@dataclass(frozen=True, slots=True)
class MissingPage:
    """As large as the page beside it. `file` is what the record calls it: a page of that name, when it comes, has this
    id too, unless it is taken."""

    id: str
    file: str
    label: LanguageMap
    width: int
    height: int


CanvasOf: TypeAlias = Page | MissingPage


def canvases_of(record: Record, pages: Sequence[Page]) -> list[CanvasOf]:
    """The pages with the missing ones between them. Where more are missing than there are, the images are a sample of
    the work, and no book of empty canvases."""
    missing = _missing(record, pages)
    if not missing or sum(map(len, missing.values())) > len(pages):
        return [*pages]
    notes = {note.page: note for note in record.pages}
    taken = {page.id.casefold() for page in pages}
    found: list[CanvasOf] = []
    for place in range(-1, len(pages)):
        beside = pages[max(place, 0)]
        found += [pages[place]] if place >= 0 else []
        for name in missing.get(place, ()):
            label = _said(notes.get(name), name)
            found.append(MissingPage(_free(name, taken), name, label, beside.width, beside.height))
    return found


def missing_page(record: Record, pages: Sequence[Page], identifier: str) -> MissingPage | None:
    found = (one for one in canvases_of(record, pages) if isinstance(one, MissingPage))
    return next((one for one in found if one.id == identifier), None)


def statement_of(record: Record, pages: Sequence[Page]) -> tuple[LanguageMap, LanguageMap] | None:
    """The line of the record that tells of them, label and value; None where all pages are here."""
    missing = _missing(record, pages)
    notes = {note.page: note for note in record.pages}
    names = [_name(notes.get(name), name) for place in sorted(missing) for name in missing[place]]
    if not names:
        return None
    told = ", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else "")
    text = f"{told} ({len(names)})" if len(names) > 1 else told
    return _LABEL, {"none": [markup.as_value(text)]}


def _missing(record: Record, pages: Sequence[Page]) -> Mapping[int, Sequence[str]]:
    """Names by the place of the page behind which they stand; -1 before the first."""
    added = {note.page: note.after for note in record.pages if note.after}
    if not record.sequence and not added:
        return {}
    places = places_in(record, [(page.file, page.id) for page in pages])
    found: dict[int, list[str]] = defaultdict(list)
    last = -1
    for name in record.sequence:
        if name not in places and name not in added:
            found[last].append(name)
        last = places.setdefault(name, last)
    for name, after in added.items():
        if name not in places:
            places[name] = places.get(after, len(pages) - 1)
            _insert(found[places[name]], name, after)
    return found


def _insert(names: list[str], name: str, after: str) -> None:
    names.insert(names.index(after) + 1 if after in names else 0, name)


def _free(name: str, taken: set[str]) -> str:
    wished = slug(name) or _NAMELESS
    found = next(one for one in _wishes(wished) if one.casefold() not in taken)
    taken.add(found.casefold())
    return found


def _wishes(wished: str) -> Iterator[str]:
    yield wished
    for number in range(2, 1 << 31):
        yield with_suffix(wished, str(number))


def _name(note: PageNote | None, name: str) -> str:
    """As pages are called that have no label: `0005` is 5."""
    plain = name.lstrip("0") or name if name.isdecimal() else name
    return next((text for texts in note.label.values() for text in texts), plain) if note is not None else plain


def _said(note: PageNote | None, name: str) -> LanguageMap:
    """`12 (no image)`, in both languages."""
    label = note.label if note is not None else {}
    return {
        tag: [f"{next(iter(label.get(tag, ())), _name(note, name))} ({words[0]})"] for tag, words in _NO_IMAGE.items()
    }
