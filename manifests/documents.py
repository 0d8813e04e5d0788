"""The stored documents of a work: which are made, from what, by whom.

A document is built once, when its work changes, over a placeholder for the public base (decisions.md, 9). It bears the
hash of what made it: other settings or another program give another hash, and a document with an old one is not served.

What collections a work stands in is not stored in it, but put at its end when it is asked for: a collection with a new
name costs the manifests of its works nothing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType

from manifests.addresses import TOP, Addresses
from manifests.catalog import DocumentStamp
from manifests.collection import Collection
from manifests.metadata.record import NOTHING, Record
from manifests.model import LanguageMap, Page, Work
from manifests.presentation import v2
from manifests.presentation.institution import institution_of
from manifests.presentation.leaves import Leaf
from manifests.presentation.notes import notes_2, notes_3
from manifests.presentation.serial import to_bytes
from manifests.search.services import service
from manifests.settings import Settings
from manifests.shown_collections import part_of

RECIPE = 6
"""Raised whenever the same work would give another document."""

VERSIONS = (3, 2)


@dataclass(frozen=True, slots=True)
class Document:
    """`body` is JSON with `addresses.PLACEHOLDER` where the public base will stand. `digest` stands for these bytes:
    other bytes have another. `updated`: when the public last saw what it tells of change."""

    body: bytes
    digest: str
    updated: datetime | None


def document_of(body: bytes, updated: datetime | None) -> Document:
    return Document(body, hashlib.sha256(body).hexdigest(), updated)


def _served(digest: str, end: bytes) -> str:
    return hashlib.sha256(digest.encode() + end).hexdigest()


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

    def digest_of(self, version: int, stamp: DocumentStamp) -> str:
        """Of the document as it is served: of what is stored, or stands for it, and of where its work stands."""
        return _served(self._own_digest(stamp), part_of(version, self._called(stamp)))

    def serve(self, version: int, stamp: DocumentStamp, body: bytes, digest: str | None = None) -> Document:
        """A document with its end. `digest` is that of a stored one."""
        end = part_of(version, self._called(stamp))
        return Document(body[:-1] + end, _served(digest or self._own_digest(stamp), end), stamp.updated)

    def _called(self, stamp: DocumentStamp) -> list[Collection]:
        """`top` is called as the library is."""
        top: LanguageMap = {"none": [self._institution.name]}
        return [replace(one, label=top) if one.id == TOP else one for one in stamp.stands_in]

    def _own_digest(self, stamp: DocumentStamp) -> str:
        """That of the stored document, or what stands for the one that is made in its place: content and maker."""
        if stamp.maker == self.maker_hash and stamp.digest is not None:
            return stamp.digest
        content = stamp.digest or f"{stamp.work.id} {stamp.work.updated.isoformat()}"
        return hashlib.sha256(f"{self.maker_hash} {content}".encode()).hexdigest()

    def canvas(self, work: Work, leaf: Leaf) -> bytes:
        return to_bytes(_v3().canvas(work, leaf, self._addresses, self._institution))

    def notes(self, version: int, work: Work, leaf: Leaf) -> bytes:
        """What the record says of one page, as a page of annotations."""
        write = notes_2 if version == VERSIONS[-1] else notes_3
        return to_bytes(write(work, leaf, self._addresses))

    def placeholder(self, work: Work, page: Page) -> bytes:
        return to_bytes(_v3().placeholder(work, page, self._addresses, self._institution))

    def paintings(self, work: Work, page: Page) -> bytes:
        return to_bytes(_v3().paintings(work, page, self._addresses, self._institution))

    def painting(self, work: Work, page: Page) -> bytes:
        return to_bytes(_v3().painting(work, page, self._addresses, self._institution))


def _v3() -> ModuleType:
    """Loaded with the first document: iiif-prezi3 takes 0.3 s and 23 MB, which `mocban list` need not wait for."""
    from manifests.presentation import v3

    return v3
