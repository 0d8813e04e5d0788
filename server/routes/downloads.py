"""What readers take home, over HTTP: its addresses. What they answer stands in `server.responders`.

An id may end as such an address does (a folder `Atlas.pdf`, a scan `0001.txt.tif`): then the address is that of its
page, which was there before.
"""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, current_app, make_response, request

from manifests.errors import Missing, Renamed, Withdrawn
from manifests.library import Library
from server.negotiation import as_response, request_fields
from server.responders.pdfs import PdfResponder
from server.responders.texts import PAGE_FORMATS, TextResponder


def blueprint(library: Library, texts: TextResponder, pdfs: PdfResponder) -> Blueprint:
    routes = Blueprint("downloads", __name__, url_prefix="/works")

    @routes.get("/<work>.pdf")
    def pdf(work: str) -> Response:
        name = f"{work}.pdf"
        if _is_known(partial(library.work, name)) and not _is_only_former(library, name, work):
            return make_response(current_app.view_functions["site.work"](work=name))
        return as_response(pdfs.pdf(work, request.args.getlist("pages"), request_fields()))

    @routes.get("/<work>/text.txt")
    def work_text(work: str) -> Response:
        return as_response(texts.work_text(work, request_fields()))

    def page_file(work: str, page: str, extension: str) -> Response:
        name = f"{page}.{extension}"
        if _is_known(partial(library.page, work, name)):
            return make_response(current_app.view_functions["site.page"](work=work, page=name))
        return as_response(texts.page_file(work, page, extension, request_fields()))

    for extension in PAGE_FORMATS:
        rule, endpoint = f"/<work>/pages/<page>.{extension}", f"page-{extension}".replace(".", "-")
        routes.add_url_rule(rule, endpoint, page_file, defaults={"extension": extension})
    return routes


def _is_only_former(library: Library, name: str, work: str) -> bool:
    """`Atlas.pdf` that has been renamed leads to its page, unless `Atlas` is a work: then it is the PDF of that."""
    return name in library.former_ids(name) and _is_known(partial(library.work, work))


def _is_known(find: Callable[[], object]) -> bool:
    try:
        find()
    except (Renamed, Withdrawn):
        return True
    except Missing:
        return False
    return True
