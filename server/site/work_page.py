"""The page of a work as a whole: `/works/{work}`."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response

from manifests.errors import Damaged
from manifests.library import Library
from manifests.model import Hit
from server.site import html_response
from server.site.public_work import public_work
from server.site.record_card import card
from server.site.stage import stage
from server.site.viewers import Viewer

log = logging.getLogger("mocban")


@dataclass(frozen=True, slots=True)
class WorkPage:
    library: Library
    viewers: Sequence[Viewer]

    def show(self, work: str) -> Response:
        """A work that is opened with words to look for opens where they stand, else at its first page."""
        found, pages = public_work(self.library, work), self.library.pages(work)
        hit = self._first_hit(work)
        shown = self.library.page(work, hit.page) if hit else next(iter(pages), None)
        box = next(iter(hit.boxes), None) if hit else None
        opened = stage(self.library, self.viewers, found, shown, is_asked_for=hit is not None, box=box)
        return html_response.show(
            "work.html",
            policy=opened.policy,
            stage=opened,
            work=found,
            pages=pages,
            card=card(self.library.record(work).record, html_response.request_translator()),
        )

    def _first_hit(self, work: str) -> Hit | None:
        query = html_response.query()
        try:
            return next(iter(self.library.search(query, work=work, limit=1)), None) if query else None
        except Damaged as error:
            log.warning(error)
            return None
