"""One ingest or reindex at a time: a lock of the operating system, gone with its process; a file names the owner."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from manifests.errors import Busy

LOCK = "ingest.lock"
OWNER = "ingest.owner"


@contextmanager
def held(library: Path, command: str) -> Iterator[None]:
    """Raises Busy, naming the owner, where another process holds it."""
    lock = FileLock(library / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(
            "The library {library} is held by {owner}. Wait until that has ended, or end it.",
            library=library,
            owner=_owner(library),
        ) from None
    owner = library / OWNER
    try:
        started = datetime.now(UTC).isoformat(timespec="seconds")
        told = {"command": command, "process": os.getpid(), "host": socket.gethostname(), "started": started}
        owner.write_text(json.dumps(told), encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def _owner(library: Path) -> str:
    try:
        told = json.loads((library / OWNER).read_text(encoding="utf-8"))
        return f"{told['command']} (process {told['process']} on {told['host']}, since {told['started']})"
    except (OSError, ValueError, KeyError):
        return "mocban ingest"  # between taking the lock and writing the name
