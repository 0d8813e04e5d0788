"""The Image API 3.0 and 2.1: info.json and images as they are sent.

What is asked is parsed, resolved and planned in `server.image`; here it becomes an answer. Each step may end it: the
image is known, the request is understood, it fits the image, it is not too costly, the asker has it already. Only then
is a file opened (decisions.md, 12); and what must be computed is left to `server.derivatives`. Sections 2, 4.8, 5.1, 6
and 7 of both versions.
"""

import hashlib
import json
from dataclasses import replace
from http import HTTPStatus
from importlib.metadata import version as version_of
from typing import NamedTuple, TypeAlias

from manifests.addresses import Addresses
from manifests.errors import Damaged
from manifests.library import Library
from manifests.model import LanguageMap, Page
from manifests.presentation.institution import limits_of
from manifests.scaling import Extent
from manifests.settings import Settings
from manifests.visible import FoundImage
from server.answers.cache_policy import cache_policy
from server.answers.coded import coding_for
from server.answers.conditional import Validators, judge
from server.answers.document_cache import DocumentCache, DocumentForm, EncodedDocument, digest_of, encode
from server.answers.documents import IMAGE, Document, document_answer, link
from server.answers.file_name import shown_under
from server.answers.ready_answer import ReadyAnswer, not_needed
from server.answers.request_fields import RequestFields
from server.derivatives.drawing import Drawing
from server.derivatives.maker import lane_of
from server.image.answer_plan import Derived, StoredTile, plan_answer
from server.image.cost import Cost, check_cost, estimate, limits_of_cost
from server.image.formats_here import formats_here
from server.image.grammar import parse
from server.image.info import PROFILES, DescribedImage, Offer, info
from server.image.output_formats import Encoding, preferred
from server.image.request import Resolved
from server.pdf.work_pdf import points_of_a_pixel
from server.pyramid.open_pyramids import OpenPyramids
from server.responders import NeedsTime

Parts: TypeAlias = tuple[str, str, str, str]
"""Region, size, rotation, and quality with format, as they stand in the address, decoded."""


_ENCODERS = ("mocban", "pyvips-binary", "pillow", "simplejpeg", "imagecodecs")
"""The packages whose versions decide the bytes of what is computed."""


class Understood(NamedTuple):
    """What a request means on a page, how it is answered, and what that costs."""

    resolved: Resolved
    planned: StoredTile | Derived
    cost: Cost


class ImageResponder:
    """What the Image API says and shows of a page, by the settings of one library. `pyramids` are those that it has
    open, for whoever else reads tiles."""

    def __init__(self, library: Library, cache: DocumentCache) -> None:
        self._library = library
        self._cache = cache
        self._settings = library.settings
        self.pyramids = OpenPyramids(library.folder)
        self._limits = limits_of(library.settings)
        self._cost_limits = limits_of_cost(library.settings.max_image_seconds, library.settings.max_image_memory)
        self._policy = cache_policy(library.settings)
        self._encoding = encoding_of(library.settings)
        self._formats = formats_here()
        self._preferred = preferred(library.settings.preferred_formats, self._formats)
        self._encoders = " ".join(version_of(name) for name in _ENCODERS)

    def close_files(self) -> None:
        """A pyramid that has been deleted takes its place on the disk as long as it is open."""
        self.pyramids.close_all()

    def base_uri(self, version: int, image: str, fields: RequestFields) -> ReadyAnswer:
        where = f"{self._address(version, self._library.image(image), fields)}/info.json"
        headers = (("Location", where), ("Cache-Control", "no-cache"), ("Content-Length", "0"))
        return ReadyAnswer(HTTPStatus.SEE_OTHER, headers)

    def information(self, version: int, image: str, fields: RequestFields, *, may_wait: bool = True) -> ReadyAnswer:
        found = self._library.found_image(image)
        body, tag = self._information(version, found.page, fields, may_wait)
        modified = max(found.updated, self._library.settled)
        document = Document(IMAGE[version], tag, modified, (link(PROFILES[version], "profile"),))
        return document_answer(fields, document, self._policy.documents, lambda: body)

    def _information(self, version: int, page: Page, fields: RequestFields, may_wait: bool) -> EncodedDocument:
        """Made from what the catalogue says of the page; this worker's settings are the rest of the key."""

        def make() -> EncodedDocument:
            image = DescribedImage(Extent(page.width, page.height), self._limits, page.pyramid.grey)
            offer = Offer(self._formats, self._preferred, self._settings.rights, self._cost_limits)
            found = info(version, Addresses().image(version, page.image), image, offer)
            body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
            return encode(body, digest_of(body), form.base, form.coding)

        key = f"info {version} {page.image} {page.width} {page.height} {page.pyramid.grey}"
        form = DocumentForm(key, fields.base, coding_for(fields))
        prepared = self._cache.get(form)
        if prepared is None and not may_wait:
            raise NeedsTime
        return prepared or self._cache.get_or_make(form, make)

    def picture(
        self, version: int, image: str, parts: Parts, fields: RequestFields, *, may_wait: bool = True
    ) -> ReadyAnswer:
        try:
            return self._picture(version, self._library.found_image(image), parts, fields, may_wait)
        except Damaged:
            # Its pyramid may have been replaced since the catalogue was asked. If it is still so, it is so
            return self._picture(version, self._library.found_image(image), parts, fields, may_wait)

    def _picture(
        self, version: int, found: FoundImage, parts: Parts, fields: RequestFields, may_wait: bool
    ) -> ReadyAnswer:
        page = found.page
        understood = self.understood(version, page, parts, fields.base)
        resolved, planned = understood.resolved, understood.planned
        validators = self._validators(found, resolved, planned)
        policy = self._policy.tiles if isinstance(planned, StoredTile) else self._policy.images
        headers = [*validators.headers(), ("Cache-Control", policy)]
        status = judge(fields, validators)
        if status != HTTPStatus.OK:
            return not_needed(status, headers)
        headers += [("Content-Type", resolved.format.media_type), ("Link", self._links(page, resolved, fields))]
        if _is_worth_saving(resolved, planned):
            headers.append(("Content-Disposition", _shown_under(found, resolved)))
        if self._settings.server_timing:
            headers.append(("Server-Timing", f'plan;desc="{_told(understood)}"'))
        if isinstance(planned, StoredTile):
            tile = self.pyramids.tile(page.pyramid, planned.level, planned.column, planned.row)
            headers.append(("Content-Length", str(tile.length)))
            return ReadyAnswer(status, tuple(headers), read=None if fields.is_head else tile.read)
        if fields.is_head:
            return ReadyAnswer(status, tuple(headers))
        if not may_wait:
            raise NeedsTime
        return ReadyAnswer(status, tuple(headers), drawing=self.drawing(page, understood, planned))

    def understood(self, version: int, page: Page, parts: Parts, base: str = "") -> Understood:
        """Raises Malformed or Unsupported where it is not, or costs more than it may."""
        address, grey = Addresses(base).image(version, page.image), page.pyramid.grey
        request = parse(version, *parts, formats=self._formats)
        resolved = request.resolve(page.width, page.height, self._limits, grey=grey, address=address)
        planned = plan_answer(resolved, page.width, page.height)
        cost = estimate(resolved, planned)
        check_cost(resolved, cost, self._cost_limits, address)
        return Understood(resolved, planned, cost)

    def drawing(self, page: Page, understood: Understood, derived: Derived) -> Drawing:
        file, encoding = self._library.pyramid_file(page), replace(self._encoding, points=points_of_a_pixel(page))
        return Drawing(page, file, understood.resolved, derived, understood.cost, self._encoders, encoding)

    def _validators(self, found: FoundImage, resolved: Resolved, planned: StoredTile | Derived) -> Validators:
        """From what decides the bytes, so the same on every node: a stored tile's are all in its pyramid."""
        page, pyramid = found.page, found.page.pyramid
        if isinstance(planned, StoredTile):
            place = f"{planned.level}.{planned.column}.{planned.row}"
            return Validators(f"{pyramid.digest[:32]}.{pyramid.recipe}.{place}", found.updated)
        master = page.sha256 if page.number == 1 else f"{page.sha256} {page.number}"
        how = f"{self._encoders} {self._encoding.identity(resolved.format)}"
        whole = f"{master} {how} {pyramid.recipe} {resolved.canonical}"
        tag = hashlib.sha256(whole.encode()).hexdigest()[:32]
        return Validators(tag, max(found.updated, self._library.settled))

    def _links(self, page: Page, resolved: Resolved, fields: RequestFields) -> str:
        canonical = f"{self._address(resolved.version, page, fields)}/{resolved.canonical}"
        return ", ".join((link(canonical, "canonical"), link(PROFILES[resolved.version], "profile")))

    def _address(self, version: int, page: Page, fields: RequestFields) -> str:
        return Addresses(fields.base).image(version, page.image)


def encoding_of(settings: Settings) -> Encoding:
    """The settings of these names; what `points` are, the page says."""
    return Encoding(
        quality=settings.quality,
        webp_quality=settings.webp_quality,
        avif_quality=settings.avif_quality,
        jp2_quality=settings.jp2_quality,
        png_compression=settings.png_compression,
        tif_compression=settings.tif_compression,
    )


def _told(understood: Understood) -> str:
    planned, cost = understood.planned, understood.cost
    if isinstance(planned, StoredTile):
        return f"stored tile, level {planned.level}"
    return f"computed from level {planned.level}, {lane_of(cost)}, about {round(cost.seconds * 1000)} ms"


def _is_worth_saving(resolved: Resolved, planned: StoredTile | Derived) -> bool:
    """A tile that is a part of the image is for viewers, which ask for many and save none."""
    return not isinstance(planned, StoredTile) or resolved.is_whole


def _shown_under(found: FoundImage, resolved: Resolved) -> str:
    """`Truyện Kiều, 12.jpg`; of a part of the page, which part."""
    page = found.page
    title, name = (_first(label) for label in (found.work_label, page.label))
    part = "" if resolved.is_whole else ",".join(map(str, resolved.region))
    details = [detail for detail in (name, part) if detail and detail != title]
    return shown_under(title, details, resolved.format.extension)


def _first(label: LanguageMap) -> str:
    return next((text for texts in label.values() for text in texts), "")
