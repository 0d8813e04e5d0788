"""The bytes of documents for one public base and in one coding, made at the first request and kept while there is room.

Stored documents carry `addresses.PLACEHOLDER` where the public base goes (decisions.md, 9). Nothing here knows of a
request.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from manifests.addresses import PLACEHOLDER
from server.answers.codings import CODINGS

MAX_BYTES = 32 * 2**20
"""Bytes of encoded documents kept by a worker: some thousand manifests of a thousand pages as browsers take them, or
thirty as who takes no coding."""


class DocumentForm(NamedTuple):
    """Which bytes are meant: `key` stands for the content, another content is another key; `coding` is None for the
    document as it is."""

    key: str
    base: str
    coding: str | None


class EncodedDocument(NamedTuple):
    """`tag` stands for the content and the base, in whatever coding."""

    body: bytes
    tag: str


class DocumentCache:
    """Encoded documents of one worker, the least recently asked put away first. Safe to share between threads.

    One that is too large for the cache is made each time.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._kept: OrderedDict[DocumentForm, EncodedDocument] = OrderedDict()
        self._left = max_bytes
        self._lock = Lock()
        self._making = Lock()

    def get(self, form: DocumentForm) -> EncodedDocument | None:
        with self._lock:
            found = self._kept.get(form)
            if found is not None:
                self._kept.move_to_end(form)
            return found

    def get_or_make(self, form: DocumentForm, make: Callable[[], EncodedDocument]) -> EncodedDocument:
        """Made once, also where several ask at a time: one document is made after the other."""
        found = self.get(form)
        if found is not None:
            return found
        with self._making:
            found = self.get(form)
            if found is None:
                found = make()
                self._put(form, found)
        return found

    def _put(self, form: DocumentForm, encoded: EncodedDocument) -> None:
        with self._lock:
            self._kept[form] = encoded
            self._left -= len(encoded.body)
            while self._left < 0:
                self._left += len(self._kept.popitem(last=False)[1].body)


def encode(body: bytes, digest: str, base: str, coding: str | None) -> EncodedDocument:
    """`digest` is that of `body`, in which the placeholder stands."""
    plain = body.replace(PLACEHOLDER.encode(), base.encode())
    return EncodedDocument(CODINGS[coding].encode(plain) if coding else plain, tag_of(digest, base))


def tag_of(digest: str, base: str) -> str:
    """The same on every node, and known before the document is made."""
    return hashlib.sha256(f"{digest} {base}".encode()).hexdigest()[:32]


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
