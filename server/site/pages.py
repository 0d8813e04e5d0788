"""The pages for people: the works, one work in a viewer, and what went wrong; the search is `server.site.search_page`.

HTML only. What the library knows comes from `Library`, words from the translator, addresses from `manifests.addresses`;
how a page goes out stands in `server.site.html_response`.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, make_response, request

from manifests.errors import Damaged, LibraryError, Withdrawn
from manifests.library import Library
from manifests.model import Box, Hit, Page, Work
from manifests.presentation.institution import limits_of
from manifests.presentation.leaves import leaves_of, opening_page
from manifests.scaling import Limits
from server import negotiation
from server.site import assets, html_response
from server.site.collection_page import CollectionPage
from server.site.facet_panel import facet_panel
from server.site.first_picture import PartOfPage, WholePage, first_picture
from server.site.record_card import card
from server.site.search_page import SearchPage
from server.site.thumbnails import thumbnail
from server.site.viewers import VIEWERS, Viewer, choose, needs_for

log = logging.getLogger("mocban")

WORKS_ON_A_PAGE = 24
NO_PAGE = "-"
"""Stands for a canvas without a picture among the ids of pages, none of which begins so."""


def blueprint(library: Library, offered: Sequence[Viewer] = VIEWERS) -> Blueprint:
    site = Blueprint("site", __name__, template_folder="templates")
    html_response.prepare(site, library.settings.languages, library.settings.title)
    views = Views(library, tuple(viewer for viewer in offered if viewer.is_installed()))
    site.add_url_rule("/", "home", views.home)
    site.add_url_rule("/works/<work>", "work", views.work)
    site.add_url_rule("/works/<work>/pages/<page>", "page", views.page)
    site.add_url_rule("/collections/<collection>", "collection", views.collections.show)
    site.add_url_rule("/search", "search", views.search)
    site.add_url_rule("/static/<path:name>", "asset", assets.send)
    for rule in ("/works/<work>", "/works/<work>/pages/<page>", "/collections/<collection>", "/search"):
        site.add_url_rule(f"{rule}/", f"slash{rule}", without_slash)
    return site


def without_slash(**_: str) -> Response:
    """A page's address with a slash at its end leads to the page. No API has such a second address."""
    here = f"{request.script_root}{request.path.rstrip('/')}"
    query = request.query_string.decode("latin-1")
    return make_response("", HTTPStatus.PERMANENT_REDIRECT, {"Location": f"{here}?{query}" if query else here})


def error_page(error: LibraryError, status: HTTPStatus) -> Response:
    return html_response.show("error.html", status=status, error=error)


@dataclass(frozen=True, slots=True)
class Views:
    """What each address shows."""

    library: Library
    viewers: Sequence[Viewer]

    @property
    def collections(self) -> CollectionPage:
        return CollectionPage(self.library)

    @property
    def _limits(self) -> Limits:
        return limits_of(self.library.settings)

    def home(self) -> Response:
        after, panel = request.args.get("after"), facet_panel(self.library.browsing)
        found = self.library.browsing.works(panel.narrows, after, WORKS_ON_A_PAGE + 1)
        works = found[:WORKS_ON_A_PAGE]
        collections, more_collections = self.collections.of_home() if not after else ((), False)
        return html_response.show(
            "home.html",
            collections=collections,
            more_collections=more_collections,
            works=[(work, thumbnail(work, self._limits)) for work in works],
            count=self.library.count(),
            panel=panel,
            fitting=self.library.browsing.number(panel.narrows) if panel.chosen else None,
            after=after,
            following=works[-1].id if len(found) > len(works) else None,
        )

    def work(self, work: str) -> Response:
        found, pages = self._public(work), self.library.pages(work)
        hit = self._first_hit(work)
        if hit is None:
            return self._open(found, pages, opening_page(self.library.record(work).record, pages) if pages else None)
        box = hit.boxes[0] if hit.boxes else None
        return self._open(found, pages, self.library.page(work, hit.page), at=hit.page, box=box)

    def page(self, work: str, page: str) -> Response:
        found = self._public(work)
        try:
            asked = self.library.page(work, page)
        except Withdrawn as error:
            title = html_response.request_translator().label(found.label)
            raise Withdrawn("Page {page} of {work} is no longer in the library.", page=page, work=title) from error
        return self._open(found, self.library.pages(work), asked, at=page)

    def _public(self, work: str) -> Work:
        """The work, or the reason why it is not shown, in which a reader is told its title instead of its id."""
        try:
            return self.library.work(work)
        except Withdrawn as error:
            title = html_response.request_translator().label(self.library.label(work))
            raise Withdrawn("{work} has been withdrawn from the library.", work=title) from error

    def search(self) -> Response:
        page, inside = SearchPage(self.library), request.args.get("work")
        if inside:
            return page.inside(self._public(inside))
        return page.titles() if request.args.get("titles") else page.across()

    def _first_hit(self, work: str) -> Hit | None:
        """A work that is opened with words to look for opens where they stand, else at its first page."""
        query = html_response.query()
        try:
            return next(iter(self.library.search(query, work=work, limit=1)), None) if query else None
        except Damaged as error:
            log.warning(error)
            return None

    def _open(
        self, work: Work, pages: Sequence[Page], shown: Page | None, *, at: str | None = None, box: Box | None = None
    ) -> Response:
        """The work in the viewer that the reader chose; `at` is the page asked for, None for the work as a whole."""
        viewer = choose(html_response.preference("viewer"), self.viewers)
        box = html_response.box() or box
        view = viewer.view(box) if viewer and box else box
        index = next((index for index, page in enumerate(pages) if shown and page.id == shown.id), None)
        record = self.library.record(work.id).record
        canvases = [leaf.id if leaf.page else NO_PAGE for leaf in leaves_of(pages, record)]
        return html_response.show(
            "work.html",
            viewer=viewer,
            viewers=self.viewers,
            work=work,
            pages=pages,
            shown=shown,
            picture=self._first_picture(shown, box, view) if shown else None,
            canvases=canvases,
            index=canvases.index(shown.id) if shown and shown.id in canvases and (at or index) else None,
            before=pages[index - 1] if index else None,
            behind=next(iter(pages[index + 1 :]), None) if index is not None else None,
            manifest=negotiation.addresses().manifest(3, work.id),
            search_service=negotiation.addresses().search(1, work.id),
            canvas=negotiation.addresses().canvas(work.id, shown.id) if shown else None,
            image=negotiation.addresses().image(3, shown.image) if shown else None,
            query=html_response.query(),
            box=box,
            view=view,
            policy=needs_for(viewer, record) if viewer else {},
            card=card(record, html_response.request_translator()),
        )

    def _first_picture(self, page: Page, box: Box | None, view: Box | None) -> WholePage | PartOfPage:
        return first_picture(page, self._limits, html_response.local_addresses(), box, view)
