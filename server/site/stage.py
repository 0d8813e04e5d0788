"""Where a work is looked at: the viewer that the reader chose, and over it the picture that the server draws.

What `templates/stage.html` needs to put it on a page of whatever kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from manifests.library import Library
from manifests.model import Box, Page, Work
from manifests.presentation.institution import limits_of
from manifests.presentation.leaves import leaves_of
from server import negotiation
from server.site import html_response
from server.site.first_picture import PartOfPage, WholePage, cut_to_page, first_picture
from server.site.viewers import PICTURE, Viewer, choose, legible, needs_for

NO_PAGE = "-"
"""Stands for a canvas without a picture among the ids of pages, none of which begins so."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`index` counts the pages from 0. Unless the page `is_asked_for`, the viewer opens the work where it thinks best.

    `canvases` are the ids of what a viewer leafs through, NO_PAGE where there is no picture; `has_lone_pages`: some lie
    beside no other, as double pages and foldouts. `policy` is what the viewer needs of the Content Security Policy
    beyond our own, `view` what it shows of the page when it opens at `box`. Addresses are those of the public base.
    """

    work: Work
    pages: Sequence[Page]
    shown: Page | None
    index: int | None
    is_asked_for: bool
    viewer: Viewer | None
    viewers: Sequence[Viewer]
    query: str
    box: Box | None
    view: Box | None
    picture: WholePage | PartOfPage | None
    manifest: str
    search_service: str
    canvas: str | None
    image: str | None
    canvases: Sequence[str]
    has_lone_pages: bool
    policy: Mapping[str, str]

    @property
    def place(self) -> int:
        """Of the page that is shown among the canvases, from 0."""
        return self.canvases.index(self.shown.id) if self.shown and self.shown.id in self.canvases else 0

    @property
    def before(self) -> Page | None:
        return self.pages[self.index - 1] if self.index else None

    @property
    def behind(self) -> Page | None:
        return next(iter(self.pages[self.index + 1 :]), None) if self.index is not None else None


def stage(
    library: Library,
    viewers: Sequence[Viewer],
    work: Work,
    shown: Page | None,
    *,
    is_asked_for: bool,
    box: Box | None = None,
) -> Stage:
    """The work opened at the page `shown`, and at `box` where the address names no other: at what of it lies on the
    page, since a viewer would go and show the nothing beside it."""
    pages, addresses = library.pages(work.id), negotiation.addresses()
    # Whoever draws a part of the page draws it on the server's picture, and has the viewer back afterwards.
    viewer = choose(PICTURE if "draw" in request.args else html_response.preference("viewer"), viewers)
    box = html_response.box() or box
    box = cut_to_page(box, shown) if box and shown else None
    view = (viewer.view if viewer else legible)(box) if box else None
    record = library.record(work.id).record
    leaves = leaves_of(pages, record)
    index = next((index for index, page in enumerate(pages) if shown and page.id == shown.id), None)
    return Stage(
        work=work,
        pages=pages,
        shown=shown,
        index=index,
        is_asked_for=is_asked_for,
        viewer=viewer,
        viewers=viewers,
        query=html_response.query(),
        box=box,
        view=view,
        picture=_picture(library, shown, box, view, is_replaced=viewer is not None) if shown else None,
        manifest=addresses.manifest(3, work.id),
        search_service=addresses.search(1, work.id),
        canvas=addresses.canvas(work.id, shown.id) if shown else None,
        image=addresses.image(3, shown.image) if shown else None,
        canvases=[leaf.id if leaf.page else NO_PAGE for leaf in leaves],
        has_lone_pages=any(leaf.behavior for leaf in leaves),
        policy=needs_for(viewer, record) if viewer else {},
    )


def _picture(
    library: Library, page: Page, box: Box | None, view: Box | None, *, is_replaced: bool
) -> WholePage | PartOfPage:
    limits = limits_of(library.settings)
    return first_picture(page, limits, html_response.local_addresses(), box, view, is_replaced=is_replaced)
