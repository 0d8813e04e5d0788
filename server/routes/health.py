"""/health: whether this worker can answer, for a watchdog or the proxy in front. It opens no image."""

import logging
from importlib.metadata import version as version_of

from flask import Blueprint, Response, jsonify

from manifests.errors import LibraryError
from manifests.library import Library

log = logging.getLogger("mocban")


def blueprint(library: Library) -> Blueprint:
    routes = Blueprint("health", __name__)
    version = version_of("mocban")

    @routes.get("/health")
    def health() -> tuple[Response, int, dict[str, str]]:
        try:
            found = {"status": "ok", "version": version, "works": library.count()}
        except Exception as error:  # noqa: BLE001 -- whatever is wrong is what this address is asked for
            log.warning("%s", error)
            reason = (
                str(error) if isinstance(error, LibraryError) else "The catalogue cannot be read; the log says why."
            )
            return jsonify(status="failing", version=version, reason=reason), 503, _FRESH
        return jsonify(found), 200, _FRESH

    return routes


_FRESH = {"Cache-Control": "no-store"}
