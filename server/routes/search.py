"""Content Search 1.0 and 2.0 inside one work: the library finds, `manifests.search` words it.

Content Search 2.0 sections 4.1 and 5.1, 1.0 sections 3.2 and 4.2: GET, `q`; what else is asked and not done is named in
the answer. A search that asks for nothing is not restricted: it answers with every line of the work.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from manifests.ids import image_id
from manifests.library import Library
from manifests.search.answers import answer, start_of
from manifests.search.scan import find_or_all
from manifests.search.suggestions import suggest
from manifests.search.term_lists import least_of, term_list
from server.answers.documents import SEARCH
from server.negotiation import addresses, as_response, request_fields
from server.responders.documents import DocumentResponder


def blueprint(library: Library, documents: DocumentResponder) -> Blueprint:
    routes = Blueprint("content_search", __name__, url_prefix="/iiif")

    def size(work: str, page: str) -> tuple[int, int]:
        found = library.image(image_id(work, page))  # remembered, and many hits share a page
        return found.width, found.height

    def sent(version: int, found: Mapping[str, Any]) -> Response:
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
        return as_response(documents.made(SEARCH[version], body, request_fields()))

    @routes.get("/search/<version(2, 1):version>/<work>")
    def search(version: int, work: str) -> Response:
        library.work(work)  # an unknown work is 404 and a withdrawn one 410, whatever is asked of it
        asked = request.args.to_dict()
        found = answer(
            version,
            url=addresses().search(version, work),
            hits=find_or_all(work, library.text(work), asked.get("q", "")),
            sizes=size,
            addresses=addresses(),
            parameters=asked,
            start=start_of(asked),
        )
        return sent(version, found)

    @routes.get("/autocomplete/<version(2, 1):version>/<work>")
    def autocomplete(version: int, work: str) -> Response:
        library.work(work)
        asked = request.args.to_dict()
        found = term_list(
            version,
            url=addresses().autocomplete(version, work),
            search=addresses().search(version, work),
            suggestions=suggest(library.text(work), asked.get("q", ""), least_of(asked)),
            parameters=asked,
        )
        return sent(version, found)

    return routes
