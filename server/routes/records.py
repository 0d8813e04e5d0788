"""The files of records over HTTP: their addresses. What they answer stands in `server.responders.records`."""

from flask import Blueprint, Response

from manifests.metadata.shared_formats import SHARED_FORMATS
from server.negotiation import as_response, request_fields
from server.responders.records import RecordResponder


def blueprint(records: RecordResponder) -> Blueprint:
    routes = Blueprint("records", __name__, url_prefix="/works/<work>")

    def record(work: str, extension: str) -> Response:
        return as_response(records.record(work, extension, request_fields()))

    for form in SHARED_FORMATS.values():
        endpoint = form.extension.replace(".", "-")
        routes.add_url_rule(f"/record.{form.extension}", endpoint, record, defaults={"extension": form.extension})
    return routes
