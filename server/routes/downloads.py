"""What readers take home, over HTTP: its addresses. What they answer stands in `server.responders`."""

from flask import Blueprint, Response, request

from server.negotiation import as_response, request_fields
from server.responders.pdfs import PdfResponder
from server.responders.texts import PAGE_FORMATS, TextResponder


def blueprint(texts: TextResponder, pdfs: PdfResponder) -> Blueprint:
    routes = Blueprint("downloads", __name__, url_prefix="/works")

    @routes.get("/<work>.pdf")
    def pdf(work: str) -> Response:
        return as_response(pdfs.pdf(work, request.args.getlist("pages"), request_fields()))

    @routes.get("/<work>/text.txt")
    def work_text(work: str) -> Response:
        return as_response(texts.work_text(work, request_fields()))

    def page_file(work: str, page: str, extension: str) -> Response:
        return as_response(texts.page_file(work, page, extension, request_fields()))

    for extension in PAGE_FORMATS:
        defaults = {"extension": extension}
        routes.add_url_rule(
            f"/<work>/pages/<page>.{extension}", f"page.{extension}".replace(".", "-"), page_file, defaults=defaults
        )
    return routes
