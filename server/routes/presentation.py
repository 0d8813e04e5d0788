"""The Presentation API: manifests, canvases and collections as they were stored, under the public base.

Presentation 3.0 section 6.3 and 2.1 section 7 (media types, CORS). Nothing is built here.
"""

from flask import Blueprint, Response, request

from manifests.library import Library
from server.document_cache import DocumentCache, digest_of, encode
from server.negotiation import PRESENTATION, base, document


def blueprint(library: Library, cache: DocumentCache) -> Blueprint:
    routes = Blueprint("presentation", __name__, url_prefix="/iiif/presentation")

    @routes.get("/<version(3, 2):version>/<work>/manifest")
    def manifest(version: int, work: str) -> Response:
        stored = library.document(version, work)
        return document(cache.get_or_make(stored.body, stored.digest, base()), PRESENTATION[version])

    @routes.get("/3/<work>/canvas/<page>")
    def canvas(work: str, page: str) -> Response:
        return _made(library.canvas(work, page), 3)

    @routes.get("/3/<work>/annotations/<page>/painting")
    def paintings(work: str, page: str) -> Response:
        return _made(library.paintings(work, page), 3)

    @routes.get("/3/<work>/annotations/<page>/painting/image")
    def painting(work: str, page: str) -> Response:
        return _made(library.painting(work, page), 3)

    @routes.get("/<version(3, 2):version>/collection/<collection>")
    def collection(version: int, collection: str) -> Response:
        return _made(library.collection(version, collection, request.args.get("after")), version)

    return routes


def _made(body: bytes, version: int) -> Response:
    """A document that is not stored: small, and made anew each time."""
    return document(encode(body, digest_of(body), base()), PRESENTATION[version])
