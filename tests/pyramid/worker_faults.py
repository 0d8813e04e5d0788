"""What masters may make a worker do. Workers import this by its bare name: they know nothing of `tests`."""

import os
import resource
import signal


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
