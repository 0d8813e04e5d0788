"""/health over HTTP: its address. What it answers stands in `server.responders.health`."""

from flask import Blueprint, Response

from server.negotiation import as_response, request_fields
from server.responders.health import HealthResponder


def blueprint(responder: HealthResponder) -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/health")
    def health() -> Response:
        return as_response(responder.health(request_fields()))

    return routes
