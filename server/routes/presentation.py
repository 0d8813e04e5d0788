"""The Presentation API over HTTP: its addresses. What they answer stands in `server.responders.documents`."""

from flask import Blueprint, Response, request

from server.negotiation import as_response, request_fields
from server.responders.documents import DocumentResponder


def blueprint(documents: DocumentResponder) -> Blueprint:
    routes = Blueprint("presentation", __name__, url_prefix="/iiif/presentation")

    @routes.get("/<version(3, 2):version>/<work>/manifest")
    def manifest(version: int, work: str) -> Response:
        return as_response(documents.manifest(version, work, request_fields()))

    @routes.get("/3/<work>/canvas/<page>")
    def canvas(work: str, page: str) -> Response:
        return as_response(documents.canvas(work, page, request_fields()))

    @routes.get("/3/<work>/annotations/<page>/painting")
    def paintings(work: str, page: str) -> Response:
        return as_response(documents.paintings(work, page, request_fields()))

    @routes.get("/3/<work>/annotations/<page>/painting/image")
    def painting(work: str, page: str) -> Response:
        return as_response(documents.painting(work, page, request_fields()))

    @routes.get("/<version(3, 2):version>/collection/<collection>")
    def collection(version: int, collection: str) -> Response:
        after = request.args.get("after")
        return as_response(documents.collection(version, collection, after, request_fields()))

    return routes
