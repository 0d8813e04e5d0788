"""The codings that text is sent in, the best one first.

Brotli makes the manifest of a book of 500 pages 12 kB where gzip makes it 20, in 4 ms where gzip takes 2, and Mirador
544 kB instead of 690, which is 0.7 s less to wait at 1.6 Mbit/s; browsers take it over https. zstd at the same pace is
as large as gzip (decisions.md, 9).
The same bytes come out on every node and at every time, because a strong tag speaks of them.
"""

import gzip
from collections.abc import Callable, Mapping
from typing import NamedTuple

import brotli


class Coding(NamedTuple):
    """`encode` is for what somebody waits for, `squeeze` for what is coded once and sent for years.

    `suffix` is added to the name of a file for that of its coded twin.
    """

    encode: Callable[[bytes], bytes]
    squeeze: Callable[[bytes], bytes]
    suffix: str


def _brotli(body: bytes, quality: int) -> bytes:
    return bytes(brotli.compress(body, quality=quality))


CODINGS: Mapping[str, Coding] = {
    "br": Coding(lambda body: _brotli(body, 5), lambda body: _brotli(body, 11), ".br"),
    "gzip": Coding(
        lambda body: gzip.compress(body, compresslevel=6, mtime=0),
        lambda body: gzip.compress(body, compresslevel=9, mtime=0),
        ".gz",
    ),
}
OFFERED = tuple(CODINGS)

WORTH_CODING = 1000
"""Bytes: below, one packet carries it either way."""
