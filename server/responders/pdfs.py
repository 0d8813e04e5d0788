"""A work as a PDF, whole or some of its pages, as it is sent: who has it already is told so before any page is read."""

import hashlib
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from importlib.metadata import version as version_of

from manifests.addresses import Addresses
from manifests.errors import Malformed
from manifests.library import Library
from manifests.model import Page, Work
from manifests.presentation.downloads import PDF
from manifests.presentation.institution import limits_of
from manifests.transcript.plain import first_of
from manifests.transcript.printed import PrintedLine, printed_lines
from server.answers.cache_policy import cache_policy
from server.answers.conditional import Validators, judge
from server.answers.file_name import shown_under
from server.answers.ready_answer import ReadyAnswer, Stream, not_needed
from server.answers.request_fields import RequestFields
from server.language.translator import written_in
from server.pdf.page_range import page_range
from server.pdf.picture import pixels_of_a_page
from server.pdf.work_pdf import Facts, PdfPage, Pictures, pdf_pieces
from server.pyramid.open_pyramids import OpenPyramids

RECIPE = 1
"""Raised whenever the same work would be another PDF."""

_AS_IT_IS_MADE = ("X-Accel-Buffering", "no")
"""To nginx in front, which would otherwise take in the whole, up to a gigabyte, for a reader who goes away."""


class PdfResponder:
    def __init__(self, library: Library, pyramids: OpenPyramids) -> None:
        self._library = library
        self._pyramids = pyramids
        self._limits = limits_of(library.settings)
        self._kept_for = cache_policy(library.settings).documents
        self._program = f"Mocban {version_of('mocban')}"

    def pdf(self, work: str, asked: Sequence[str], fields: RequestFields) -> ReadyAnswer:
        """`asked` are all values of `pages`. Raises Malformed where they are no range of the work's pages."""
        if len(asked) > 1:
            raise Malformed("pages is asked {times} times; ask for one range.", times=len(asked))
        of, pages = self._library.shown_work(work), self._library.pages(work)
        wanted = page_range("".join(asked), len(pages))
        chosen = pages[wanted.start : wanted.stop]
        part = "" if len(chosen) == len(pages) else _part(wanted)
        facts = self._facts(of, part, fields)
        validators = Validators(_tag(facts, of, chosen, self._limits), max(of.updated, self._library.settled))
        headers = [*validators.headers(), ("Cache-Control", self._kept_for)]
        status = judge(fields, validators)
        if status != HTTPStatus.OK:
            return not_needed(status, headers)
        name = shown_under(first_of(of.label), [part] if part else [], "pdf")
        headers += [("Content-Type", PDF), ("Content-Disposition", name), _AS_IT_IS_MADE]
        if fields.is_head:
            return ReadyAnswer(status, tuple(headers))
        return ReadyAnswer(status, tuple(headers), stream=self._stream(facts, of, chosen))

    def _facts(self, of: Work, part: str, fields: RequestFields) -> Facts:
        title, settings = first_of(of.label), self._library.settings
        tag = next(iter(of.label), "none")
        return Facts(
            title=f"{title}, {part}" if part else title,
            source=Addresses(fields.base).work_page(of.id),
            library=settings.title,
            rights=settings.rights,
            language=written_in(title) if tag == "none" else tag,
            changed=of.updated,
            program=self._program,
        )

    def _stream(self, facts: Facts, of: Work, chosen: Sequence[Page]) -> Stream:
        """Holds only what it takes to come back to each page, not the pages."""
        pages = [PdfPage(first_of(page.label), partial(self._read, of.id, page.id)) for page in chosen]
        pixels = pixels_of_a_page([(page.width, page.height) for page in chosen], self._limits)
        return partial(pdf_pieces, facts, pages, Pictures(self._pyramids, self._limits, pixels))

    def _read(self, work: str, page: str) -> tuple[Page, Sequence[PrintedLine]]:
        """As it is now, so that what is withdrawn meanwhile is sent no further."""
        self._library.shown_work(work)
        found = self._library.page(work, page)
        text = self._library.text(work) if found.text is not None else None
        return found, printed_lines(text, page) if text is not None else []


def _part(wanted: range) -> str:
    first, last = wanted.start + 1, wanted.stop
    return str(first) if first == last else f"{first}-{last}"


def _tag(facts: Facts, work: Work, chosen: Sequence[Page], limits: object) -> str:
    """Of all that decides the bytes, so the same on every node."""
    pages = [(page.id, page.label, page.pyramid.digest, page.width, page.height, page.master.ppi) for page in chosen]
    return hashlib.sha256(repr((RECIPE, facts, work.text, limits, pages)).encode()).hexdigest()[:32]
