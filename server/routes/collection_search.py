"""Content Search 1.0 and 2.0 across the works of a collection: the library finds, `manifests.search.collection_answers`
words it. Content Search 2.0 section 4.1, 1.0 section 3.2: GET, `q`. A search that asks for nothing is not restricted.
"""

import json

from flask import Blueprint, Response, request

from manifests.ids import image_id
from manifests.library import Library
from manifests.search.collection_answers import answer, ask
from server.answers.documents import SEARCH
from server.negotiation import addresses, as_response, request_fields
from server.responders.documents import DocumentResponder


def blueprint(library: Library, documents: DocumentResponder) -> Blueprint:
    routes = Blueprint("collection_search", __name__, url_prefix="/iiif/search")

    def size(work: str, page: str) -> tuple[int, int]:
        found = library.image(image_id(work, page))  # remembered, and many hits share a page
        return found.width, found.height

    @routes.get("/<version(2, 1):version>/collection/<collection>")
    def search(version: int, collection: str) -> Response:
        asked = request.args.to_dict()
        across = library.across(collection)  # an unknown collection is 404, whatever is asked of it
        found = answer(
            version,
            url=addresses().search_collection(version, collection),
            found=ask(version, across, asked),
            sizes=size,
            addresses=addresses(),
            parameters=asked,
        )
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
        return as_response(documents.made(SEARCH[version], body, request_fields()))

    return routes
