"""PDFs are read in a process of their own, within limits of memory and time (decisions.md, 5); one that ends it is
refused, and the next begins another process.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Finding
from manifests.settings import Settings
from manifests.text.pdf import PdfPage
from manifests.text.reader import Unreadable
from server.pdf_text.reading import read_text_layer
from server.pyramid.worker_process import TimeIsUp, WorkerDied, WorkerLimits, WorkerProcess

ReadWhole: TypeAlias = Callable[[str], "list[PdfPage] | Finding"]


class BoundedPdf:
    """Is a `manifests.text.pdf.ReadPdf` and a context manager. The process starts with the first PDF."""

    def __init__(self, *, seconds: float, memory_megabytes: int, read: ReadWhole = read_text_layer) -> None:
        self._read = read
        self._process = WorkerProcess(WorkerLimits(1, memory_megabytes, seconds), _prepare)

    @classmethod
    def of(cls, settings: Settings) -> "BoundedPdf":
        return cls(seconds=settings.max_master_seconds, memory_megabytes=settings.max_master_memory)

    def __enter__(self) -> "BoundedPdf":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.end()

    def __call__(self, file: Path) -> Sequence[PdfPage]:
        found = self._found(str(file))
        if isinstance(found, Finding):
            raise Unreadable(found)
        return found

    def _found(self, file: str) -> Sequence[PdfPage] | Finding:
        try:
            found: Sequence[PdfPage] | Finding = self._process.run(self._read, (file,), lambda: True)
        except TimeIsUp:
            return _unreadable(N_("it takes longer than max_master_seconds"))
        except MemoryError:
            return _unreadable(N_("it takes more memory than max_master_memory"))
        except WorkerDied as death:
            is_large = death.for_want_of_memory
            return _unreadable(N_("it takes more memory than max_master_memory") if is_large else death.how)
        return found


def _unreadable(reason: str) -> Finding:
    return make_finding("text-unreadable", reason=reason)


def _prepare(threads: int) -> None:
    """PDFium has no threads."""
