"""Tesseract at work: one process a page, as many at a time as there are cores, one thread in each.

Tesseract's own threads help little: a page takes one process most of its time anyway, and several pages at a time use
every core. What is wrong with one page is a finding, and the others go on.
"""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from manifests.findings import make_finding
from manifests.ingest.recogniser import RecognisedPage
from manifests.model import Finding, OcrEngine, Page
from manifests.settings import Settings
from server.libvips import pyvips
from server.ocr.bounded_run import NotWanted, RunLimits, TimeIsUp, run
from server.ocr.picture import Picture, picture_of
from server.ocr.tesseract import Tesseract, confidence_of, engine_of, find_tesseract, parse_languages

MOST_BYTES = 64 << 20
"""Of ALTO for one page. A newspaper page with a box for each letter has eight million."""

_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}


class TesseractPool:
    """Is a `manifests.ingest.recogniser.Recogniser` and a context manager; left by an exception, it ends at once."""

    def __init__(
        self, tesseract: Tesseract, languages: Sequence[str], jobs: int, *, seconds: float, memory_megabytes: int
    ) -> None:
        self._tesseract = tesseract
        self._engine = engine_of(tesseract, languages)
        self._limits = RunLimits(seconds, memory_megabytes, MOST_BYTES)
        self._threads = ThreadPoolExecutor(jobs, "mocban-ocr")
        self._has_stopped = threading.Event()

    def __enter__(self) -> "TesseractPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self._has_stopped.set()
        self._threads.shutdown(cancel_futures=kind is not None)

    @property
    def engine(self) -> OcrEngine:
        return self._engine

    def recognise(self, pyramid: Path, page: Page) -> "Future[RecognisedPage]":
        return self._threads.submit(self._recognised, pyramid, page)

    def _recognised(self, pyramid: Path, page: Page) -> RecognisedPage:
        try:
            picture = picture_of(pyramid, page)
        except pyvips.Error as error:
            return _failed(str(error.detail).strip())
        command = self._tesseract.command(self._engine.languages, picture.ppi)
        try:
            ran = run(command, picture.tiff, self._limits, self._is_wanted, os.environ | _ENVIRONMENT)
        except TimeIsUp:
            limit = self._limits.seconds
            late = make_finding("recognition-too-long", limit=limit, setting="max_ocr_seconds")
            return RecognisedPage(None, findings=(late,))
        except NotWanted:
            return RecognisedPage(None)
        if ran.code:
            return _failed(ran.reason)
        return RecognisedPage(ran.output, confidence_of(ran.output), _about(picture, page))

    def _is_wanted(self) -> bool:
        return not self._has_stopped.is_set()


def _about(picture: Picture, page: Page) -> Sequence[Finding]:
    if (picture.width, picture.height) == (page.width, page.height):
        return ()
    return (make_finding("ocr-reduced", size=f"{picture.width}x{picture.height}"),)


def _failed(reason: str) -> RecognisedPage:
    return RecognisedPage(None, findings=(make_finding("recognition-failed", reason=reason),))


def open_pool(wanted: str, settings: Settings, jobs: int) -> TesseractPool:
    """For languages as a person writes them. Raises Malformed, or Unsupported where something is to be installed."""
    languages = parse_languages(wanted)
    return TesseractPool(
        find_tesseract(languages),
        languages,
        jobs,
        seconds=settings.max_ocr_seconds,
        memory_megabytes=settings.max_master_memory,
    )
