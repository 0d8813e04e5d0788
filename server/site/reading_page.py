"""One page of a work, to be read: `/works/{work}/pages/{page}`, and the way there from a list of pages.

The server draws all of it at once: the picture with what was found marked, the text beside it, the way to other pages
and places, what can be taken along. The viewer then takes the picture's place; `static/reading/` adds what needs a
script.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, make_response, request, url_for

from manifests.citing.reference import Reference
from manifests.errors import N_, Damaged
from manifests.library import Library
from manifests.model import Page, Work
from manifests.presentation.institution import limits_of
from manifests.presentation.leaves import leaves_of
from manifests.search.scan import find_in_work
from manifests.text.store import WorkText
from server import negotiation
from server.responders.citations import reference_of
from server.site import html_response
from server.site.citation import citation
from server.site.contents import contents_of
from server.site.first_picture import first_picture
from server.site.link_preview import LinkPreview, of_page
from server.site.opening import facing_page
from server.site.page_text import MOST_LINES, page_text
from server.site.public_work import public_page, public_work
from server.site.share import Share, share
from server.site.stage import Stage, stage
from server.site.stepper import Stepper, stepper
from server.site.viewers import Viewer

log = logging.getLogger("mocban")

BACKWARDS = ("right-to-left", "bottom-to-top")
"""Directions in which the next page lies on the left."""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    library: Library
    viewers: Sequence[Viewer]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def show(self, work: str, page: str) -> Response:
        found = public_work(self.library, work)
        shown = public_page(self.library, found, page)
        opened = stage(self.library, self.viewers, found, shown, is_asked_for=True)
        text, record = self._text(found), self.library.record(work).record
        steps = _steps(text, opened, shown) if text and opened.query else None
        is_text_shown = html_response.preference("text") != "0"
        is_open = not (opened.viewer or opened.box)
        facing = facing_page(leaves_of(opened.pages, record), shown, record.behavior) if is_open else None
        found_here = steps.spans if steps else ()
        of, name = reference_of(self.library, found, negotiation.addresses()), _name(shown)
        shared = self._share(found, shown, opened)
        blocks = page_text(text, shown.id, found_here, opened.box) if text and is_text_shown else ()
        return html_response.show(
            "page.html",
            policy=opened.policy,
            stage=opened,
            work=found,
            pages=opened.pages,
            shown=shown,
            steps=steps,
            contents=contents_of(record, opened.pages, shown.id),
            blocks=blocks,
            is_cut=sum(len(block.lines) for block in blocks) == MOST_LINES,
            is_text_shown=is_text_shown,
            is_backwards=record.direction in BACKWARDS,
            preview=self._preview(of, shown, name, opened),
            share=shared,
            citation=citation(of, html_response.request_translator(), self.now(), address=shared.address, page=name),
            is_sharing=any(name in request.args for name in ("draw", *"xywh")),
            facing=self._facing(*facing) if facing else None,
        )

    def turn(self, work: str) -> Response:
        """To the page that was chosen in a list; to the work where none was."""
        wanted = request.args.get("page")
        found = public_work(self.library, work)
        if not wanted:
            return _lead_to(url_for("site.work", work=found.id))
        page = public_page(self.library, found, wanted)
        return _lead_to(url_for("site.page", work=found.id, page=page.id, q=html_response.query() or None))

    def _text(self, work: Work) -> WorkText | None:
        try:
            return self.library.text(work.id) if work.text else None
        except Damaged as error:
            log.warning(error)
            return None

    def _preview(self, of: Reference, page: Page, name: str, opened: Stage) -> LinkPreview:
        limits = limits_of(self.library.settings)
        return of_page(of, page, name, (opened.index or 0) + 1, limits, negotiation.addresses(), opened.box)

    def _facing(self, page: Page, is_before: bool) -> tuple[Page, object, bool]:
        picture = first_picture(page, limits_of(self.library.settings), html_response.local_addresses(), None, None)
        return page, picture, is_before

    def _share(self, work: Work, page: Page, opened: Stage) -> Share:
        limits, public, local = (
            limits_of(self.library.settings),
            negotiation.addresses(),
            html_response.local_addresses(),
        )
        return share(work, page, opened.index or 0, opened.box, limits, public, local)


def _name(page: Page) -> str:
    translator = html_response.request_translator()
    return translator.translate(N_("Page {page}"), page=translator.label(page.label))


def _steps(text: WorkText, opened: Stage, page: Page) -> Stepper:
    hits = find_in_work(opened.work.id, text, opened.query)
    return stepper(hits, page.id, [known.id for known in opened.pages], html_response.box())


def _lead_to(address: str) -> Response:
    return make_response("", HTTPStatus.SEE_OTHER, {"Location": address})
