"""What the front door and the Flask application tell each other about one request, beside HTTP.

In: the public base of all addresses in the answer. It was decided once (`server.front_door.request_target`); Flask,
werkzeug and a2wsgi would each read the Host again, by rules of their own. In too: what the front door refuses a
browser, which is shown a page as for any other error. Out: why the request was refused, for the log; and the picture
that is still to be drawn for an answer without a body (`server.derivatives.drawing_room`), or the body that is still
to be made (`server.pdf.bindery`).
The notes travel in the ASGI scope, which a2wsgi puts into the environ as it stands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from flask import request

from manifests.errors import LibraryError
from server.derivatives.maker import Drawable

KEY = "mocban.notes"


@dataclass(slots=True)
class RequestNotes:
    base: str = "http://localhost"
    error: LibraryError | None = None
    refusal: str = ""
    drawing: Drawable | None = None
    stream: Callable[[], Iterator[bytes]] | None = None


def notes() -> RequestNotes:
    """Those of the request that Flask works on; empty ones where no front door stands before it."""
    scope = cast(dict[str, Any], request.environ.setdefault("asgi.scope", {}))
    return cast(RequestNotes, scope.setdefault(KEY, RequestNotes()))
