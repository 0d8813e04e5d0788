"""One page of a work: `/works/{work}/pages/{page}`."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response

from manifests.library import Library
from server.site import html_response
from server.site.public_work import public_page, public_work
from server.site.stage import stage
from server.site.viewers import Viewer


@dataclass(frozen=True, slots=True)
class ReadingPage:
    library: Library
    viewers: Sequence[Viewer]

    def show(self, work: str, page: str) -> Response:
        found = public_work(self.library, work)
        opened = stage(self.library, self.viewers, found, public_page(self.library, found, page), is_asked_for=True)
        return html_response.show(
            "page.html",
            policy=opened.policy,
            stage=opened,
            work=found,
            pages=opened.pages,
        )
