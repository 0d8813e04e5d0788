"""The canvases of a work before either version of the Presentation API spells them: its pages as its record tells of
them, and between them the gaps where a page is missing whose picture nobody has.

A gap has the id that the page would have, unless it is taken, so that its address stays when the page is scanned at
last, and the size of the page before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from manifests.ids import slug, with_suffix
from manifests.metadata.page_names import notes_of, places_of
from manifests.metadata.record import NOTHING, PageNote, Place, Record, Texts
from manifests.model import LanguageMap, Page
from manifests.presentation.missing_pages import gap_label, missing_pages

MISSING: LanguageMap = {"vi": ["Thiếu ảnh của trang này."], "en": ["There is no image of this page."]}
_NAMELESS = "page"

IN_ORDER: LanguageMap = {"vi": ["Thứ tự hiện nay"], "en": ["As it is now"]}
"""What the order of the pages is called where there is another beside it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One canvas. `page` is None where its picture is missing; `note` and `places` are what the record says of it."""

    id: str
    label: LanguageMap
    width: int
    height: int
    page: Page | None = None
    behavior: str = ""
    note: Texts = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    name: str = ""
    """What the record calls a page whose picture is missing."""

    @property
    def file(self) -> str:
        """The file of its master, or such a one as it would have."""
        return self.page.file if self.page is not None else f"{self.name}.tif"


@dataclass(frozen=True, slots=True)
class OtherOrder:
    """Another order in which they can be read: their places, each at most once."""

    label: LanguageMap
    leaves: Sequence[int]


def leaf_of(page: Page, note: PageNote | None = None) -> Leaf:
    told = note or PageNote(page.id)
    return Leaf(page.id, page.label, page.width, page.height, page, page.behavior, told.note, told.places)


def leaves_of(pages: Sequence[Page], record: Record = NOTHING) -> Sequence[Leaf]:
    """All of them, in order. Where more pages are missing than there are, the images are a sample of the work, and no
    book of empty canvases."""
    here = [(page.file, page.id) for page in pages]
    notes = notes_of(record, here)
    missing = missing_pages(record, here)
    if sum(map(len, missing.values())) > len(pages):
        missing = {}
    taken = {page.id.casefold() for page in pages}
    found: list[Leaf] = []
    for place in range(-1, len(pages)):
        beside = pages[max(place, 0)] if pages else None
        if place >= 0:
            found.append(leaf_of(pages[place], notes.get(place)))
        if beside is not None:
            found += [_gap(note, beside, taken) for note in missing.get(place, ())]
    return found


def _gap(note: PageNote, beside: Page, taken: set[str]) -> Leaf:
    wished = slug(note.page) or _NAMELESS
    wishes = chain([wished], (with_suffix(wished, str(number)) for number in count(2)))
    name = next(one for one in wishes if one.casefold() not in taken)
    taken.add(name.casefold())
    size = beside.width, beside.height
    return Leaf(name, gap_label(note), *size, None, note.behavior, note.note, note.places, note.page)


def places_among(record: Record, leaves: Sequence[Leaf]) -> Mapping[str, int]:
    """Which leaf the record means by each name of a page that it gives."""
    return {**_named(_all_names(record), leaves), **_told(record, leaves)}


def _told(record: Record, leaves: Sequence[Leaf]) -> Mapping[str, int]:
    """Its own list of pages may mean them by their order alone, and then it does not count the gaps."""
    pages = [place for place, leaf in enumerate(leaves) if leaf.page is not None]
    names = [note.page for note in record.pages if not note.is_missing]
    told = places_of(names, [(leaves[place].file, leaves[place].id) for place in pages])
    return {name: pages[place] for name, place in told.items()}


def _all_names(record: Record) -> list[str]:
    orders = [name for order in record.orders for name in order.pages]
    missing = (note.page for note in record.pages if note.is_missing)
    chapters = (name for chapter in record.chapters for name in chapter.names())
    return list(dict.fromkeys([*record.sequence, *missing, *filter(None, [record.start]), *orders, *chapters]))


def _named(names: Sequence[str], leaves: Sequence[Leaf]) -> Mapping[str, int]:
    by_slug = {name: slug(name) for name in names}
    found = places_of(names, [(leaf.file, leaf.id) for leaf in leaves], may_count=False)
    ids = {leaf.id: place for place, leaf in enumerate(leaves)}
    return {**{name: ids[key] for name, key in by_slug.items() if key in ids}, **found}


def start_of(record: Record, leaves: Sequence[Leaf]) -> Leaf | None:
    """The leaf at which to open, where the record says one that is here."""
    place = places_among(record, leaves).get(record.start) if record.start else None
    return leaves[place] if place is not None else None


def opening_page(record: Record, pages: Sequence[Page]) -> Page:
    """The page at which to open: a missing one cannot be shown."""
    start = start_of(record, leaves_of(pages, record)) if record.start else None
    return start.page if start is not None and start.page is not None else pages[0]


def orders_of(record: Record, leaves: Sequence[Leaf]) -> Sequence[OtherOrder]:
    """The order of now first, which counts where nobody chooses (3.0, section 5.4), and those that the record tells."""
    places = places_among(record, leaves)
    others = [
        OtherOrder(order.label, list(dict.fromkeys(places[name] for name in order.pages if name in places)))
        for order in record.orders
    ]
    others = [order for order in others if order.leaves]
    return [OtherOrder(IN_ORDER, range(len(leaves))), *others] if others else []
