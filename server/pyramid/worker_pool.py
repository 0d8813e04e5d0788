"""Worker processes in which masters are read: one may be killed without the ingest noticing more than a finding.

A damaged or hostile file can hold a decoder for ever, eat all memory or bring the process down (decisions.md, 5). So
each is read in a process of its own that ends when its time is up, cannot take more memory than it was given, and goes
when its parent goes. What is done there is `pyramid`'s and `masters`' matter. The only importer of pebble.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding, MasterReport, PyramidResult
from server.libvips import pyvips
from server.masters import decoding
from server.pyramid import build

T = TypeVar("T")
_PR_SET_PDEATHSIG = 1
_OUT_OF_MEMORY = (-signal.SIGABRT, -9)
"""How a worker ends that asked for too much: GLib aborts, the kernel kills."""


class WorkerPool:
    """Carves and examines masters on `jobs` cores; a context manager, to be opened by a thread that outlives it.

    `pages` says how many masters are to come, where that is known: fewer than cores share the cores between them.
    A future that is cancelled ends its worker. Left by an exception, the workers ends all of them at once.
    """

    def __init__(
        self, jobs: int, *, max_pixels: int, seconds: float, memory_megabytes: int, pages: int | None = None
    ) -> None:
        self._awaited: set[Future[Any]] = set()
        workers = max(1, jobs if pages is None else min(jobs, pages))
        self._max_pixels = max_pixels
        self._seconds = seconds
        self._megabytes = memory_megabytes
        self._pool: Any = ProcessPool(
            max_workers=workers,
            initializer=_prepare,
            initargs=(os.getpid(), max(1, jobs // workers), memory_megabytes),
            context=multiprocessing.get_context("spawn"),
        )

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()
        for answer in tuple(self._awaited):  # pebble leaves what it had not begun waiting for ever
            answer.cancel()

    def build_pyramid(self, master: Path, pyramids: Path, work: str, page: str) -> Future[PyramidResult]:
        def refused(finding: Finding) -> PyramidResult:
            _sweep(pyramids / work, page)
            return PyramidResult(MasterReport("", None, (finding,)), None)

        answer = self._do(refused, _carve, master, pyramids, work, page, self._max_pixels)
        answer.add_done_callback(lambda done: _sweep(pyramids / work, page) if _came_to_nothing(done) else None)
        return answer

    def examine(self, master: Path) -> Future[MasterReport]:
        def refused(finding: Finding) -> MasterReport:
            return MasterReport("", None, (finding,))

        return self._do(refused, _examine, master, self._max_pixels)

    def _do(self, refused: Callable[[Finding], T], task: Callable[..., T], *arguments: Any) -> Future[T]:
        """The task's answer; where its worker did not live to give one, `refused` of the finding that says why."""
        answer: Future[T] = Future()
        inner = self._pool.schedule(task, args=arguments, timeout=self._seconds)

        def settle(done: Future[T]) -> None:
            try:
                found = self._outcome(done, refused)
            except CancelledError:
                answer.cancel()
            except Exception as error:  # noqa: BLE001 -- handed on to whoever asks for the answer
                if answer.set_running_or_notify_cancel():
                    answer.set_exception(error)
            else:
                if answer.set_running_or_notify_cancel():
                    answer.set_result(found)

        inner.add_done_callback(settle)
        self._awaited.add(answer)
        answer.add_done_callback(self._awaited.discard)
        answer.add_done_callback(lambda asked: inner.cancel() if asked.cancelled() else None)
        return answer

    def _outcome(self, done: Future[T], refused: Callable[[Finding], T]) -> T:
        try:
            return done.result()
        except TimeoutError:
            return refused(
                make_finding("too-costly", limit=self._seconds, unit=N_("seconds"), setting="max_master_seconds")
            )
        except MemoryError:
            return refused(self._too_large())
        except ProcessExpired as ended:
            if ended.exitcode in _OUT_OF_MEMORY:
                return refused(self._too_large())
            return refused(make_finding("unreadable", reason=_ending(ended.exitcode)))

    def _too_large(self) -> Finding:
        return make_finding("too-costly", limit=self._megabytes, unit=N_("megabytes"), setting="max_master_memory")


def _ending(code: int) -> str:
    try:
        return f"the decoder ended with {signal.Signals(-code).name}"
    except ValueError:
        return f"the decoder ended with code {code}"


def _came_to_nothing(done: Future[Any]) -> bool:
    return done.cancelled() or done.exception() is not None


def _sweep(folder: Path, page: str) -> None:
    """What a worker that was killed has left of its page."""
    for part in folder.glob(f"{page}.{'[0-9a-f]' * 12}.*.part"):
        part.unlink(missing_ok=True)


def _prepare(parent: int, threads: int, megabytes: int) -> None:
    """In a new worker, before its first task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of us; the parent decides
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
    pyvips.concurrency_set(threads)
    pyvips.cache_set_max(0)  # nothing is asked twice here, and what it keeps counts against the limit


def _carve(master: Path, pyramids: Path, work: str, page: str, max_pixels: int) -> PyramidResult:
    # A turned master goes through a scratch file: the library's disk has the room, /tmp may be memory.
    os.environ["TMPDIR"] = str(pyramids)
    return build.build_pyramid(master, pyramids, work, page, max_pixels=max_pixels)


def _examine(master: Path, max_pixels: int) -> MasterReport:
    return decoding.examine(master, max_pixels=max_pixels, thorough=True)
