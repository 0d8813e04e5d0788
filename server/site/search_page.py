"""The search for people: works first, each with its best places; all places in one work; works by their title.

What is found comes from `Library`; here it becomes links and strips of the page. A work, or a page of it, that has been
withdrawn since it was found is left out, as if it had not been.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, request, url_for

from manifests.addresses import TOP
from manifests.collection import Collection
from manifests.errors import Malformed, Missing, Renamed, Withdrawn
from manifests.ids import image_id
from manifests.library import Library
from manifests.metadata.facets import COLLECTION
from manifests.model import Hit, Page, Work
from manifests.presentation.institution import limits_of
from manifests.search.across import Across, FoundWork
from manifests.search.cursor import START, Cursor
from server.site import html_response
from server.site.facet_panel import Panel, facet_panel
from server.site.snippets import Snippet, snippet
from server.site.thumbnails import HtmlImage, thumbnail

PLACES_OF_A_WORK = 3
PLACES_ON_A_PAGE = 30
TITLES_ABOVE_THE_TEXTS = 3
TITLES_ON_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Place:
    """One hit as it is shown: the page's name, where to read on, and its strip."""

    hit: Hit
    page: Page
    address: str
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class WorkResult:
    """A work, in how many places the words stand there, and the best of these."""

    work: Work
    count: int
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class SearchPage:
    library: Library

    def across(self) -> Response:
        query, panel = html_response.query(), facet_panel(self.library.browsing)
        within = self._within(panel)
        if not query:
            return html_response.show("search.html", query=query, panel=panel, within=within)
        across, start = self._among(panel, within), _start()
        found = across.works(query, start)
        titles = across.titled(query, size=TITLES_ABOVE_THE_TEXTS) if start == START else None
        return html_response.show(
            "search.html",
            query=query,
            within=within,
            panel=panel,
            start=start,
            found=found,
            results=list(self._results(query, found.works)),
            titles=self._shelf(titles.works) if titles else (),
            more_titles=titles is not None and titles.next is not None,
            meant=across.did_you_mean(query) if start == START and found.is_poor else None,
        )

    def inside(self, work: Work) -> Response:
        """All places in one work."""
        query, first = html_response.query(), _number()
        hits = self.library.search(query, work=work.id) if query else []
        behind = min(first + PLACES_ON_A_PAGE, len(hits))
        return html_response.show(
            "search_inside.html",
            query=query,
            inside=work,
            count=len(hits),
            places=list(self._places(query, hits[first:behind])),
            first=first,
            behind=behind,
            before=max(0, first - PLACES_ON_A_PAGE) if first else None,
        )

    def titles(self) -> Response:
        """All works with the words in their title."""
        query, start, panel = html_response.query(), _start(), facet_panel(self.library.browsing)
        within = self._within(panel)
        found = self._among(panel, within).titled(query, start, TITLES_ON_A_PAGE)
        return html_response.show(
            "search_titles.html",
            query=query,
            panel=panel,
            within=within,
            start=start,
            works=self._shelf(found.works),
            following=found.next,
        )

    def _within(self, panel: Panel) -> Collection | None:
        """The one collection that is searched, where it is one. Raises Missing where there is none."""
        chosen = panel.chosen.get(COLLECTION.name, ())
        return self.library.collections.find(chosen[0]) if len(chosen) == 1 else None

    def _among(self, panel: Panel, within: Collection | None) -> Across:
        """The search in the works that the reader has narrowed the list down to."""
        across = self.library.across(within.id if within else TOP)
        rest = {name: values for name, values in panel.narrows.items() if within is None or name != COLLECTION.name}
        return across.among(self.library.browsing.ids(rest)) if rest else across

    def _shelf(self, works: Sequence[Work]) -> list[tuple[Work, HtmlImage | None]]:
        limits = limits_of(self.library.settings)
        return [(work, thumbnail(work, limits)) for work in works]

    def _results(self, query: str, works: Sequence[FoundWork]) -> Iterator[WorkResult]:
        for found in works:
            places = list(self._places(query, found.hits[:PLACES_OF_A_WORK]))
            if places:
                yield WorkResult(found.work, len(found.hits), places)

    def _places(self, query: str, hits: Sequence[Hit]) -> Iterator[Place]:
        for hit in hits:
            try:
                yield self._place(query, hit)
            except (Missing, Renamed, Withdrawn):
                continue

    def _place(self, query: str, hit: Hit) -> Place:
        page = self.library.image(image_id(hit.work, hit.page))  # remembered, and many hits share a page
        box = ",".join(map(str, hit.boxes[0])) if hit.boxes else None
        address = url_for("site.page", work=hit.work, page=hit.page, q=query, xywh=box)
        return Place(hit, page, address, snippet(hit, page, html_response.local_addresses()))


def _start() -> Cursor:
    return Cursor.parse(request.args["start"]) if "start" in request.args else START


def _number() -> int:
    """Of the first place on this page."""
    start = request.args.get("start", "0")
    if not (start.isascii() and start.isdecimal() and len(start) < 10):
        raise Malformed("start={start} is not a whole number from 0.", start=start)
    return int(start)
