"""The Image API 3.0 and 2.1 over HTTP: its addresses. What they answer stands in `server.responders.images`."""

from flask import Blueprint, Response

from server.negotiation import as_response, request_fields
from server.responders.images import ImageResponder


def blueprint(images: ImageResponder) -> Blueprint:
    routes = Blueprint("image", __name__, url_prefix="/iiif/image/<version(3, 2):version>/<image>")

    @routes.get("")
    def base_uri(version: int, image: str) -> Response:
        return as_response(images.base_uri(version, image, request_fields()))

    @routes.get("/info.json")
    def information(version: int, image: str) -> Response:
        return as_response(images.information(version, image, request_fields()))

    @routes.get("/<region>/<size>/<rotation>/<quality_format>")
    def picture(version: int, image: str, region: str, size: str, rotation: str, quality_format: str) -> Response:
        parts = (region, size, rotation, quality_format)
        return as_response(images.picture(version, image, parts, request_fields()))

    return routes
