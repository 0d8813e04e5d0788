"""What every API says in HTTP: the media type of a document, its compression, tags and 304.

No address of an API and no decision of one may live here (RFC 9110 sections 8.8, 12 and 13).
"""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, request

from manifests.addresses import Addresses
from server.document_cache import WORTH_COMPRESSING, EncodedDocument
from server.front_door.request_notes import notes

REVALIDATE = "public, no-cache"
"""Kept by caches, shown only after asking: a change to the library shows at once."""


@dataclass(frozen=True, slots=True)
class ApiVersion:
    """One version of one IIIF API, as content negotiation sees it.

    `linked` says that JSON-LD is the answer to a request without `Accept` (Image 3.0 section 5.1, Presentation 3.0
    section 6.3); 2.1 asks for plain JSON there (Image 2.1 section 5).
    """

    api: str
    version: int
    linked: bool

    @property
    def context(self) -> str:
        return f"http://iiif.io/api/{self.api}/{self.version}/context.json"

    @property
    def jsonld(self) -> str:
        return f'application/ld+json;profile="{self.context}"' if self.linked else "application/ld+json"

    def media_type(self) -> str:
        return self.jsonld if _wants_jsonld(self.linked) else "application/json"


IMAGE = {version: ApiVersion("image", version, linked=version > 2) for version in (3, 2)}
PRESENTATION = {version: ApiVersion("presentation", version, linked=version > 2) for version in (3, 2)}
SEARCH = {version: ApiVersion("search", version, linked=version > 1) for version in (2, 1)}


def _wants_jsonld(otherwise: bool) -> bool:
    """JSON-LD where it is named and not liked less than JSON; `*/*` gets JSON, which a browser shows."""
    if "Accept" not in request.headers:
        return otherwise
    ranges = reversed(list(request.accept_mimetypes))
    # Types are the same in capitals (RFC 9110 section 8.3.1)
    liked = {value.partition(";")[0].strip().lower(): quality for value, quality in ranges}
    jsonld = liked.get("application/ld+json", 0)
    return jsonld > 0 and jsonld >= liked.get("application/json", 0)


def base() -> str:
    """The public base of this request, as the front door decided it; no slash at the end."""
    return notes().base


def addresses() -> Addresses:
    return Addresses(base())


def unchanged(tag: str) -> bool:
    """What the asker holds is what it would get: lists, weak tags and `*` (RFC 9110 section 13.1.2)."""
    return request.if_none_match.contains_weak(tag)


def takes_gzip() -> bool:
    """`gzip;q=0` refuses it (RFC 9110 section 12.5.3)."""
    return request.accept_encodings.quality("gzip") > 0


def compress(response: Response) -> None:
    """Packs a whole answer for whoever takes it so. To be done before it is tagged: a strong tag speaks of bytes."""
    body = response.get_data()
    if len(body) < WORTH_COMPRESSING or not takes_gzip():
        return
    response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
    response.content_encoding = "gzip"


def link(target: str, relation: str) -> str:
    return f'<{target}>;rel="{relation}"'


def document(encoded: EncodedDocument, api: ApiVersion, links: Sequence[str] = ()) -> Response:
    """The answer with a JSON document. Each of its forms has a tag of its own: a strong one speaks of bytes."""
    media_type = api.media_type()
    packed = encoded.packed if takes_gzip() else None
    form = ("-ld" if media_type == api.jsonld else "") + ("-gz" if packed is not None else "")
    tag = f"{encoded.tag}{form}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": REVALIDATE, "Vary": "Accept, Accept-Encoding"}
    if links:
        headers["Link"] = ", ".join(links)
    if unchanged(tag):
        return Response(status=304, headers=headers)
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    return Response(packed or encoded.plain, headers=headers, content_type=media_type)
