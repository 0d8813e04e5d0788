"""Pages that a work has and of which there is no image: which they are, and behind which page each stands.

A record counts them, as METS does, or names them one by one. Each becomes a canvas with nothing on it (3.0 and 2.1,
both section 5.3; recipe 0283 of the IIIF cookbook), so that left and right pages stay where they are, and a chapter
begins on its own page.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

from manifests.metadata.page_names import places_of
from manifests.metadata.record import PageNote, Record, Texts
from manifests.model import LanguageMap, Page
from manifests.natural_order import page_key
from manifests.presentation import markup

_WORD = {"vi": "thiếu", "en": "missing"}
_LABEL: LanguageMap = {"vi": ["Trang không có ảnh"], "en": ["Pages without an image"]}
_NAMED = 20
"""Pages whose names stand in the line that tells of them."""

FilesAndIds: TypeAlias = Sequence[tuple[str, str]]
"""Of each page its file and its id."""


def missing_pages(record: Record, pages: FilesAndIds) -> Mapping[int, Sequence[PageNote]]:
    """In order, by the place of the page behind which they stand; -1 before the first."""
    noted = {note.page: note for note in record.pages}
    told = places_of([note.page for note in record.pages if not note.is_missing], pages)
    anchors = [name for note in record.pages if note.is_missing for name in (note.page, note.after)]
    places = {**places_of([*record.sequence, *anchors], pages, may_count=False), **told}
    found: dict[int, list[PageNote]] = defaultdict(list)
    last = -1
    for name in record.sequence:
        if name in record.targets:  # it is here, and no page
            continue
        note = noted.get(name, PageNote(name))
        if name not in places and not note.is_missing:
            found[last].append(note)
        last = places.setdefault(name, last)
    gone = [note for note in record.pages if note.is_missing and note.page not in places]
    for note in sorted((note for note in gone if not note.after), key=lambda note: page_key(_as_file(note.page))):
        found[_place_by_name(note.page, pages)].append(note)
    for note in (note for note in gone if note.after):
        place = places[note.page] = places.get(note.after, len(pages) - 1)
        _put_behind(note, found[place])
    return found


def _place_by_name(name: str, pages: FilesAndIds) -> int:
    """Of the last page whose name comes before this one."""
    key = page_key(_as_file(name))
    return max((place for place, (file, _) in enumerate(pages) if page_key(PurePosixPath(file)) < key), default=-1)


def _as_file(name: str) -> PurePosixPath:
    return PurePosixPath(f"{name}.tif")


def _put_behind(note: PageNote, gaps: list[PageNote]) -> None:
    """Behind the gap that it names, or first; in both cases behind others that name the same."""
    at = next((place for place, gap in enumerate(gaps, 1) if gap.page == note.after), 0)
    while at < len(gaps) and gaps[at].after == note.after:
        at += 1
    gaps.insert(at, note)


def gap_label(note: PageNote) -> LanguageMap:
    """`2a (missing)`: lists of pages show labels alone."""
    label: Texts = note.label or {"none": (_plain(note.page),)}
    found: dict[str, list[str]] = {}
    for tag, strings in label.items():
        for said in ("vi", "en") if tag == "none" else (tag,):
            word = _WORD["vi" if said.partition("-")[0] == "vi" else "en"]
            found.setdefault(said, []).extend(f"{text} ({word})" for text in strings)
    return found


def statement_of(record: Record, pages: Sequence[Page]) -> tuple[LanguageMap, LanguageMap] | None:
    """The line of the record that tells of them, label and value; None where all pages are here."""
    missing = missing_pages(record, [(page.file, page.id) for page in pages])
    names = [_name(note) for place in sorted(missing) for note in missing[place]]
    if not names:
        return None
    told = ", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else "")
    text = f"{told} ({len(names)})" if len(names) > 1 else told
    return _LABEL, {"none": [markup.as_value(text)]}


def _name(note: PageNote) -> str:
    return next((text for texts in note.label.values() for text in texts), _plain(note.page))


def _plain(name: str) -> str:
    """As pages are called that have no label: `0005` is 5."""
    return name.lstrip("0") or name if name.isdecimal() else name
