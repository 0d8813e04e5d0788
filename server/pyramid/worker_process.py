"""One process that does tasks, one at a time, and may die of any of them without more harm than that.

Parent and process speak over a pipe of their own, so that nothing is shared whose owner could be killed while he holds
it. What a dying process says on its standard error is kept: it tells memory that was refused from any other end. What
the tasks are, and what is said of a file that ended one, is `worker_pool`'s business.
"""

import ctypes
import math
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO

_PR_SET_PDEATHSIG = 1
_SPAWN = multiprocessing.get_context("spawn")
_STARTING = threading.Lock()
"""multiprocessing keeps a list of its children that it clears up at each start."""
_LOOK_UP_SECONDS = 0.2
"""How long a task may go on that nobody waits for any more."""
_MOST_WORDS = 10_000
_WITHOUT_MEMORY = re.compile(r"failed to allocate|bad_alloc|cannot allocate|out of memory|MemoryError", re.I)


class TimeIsUp(Exception):
    """The task took longer than it was given, and its process was ended."""


class WorkerDied(Exception):
    """The process ended before its task did; `exit_code` is negative for a signal."""

    def __init__(self, exit_code: int | None, last_words: str) -> None:
        super().__init__(exit_code, last_words)
        self.exit_code = exit_code
        self.for_want_of_memory = bool(_WITHOUT_MEMORY.search(last_words))

    @property
    def how(self) -> str:
        try:
            return signal.Signals(-(self.exit_code or 0)).name
        except ValueError:
            return str(self.exit_code)


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What a process may use: threads of libvips, memory, and time for each task."""

    threads: int
    megabytes: int
    seconds: float


class WorkerProcess:
    """Started when the first task comes, and again after its end. Used by one thread, which outlives it."""

    def __init__(self, limits: WorkerLimits, prepare: Callable[[int], None]) -> None:
        self.limits, self._prepare = limits, prepare
        self._process: Any = None
        self._pipe: Connection | None = None
        self._last_words: BinaryIO | None = None

    def run(self, task: Callable[..., Any], arguments: tuple[Any, ...], is_wanted: Callable[[], bool]) -> Any:
        """What the task gives or raises; TimeIsUp or WorkerDied when it did neither; None once it is not wanted."""
        try:
            pipe = self._ready_pipe(is_wanted)
            if pipe is None:
                return None
            pipe.send((task, arguments))
            if not self._wait(pipe, is_wanted, self.limits.seconds):
                return None
            succeeded, value = pipe.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        if not succeeded:
            raise value
        return value

    def _wait(self, pipe: Connection, is_wanted: Callable[[], bool], seconds: float) -> bool:
        """Whether something came; the process is ended where nothing is to be waited for any longer."""
        deadline = time.monotonic() + seconds
        while not pipe.poll(min(_LOOK_UP_SECONDS, max(0.0, deadline - time.monotonic()))):
            if not is_wanted() or time.monotonic() >= deadline:
                self._process.kill()
                self.close()
                if is_wanted():
                    raise TimeIsUp
                return False
        return True

    def close(self) -> None:
        """Lets a process without a task go."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.join()
        if self._last_words is not None:
            self._last_words.close()
        self._process = self._pipe = self._last_words = None

    def end(self) -> None:
        """At once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
        self.close()

    def _ready_pipe(self, is_wanted: Callable[[], bool]) -> Connection | None:
        """To a process that has started: that takes its time beside other load, which is no task's."""
        if self._pipe is not None and self._process.is_alive():
            return self._pipe
        self.close()
        pipe = self._start()
        if not self._wait(pipe, is_wanted, math.inf):
            return None
        pipe.recv()
        return pipe

    def _start(self) -> Connection:
        descriptor, words = tempfile.mkstemp(prefix="mocban-")
        self._last_words = open(descriptor, "rb")  # noqa: SIM115 -- as long as the process lives
        ours, theirs = _SPAWN.Pipe()
        arguments = (theirs, os.getpid(), self.limits, self._prepare, Path(words))
        self._process = _SPAWN.Process(target=_work, args=arguments, daemon=True)
        with _STARTING:
            self._process.start()
        theirs.close()
        self._pipe = ours
        return ours

    def _death(self) -> WorkerDied:
        self._process.join()
        exit_code = self._process.exitcode
        words = self._last_words.read(_MOST_WORDS) if self._last_words is not None else b""
        self.close()
        return WorkerDied(exit_code, words.decode("utf-8", "replace"))


def _work(
    pipe: Connection, parent: int, limits: WorkerLimits, prepare: Callable[[int], None], last_words: Path
) -> None:
    """The process itself: tasks until the parent closes the pipe."""
    _limit(parent, limits.megabytes, last_words)
    prepare(limits.threads)
    pipe.send("ready")
    while True:
        try:
            task, arguments = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(task, arguments))


def _outcome(task: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, task(*arguments)
    except Exception as error:  # noqa: BLE001 -- handed on to whoever asks for the answer
        return False, error


def _limit(parent: int, megabytes: int, last_words: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of us; the parent decides
    descriptor = os.open(last_words, os.O_WRONLY | os.O_APPEND)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    if os.name == "posix":  # the parent has it open, and nothing is left over whoever is killed
        last_words.unlink()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before we asked
            os._exit(1)
    if sys.platform != "win32":
        import resource

        wanted, hard = megabytes << 20, resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
