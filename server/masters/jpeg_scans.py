"""Whether all scans of a progressive JPEG are there (ITU-T T.81, annex G).

Each scan refines some coefficients of some components. A decoder shows what it was given, so that a file of which only
the first scans arrived looks soft, and no decoder says a word. Nothing is decoded here.
"""

import re
import struct
from collections.abc import Iterator

_SCAN = 0xDA
_COEFFICIENTS = 64
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])", re.DOTALL)
"""In entropy-coded data 00 and RST0 to RST7 follow FF; whatever else does is a marker."""


def has_all_scans(jpeg: bytes) -> bool:
    """Whether each coefficient of each component came down to its last bit; the first two bytes are not looked at."""
    left: dict[int, list[int]] = {}
    for header in _scan_headers(jpeg):
        count = header[0]
        first, last, approximation = header[1 + 2 * count : 4 + 2 * count]
        for component in header[1 : 1 + 2 * count : 2]:
            bits = left.setdefault(component, [1] * _COEFFICIENTS)
            bits[first : last + 1] = [approximation & 15] * (min(last, _COEFFICIENTS - 1) - first + 1)
    return bool(left) and not any(any(bits) for bits in left.values())


def _scan_headers(content: bytes) -> Iterator[bytes]:
    """Of the image; the thumbnail in a segment is passed over with it."""
    position = 2
    while (found := _MARKER.search(content, position)) and len(content) >= found.end() + 2:
        (length,) = struct.unpack_from(">H", content, found.end())
        body = content[found.end() + 2 : found.end() + length]
        position = found.end() + length
        if found[1][0] == 0xD9:
            return
        if found[1][0] == _SCAN and body and len(body) >= 4 + 2 * body[0]:
            yield body
