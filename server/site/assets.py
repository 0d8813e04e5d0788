"""Files that go out as they are: our style sheet, scripts and pictures, and the viewers beside them.

An address that we give out carries the first digits of the file's digest, and so do the names of a viewer's own parts;
under such an address a browser keeps what it has for a year. Where a compressed twin stands beside a file
(`server.site.fetch` makes them for the viewers, which are megabytes), it goes out instead to whoever can read it.
The style sheet is written in parts, one for each kind of page, and goes out in one piece: one request for all pages.
So do the scripts of the reading page.
"""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from flask import Response, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from server import negotiation
from server.answers.accept import best_coding
from server.answers.cache_policy import FILES, NAMED_BY_CONTENT
from server.answers.codings import CODINGS, OFFERED, WORTH_CODING
from server.answers.conditional import Validators, judge
from server.answers.ready_answer import ReadyAnswer, not_needed

STATIC = Path(__file__).parent / "static"
COMPRESSIBLE = frozenset({".css", ".js", ".json", ".svg"})
"""Ours among these are a few kilobytes, so they are packed here, once."""

JOINED: Mapping[str, Sequence[str]] = {
    "style.css": tuple(f"style/{part}.css" for part in ("base", "lists", "facets", "stage", "work", "reading")),
    "reading.js": tuple(f"reading/{part}.js" for part in ("marks", "words", "copying", "region", "turning")),
}
"""What goes out in one piece under a name of its own, and its parts in order: of two rules alike the later counts."""

_DIGEST = re.compile(r"\.[0-9a-f]{16,}\.")
"""In the name of a file that a viewer's builder has named by its content."""


def address(name: str) -> str:
    return url_for("site.asset", name=name, v=_version(_parts(name, STATIC)))


def _parts(name: str, folder: Path) -> tuple[Path, ...]:
    return tuple(folder / part for part in JOINED.get(name, (name,)))


def _version(parts: tuple[Path, ...]) -> str:
    return _digest(parts, _changed(parts))[:8]


def _changed(parts: tuple[Path, ...]) -> tuple[int, ...]:
    return tuple(part.stat().st_mtime_ns for part in parts)


@lru_cache(maxsize=256)
def _digest(parts: tuple[Path, ...], _changed: tuple[int, ...]) -> str:
    return hashlib.sha256(_joined(parts)).hexdigest()


def _joined(parts: tuple[Path, ...]) -> bytes:
    return b"".join(part.read_bytes() for part in parts)


def is_there(name: str, folder: Path = STATIC) -> bool:
    # Other than Path.is_file, isfile is False for a name that is too long for a disk.
    return all(map(os.path.isfile, _parts(name, folder)))


def send(name: str, folder: Path = STATIC) -> Response:
    """The file in the form that the asker likes best; outside the folder or unknown it is a 404 by Flask."""
    parts, path = _parts(name, folder), safe_join(str(folder), name)
    if path is None or name.endswith("/") or not is_there(name, folder):
        raise NotFound
    file, fields = Path(path), negotiation.request_fields()
    offered = _codings(file)
    form = _form(parts, _changed(parts), best_coding(fields.accept_encoding, offered))
    validators = Validators(form.tag, max(_modified(part.stat()) for part in parts))
    is_named = request.args.get("v") == _version(parts) or _DIGEST.search(file.name) is not None
    kept = NAMED_BY_CONTENT if is_named else FILES
    headers = [*validators.headers(), ("Cache-Control", kept)]
    if offered:
        headers.append(("Vary", "Accept-Encoding"))
    status = judge(fields, validators)
    if status != HTTPStatus.OK:
        return negotiation.as_response(not_needed(status, headers))
    headers += [("Content-Type", _media_type(file)), ("Content-Length", str(len(form.body)))]
    if form.coding:
        headers.append(("Content-Encoding", form.coding))
    body = b"" if fields.is_head else form.body
    return negotiation.as_response(ReadyAnswer(status, tuple(headers), body))


def _modified(status: os.stat_result) -> datetime:
    """Since when it is what it is here: an older version that is put back has an older time, but not since then."""
    return datetime.fromtimestamp(int(max(status.st_mtime, status.st_ctime)), UTC)


class _Form(NamedTuple):
    coding: str | None
    body: bytes
    tag: str


@lru_cache(maxsize=64)
def _form(parts: tuple[Path, ...], _changed: tuple[int, ...], coding: str | None) -> _Form:
    """As it lies on the disk, or packed: from its twin, else here. Kept, and made anew when a file has changed."""
    twin = _twin(parts[0], coding) if coding else None
    body = twin.read_bytes() if twin else _joined(parts)
    if coding and twin is None:
        coding = coding if len(body) >= WORTH_CODING else None
        body = CODINGS[coding].encode(body) if coding else body
    return _Form(coding, body, hashlib.sha256(body).hexdigest()[:32])


def _codings(file: Path) -> tuple[str, ...]:
    """Those in which a twin lies beside the file, which may be large; without any, all for what is text."""
    twins = tuple(coding for coding in OFFERED if _twin(file, coding))
    return twins or (OFFERED if file.suffix in COMPRESSIBLE else ())


def _twin(file: Path, coding: str) -> Path | None:
    twin = file.with_name(f"{file.name}{CODINGS[coding].suffix}")
    return twin if twin.is_file() else None


def _media_type(file: Path) -> str:
    """Said here for what we have: the machine's own table may call a script text/plain."""
    return _MEDIA_TYPES.get(file.suffix, "application/octet-stream")


_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
