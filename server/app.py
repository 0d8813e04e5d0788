"""The Flask application: one blueprint an API, put together for one library.

It stands behind the front door (`server.front_door`), which gives it the path percent-encoded. So the literal parts of
a rule are compared as they are written, and a variable is decoded once, by `Segment`: `%2F` in an identifier is no
slash. No decision of an API may live here.
"""

from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from a2wsgi import WSGIMiddleware
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter, Map

from manifests.errors import Missing, Renamed, Withdrawn
from manifests.library import Library
from server.answers.document_cache import DocumentCache
from server.derivatives.drawing_room import DrawingRoom
from server.derivatives.low_memory import give_memory_back
from server.derivatives.maker import PictureMaker
from server.derivatives.picture_cache import cache_of
from server.front_door import http_errors, leading_on
from server.front_door.asgi import AsgiFrontend
from server.front_door.fast_lane import FastLane
from server.front_door.request_log import RequestLog
from server.front_door.request_notes import notes
from server.front_door.request_target import TargetParser
from server.image import pixels
from server.pdf.bindery import Bindery
from server.ready_paths import ReadyPaths
from server.responders.citations import CitationResponder
from server.responders.documents import DocumentResponder
from server.responders.health import HealthResponder
from server.responders.images import ImageResponder
from server.responders.pdfs import PdfResponder
from server.responders.records import RecordResponder
from server.responders.texts import TextResponder
from server.routes import (
    canvases,
    citations,
    collection_search,
    downloads,
    health,
    image,
    presentation,
    records,
    robots,
    search,
)
from server.site import pages


class Segment(BaseConverter):
    """One segment of the path, decoded."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return unquote(value, errors="strict")

    def to_url(self, value: str) -> str:
        return quote(value, safe="")


class VersionConverter(BaseConverter):
    """`<version(3, 2):version>`: a major version of an API, written in one way only."""

    def __init__(self, map: Map, *versions: int) -> None:
        super().__init__(map)
        self.regex = "|".join(str(version) for version in versions)

    def to_python(self, value: str) -> int:
        return int(value)


def create_asgi_app(library: Library, log: RequestLog | None = None) -> AsgiFrontend:
    """The whole web side of one library, as one worker runs it."""
    settings = library.settings
    give_memory_back()
    pixels.configure_libvips()
    responders = Responders.of(library)
    flask: Any = create(library, responders)  # one WSGI application to both, by types that differ in name only
    behind = WSGIMiddleware(flask, workers=settings.threads)
    maker = PictureMaker(settings, cache_of(library.folder, settings), partial(_is_shown, library))
    paths = ReadyPaths(*responders)
    lane = FastLane(TargetParser(settings), paths, library.version, responders.images.close_files)
    rooms = Bindery(DrawingRoom(behind, maker, paths.picture, tells_time=settings.server_timing))
    return AsgiFrontend(rooms, settings, lane, log)


def _is_shown(library: Library, image: str) -> bool:
    try:
        library.image(image)
    except (Missing, Renamed, Withdrawn):
        return False
    return True


class Responders(NamedTuple):
    """What the two roads share: each asks the same ones."""

    images: ImageResponder
    documents: DocumentResponder
    texts: TextResponder
    health: HealthResponder

    @classmethod
    def of(cls, library: Library) -> "Responders":
        cache = DocumentCache()
        return cls(
            ImageResponder(library, cache),
            DocumentResponder(library, cache),
            TextResponder(library, cache),
            HealthResponder(library),
        )


def create(library: Library, responders: Responders | None = None) -> Flask:
    responders = responders or Responders.of(library)
    app = Flask("mocban", static_folder=None)
    # A redirect to "the same without the slash" would cost an API client a round trip, and encode the path twice
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = True
    app.url_map.converters |= {"default": Segment, "string": Segment, "version": VersionConverter}
    http_errors.register(app, library.settings.languages, pages.error_page)
    leading_on.register(app)
    app.before_request(_refused_by_the_front_door)
    app.before_request(_nothing_below_two_slashes)
    app.after_request(_in_one_piece)
    app.register_blueprint(image.blueprint(responders.images))
    app.register_blueprint(presentation.blueprint(responders.documents))
    app.register_blueprint(canvases.blueprint(responders.documents, responders.texts))
    app.register_blueprint(search.blueprint(library, responders.documents))
    app.register_blueprint(
        downloads.blueprint(library, responders.texts, PdfResponder(library, responders.images.pyramids))
    )
    app.register_blueprint(records.blueprint(RecordResponder(library)))
    app.register_blueprint(citations.blueprint(CitationResponder(library)))
    app.register_blueprint(collection_search.blueprint(library, responders.documents))
    app.register_blueprint(health.blueprint(responders.health))
    app.register_blueprint(robots.blueprint())
    app.register_blueprint(pages.blueprint(library))
    return app


def _refused_by_the_front_door() -> None:
    error = notes().error
    if error is not None:
        raise error


def _nothing_below_two_slashes() -> None:
    """werkzeug takes `//iiif/...` for `/iiif/...`; each address has one spelling (RFC 3986 section 3.3)."""
    if request.environ["PATH_INFO"].startswith("//"):
        raise NotFound


def _in_one_piece(response: Response) -> Response:
    """A file would go from Flask's thread to the loop in a hundred small pieces, and hold the thread for good when its
    reader went away before the last: a2wsgi has a queue of ten, and nobody who empties it then."""
    if response.direct_passthrough:
        response.direct_passthrough = False
        response.set_data(response.get_data())
    return response
