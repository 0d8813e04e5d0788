"""Manifests, canvases, collections and search answers as they are sent: stored or found by the library, under the
public base, in the form that the asker takes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from manifests.believed import NotHeld
from manifests.documents import Document as StoredDocument
from manifests.library import Library
from server.answers.cache_policy import cache_policy
from server.answers.coded import coding_for
from server.answers.document_cache import DocumentCache, DocumentForm, digest_of, encode, tag_of
from server.answers.documents import PRESENTATION, ApiVersion, Document, document_answer
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.responders import NeedsTime


class DocumentResponder:
    def __init__(self, library: Library, cache: DocumentCache) -> None:
        self._library = library
        self._cache = cache
        self._kept_for = cache_policy(library.settings).documents

    def manifest(self, version: int, work: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        """Neither its bytes nor the catalogue are asked for what the asker has, or this worker has sent before."""
        digest, updated = self._library.document_digest(version, work)

        def make() -> bytes:
            return self._body(digest, fields, may_wait, lambda: self._library.document(version, work))

        document = Document(PRESENTATION[version], tag_of(digest, fields.base), self._modified(updated))
        return document_answer(fields, document, self._kept_for, make)

    def canvas(self, work: str, page: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        return self._small(partial(self._library.canvases.canvas, work, page), 3, fields, may_wait)

    def paintings(self, work: str, page: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        return self._small(partial(self._library.canvases.paintings, work, page), 3, fields, may_wait)

    def painting(self, work: str, page: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        return self._small(partial(self._library.canvases.painting, work, page), 3, fields, may_wait)

    def notes(self, version: int, work: str, page: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        return self._small(partial(self._library.canvases.notes, version, work, page), version, fields, may_wait)

    def placeholder(self, work: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        return self._small(partial(self._library.canvases.placeholder, work), 3, fields, may_wait)

    def collection(
        self, version: int, collection: str, after: str | None, fields: RequestFields, *, may_wait: bool = True
    ) -> ReadyAnswer:
        return self._small(partial(self._library.collection, version, collection, after), version, fields, may_wait)

    def made(self, api: ApiVersion, body: bytes, fields: RequestFields) -> ReadyAnswer:
        """A document that is another at each asking, so kept by nobody."""
        body, tag = encode(body, digest_of(body), fields.base, coding_for(fields))
        return document_answer(fields, Document(api, tag), self._kept_for, lambda: body)

    def _small(
        self, find: Callable[..., StoredDocument], version: int, fields: RequestFields, may_wait: bool
    ) -> ReadyAnswer:
        """What the library keeps whole, because it is small."""
        try:
            stored = find(may_ask=may_wait)
        except NotHeld:
            raise NeedsTime from None

        def make() -> bytes:
            return self._body(stored.digest, fields, may_wait, lambda: stored)

        document = Document(PRESENTATION[version], tag_of(stored.digest, fields.base), self._modified(stored.updated))
        return document_answer(fields, document, self._kept_for, make)

    def _body(self, digest: str, fields: RequestFields, may_wait: bool, find: Callable[[], StoredDocument]) -> bytes:
        form = DocumentForm(digest, fields.base, coding_for(fields))
        prepared = self._cache.get(form)
        if prepared is not None:
            return prepared.body
        if not may_wait:
            raise NeedsTime
        found = find()
        form = form._replace(key=found.digest)  # it may have changed since
        return self._cache.get_or_make(form, lambda: encode(found.body, *form)).body

    def _modified(self, updated: datetime | None) -> datetime | None:
        """The library's own name and limits stand in every document, so it is no older than they."""
        return max(updated, self._library.settled) if updated is not None else None
