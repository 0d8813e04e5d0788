"""The pages for people: which address shows which, the list of works, and what went wrong.

HTML only. What the library knows comes from `Library`, words from the translator, addresses from `manifests.addresses`;
how a page goes out stands in `server.site.html_response`. Each kind of page has its module: `work_page`,
`reading_page`, `search_page`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, make_response, request

from manifests.errors import LibraryError
from manifests.library import Library
from manifests.presentation.institution import limits_of
from server.site import assets, html_response
from server.site.collection_page import CollectionPage
from server.site.facet_panel import facet_panel
from server.site.public_work import public_work
from server.site.reading_page import ReadingPage
from server.site.search_page import SearchPage
from server.site.thumbnails import thumbnail
from server.site.viewers import VIEWERS, Viewer
from server.site.work_page import WorkPage

WORKS_ON_A_PAGE = 24


def blueprint(library: Library, offered: Sequence[Viewer] = VIEWERS) -> Blueprint:
    site = Blueprint("site", __name__, template_folder="templates")
    html_response.prepare(site, library.settings.languages, library.settings.title)
    viewers = tuple(viewer for viewer in offered if viewer.is_installed())
    views, reading = Views(library), ReadingPage(library, viewers)
    site.add_url_rule("/", "home", views.home)
    site.add_url_rule("/works/<work>", "work", WorkPage(library, viewers).show)
    site.add_url_rule("/works/<work>/pages/<page>", "page", reading.show)
    site.add_url_rule("/works/<work>/pages", "turn", reading.turn)
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
    """What the addresses show that have no module of their own."""

    library: Library

    @property
    def collections(self) -> CollectionPage:
        return CollectionPage(self.library)

    def home(self) -> Response:
        limits, after = limits_of(self.library.settings), request.args.get("after")
        panel = facet_panel(self.library.browsing)
        found = self.library.browsing.works(panel.narrows, after, WORKS_ON_A_PAGE + 1)
        works = found[:WORKS_ON_A_PAGE]
        collections, more_collections = ((), False) if after or panel.chosen else self.collections.of_home()
        return html_response.show(
            "home.html",
            collections=collections,
            more_collections=more_collections,
            works=[(work, thumbnail(work, limits)) for work in works],
            count=self.library.count(),
            panel=panel,
            fitting=self.library.browsing.number(panel.narrows) if panel.chosen else None,
            after=after,
            following=works[-1].id if len(found) > len(works) else None,
        )

    def search(self) -> Response:
        page, inside = SearchPage(self.library), request.args.get("work")
        if inside:
            return page.inside(public_work(self.library, inside))
        return page.titles() if request.args.get("titles") else page.across()
