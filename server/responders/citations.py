"""What programs for references are given of a work: its record in the formats that they read."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from manifests.addresses import Addresses
from manifests.citing import bibtex, ris
from manifests.citing.reference import Reference, reference
from manifests.library import Library
from manifests.model import Work
from manifests.transcript.plain import first_of
from server.answers.cache_policy import cache_policy
from server.answers.coded import coded_answer, coding_for
from server.answers.document_cache import digest_of, encode, tag_of
from server.answers.file_name import shown_under
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields


class CitationFormat(NamedTuple):
    name: str
    media_type: str
    write: Callable[[Reference], str]


CITATION_FORMATS: Mapping[str, CitationFormat] = {
    module.EXTENSION: CitationFormat(module.NAME, module.MEDIA_TYPE, module.write) for module in (ris, bibtex)
}
"""By the extension of their files."""


def reference_of(library: Library, work: Work, addresses: Addresses) -> Reference:
    record = library.record(work.id).record
    return reference(work.id, work.label, record, library.settings.title, addresses.work_page(work.id))


class CitationResponder:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept_for = cache_policy(library.settings).documents

    def citation(self, work: str, extension: str, fields: RequestFields) -> ReadyAnswer:
        """`extension` is one of `CITATION_FORMATS`."""
        form, found = CITATION_FORMATS[extension], self._library.shown_work(work)
        body = form.write(reference_of(self._library, found, Addresses(fields.base))).encode()
        digest = digest_of(body)
        kept = [("Cache-Control", self._kept_for), ("Vary", "Accept-Encoding")]
        described = [
            ("Content-Type", f"{form.media_type}; charset=utf-8"),
            ("Content-Disposition", shown_under(first_of(found.label), [], extension)),
        ]
        modified = max(found.updated, self._library.settled)
        tag = tag_of(digest, fields.base)
        return coded_answer(
            fields, tag, modified, kept, described, lambda: encode(body, digest, fields.base, coding_for(fields)).body
        )
