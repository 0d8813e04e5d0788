"""The addresses of which an answer may be ready, before any Flask, thread or task: for `server.front_door.fast_lane`.

The answers are those of `server.responders`, as Flask's routes give them; here stands only which address asks whom.
Whatever is not ready, or is refused, is None: the road behind answers it, and words what is wrong.
"""

import re
from urllib.parse import unquote

from manifests.errors import LibraryError
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.front_door.request_notes import KEY
from server.front_door.request_target import RequestTarget, Scope
from server.responders import NeedsTime
from server.responders.documents import DocumentResponder
from server.responders.health import HealthResponder
from server.responders.images import ImageResponder
from server.responders.texts import TextResponder

_VERSIONS = {"3": 3, "2": 2}
_QUERY_OF_A_COLLECTION = re.compile(rb"(?:after=([A-Za-z0-9._-]*))?")
"""As we write it. Any other, and other spellings, are for Flask to read."""


class ReadyPaths:
    def __init__(
        self, images: ImageResponder, documents: DocumentResponder, texts: TextResponder, health: HealthResponder
    ) -> None:
        self._images = images
        self._documents = documents
        self._texts = texts
        self._health = health

    def __call__(self, target: RequestTarget, fields: RequestFields) -> ReadyAnswer | None:
        try:
            if target.path == "/health":
                return self._health.health(fields, may_wait=False)
            return self._ask(target, fields)
        except (LibraryError, NeedsTime):
            return None

    def picture(self, scope: Scope) -> ReadyAnswer | None:
        """The answer that lacks only its picture, still to be drawn, to a request as Flask would be given it."""
        path = scope["path"].removeprefix(scope["root_path"])
        fields = RequestFields.of(scope["method"], scope[KEY].base, scope["headers"])
        try:
            match path.split("/"):
                case ["", "iiif", "image", "3" | "2" as version, image, region, size, rotation, quality_format]:
                    parts = (_decoded(region), _decoded(size), _decoded(rotation), _decoded(quality_format))
                    answer = self._images.picture(_VERSIONS[version], _decoded(image), parts, fields)
                    return answer if answer.drawing else None
        except LibraryError:
            pass  # Flask meets it too, and words it
        return None

    def _ask(self, target: RequestTarget, fields: RequestFields) -> ReadyAnswer | None:
        match target.path.split("/"):
            case ["", "iiif", "image", "3" | "2" as version, image, region, size, rotation, quality_format]:
                parts = (_decoded(region), _decoded(size), _decoded(rotation), _decoded(quality_format))
                return self._images.picture(_VERSIONS[version], _decoded(image), parts, fields, may_wait=False)
            case ["", "iiif", "image", "3" | "2" as version, image, "info.json"]:
                return self._images.information(_VERSIONS[version], _decoded(image), fields, may_wait=False)
            case ["", "iiif", "presentation", "3" | "2" as version, *rest]:
                return self._presentation(_VERSIONS[version], [_decoded(part) for part in rest], target.query, fields)
        return None

    def _presentation(self, version: int, rest: list[str], query: bytes, fields: RequestFields) -> ReadyAnswer | None:
        match version, rest:
            case _, [work, "manifest"]:
                return self._documents.manifest(version, work, fields, may_wait=False)
            case 3, [work, "placeholder"]:
                return self._documents.placeholder(work, fields, may_wait=False)
            case 3, [work, "canvas", page]:
                return self._documents.canvas(work, page, fields, may_wait=False)
            case _, [work, "annotations", page, *kind]:
                return self._annotations(version, work, page, kind, fields)
            case _, ["collection", name]:
                return self._collection(version, name, query, fields)
        return None

    def _annotations(
        self, version: int, work: str, page: str, kind: list[str], fields: RequestFields
    ) -> ReadyAnswer | None:
        match version, kind:
            case 3, ["painting"]:
                return self._documents.paintings(work, page, fields, may_wait=False)
            case 3, ["painting", "image"]:
                return self._documents.painting(work, page, fields, may_wait=False)
            case _, ["notes"]:
                return self._documents.notes(version, work, page, fields, may_wait=False)
            case _, [granularity]:
                return self._texts.annotations(version, work, page, granularity, fields, may_wait=False)
        return None

    def _collection(self, version: int, name: str, query: bytes, fields: RequestFields) -> ReadyAnswer | None:
        asked = _QUERY_OF_A_COLLECTION.fullmatch(query)
        if asked is None:
            return None
        after = asked[1].decode("ascii") if asked[1] is not None else None
        return self._documents.collection(version, name, after, fields, may_wait=False)


def _decoded(segment: str) -> str:
    return unquote(segment) if "%" in segment else segment
