"""The pages of collections: what one is, where it lies, what is in it, a search in it. HTML only.

One in which people would see nothing is not there (`ShownCollections`); `top` is the library as a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from manifests.addresses import TOP
from manifests.collection import Collection, CollectionKind
from manifests.library import Library
from manifests.metadata.facets import COLLECTION
from manifests.model import Work
from manifests.presentation.institution import limits_of
from manifests.presentation.markup import as_plain
from server import negotiation
from server.site import html_response
from server.site.facet_panel import Panel, facet_panel
from server.site.logo import logo_source
from server.site.thumbnails import HtmlImage, picture, thumbnail

MEMBERS_ON_A_PAGE = 48
ON_THE_HOME_PAGE = 12
"""Collections; where there are more, a link leads to all."""


@dataclass(frozen=True, slots=True)
class CollectionPage:
    library: Library

    def show(self, collection: str) -> Response:
        this, after = self.library.collections.find(collection), request.args.get("after", "")
        panel = facet_panel(self.library.browsing, {} if collection == TOP else {COLLECTION.name: [collection]})
        translator = html_response.request_translator()
        logo = html_response.local_addresses().on_this_server(this.logo)
        return html_response.show(
            "collection.html",
            this=this,
            path=[one for one in self.library.collections.path(collection) if one.id != TOP],
            summary=as_plain(translator.label(this.summary)) if this.summary else "",
            logo=logo,
            panel=panel,
            after=after,
            document=negotiation.addresses().collection(3, this.id),
            policy={"img-src": source} if (source := logo_source(logo)) else None,
            **(self._narrowed_down(this, panel, after) if panel.chosen else self._members(collection, after)),
        )

    def _members(self, collection: str, after: str) -> Mapping[str, Any]:
        """What lies in it, in its order, from the key `after` on."""
        page = self.library.collections.page(collection, after, MEMBERS_ON_A_PAGE)
        members = [member.what for member in page.members]
        return {
            "parts": self.cards([member for member in members if isinstance(member, Collection)]),
            "works": self._shelf([member for member in members if isinstance(member, Work)]),
            "first": page.start + 1,
            "last": page.start + len(members),
            "page": page,
        }

    def _narrowed_down(self, this: Collection, panel: Panel, after: str) -> Mapping[str, Any]:
        """The works in it and in what lies in it that fit: where they are counted or dated in their order, from the
        place `after` on, else by id."""
        browsing, size = self.library.browsing, MEMBERS_ON_A_PAGE + 1
        if this.kind is CollectionKind.PLAIN:
            found = [(work.id, work) for work in browsing.works(panel.narrows, after or None, size)]
        else:
            found = browsing.works_in_order(this.id, panel.chosen, after, size)
        shown = found[:MEMBERS_ON_A_PAGE]
        return {
            "works": self._shelf([work for _, work in shown]),
            "fitting": browsing.number(panel.narrows),
            "following": shown[-1][0] if len(found) > len(shown) else None,
        }

    def _shelf(self, works: Sequence[Work]) -> list[tuple[Work, HtmlImage | None]]:
        limits = limits_of(self.library.settings)
        return [(work, thumbnail(work, limits)) for work in works]

    def of_home(self) -> tuple[Sequence[tuple[Collection, HtmlImage | None]], bool]:
        """The first that lie in no other, and whether there are more."""
        found = self.library.collections.parts(TOP, ON_THE_HOME_PAGE + 1)
        return self.cards(found[:ON_THE_HOME_PAGE]), len(found) > ON_THE_HOME_PAGE

    def cards(self, found: Sequence[Collection]) -> list[tuple[Collection, HtmlImage | None]]:
        limits = limits_of(self.library.settings)
        return [(one, picture(*one.shown_by, limits) if one.shown_by else None) for one in found]
