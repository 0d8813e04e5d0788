"""The Presentation API over HTTP: the addresses of manifests and collections. What they answer stands in
`server.responders.documents`.
"""

from flask import Blueprint, Response, request

from server.negotiation import as_response, request_fields
from server.responders.documents import DocumentResponder


def blueprint(documents: DocumentResponder) -> Blueprint:
    routes = Blueprint("presentation", __name__, url_prefix="/iiif/presentation")

    @routes.get("/<version(3, 2):version>/<work>/manifest")
    def manifest(version: int, work: str) -> Response:
        return as_response(documents.manifest(version, work, request_fields()))

    @routes.get("/<version(3, 2):version>/collection/<collection>")
    def collection(version: int, collection: str) -> Response:
        after = request.args.get("after")
        return as_response(documents.collection(version, collection, after, request_fields()))

    return routes
