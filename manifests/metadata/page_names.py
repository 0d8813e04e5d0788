"""Which page a record means: records name files, and not always the files that lie here.

A name is that of the file without its ending, or the page's id; an export for the Web adds to it (`0001.tif.large`). A
record none of whose names is here, and that has as many as there are pages, means them by their order.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from unicodedata import normalize

from manifests.metadata.record import Chapter, PageNote, Record


def places_of(names: Sequence[str], pages: Sequence[tuple[str, str]], *, may_count: bool = True) -> dict[str, int]:
    """Name to the place of its page among `pages`, each a file and an id; names without a page are left out. With
    `may_count` as many names as pages may mean them by their order."""
    if not names:  # of most works, and asked several times for a page that is shown
        return {}
    known: dict[str, int] = {}
    stems = [normalize("NFC", PurePosixPath(file).stem) for file, _ in pages]
    begins = Counter(map(_begin, stems))
    for place, (stem, (_, page)) in enumerate(zip(stems, pages, strict=True)):
        for name in (stem, normalize("NFC", page), *([_begin(stem)] if begins[_begin(stem)] == 1 else ())):
            known.setdefault(name, place)
    whole = {name: normalize("NFC", name) for name in names}
    found = {name: known[key] for name, said in whole.items() for key in (_begin(said), said) if key in known}
    if may_count and not found and len(names) == len(pages):
        return {name: place for place, name in enumerate(names)}
    return found


def as_named(record: Record, stems: Mapping[str, str]) -> Record:
    """With the names that pages have here in place of those that the record has for them."""

    def here(chapter: Chapter) -> Chapter:
        first, last = (stems.get(name, name) for name in (chapter.first, chapter.last))
        return replace(chapter, first=first, last=last, chapters=tuple(map(here, chapter.chapters)))

    return replace(
        record,
        pages=tuple(replace(note, page=stems.get(note.page, note.page)) for note in record.pages),
        chapters=tuple(map(here, record.chapters)),
        sequence=tuple(dict.fromkeys(stems.get(name, name) for name in record.sequence)),
    )


def notes_of(record: Record, pages: Sequence[tuple[str, str]]) -> Mapping[int, PageNote]:
    """What the record says of each page, by its place. One that is called missing may have come since."""
    late = places_of([note.page for note in record.pages if note.is_missing], pages, may_count=False)
    told = places_of([note.page for note in record.pages if not note.is_missing], pages)
    places = {**late, **told}
    return {places[note.page]: note for note in reversed(record.pages) if note.page in places}


def _begin(name: str) -> str:
    """In front of the first dot."""
    return name.partition(".")[0] or name
