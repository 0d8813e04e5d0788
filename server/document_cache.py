"""The bytes of documents for one public base, plain and gzip, made at the first request and kept while there is room.

Stored documents carry `addresses.PLACEHOLDER` where the public base goes. Nothing here knows of a request.
"""

import gzip
import hashlib
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from manifests.addresses import PLACEHOLDER

WORTH_COMPRESSING = 1000
"""Bytes: below, one packet carries it either way."""

MAX_BYTES = 32 * 2**20
"""Bytes of encoded documents kept by a worker: some sixteen manifests of a thousand pages."""


class EncodedDocument(NamedTuple):
    """A document under one base. `packed` is None where compressing does not pay."""

    plain: bytes
    packed: bytes | None
    tag: str


class DocumentCache:
    """Encoded documents of one worker, the least recently asked put away first. Safe to share between threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._kept: OrderedDict[tuple[str, str], EncodedDocument] = OrderedDict()
        self._left = max_bytes
        self._lock = Lock()

    def get_or_make(self, body: bytes, digest: str, base: str) -> EncodedDocument:
        key = (digest, base)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        encoded = encode(body, digest, base)
        with self._lock:
            self._put(key, encoded)
        return encoded

    def _put(self, key: tuple[str, str], encoded: EncodedDocument) -> None:
        if key in self._kept:
            return
        self._kept[key] = encoded
        self._left -= _size(encoded)
        while self._left < 0 and self._kept:
            self._left += _size(self._kept.popitem(last=False)[1])


def encode(body: bytes, digest: str, base: str) -> EncodedDocument:
    plain = body.replace(PLACEHOLDER.encode(), base.encode())
    # No time in the gzip header: the same bytes on every node
    packed = gzip.compress(plain, compresslevel=6, mtime=0) if len(plain) >= WORTH_COMPRESSING else None
    tag = hashlib.sha256(f"{digest} {base}".encode()).hexdigest()[:32]
    return EncodedDocument(plain, packed, tag)


def _size(encoded: EncodedDocument) -> int:
    return len(encoded.plain) + len(encoded.packed or b"")


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
