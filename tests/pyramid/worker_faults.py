"""What masters may make a worker do. Workers import this by its bare name: they know nothing of `tests`."""

import os
import resource
import signal
import time
from pathlib import Path

from server.libvips import pyvips


def spin(begun: Path | None = None) -> None:
    """Leaves a sign that it has begun, and never ends."""
    if begun is not None:
        begun.touch()
    while True:
        pass


def eat(*_: object) -> bytes:
    return bytes(8 << 30)


def abort(*_: object) -> None:
    os.abort()


def crash(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def stumble(*_: object) -> None:
    raise TypeError("data type 'u0' not understood")


def limits(*_: object) -> tuple[int, object]:
    return resource.getrlimit(resource.RLIMIT_DATA)[0] >> 20, signal.getsignal(signal.SIGINT)


def whoever(*_: object) -> int:
    return os.getpid()


def kill(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def end_as_glib_does(*_: object) -> None:
    """When a C library is refused memory."""
    os.write(2, b"GLib-ERROR: failed to allocate 8589934592 bytes\n")
    os.abort()


def only_once(tried: Path, end: str) -> str:
    if tried.exists():
        return "done"
    tried.touch()
    globals()[end]()
    return "not ended"


def busy(folder: Path, name: str) -> None:
    """Runs until the other has ended, or for so long that the other would have begun beside it if it could."""
    mark, limit = folder / f"{name}.busy", time.monotonic() + 1
    mark.touch()
    while not (folder / "ended").exists() and time.monotonic() < limit:
        time.sleep(0.01)
    mark.unlink()


def alone_the_second_time(folder: Path) -> str:
    if not (folder / "tried").exists():
        (folder / "tried").touch()
        crash()
    others = list(folder.glob("*.busy"))
    (folder / "ended").touch()
    return "beside others" if others else "alone"


def lose_the_share(*_: object) -> None:
    raise TimeoutError("the share does not answer")


def nothing(*_: object) -> None:
    pass


def cores(*_: object) -> int:
    """How many libvips uses for an image."""
    return pyvips.concurrency_get()
