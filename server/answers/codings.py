"""The codings that text is sent in, each a function from bytes to bytes; the best one first.

The same bytes come out on every node and at every time, because a strong tag speaks of them.
"""

import gzip as gzip_format
from collections.abc import Callable, Mapping


def gzip(body: bytes) -> bytes:
    return gzip_format.compress(body, compresslevel=6, mtime=0)


CODINGS: Mapping[str, Callable[[bytes], bytes]] = {"gzip": gzip}
OFFERED = tuple(CODINGS)

TWINS: Mapping[str, str] = {"gzip": ".gz"}
"""What is added to a file's name to name its coded twin."""

WORTH_CODING = 1000
"""Bytes: below, one packet carries it either way."""
