"""How far an ingest is, on stderr: a bar with pages, megapixels a second and the time left.

Where stderr is no terminal, a line a minute says the same, so that the log of a night's ingest tells how it went.
"""

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from manifests.errors import N_
from server.cli.interruption import LostInterrupt
from server.language.translator import Translator

_SECONDS_BETWEEN_LINES = 60
_MEGAPIXEL = _MEGABYTE = 1_000_000


class ProgressBar:
    """Is a `manifests.ingest.report.Progress` and a `manifests.fixity.run.FixityProgress`. Each step also raises a
    Ctrl-C that was lost since the last one."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        console = Console(stderr=True)
        self._is_terminal = console.is_terminal
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            console=console,
            disable=not self._is_terminal,
        )
        self._task = self._bar.add_task("", total=None, visible=False, speed="")
        self._reading = self._bar.add_task("", total=None, visible=False, speed="")
        self._pages = self._done = self._pixels = self._to_read = self._read = 0
        self._began = self._reading_began = self._last_line = time.monotonic()
        self._interrupt = LostInterrupt()

    def __enter__(self) -> "ProgressBar":
        self._interrupt.__enter__()
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
        self._interrupt.__exit__(kind, error, trace)

    def root_added(self, name: str, folder: str) -> None:
        self._say(N_("The folder {folder} is now the root {name} of masters (library.toml)."), name=name, folder=folder)

    def planned(self, pages: int) -> None:
        """So many pages more; the number grows as folders are looked into."""
        self._interrupt.raise_again()
        if not self._pages:
            self._began = self._last_line = time.monotonic()
        self._pages += pages
        if self._pages:
            self._bar.update(
                self._task,
                total=self._pages,
                visible=True,
                description=self._translator.translate(N_("Making pyramids")),
            )

    def built(self, file: str, pixels: int) -> None:
        self._interrupt.raise_again()
        self._done += 1
        self._pixels += pixels
        self._bar.update(self._task, completed=self._done, speed=self._speed())
        if self._is_time_for_a_line():
            self._say(N_("{done} pages, {speed}"), done=self._done, speed=self._speed())

    def to_recognise(self, pages: int) -> None:
        """So many pages more for the OCR; the number grows as works are stored."""
        self._interrupt.raise_again()
        if not self._to_read:
            self._reading_began = self._last_line = time.monotonic()
        self._to_read += pages
        if self._to_read:
            description = self._translator.translate(N_("Reading pages (OCR)"))
            self._bar.update(self._reading, total=self._to_read, visible=True, description=description)

    def recognised(self, file: str) -> None:
        self._interrupt.raise_again()
        self._read += 1
        minutes = max(time.monotonic() - self._reading_began, 0.001) / 60
        speed = self._translator.translate(
            N_("{pages} pages a minute"), pages=self._translator.number(round(self._read / minutes, 1))
        )
        self._bar.update(self._reading, completed=self._read, speed=speed)
        if self._is_time_for_a_line():
            self._say(N_("{done} pages read, {speed}"), done=self._read, speed=speed)

    def indexing(self, done: int, of: int) -> None:
        self._interrupt.raise_again()
        description = self._translator.translate(N_("Indexing the text"))
        self._bar.update(self._task, description=description, completed=done, total=of, visible=of > 0, speed="")
        if self._is_time_for_a_line():
            self._say(N_("{done} of {works} works are in the index."), done=done, works=of)

    def checking(self, done: int, of: int) -> None:
        self._interrupt.raise_again()
        if not self._pages:
            self._pages, self._began = of, time.monotonic()
        megabytes, all_of_them = done // _MEGABYTE, max(1, of // _MEGABYTE)
        speed = self._bytes_a_second(done)
        self._bar.update(
            self._task,
            description=self._translator.translate(N_("Reading files (MB)")),
            completed=megabytes,
            total=all_of_them,
            visible=True,
            speed=speed,
        )
        if self._is_time_for_a_line():
            self._say(N_("{done} of {total} MB read, {speed}"), done=megabytes, total=all_of_them, speed=speed)

    def _bytes_a_second(self, done: int) -> str:
        seconds = max(time.monotonic() - self._began, 0.001)
        return f"{self._translator.number(round(done / _MEGABYTE / seconds, 1))} MB/s"

    def _is_time_for_a_line(self) -> bool:
        now = time.monotonic()
        if self._is_terminal or now - self._last_line < _SECONDS_BETWEEN_LINES:
            return False
        self._last_line = now
        return True

    def _speed(self) -> str:
        seconds = max(time.monotonic() - self._began, 0.001)
        return f"{self._translator.number(round(self._pixels / _MEGAPIXEL / seconds, 1))} MP/s"

    def _say(self, sentence: str, **values: object) -> None:
        self._bar.console.print(
            self._translator.translate(sentence, **values), highlight=False, markup=False, soft_wrap=True
        )
        sys.stderr.flush()
