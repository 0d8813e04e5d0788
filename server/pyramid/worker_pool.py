"""Worker processes in which masters are read: one may be killed without the ingest noticing more than a finding.

A damaged or hostile file can hold a decoder for ever, eat all memory or bring the process down (decisions.md, 5). So
each is read in a process of its own that ends when its time is up, cannot take more memory than it was given, and goes
when its parent goes. A process that ends for another reason says nothing about the file in its hand, which is therefore
tried once more, alone. What is done there is `build`'s and `masters`' matter.
"""

import logging
import os
import queue
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding, MasterHash, MasterReport, PageCount, PyramidResult
from server.libvips import pyvips
from server.masters import decoding, page_count
from server.masters.pdf import RESOLUTION
from server.pyramid import build
from server.pyramid.worker_process import TimeIsUp, WorkerDied, WorkerLimits, WorkerProcess

log = logging.getLogger("mocban")

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Job:
    """`refused` makes the answer where the worker did not live to give one."""

    task: Callable[..., Any]
    arguments: tuple[Any, ...]
    refused: Callable[[Finding], Any]
    answer: Future[Any] = field(default_factory=Future)


class WorkerPool:
    """Builds pyramids of masters and examines them on `jobs` cores; a context manager.

    Fewer jobs than cores share the cores between them. A future that is cancelled ends its worker. Left by an
    exception, the pool ends all of them at once.
    """

    def __init__(
        self,
        jobs: int,
        *,
        max_pixels: int,
        seconds: float,
        memory_megabytes: int,
        max_decoded: int | None = None,
        pdf_ppi: int = RESOLUTION,
    ) -> None:
        self._limits: dict[str, Any] = {"max_pixels": max_pixels, "max_decoded": max_decoded, "pdf_ppi": pdf_ppi}
        self._unanswered: set[_Job] = set()
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        limits, turns = WorkerLimits(1, memory_megabytes, seconds), _Turns()

        def cores() -> int:
            return max(1, jobs // max(1, len(self._unanswered)))

        self._supervisors = [
            _Supervisor(self._waiting, turns, WorkerProcess(limits, _prepare), cores) for _ in range(jobs)
        ]

    def __enter__(self) -> "WorkerPool":
        for supervisor in self._supervisors:
            supervisor.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is not None:
                self._cancel()
            self._finish()
        except BaseException:  # Ctrl-C while waiting
            self._cancel()
            self._finish()
            raise

    def _cancel(self) -> None:
        for job in tuple(self._unanswered):
            job.answer.cancel()

    def _finish(self) -> None:
        for _ in self._supervisors:
            self._waiting.put(None)
        for supervisor in self._supervisors:
            supervisor.join()

    def build_pyramid(
        self, master: Path, pyramids: Path, work: str, page: str, number: int = 1, known: MasterHash | None = None
    ) -> Future[PyramidResult]:
        def refused(finding: Finding) -> PyramidResult:
            _sweep(pyramids / work, page)
            return PyramidResult(MasterReport("", None, (finding,)), None)

        asked = self._limits | {"number": number, "known": known}
        answer = self._do(refused, _build, master, pyramids, work, page, asked)
        answer.add_done_callback(lambda done: _sweep(pyramids / work, page) if _came_to_nothing(done) else None)
        return answer

    def examine(self, master: Path, number: int = 1, known: MasterHash | None = None) -> Future[MasterReport]:
        def refused(finding: Finding) -> MasterReport:
            return MasterReport("", None, (finding,))

        return self._do(refused, _examine, master, self._limits | {"number": number, "known": known})

    def count(self, master: Path) -> Future[PageCount]:
        return self._do(lambda finding: PageCount(None, finding), page_count.count, master)

    def hash(self, master: Path) -> Future[MasterHash]:
        return self._do(lambda finding: MasterHash(None, finding=finding), page_count.hash_and_count, master)

    def _do(self, refused: Callable[[Finding], T], task: Callable[..., T], *arguments: Any) -> Future[T]:
        """The task's answer; where its worker did not live to give one, `refused` of the finding that says why."""
        job = _Job(task, arguments, refused)
        self._unanswered.add(job)
        job.answer.add_done_callback(lambda _: self._unanswered.discard(job))
        self._waiting.put(job)
        return job.answer


class _Supervisor(threading.Thread):
    """Takes one job after another to its one process. `cores` says how many a job may use that begins now."""

    def __init__(
        self,
        waiting: "queue.SimpleQueue[_Job | None]",
        turns: "_Turns",
        process: WorkerProcess,
        cores: Callable[[], int],
    ) -> None:
        super().__init__(name="mocban-worker")
        self._waiting, self._turns, self._process, self._cores = waiting, turns, process, cores

    def run(self) -> None:
        for job in iter(self._waiting.get, None):
            self._answer(job)
        self._process.close()

    def _answer(self, job: _Job) -> None:
        try:
            given = self._outcome(job)
        except Exception as error:  # noqa: BLE001 -- handed on to whoever asks for the answer
            if job.answer.set_running_or_notify_cancel():
                job.answer.set_exception(error)
        else:
            if job.answer.set_running_or_notify_cancel():
                job.answer.set_result(given)

    def _outcome(self, job: _Job) -> Any:
        try:
            return self._tried(job, self._turns.shared())
        except WorkerDied:
            pass
        try:
            return self._tried(job, self._turns.alone())
        except WorkerDied as death:
            return job.refused(_death(death))

    def _tried(self, job: _Job, turn: AbstractContextManager[None]) -> Any:
        """What the task gives, or what is said of a file that needs more than it was given; else WorkerDied."""
        with turn:
            if job.answer.cancelled():
                return None
            try:
                arguments = self._cores(), job.task, job.arguments
                return self._process.run(_on_cores, arguments, lambda: not job.answer.cancelled())
            except TimeIsUp:
                return job.refused(_too_costly(self._process.limits.seconds, N_("seconds"), "max_master_seconds"))
            except MemoryError:
                return job.refused(self._too_large())
            except WorkerDied as death:
                if death.for_want_of_memory:
                    return job.refused(self._too_large())
                raise
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error) as error:
                # No reader has thought of this file: it is refused by name, and the others are taken in.
                log.error("%r: %r", job.arguments, error)
                return job.refused(make_finding("crash", signal=type(error).__name__))

    def _too_large(self) -> Finding:
        return _too_costly(self._process.limits.megabytes, N_("megabytes"), "max_master_memory")


class _Turns:
    """Jobs run side by side, but one that is tried again runs alone: no other then takes its memory."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running = 0
        self._reserved = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._reserved)
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._reserved)
            self._reserved = True
            self._changed.wait_for(lambda: not self._running)
        try:
            yield
        finally:
            with self._changed:
                self._reserved = False
                self._changed.notify_all()


def _too_costly(limit: float, unit: str, setting: str) -> Finding:
    return make_finding("too-costly", limit=limit, unit=unit, setting=setting)


def _death(death: WorkerDied) -> Finding:
    return make_finding("killed") if death.how == "SIGKILL" else make_finding("crash", signal=death.how)


def _came_to_nothing(done: Future[Any]) -> bool:
    return done.cancelled() or done.exception() is not None


def _sweep(folder: Path, page: str) -> None:
    """What a worker that was killed has left of its page."""
    for part in folder.glob(f"{page}.{'[0-9a-f]' * 12}.*.part"):
        part.unlink(missing_ok=True)


def _prepare(threads: int) -> None:
    """In a new worker, before its first task."""
    pyvips.cache_set_max(0)  # nothing is asked twice here, and what it keeps counts against the limit


def _on_cores(threads: int, task: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    pyvips.concurrency_set(threads)
    return task(*arguments)


def _build(master: Path, pyramids: Path, work: str, page: str, asked: Mapping[str, Any]) -> PyramidResult:
    # A turned master goes through a scratch file: the library's disk has the room, /tmp may be memory.
    os.environ["TMPDIR"] = str(pyramids)
    return build.build_pyramid(master, pyramids, work, page, **asked)


def _examine(master: Path, asked: Mapping[str, Any]) -> MasterReport:
    return decoding.examine(master, thorough=True, **asked)
