"""Under which name a browser saves what it is sent: the title that a reader knows, not `default.jpg`.

RFC 6266 (sections 4.3 and appendix D), RFC 8187 (section 3.2).
"""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from manifests.ids import slug

LONGEST = 180
"""Bytes, as UTF-8: disks take 255, and whoever saves a file twice adds to its name."""

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
_ATTR_CHARACTERS = "!#$&+-.^_`|~"


def shown_under(title: str, details: Sequence[str], extension: str) -> str:
    """The value of Content-Disposition for what is shown, and saved only if the reader wishes so.

    `details` tell one part of the title from another, and are never cut; they must not be long.
    """
    ending = "".join(f", {_cleaned(detail)}" for detail in details) + f".{extension}"
    name = _cut(_cleaned(title), LONGEST - len(ending.encode())) + ending
    plain = slug(name.removesuffix(f".{extension}")) or "image"
    return f"inline; filename=\"{plain}.{extension}\"; filename*=UTF-8''{quote(name, safe=_ATTR_CHARACTERS)}"


def _cleaned(text: str) -> str:
    """One line that every disk takes: no separators of paths, nothing that cannot be seen or that turns the writing."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(c if not unicodedata.category(c).startswith(("C", "Z")) else " " for c in composed)
    return " ".join(_NOT_IN_NAMES.sub("-", spaced).split()).lstrip(". ") or "-"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip()
