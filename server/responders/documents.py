"""Manifests, canvases, collections and search answers as they are sent: stored or found by the library, under the
public base, in the form that the asker takes."""

from datetime import datetime

from manifests.documents import Document as StoredDocument
from manifests.library import Library
from server.answers.cache_policy import cache_policy
from server.answers.document_cache import DocumentCache, DocumentForm, digest_of, encode, tag_of
from server.answers.documents import PRESENTATION, ApiVersion, Document, coding_for, document_answer
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
            prepared = self._cache.get(DocumentForm(digest, fields.base, coding_for(fields)))
            if prepared is not None:
                return prepared.body
            if not may_wait:
                raise NeedsTime
            return self._prepared(self._library.document(version, work), fields)

        document = Document(PRESENTATION[version], tag_of(digest, fields.base), self._modified(updated))
        return document_answer(fields, document, self._kept_for, make)

    def canvas(self, work: str, page: str, fields: RequestFields) -> ReadyAnswer:
        return self._small(self._library.canvas(work, page), 3, fields)

    def paintings(self, work: str, page: str, fields: RequestFields) -> ReadyAnswer:
        return self._small(self._library.paintings(work, page), 3, fields)

    def painting(self, work: str, page: str, fields: RequestFields) -> ReadyAnswer:
        return self._small(self._library.painting(work, page), 3, fields)

    def collection(self, version: int, collection: str, after: str | None, fields: RequestFields) -> ReadyAnswer:
        return self._small(self._library.collection(version, collection, after), version, fields)

    def made(self, api: ApiVersion, body: bytes, fields: RequestFields) -> ReadyAnswer:
        """A document that is another at each asking, so kept by nobody."""
        body, tag = encode(body, digest_of(body), fields.base, coding_for(fields))
        return document_answer(fields, Document(api, tag), self._kept_for, lambda: body)

    def _small(self, stored: StoredDocument, version: int, fields: RequestFields) -> ReadyAnswer:
        tag = tag_of(stored.digest, fields.base)
        document = Document(PRESENTATION[version], tag, self._modified(stored.updated))
        return document_answer(fields, document, self._kept_for, lambda: self._prepared(stored, fields))

    def _prepared(self, stored: StoredDocument, fields: RequestFields) -> bytes:
        form = DocumentForm(stored.digest, fields.base, coding_for(fields))
        return self._cache.get_or_make(form, lambda: encode(stored.body, *form)).body

    def _modified(self, updated: datetime | None) -> datetime | None:
        """The library's own name and limits stand in every document, so it is no older than they."""
        return max(updated, self._library.settled) if updated is not None else None
