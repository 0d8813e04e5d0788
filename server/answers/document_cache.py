"""The bytes of documents for one public base, in every coding, made at the first request and kept while there is room.

Stored documents carry `addresses.PLACEHOLDER` where the public base goes (decisions.md, 9). Nothing here knows of a
request.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from manifests.addresses import PLACEHOLDER
from server.answers.codings import CODINGS

MAX_BYTES = 32 * 2**20
"""Bytes of encoded documents kept by a worker: some thirty manifests of a thousand pages."""


@dataclass(frozen=True, slots=True)
class EncodedDocument:
    """A document under one base, by coding; None is the document as it is. `tag` stands for content and base."""

    forms: Mapping[str | None, bytes]
    tag: str

    @property
    def plain(self) -> bytes:
        return self.forms[None]

    def __len__(self) -> int:
        return sum(map(len, self.forms.values()))


class DocumentCache:
    """Encoded documents of one worker, the least recently asked put away first. Safe to share between threads.

    A document is known by a key that stands for its content: another content is another key. One that is too large for
    the cache is made each time.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._kept: OrderedDict[tuple[str, str], EncodedDocument] = OrderedDict()
        self._left = max_bytes
        self._lock = Lock()
        self._making = Lock()

    def get(self, key: str, base: str) -> EncodedDocument | None:
        with self._lock:
            found = self._kept.get((key, base))
            if found is not None:
                self._kept.move_to_end((key, base))
            return found

    def get_or_make(self, key: str, base: str, make: Callable[[], EncodedDocument]) -> EncodedDocument:
        """Made once, also where several ask at a time: one document is made after the other."""
        found = self.get(key, base)
        if found is not None:
            return found
        with self._making:
            found = self.get(key, base)
            if found is None:
                found = make()
                self._put((key, base), found)
        return found

    def _put(self, key: tuple[str, str], encoded: EncodedDocument) -> None:
        with self._lock:
            self._kept[key] = encoded
            self._left -= len(encoded)
            while self._left < 0:
                self._left += len(self._kept.popitem(last=False)[1])


def encode(body: bytes, digest: str, base: str) -> EncodedDocument:
    """`digest` is that of `body`, in which the placeholder stands."""
    plain = body.replace(PLACEHOLDER.encode(), base.encode())
    forms: dict[str | None, bytes] = {name: coding.encode(plain) for name, coding in CODINGS.items()}
    return EncodedDocument({None: plain, **forms}, tag_of(digest, base))


def tag_of(digest: str, base: str) -> str:
    """The same on every node, and known before the document is made."""
    return hashlib.sha256(f"{digest} {base}".encode()).hexdigest()[:32]


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
