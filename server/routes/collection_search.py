"""Content Search 1.0 and 2.0 across the works of a collection: the library finds, `manifests.search.collection_answers`
words it. Content Search 2.0 section 4.1, 1.0 section 3.2: GET, `q`.
"""

import json

from flask import Blueprint, Response, request

from manifests.ids import image_id
from manifests.library import Library
from manifests.search.collection_answers import CollectionAnswer, start_of
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
        url = addresses().search_collection(version, collection)
        found = across.hits_page(asked.get("q", ""), start_of(asked))
        answer = CollectionAnswer(url, asked, found, size, addresses()).of_version(version)
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        return as_response(documents.made(SEARCH[version], body, request_fields()))

    return routes
