"""What the digest of a file says of it, held against the catalogue."""

import errno
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from manifests.findings import make_finding
from manifests.fixity.held_files import HeldFile
from manifests.fixity.reading import FileDigest
from manifests.model import FileKind, Finding, Fixity, FixityCheck
from manifests.os_reasons import reason_of

ReadDigest = Callable[[Path], FileDigest]
"""Raises OSError."""

_DAMAGED = {
    FileKind.MASTER: "master-damaged",
    FileKind.PYRAMID: "pyramid-damaged",
    FileKind.TEXT: "words-damaged",
    FileKind.OCR: "ocr-damaged",
}
_MISSING = {
    FileKind.MASTER: "master-missing",
    FileKind.PYRAMID: "pyramid-missing",
    FileKind.TEXT: "words-damaged",
    FileKind.OCR: "ocr-damaged",
}


_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENXIO)
_BAD_DISK = tuple(
    getattr(errno, name) for name in ("EIO", "EBADMSG", "EUCLEAN", "ENODATA", "EREMOTEIO") if hasattr(errno, name)
)
"""What systems say of a disk that does not give what is on it. All else says nothing of the content."""


class Judged(NamedTuple):
    check: FixityCheck
    finding: Finding | None


def judge(held: HeldFile, read: ReadDigest, now: Callable[[], datetime]) -> Judged:
    """Never raises for what is wrong with the file. `now`: asked when it has been read."""
    try:
        found = read(held.path)
    except OSError as error:
        return _unread(held, error, now())
    verdict, finding = _verdict(held, found)
    return Judged(_check(held, verdict, now(), found.mtime), finding)


def _verdict(held: HeldFile, found: FileDigest) -> tuple[Fixity, Finding | None]:
    """A master that somebody has written anew has another time, nearly always; one that rots keeps it."""
    if found.sha256.startswith(held.digest):
        return Fixity.SOUND, None
    stamp = found.length, found.mtime
    if held.kind is FileKind.MASTER and stamp != (held.length, held.mtime):
        return Fixity.CHANGED, make_finding("master-changed")
    return Fixity.DAMAGED, make_finding(_DAMAGED[held.kind])


def _unread(held: HeldFile, error: OSError, now: datetime) -> Judged:
    if error.errno in _NOT_THERE:
        return Judged(_check(held, Fixity.MISSING, now), make_finding(_MISSING[held.kind]))
    verdict, code = (Fixity.DAMAGED, "disk-unread") if error.errno in _BAD_DISK else (Fixity.UNREAD, "not-read")
    return Judged(_check(held, verdict, now), make_finding(code, reason=reason_of(error)))


def _check(held: HeldFile, verdict: Fixity, now: datetime, mtime: int = 0) -> FixityCheck:
    return FixityCheck(held.kind, held.root, held.file, held.digest, verdict, now, mtime)
