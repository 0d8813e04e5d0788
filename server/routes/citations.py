"""A work's record for programs that keep references, over HTTP: its addresses. What they answer stands in
`server.responders.citations`.
"""

from flask import Blueprint, Response

from server.negotiation import as_response, request_fields
from server.responders.citations import CITATION_FORMATS, CitationResponder


def blueprint(citations: CitationResponder) -> Blueprint:
    routes = Blueprint("citations", __name__, url_prefix="/works/<work>")

    def citation(work: str, extension: str) -> Response:
        return as_response(citations.citation(work, extension, request_fields()))

    for extension in CITATION_FORMATS:
        routes.add_url_rule(f"/citation.{extension}", extension, citation, defaults={"extension": extension})
    return routes
