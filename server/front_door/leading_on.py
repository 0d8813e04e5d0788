"""The address that a work has under its present id, for whoever asks by one that it had before: 301.

Everything that an address of a work leads to has moved with it: pages for people, downloads, documents, searches,
images. An image too, since `info.json` says what it is called, and one picture under two addresses is kept twice.
No cache may keep the redirect without asking: a work may be called by its former name again, and two kept redirects
would send a reader round in a circle.
"""

import re
from http import HTTPStatus
from urllib.parse import quote, unquote

from flask import Flask, Response, request

from manifests.errors import Renamed

_PLACE_OF_THE_WORK = {"works": 2, "iiif": 4}
"""Which segment of a path names the work, by the first one (`manifests.addresses`)."""


def register(app: Flask) -> None:
    """Takes the place of what is said of other mistakes."""

    def lead_on(error: Renamed) -> Response:
        was, now = error.values["work"], error.values["now"]
        query = request.query_string.decode("latin-1")
        where = request.script_root + address_now(request.path, query, was, now)
        response = Response(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": where})
        response.headers["Cache-Control"] = "no-cache"
        return response

    app.register_error_handler(Renamed, lead_on)


def address_now(path: str, query: str, was: str, now: str) -> str:
    """What is not the work's name stays to the letter."""
    parts = path.split("/")
    place = _PLACE_OF_THE_WORK.get(parts[1])
    if place is not None and place < len(parts):
        name = unquote(parts[place])
        if name.startswith(was):
            parts[place] = quote(now) + quote(name.removeprefix(was), safe="~")  # of an image the page, or `.pdf`
    asked = re.sub(rf"(?<![^&])work={re.escape(was)}(?![^&])", f"work={now}", query)
    return "/".join(parts) + (f"?{asked}" if asked else "")
