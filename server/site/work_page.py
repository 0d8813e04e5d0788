"""The page of a work as a whole: `/works/{work}`."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response

from manifests.errors import Damaged
from manifests.library import Library
from manifests.model import Hit, Page
from manifests.presentation.leaves import opening_page
from server.site import html_response
from server.site.about_work import AboutWork, about_work
from server.site.public_work import public_work
from server.site.stage import Stage, stage
from server.site.viewers import Viewer

log = logging.getLogger("mocban")


@dataclass(frozen=True, slots=True)
class WorkPage:
    library: Library
    viewers: Sequence[Viewer]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def show(self, work: str) -> Response:
        """A work that is opened with words to look for opens where they stand, else at its first page."""
        found, pages = public_work(self.library, work), self.library.pages(work)
        hit = self._first_hit(work)
        opening = hit.page if hit else self._opening(work, pages)
        shown = self.library.page(work, opening) if opening else None
        box = next(iter(hit.boxes), None) if hit else None
        is_asked_for = hit is not None or opening not in [page.id for page in pages[:1]]
        opened = stage(self.library, self.viewers, found, shown, is_asked_for=is_asked_for, box=box)
        about = about_work(self.library, found, pages, self.now())
        return html_response.show("work.html", policy=_policy(opened, about), stage=opened, work=found, about=about)

    def _opening(self, work: str, pages: Sequence[Page]) -> str | None:
        return opening_page(self.library.record(work).record, pages).id if pages else None

    def _first_hit(self, work: str) -> Hit | None:
        query = html_response.query()
        try:
            return next(iter(self.library.search(query, work=work, limit=1)), None) if query else None
        except Damaged as error:
            log.warning(error)
            return None


def _policy(opened: Stage, about: AboutWork) -> Mapping[str, str]:
    """What the viewer needs beyond our own, and the logo of who holds the work."""
    images = dict.fromkeys([*opened.policy.get("img-src", "").split(), *about.images_from.split()])
    return {**opened.policy, **({"img-src": " ".join(images)} if images else {})}
