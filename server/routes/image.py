"""The Image API 3.0 and 2.1 over HTTP: 303, info.json, images; their headers, tags and 304.

What is asked is parsed, resolved, planned and drawn in `server.image`; here it only becomes an answer. Each step may
end it: the image is known, the request is understood, it fits the image, the asker has it already. Only then is a file
opened (decisions.md, 12). Sections 2, 4.8, 5.1, 6 and 7 of both versions.
"""

import hashlib
import json
from importlib.metadata import version as version_of

from flask import Blueprint, Response, request

from manifests.addresses import Addresses
from manifests.errors import Damaged
from manifests.library import Library
from manifests.model import Page
from manifests.presentation.institution import limits_of
from server.document_cache import DocumentCache, digest_of
from server.image import pixels
from server.image.answer_plan import Derived, StoredTile, plan_answer
from server.image.cost import check_cost, estimate, limits_of_cost
from server.image.grammar import parse
from server.image.info import PROFILES, info
from server.image.request import Resolved
from server.negotiation import IMAGE, addresses, base, document, link, unchanged
from server.pyramid import tile_index

KEPT = "public, max-age=3600"
"""An hour, then asked again by tag: zooming asks nothing twice, and a page scanned anew shows on the same day."""


def blueprint(library: Library, cache: DocumentCache) -> Blueprint:
    routes = Blueprint("image", __name__, url_prefix="/iiif/image/<version(3, 2):version>/<image>")
    pictures = ImageResponder(library)

    @routes.get("")
    def base_uri(version: int, image: str) -> Response:
        page = library.image(image)
        where = f"{addresses().image(version, page.image)}/info.json"
        return Response(status=303, headers={"Location": where, "Cache-Control": "no-cache"})

    @routes.get("/info.json")
    def information(version: int, image: str) -> Response:
        body = pictures.information(version, library.image(image))
        prepared = cache.get_or_make(body, digest_of(body), base())
        return document(prepared, IMAGE[version], [link(PROFILES[version], "profile")])

    @routes.get("/<region>/<size>/<rotation>/<quality_format>")
    def picture(version: int, image: str, region: str, size: str, rotation: str, quality_format: str) -> Response:
        parts = (region, size, rotation, quality_format)
        try:
            return pictures.answer(version, library.image(image), parts)
        except Damaged:
            # Its pyramid may have been replaced since the catalogue was asked. If it is still so, it is so
            library.forget_image(image)
            return pictures.answer(version, library.image(image), parts)

    return routes


class ImageResponder:
    """What the Image API says and shows of a page, by the settings of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._settings = library.settings
        self._limits = limits_of(library.settings)
        self._cost_limits = limits_of_cost(library.settings.max_image_seconds, library.settings.max_image_memory)
        versions = " ".join(version_of(name) for name in ("mocban", "pyvips-binary", "pillow"))
        self._encoders = f"{versions} {library.settings.quality}"

    def information(self, version: int, page: Page) -> bytes:
        uri, rights = Addresses().image(version, page.image), self._settings.rights
        found = info(version, uri, page.width, page.height, self._limits, grey=page.pyramid.grey, rights=rights)
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()

    def answer(self, version: int, page: Page, parts: tuple[str, str, str, str]) -> Response:
        resolved = parse(version, *parts).resolve(page.width, page.height, self._limits, grey=page.pyramid.grey)
        planned = plan_answer(resolved, page.width, page.height)
        check_cost(resolved, estimate(resolved, planned), self._cost_limits)
        tag = self._tag(page, resolved, planned)
        headers = {"ETag": f'"{tag}"', "Cache-Control": KEPT, "Link": _links(page, resolved)}
        if unchanged(tag):
            return Response(status=304, headers=headers)
        if request.method == "HEAD" and isinstance(planned, Derived):
            return _undrawn(resolved, headers)
        return Response(self._draw(page, resolved, planned), headers=headers, content_type=resolved.format.media_type)

    def _tag(self, page: Page, resolved: Resolved, planned: StoredTile | Derived) -> str:
        """From what decides the bytes, so the same on every node; a stored tile's are all in its pyramid."""
        source = page.pyramid.digest if isinstance(planned, StoredTile) else f"{page.sha256} {self._encoders}"
        whole = f"{source} {page.pyramid.recipe} {resolved.canonical}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    def _draw(self, page: Page, resolved: Resolved, planned: StoredTile | Derived) -> bytes:
        file, index = self._library.pyramid_file(page), tile_index.unpack(page.pyramid.index)
        if isinstance(planned, StoredTile):
            return tile_index.tile(file, index, planned.level, planned.column, planned.row)
        return pixels.render(file, index, planned, resolved, self._settings.quality)


def _links(page: Page, resolved: Resolved) -> str:
    canonical = f"{addresses().image(resolved.version, page.image)}/{resolved.canonical}"
    return ", ".join((link(canonical, "canonical"), link(PROFILES[resolved.version], "profile")))


def _undrawn(resolved: Resolved, headers: dict[str, str]) -> Response:
    """HEAD of what would have to be computed: all that is known without computing it, so not its length."""
    response = Response(headers=headers, content_type=resolved.format.media_type)
    response.automatically_set_content_length = False
    return response
