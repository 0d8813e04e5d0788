"""The stored documents of a work, and the collections that lead to works: which are made, from what, by whom.

A document is built once, when its work changes, over a placeholder for the public base (decisions.md, 9). It bears the
hash of what made it: other settings or another program give another hash, and a document with an old one is not served.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from manifests.addresses import Addresses
from manifests.catalog import Catalog, DocumentStamp
from manifests.metadata.record import NOTHING, Record
from manifests.model import Page, Work
from manifests.presentation import v2
from manifests.presentation.collection_pages import FIRST, PAGE_SIZE, TOP, Collection, PagePosition
from manifests.presentation.institution import institution_of
from manifests.presentation.missing_pages import CanvasOf
from manifests.presentation.serial import to_bytes
from manifests.search.services import collection_service, service
from manifests.settings import Settings

RECIPE = 5
"""Raised whenever the same work would give another document."""

VERSIONS = (3, 2)

_SEARCHES = {3: (1, 2), 2: (1,)}
"""Versions of Content Search by version of the document: the second is for readers of Presentation 3."""


@dataclass(frozen=True, slots=True)
class Document:
    """`body` is JSON with `addresses.PLACEHOLDER` where the public base will stand. `digest` stands for these bytes:
    other bytes have another. `updated`: when the public last saw what it tells of change."""

    body: bytes
    digest: str
    updated: datetime | None


def document_of(body: bytes, updated: datetime | None) -> Document:
    return Document(body, hashlib.sha256(body).hexdigest(), updated)


class DocumentBuilder:
    def __init__(self, settings: Settings) -> None:
        self._institution = institution_of(settings)
        self._addresses = Addresses()
        made_by = f"{RECIPE}\n{self._institution}"
        self.maker_hash = hashlib.sha256(made_by.encode()).hexdigest()[:16]

    def make(self, work: Work, pages: Sequence[Page], record: Record = NOTHING) -> dict[int, tuple[str, str, bytes]]:
        """By version: maker's hash, digest, bytes. None for a work without pages: no manifest may be empty."""
        if not pages:
            return {}
        v3 = _v3()
        services = [service(version, work.id, self._addresses) for version in (1, 2)] if work.text else []
        made = {
            3: v3.manifest(work, pages, self._addresses, self._institution, record, services=services),
            # Content Search 2 is for readers of Presentation 3.
            2: v2.manifest(work, pages, self._addresses, self._institution, record, services=services[:1]),
        }
        bodies = {version: to_bytes(made[version]) for version in VERSIONS}
        return {v: (self.maker_hash, hashlib.sha256(body).hexdigest(), body) for v, body in bodies.items()}

    def digest_of(self, stamp: DocumentStamp) -> str:
        """That of the stored document, or what stands for the one that is made in its place: content and maker."""
        if stamp.maker == self.maker_hash and stamp.digest is not None:
            return stamp.digest
        content = stamp.digest or f"{stamp.work.id} {stamp.work.updated.isoformat()}"
        return hashlib.sha256(f"{self.maker_hash} {content}".encode()).hexdigest()

    def canvas(self, work: Work, page: CanvasOf) -> bytes:
        return to_bytes(_v3().canvas(work, page, self._addresses, self._institution))

    def paintings(self, work: Work, page: Page) -> bytes:
        return to_bytes(_v3().paintings(work, page, self._addresses, self._institution))

    def painting(self, work: Work, page: Page) -> bytes:
        return to_bytes(_v3().painting(work, page, self._addresses, self._institution))

    def root(self, catalog: Catalog, version: int, after: str | None) -> bytes:
        """The whole collection where one answer holds it, else the list of its pages; with `after`, one page."""
        v = v2 if version == v2.VERSION else _v3()
        first = catalog.collection_page(FIRST, 1)
        label = {"none": [self._institution.name]}
        searches = [collection_service(number, TOP, self._addresses) for number in _SEARCHES[version]]
        top = Collection(TOP, label, catalog.collection_length(), first[0] if first else None, searches)
        if after is not None:
            return to_bytes(v.collection_page(top, *_page_of_top(catalog, after), self._addresses, self._institution))
        if top.total > PAGE_SIZE:
            keys = [FIRST, *catalog.collection_page_keys(PAGE_SIZE)]
            keys = keys[: -(-top.total // PAGE_SIZE)]
            return to_bytes(v.long_collection(top, keys, self._addresses, self._institution))
        members = catalog.collection_page(FIRST, PAGE_SIZE)
        return to_bytes(v.collection(top, members, self._addresses, self._institution))


def _v3() -> ModuleType:
    """Loaded with the first document: iiif-prezi3 takes 0.3 s and 23 MB, which `mocban list` need not wait for."""
    from manifests.presentation import v3

    return v3


def _page_of_top(catalog: Catalog, after: str) -> tuple[PagePosition, Sequence[Work]]:
    found = catalog.collection_page(after, PAGE_SIZE + 1)
    here = found[:PAGE_SIZE]
    following = here[-1].id if len(found) > PAGE_SIZE else None
    start = catalog.collection_page_start(after)
    previous = catalog.collection_key_before(after, PAGE_SIZE) if start > PAGE_SIZE else FIRST
    return PagePosition(after, start, previous if start else None, following), here
