"""One run of an outside program over bytes: bounded in time, memory and output, and gone when nobody wants it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from manifests.errors import disk_fault

_LIMITS = Path(__file__).with_name("limits.py")
_LOOK_UP_SECONDS = 0.2
"""How long a program may go on that nobody waits for any more."""
_MOST_WORDS = 10_000


class TimeIsUp(Exception):
    """The program took longer than it was given, and was ended."""


class NotWanted(Exception):
    """Nobody waits for the program any more, and it was ended."""


@dataclass(frozen=True, slots=True)
class RunLimits:
    """`most_bytes` bounds what it writes."""

    seconds: float
    megabytes: int
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Ran:
    """`output` is its standard output; `code` its exit code, negative for the signal that ended it."""

    code: int
    output: bytes
    complaint: bytes

    @property
    def reason(self) -> str:
        """Why it failed, in its own last words if it had any."""
        words = [line.strip() for line in self.complaint.decode("utf-8", "replace").splitlines() if line.strip()]
        return words[-1][:200] if words else _name_of(self.code)


def run(
    command: Sequence[str],
    given: bytes,
    limits: RunLimits,
    is_wanted: Callable[[], bool],
    environment: Mapping[str, str],
) -> Ran:
    """What it makes of `given`, its standard input. Raises TimeIsUp or NotWanted where it was ended, Damaged where
    there is no room for temporary files.
    """
    bounds = [str(os.getpid()), str(limits.megabytes), str(limits.most_bytes)]
    with ExitStack() as stack:
        # Files, not pipes: a program that writes without end meets its bound, and fills no memory of ours.
        taken, output, complaint = (stack.enter_context(tempfile.TemporaryFile(buffering=0)) for _ in range(3))
        _fill(taken, given)
        process = subprocess.Popen(  # noqa: S603 -- the caller names it
            [sys.executable, "-I", "-S", str(_LIMITS), *bounds, *command],
            stdin=taken,
            stdout=output,
            stderr=complaint,
            env=dict(environment),
            start_new_session=True,  # Ctrl-C reaches us alone, and its children can be ended with it
        )
        try:
            _wait(process, limits.seconds, is_wanted)
        finally:
            _end(process)
        return Ran(process.returncode, _content(output, limits.most_bytes), _content(complaint, _MOST_WORDS))


def _fill(file: IO[bytes], content: bytes) -> None:
    left = memoryview(content)
    try:
        while left:
            left = left[file.write(left) :]
        file.seek(0)
    except OSError as error:
        raise disk_fault(tempfile.gettempdir(), error) from error


def _wait(process: "subprocess.Popen[bytes]", seconds: float, is_wanted: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            process.wait(_LOOK_UP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            if not is_wanted():
                raise NotWanted from None
            if time.monotonic() >= deadline:
                raise TimeIsUp from None


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With whatever it has started, where it did not end by itself."""
    if process.poll() is None and sys.platform != "win32":
        os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _content(file: IO[bytes], most: int) -> bytes:
    file.seek(0)
    return file.read(most)


def _name_of(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"exit code {code}"
