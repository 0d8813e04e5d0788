"""What every API says in HTTP: documents under the public base, their media type, compression, tags and 304.

Stored documents carry `ids.PLACEHOLDER` where the public base goes (decision 9). The bytes for one base, plain and
gzip, are made at its first request and kept while there is room.
No address of an API and no decision of one may live here (RFC 9110 sections 8.8, 12 and 13).
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from flask import Response, request

from manifests.ids import PLACEHOLDER, Addresses

WORTH_COMPRESSING = 1000
"""Bytes: below, one packet carries it either way."""

ROOM = 32 * 2**20
"""Bytes of prepared documents kept by a worker: some sixteen manifests of a thousand pages."""

REVALIDATE = "public, no-cache"
"""Kept by caches, shown only after asking: a change to the library shows at once."""


@dataclass(frozen=True, slots=True)
class Dialect:
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


IMAGE = {version: Dialect("image", version, linked=version > 2) for version in (3, 2)}
PRESENTATION = {version: Dialect("presentation", version, linked=version > 2) for version in (3, 2)}
SEARCH = {version: Dialect("search", version, linked=version > 1) for version in (2, 1)}


def _wants_jsonld(otherwise: bool) -> bool:
    """JSON-LD where it is named and not liked less than JSON; `*/*` gets JSON, which a browser shows."""
    if "Accept" not in request.headers:
        return otherwise
    liked = {value.partition(";")[0]: quality for value, quality in reversed(list(request.accept_mimetypes))}
    jsonld = liked.get("application/ld+json", 0)
    return jsonld > 0 and jsonld >= liked.get("application/json", 0)


class Prepared(NamedTuple):
    """A document under one base. `packed` is None where compressing does not pay."""

    plain: bytes
    packed: bytes | None
    tag: str


class Shelf:
    """Prepared documents of one worker, the least recently asked put away first. Safe to share between threads."""

    def __init__(self, room: int = ROOM) -> None:
        self._kept: OrderedDict[tuple[str, str], Prepared] = OrderedDict()
        self._left = room
        self._lock = Lock()

    def take(self, body: bytes, digest: str, base: str) -> Prepared:
        key = (digest, base)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        prepared = prepare(body, digest, base)
        with self._lock:
            self._put(key, prepared)
        return prepared

    def _put(self, key: tuple[str, str], prepared: Prepared) -> None:
        if key in self._kept:
            return
        self._kept[key] = prepared
        self._left -= _size(prepared)
        while self._left < 0 and self._kept:
            self._left += _size(self._kept.popitem(last=False)[1])


def prepare(body: bytes, digest: str, base: str) -> Prepared:
    plain = body.replace(PLACEHOLDER.encode(), base.encode())
    # No time in the gzip header: the same bytes on every node
    packed = gzip.compress(plain, compresslevel=6, mtime=0) if len(plain) >= WORTH_COMPRESSING else None
    tag = hashlib.sha256(f"{digest} {base}".encode()).hexdigest()[:32]
    return Prepared(plain, packed, tag)


def _size(prepared: Prepared) -> int:
    return len(prepared.plain) + len(prepared.packed or b"")


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def base() -> str:
    """The public base of this request, as the front door settled it; no slash at the end."""
    return request.root_url.rstrip("/")


def addresses() -> Addresses:
    return Addresses(base())


def unchanged(tag: str) -> bool:
    """What the asker holds is what it would get: lists, weak tags and `*` (RFC 9110 section 13.1.2)."""
    return request.if_none_match.contains_weak(tag)


def link(target: str, relation: str) -> str:
    return f'<{target}>;rel="{relation}"'


def document(prepared: Prepared, dialect: Dialect, links: Sequence[str] = ()) -> Response:
    """The answer with a JSON document. Each of its forms has a tag of its own: a strong one speaks of bytes."""
    media_type = dialect.media_type()
    packed = prepared.packed if request.accept_encodings.quality("gzip") > 0 else None
    form = ("-ld" if media_type == dialect.jsonld else "") + ("-gz" if packed is not None else "")
    tag = f"{prepared.tag}{form}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": REVALIDATE, "Vary": "Accept, Accept-Encoding"}
    if links:
        headers["Link"] = ", ".join(links)
    if unchanged(tag):
        return Response(status=304, headers=headers)
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    return Response(packed or prepared.plain, headers=headers, content_type=media_type)
