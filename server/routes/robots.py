"""/robots.txt: leads crawlers to what costs next to nothing, and away from what has to be computed (RFC 9309).

Pages, manifests and collections are prepared bytes; a picture or a search is work, and nothing that a crawler of texts
needs. Of several rules that fit, the longest counts (section 2.2.2). It is an offer: what a crawler that does not read
it may cost is bounded elsewhere.
"""

from flask import Blueprint, Response, request

from manifests.metadata.facets import FACETS
from manifests.presentation.thumbnails import SHARED

CLOSED = (
    "/iiif/image/",
    "/iiif/search/",
    "/iiif/autocomplete/",
    "/search",
    "/*.pdf",
    "/*?q=",
    "/*&q=",
    "/*?viewer=",
    "/*&viewer=",
    *(f"/*{mark}{facet.name}=" for facet in FACETS for mark in "?&"),
    "/*?manifest=",
    "/works/*/pages?",
    "/works/*/pages/*?",
)
"""Computed pictures; searches; whole works as PDF; a page once more, with words marked, in another viewer, at one line,
or as it is dragged to another viewer; the list of works narrowed down in every way."""

OPEN_AMONG_THEM = ("/iiif/image/*/info.json", f"/iiif/image/3/*/full/{SHARED},*/0/default.jpg")
"""What says how large a picture is and under which licence; the picture that a shared link shows."""

OF_SHARED_LINKS = ("facebookexternalhit", "Twitterbot", "TelegramBot", "LinkedInBot")
"""What looks at one page, because a reader has shared it, and at its picture, which may be a part of a page. A group of
its own (section 2.2.1)."""


def blueprint() -> Blueprint:
    routes = Blueprint("robots", __name__)

    @routes.get("/robots.txt")
    def robots() -> Response:
        folder = request.script_root
        lines = [
            "User-agent: *",
            *(f"Allow: {folder}{path}" for path in OPEN_AMONG_THEM),
            *(f"Disallow: {folder}{path}" for path in CLOSED),
            "",
            *(f"User-agent: {name}" for name in OF_SHARED_LINKS),
            f"Allow: {folder}/",
        ]
        return Response(
            "\n".join([*lines, ""]), headers={"Cache-Control": "public, max-age=86400"}, content_type="text/plain"
        )

    return routes
