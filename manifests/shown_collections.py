"""The collections as the public sees them: one by its id, what lies in it page by page, and its documents.

A collection in which people would see nothing, because its works are drafts, withdrawn or not there yet, is as if it
were not there. `top` is always there, and is called as the library is.
"""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import ModuleType

from manifests.addresses import TOP, Addresses
from manifests.catalog.collection_catalog import CollectionCatalog
from manifests.collection import Collection, Member
from manifests.model import State, Work
from manifests.presentation import v2_collections, v3_collections
from manifests.presentation.collection_pages import FIRST, PAGE_SIZE, PagePosition, ShownCollection
from manifests.presentation.institution import institution_of
from manifests.presentation.serial import to_bytes
from manifests.search.services import collection_service
from manifests.settings import Settings

_SEARCHES = {3: (1, 2), 2: (1,)}
"""Versions of Content Search by version of the document: the second is for readers of Presentation 3."""
_VERSIONS: dict[int, ModuleType] = {3: v3_collections, 2: v2_collections}


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Some members of a collection. `start` come before them; `previous` and `next` are the keys of the pages around
    this one, None where there are none."""

    members: Sequence[Member]
    start: int
    previous: str | None
    next: str | None


class ShownCollections:
    def __init__(self, catalog: CollectionCatalog, settings: Settings) -> None:
        self._catalog = catalog
        self._institution = institution_of(settings)
        self._addresses = Addresses()

    def find(self, collection: str) -> Collection:
        """Raises Missing where nobody may know of it."""
        return self.called(self._catalog.shown(collection))

    def path(self, collection: str) -> list[Collection]:
        """Those around it, from `top` on."""
        return [self.called(one) for one in self._catalog.path(collection)]

    def of_work(self, work: str) -> list[Collection]:
        """Those in which people see a work stand."""
        return [self.called(one) for one in self._catalog.of_work(work, shown=True)]

    # The librarian's view

    def all(self) -> list[Collection]:
        """In order of id, without `top`: those that nobody sees too."""
        return [one for one in self._catalog.all() if one.id != TOP]

    def any(self, collection: str) -> Collection:
        return self.called(self._catalog.find(collection))

    def works(self, collection: str, states: Some[State], after: str | None, limit: int) -> list[Work]:
        """By id, from the one behind `after`: those in it and in what lies in it. Raises Missing."""
        return self._catalog.works_below(collection, states, after or "", limit)

    def all_of_work(self, work: str) -> list[Collection]:
        """Those in which it stands, whatever its state; none where that is `top` alone."""
        return [one for one in self._catalog.of_work(work) if one.id != TOP]

    def called(self, collection: Collection) -> Collection:
        """`top` has no name of its own."""
        return replace(collection, label={"none": [self._institution.name]}) if collection.id == TOP else collection

    def parts(self, collection: str, limit: int) -> list[Collection]:
        """The first collections that lie in it."""
        found = self._catalog.parts(collection, FIRST, limit)
        return [member.what for member in found if isinstance(member.what, Collection)]

    def page(self, collection: str, after: str = FIRST, size: int = PAGE_SIZE) -> MembersPage:
        found = self._catalog.page(collection, after, size + 1)
        here = found[:size]
        start = self._catalog.start(collection, after) if after else 0
        previous = (self._catalog.key_before(collection, after, size) if start > size else FIRST) if start else None
        return MembersPage(here, start, previous, here[-1].key if len(found) > size else None)

    def document(self, version: int, collection: str, after: str | None) -> bytes:
        """The whole collection where one answer holds it, else the list of its pages; with `after`, one page."""
        forms, around = _VERSIONS[version], (self._addresses, self._institution)
        this = self.find(collection)
        searches = [collection_service(number, this.id, self._addresses) for number in _SEARCHES[version]]
        shown = ShownCollection(this, next(iter(self.path(collection)[-1:]), None), searches)
        if after is None and this.total > PAGE_SIZE:
            keys = [FIRST, *self._catalog.keys(collection, PAGE_SIZE)]
            return to_bytes(forms.long_collection(shown, keys[: -(-this.total // PAGE_SIZE)], *around))
        page = self.page(collection, after or FIRST)
        members = [member.what for member in page.members]
        if after is None:
            return to_bytes(forms.collection(shown, members, *around))
        position = PagePosition(after, page.start, page.previous, page.next)
        return to_bytes(forms.collection_page(shown, position, members, *around))


def part_of(version: int, collections: Sequence[Collection]) -> bytes:
    """What a manifest says of the collections in which its work stands, as the end of a document."""
    return b"," + to_bytes(_VERSIONS[version].part_of(collections, Addresses()))[1:]
