"""The text of works as it is sent: as annotations of the Presentation API, as plain text, as ALTO.

Each is written when it is first asked for, from the stored words, and kept in the worker's cache of documents in the
form in which it was sent. The tag is known before: the words of a work lie in a file that is named by its content.
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from manifests.addresses import Addresses
from manifests.errors import Missing
from manifests.ids import image_id
from manifests.library import Library
from manifests.model import Page, Work
from manifests.presentation.serial import to_bytes
from manifests.presentation.text_annotations import Granularity, annotation_page
from manifests.text.store import WorkText
from manifests.transcript import alto, plain
from manifests.transcript.plain import first_of
from server.answers.cache_policy import cache_policy
from server.answers.coded import coded_answer, coding_for
from server.answers.document_cache import DocumentCache, DocumentForm, encode, tag_of
from server.answers.documents import PRESENTATION, Document, document_answer
from server.answers.file_name import shown_under
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.responders import NeedsTime

RECIPE = 1
"""Raised whenever the same words would be written otherwise."""

Write: TypeAlias = Callable[[WorkText], bytes]


class PageFormat(NamedTuple):
    """A file that the text of a page is given out as."""

    media_type: str
    write: Callable[[WorkText, Page], bytes]


PAGE_FORMATS = {
    plain.EXTENSION: PageFormat(f"{plain.MEDIA_TYPE}; charset=utf-8", plain.page_text),
    alto.EXTENSION: PageFormat(alto.MEDIA_TYPE, lambda text, page: alto.page_alto(text, page, Addresses())),
}


class TextResponder:
    def __init__(self, library: Library, cache: DocumentCache) -> None:
        self._library = library
        self._cache = cache
        self._kept_for = cache_policy(library.settings).documents

    def annotations(
        self, version: int, work: str, page: str, granularity: str, fields: RequestFields, *, may_wait: bool = True
    ) -> ReadyAnswer:
        """Missing for a page without text: no document names its address, and a page of annotations should have one
        (Presentation 3.0 section 5.5)."""
        if granularity not in set(Granularity):
            raise Missing("There is nothing at this address.")
        level = Granularity(granularity)
        of, found = self._page(work, page)

        def write(text: WorkText) -> bytes:
            return to_bytes(annotation_page(version, level, of, found, text, Addresses()))

        digest = _digest(f"{version} {granularity}", of, found)
        document = Document(PRESENTATION[version], tag_of(digest, fields.base), max(of.updated, self._library.settled))
        return document_answer(
            fields, document, self._kept_for, lambda: self._written(digest, of, fields, may_wait, write)
        )

    def page_file(
        self, work: str, page: str, extension: str, fields: RequestFields, *, may_wait: bool = True
    ) -> ReadyAnswer:
        """`extension` is one of `PAGE_FORMATS`."""
        of, found = self._page(work, page)
        form = PAGE_FORMATS[extension]
        name = shown_under(first_of(of.label), [first_of(found.label)], extension)
        digest = _digest(extension, of, found)

        def make() -> bytes:
            return self._written(digest, of, fields, may_wait, lambda text: form.write(text, found))

        return self._file(form.media_type, name, digest, of, fields, make)

    def work_text(self, work: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        of = self._work(work)
        digest = _digest(f"work {of.updated.isoformat()}", of, None)  # labels of pages stand in it too

        def write(text: WorkText) -> bytes:
            return plain.work_text(of, self._library.pages(work), text, Addresses())

        def make() -> bytes:
            return self._written(digest, of, fields, may_wait, write)

        media_type = PAGE_FORMATS[plain.EXTENSION].media_type
        return self._file(media_type, shown_under(first_of(of.label), [], plain.EXTENSION), digest, of, fields, make)

    def _file(
        self, media_type: str, name: str, digest: str, of: Work, fields: RequestFields, make: Callable[[], bytes]
    ) -> ReadyAnswer:
        kept = [("Cache-Control", self._kept_for), ("Vary", "Accept-Encoding")]
        described = [("Content-Type", media_type), ("Content-Disposition", name)]
        modified = max(of.updated, self._library.settled)
        return coded_answer(fields, tag_of(digest, fields.base), modified, kept, described, make)

    def _work(self, work: str) -> Work:
        found = self._library.shown_work(work)
        if found.text is None:
            raise Missing("{work} has no text.", work=work)
        return found

    def _page(self, work: str, page: str) -> tuple[Work, Page]:
        of = self._library.shown_work(work)
        try:
            found = self._library.image(image_id(work, page))
        except Missing:
            raise Missing("The work {work} has no page {page}.", work=work, page=page) from None
        if found.text is None:
            raise Missing("Page {page} of {work} has no text.", work=work, page=page)
        return of, found

    def _written(self, digest: str, of: Work, fields: RequestFields, may_wait: bool, write: Write) -> bytes:
        form = DocumentForm(digest, fields.base, coding_for(fields))
        prepared = self._cache.get(form)
        if prepared is None and not may_wait:
            raise NeedsTime
        return (prepared or self._cache.get_or_make(form, lambda: encode(self._made(of, write), *form))).body

    def _made(self, of: Work, write: Write) -> bytes:
        text = self._library.text(of.id)
        if text is None:
            raise Missing("{work} has no text.", work=of.id)  # since the catalogue was asked
        return write(text)


def _digest(kind: str, work: Work, page: Page | None) -> str:
    """Of all that decides the bytes but the public base."""
    place = "" if page is None else f"{page.image} {page.width}x{page.height}"
    return hashlib.sha256(f"text {RECIPE} {kind} {work.id} {work.text} {place}".encode()).hexdigest()
