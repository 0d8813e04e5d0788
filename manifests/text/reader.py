"""What a reader of a text format is, and what every reader needs: bytes within bounds, boxes on the canvas.

A reader is a module with a name and two functions, "is it mine?" and "give me the words"; `manifests.text` lists them.
No format is known here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from manifests import findings
from manifests.model import Box, Finding, Word

HEAD = 1 << 14
"""Bytes at the start of a file that show whose it is."""

LARGEST = 32 << 20
"""Bytes of the text of one page. A newspaper page with a box for each letter has eight million."""

_OUTSIDE_BEFORE_IT_IS_SAID = 20
"""One word in so many may lie outside the image: specks at the edge that the OCR took for letters."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """The words of a page in reading order, and what there is to say of the file. None where there is no text."""

    words: Sequence[Word] | None
    findings: Sequence[Finding] = ()


class TextReader(Protocol):
    """`NAME` is what `list` and `show` call the format; `sniff` sees the first bytes and the file's name."""

    NAME: str

    def sniff(self, head: bytes, name: str) -> bool: ...

    def read(self, file: Path, size: tuple[int, int]) -> ReadText:
        """The words with boxes in pixels of a canvas of this size. Raises Unreadable and nothing else."""
        ...


class Unreadable(Exception):
    """A text that cannot be read; becomes a finding, and the page goes on without text."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def unreadable(reason: object) -> Unreadable:
    return Unreadable(findings.make_finding("text-unreadable", reason=str(reason)))


def content(file: Path) -> bytes:
    """The whole file, unless it is larger than the text of one page can be."""
    try:
        with file.open("rb") as stream:
            found = stream.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(error.strerror) from error
    if len(found) > LARGEST:
        raise Unreadable(findings.make_finding("text-too-large", limit=LARGEST >> 20))
    return found


def head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as error:
        raise unreadable(error.strerror) from error


@dataclass(slots=True)
class Canvas:
    """Puts the places that a text names onto its page, and counts the words that lie elsewhere."""

    width: int
    height: int
    placed: int = 0
    outside: int = 0

    def box(self, x: float, y: float, w: float, h: float) -> Box | None:
        """The whole pixels that the place touches, cut at the edge of the canvas. None for a place that is none."""
        if not all(map(math.isfinite, (x, y, w, h))) or w <= 0 or h <= 0:
            return None
        self.placed += 1
        left, top = max(0, math.floor(x)), max(0, math.floor(y))
        right, bottom = min(self.width, math.ceil(x + w)), min(self.height, math.ceil(y + h))
        if 2 * (right - left) * (bottom - top) < w * h or right <= left or bottom <= top:
            self.outside += 1
        return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None

    def findings(self) -> tuple[Finding, ...]:
        if self.outside * _OUTSIDE_BEFORE_IT_IS_SAID > self.placed:
            return (findings.make_finding("text-outside", words=self.outside),)
        return ()
