"""What masters may make a worker do. Workers import this by its bare name: they know nothing of `tests`."""

import os
import resource
import signal
import time
from pathlib import Path


def spin(*_: object) -> None:
    while True:
        pass


def eat(*_: object) -> bytes:
    return bytes(8 << 30)


def abort(*_: object) -> None:
    os.abort()


def crash(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


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


def busy(mark: Path) -> None:
    """Leaves its mark as long as it runs."""
    mark.touch()
    time.sleep(0.1)
    mark.unlink()


def alone_the_second_time(folder: Path) -> str:
    if not (folder / "tried").exists():
        (folder / "tried").touch()
        crash()
    (folder / "tried").unlink()
    time.sleep(0.3)
    return "alone" if not list(folder.iterdir()) else "beside others"


def lose_the_share(*_: object) -> None:
    raise TimeoutError("the share does not answer")


def nothing(*_: object) -> None:
    pass
