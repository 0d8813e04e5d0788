"""Becomes another program, within limits that no one can forget to set: run as a script, by its path.

    python -I -S limits.py PARENT MEGABYTES BYTES PROGRAM ARGUMENT...

PARENT is the process that asks: the program ends when that does. MEGABYTES bound its memory, BYTES each file that it
writes. Set here, in the child, because what runs between fork and exec of a process with threads may not be Python.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def become(parent: int, megabytes: int, most_bytes: int, program: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before we asked
            os._exit(1)
    if sys.platform != "win32":
        import resource

        for kind, wanted in (
            (resource.RLIMIT_DATA, megabytes << 20),
            (resource.RLIMIT_FSIZE, most_bytes),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(kind)[1]
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(kind, (most, most))
    os.execv(program[0], program)  # noqa: S606 -- that is what it is for


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
