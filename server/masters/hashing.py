"""What identifies a master: the SHA-256 of its bytes. Nothing here decodes."""

import errno
import hashlib
import os
from pathlib import Path

from manifests.findings import make_finding
from manifests.model import Finding, MasterHash


def hash_master(file: Path) -> MasterHash:
    """Never raises for what is wrong with the file: a finding says it."""
    try:
        with file.open("rb") as stream:
            before = os.fstat(stream.fileno())
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            after = os.fstat(stream.fileno())
    except OSError as error:
        return MasterHash(None, finding=why_unread(error))
    stamp = after.st_size, after.st_mtime_ns
    if stamp != (before.st_size, before.st_mtime_ns):
        return MasterHash(None, *stamp, make_finding("changing"))
    return MasterHash(digest, *stamp)


def why_unread(error: OSError) -> Finding:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return make_finding("vanished")
    return make_finding("no-access", reason=error.strerror or str(error))
