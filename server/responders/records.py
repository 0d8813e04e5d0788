"""The files of a work's records as they lay in its folder, for programs that read them.

Whatever somebody wrote into such a file goes out under our own address. A browser would show XML as a page, and run
what stands in it: so it is told to save it, and, should it show it all the same, to run and fetch nothing.
"""

from collections.abc import Sequence

from manifests.library import Library
from server.answers.cache_policy import cache_policy
from server.answers.coded import coded_answer, coding_for
from server.answers.codings import CODINGS
from server.answers.document_cache import tag_of
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields

INERT: Sequence[tuple[str, str]] = (("Content-Security-Policy", "default-src 'none'; sandbox"),)


class RecordResponder:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept_for = cache_policy(library.settings).documents

    def record(self, work: str, extension: str, fields: RequestFields) -> ReadyAnswer:
        """`extension` is one of `SHARED_FORMATS`. Raises Missing, Withdrawn."""
        of = self._library.shown_work(work)
        form, digest, body = self._library.shared_record(work, extension)
        coding = coding_for(fields)
        described = [
            ("Content-Type", form.media_type),
            ("Content-Disposition", f'attachment; filename="{work}.{form.extension}"'),
            *INERT,
        ]
        kept = [("Cache-Control", self._kept_for), ("Vary", "Accept-Encoding")]
        return coded_answer(
            fields,
            tag_of(digest, form.media_type),
            of.updated,
            kept,
            described,
            lambda: CODINGS[coding].encode(body) if coding else body,
        )
