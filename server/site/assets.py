"""Files that go out as they are: our style sheet, scripts and pictures, and the viewers beside them.

An address carries the first digits of the file's digest, so a browser may keep what it has for a year. Where a
compressed twin stands beside a file (`server.site.fetch` makes them for the viewers, which are megabytes), it goes out
instead to whoever can read it.
"""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from flask import Response, request, send_from_directory, url_for

from server import negotiation

STATIC = Path(__file__).parent / "static"
YEAR = 365 * 24 * 3600
COMPRESSIBLE = frozenset({".css", ".js", ".json", ".svg"})
"""Ours among these are a few kilobytes, so they are packed as they go out."""


@lru_cache(maxsize=64)
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def address(name: str) -> str:
    return url_for("site.asset", name=name, v=_version(name))


def is_there(name: str, folder: Path = STATIC) -> bool:
    return os.path.isfile(folder / name)  # other than Path.is_file, False for a name that is too long for a disk


def send(name: str, folder: Path = STATIC) -> Response:
    """The file, or its compressed twin; outside the folder or unknown it is a 404 by Flask."""
    packed = negotiation.coding() == "gzip" and is_there(f"{name}.gz", folder)
    answer = send_from_directory(
        folder,
        f"{name}.gz" if packed else name,
        max_age=YEAR,
        mimetype=_media_type(name),
        download_name=Path(name).name,
        conditional=False,
    )
    answer.direct_passthrough = False
    answer.set_data(answer.get_data())
    answer.vary.add("Accept-Encoding")
    if packed:
        answer.content_encoding = "gzip"
    elif Path(name).suffix in COMPRESSIBLE:
        negotiation.compress(answer)
        answer.add_etag(overwrite=True)
    answer.make_conditional(request)
    return answer


def _media_type(name: str) -> str | None:
    """Said here for what we have: the machine's own table may call a script text/plain."""
    return {
        ".css": "text/css",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".ttf": "font/ttf",
        ".txt": "text/plain",
        ".woff2": "font/woff2",
    }.get(Path(name).suffix)
