"""The addresses of which an answer may be ready, before any Flask, thread or task: for `server.front_door.fast_lane`.

The answers are those of `server.responders`, as Flask's routes give them; here stands only which address asks whom.
Whatever is not ready, or is refused, is None: the road behind answers it, and words what is wrong.
"""

from urllib.parse import unquote

from manifests.errors import LibraryError
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.responders import NeedsTime
from server.responders.documents import DocumentResponder
from server.responders.images import ImageResponder

_VERSIONS = {"3": 3, "2": 2}


class ReadyPaths:
    def __init__(self, images: ImageResponder, documents: DocumentResponder) -> None:
        self._images = images
        self._documents = documents

    def __call__(self, path: str, fields: RequestFields) -> ReadyAnswer | None:
        """`path` is percent-encoded, as `server.front_door.request_target` leaves it."""
        try:
            return self._ask(path.split("/"), fields)
        except (LibraryError, NeedsTime):
            return None

    def _ask(self, segments: list[str], fields: RequestFields) -> ReadyAnswer | None:
        match segments:
            case ["", "iiif", "image", "3" | "2" as version, image, region, size, rotation, quality_format]:
                parts = (_decoded(region), _decoded(size), _decoded(rotation), _decoded(quality_format))
                return self._images.picture(_VERSIONS[version], _decoded(image), parts, fields, may_wait=False)
            case ["", "iiif", "image", "3" | "2" as version, image, "info.json"]:
                return self._images.information(_VERSIONS[version], _decoded(image), fields, may_wait=False)
            case ["", "iiif", "presentation", "3" | "2" as version, work, "manifest"]:
                return self._documents.manifest(_VERSIONS[version], _decoded(work), fields, may_wait=False)
            case ["", "iiif", "presentation", "3", work, "canvas", page]:
                return self._documents.canvas(_decoded(work), _decoded(page), fields, may_wait=False)
            case ["", "iiif", "presentation", "3", work, "annotations", page, "painting"]:
                return self._documents.paintings(_decoded(work), _decoded(page), fields, may_wait=False)
            case ["", "iiif", "presentation", "3", work, "annotations", page, "painting", "image"]:
                return self._documents.painting(_decoded(work), _decoded(page), fields, may_wait=False)
        return None


def _decoded(segment: str) -> str:
    return unquote(segment) if "%" in segment else segment
