"""The canvases of the Presentation API over HTTP, and what lies on them: its addresses. What they answer stands in
`server.responders.documents` and, of the text on a canvas, in `server.responders.texts`.
"""

from flask import Blueprint, Response

from server.negotiation import as_response, request_fields
from server.responders.documents import DocumentResponder
from server.responders.texts import TextResponder


def blueprint(documents: DocumentResponder, texts: TextResponder) -> Blueprint:
    routes = Blueprint("canvases", __name__, url_prefix="/iiif/presentation")

    @routes.get("/3/<work>/canvas/<page>")
    def canvas(work: str, page: str) -> Response:
        return as_response(documents.canvas(work, page, request_fields()))

    @routes.get("/3/<work>/annotations/<page>/painting")
    def paintings(work: str, page: str) -> Response:
        return as_response(documents.paintings(work, page, request_fields()))

    @routes.get("/3/<work>/annotations/<page>/painting/image")
    def painting(work: str, page: str) -> Response:
        return as_response(documents.painting(work, page, request_fields()))

    @routes.get("/<version(3, 2):version>/<work>/annotations/<page>/notes")
    def notes(version: int, work: str, page: str) -> Response:
        return as_response(documents.notes(version, work, page, request_fields()))

    @routes.get("/3/<work>/placeholder")
    def placeholder(work: str) -> Response:
        return as_response(documents.placeholder(work, request_fields()))

    @routes.get("/<version(3, 2):version>/<work>/annotations/<page>/<granularity>")
    def annotations(version: int, work: str, page: str, granularity: str) -> Response:
        return as_response(texts.annotations(version, work, page, granularity, request_fields()))

    return routes
