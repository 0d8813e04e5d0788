"""Content Search 1.0 and 2.0 inside one work: the library finds, `manifests.search.answers` words it.

Content Search 2.0 section 4.1, 1.0 section 3.2: GET, `q`; what else is asked and not done is named in the answer.
"""

import json

from flask import Blueprint, Response, request

from manifests.ids import image_id
from manifests.library import Library
from manifests.search.answers import answer, start_of
from server.answers.documents import SEARCH
from server.negotiation import addresses, as_response, request_fields
from server.responders.documents import DocumentResponder


def blueprint(library: Library, documents: DocumentResponder) -> Blueprint:
    routes = Blueprint("content_search", __name__, url_prefix="/iiif/search")

    def size(work: str, page: str) -> tuple[int, int]:
        found = library.image(image_id(work, page))  # remembered, and many hits share a page
        return found.width, found.height

    @routes.get("/<version(2, 1):version>/<work>")
    def search(version: int, work: str) -> Response:
        library.work(work)  # an unknown work is 404 and a withdrawn one 410, whatever is asked of it
        asked = request.args.to_dict()
        found = answer(
            version,
            url=addresses().search(version, work),
            hits=library.search(asked.get("q", ""), work=work),
            sizes=size,
            addresses=addresses(),
            parameters=asked,
            start=start_of(asked),
        )
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
        return as_response(documents.made(SEARCH[version], body, request_fields()))

    return routes
