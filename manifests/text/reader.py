"""What a reader of a text format is, and what every reader needs: bytes within bounds. Boxes are `placing`'s.

A reader is a module with a name and two functions, "is it mine?" and "which pages does it hold?"; `manifests.text`
lists them. No format is known here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from manifests import findings
from manifests.model import Block, Box, Finding, Word

HEAD = 1 << 20
"""Bytes at the start of a file that show whose it is: a licence or a table of settings may stand before the root."""

LARGEST = 128 << 20
"""Bytes of a text file. A newspaper page with a box for each letter has eight million; a book in hOCR fifty."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """The words of a page in reading order, and what there is to say of the file. None where there is no text."""

    words: Sequence[Word] | None
    findings: Sequence[Finding] = ()
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """The image that a text lies on, in pixels, upright. `orientation` is how ingest turned it from the master, as Exif
    numbers it; `ppi` the pixels an inch, where the master says so.
    """

    width: int
    height: int
    orientation: int = 1
    ppi: float | None = None


@dataclass(frozen=True, slots=True)
class TextPage:
    """One page of a text file, read only when it is asked for.

    `read` gives its words with boxes in pixels of the image; it raises Unreadable and nothing else. `names` are what
    the file calls this page or the image that it was made from: a path, a file's name, an id, a number.
    """

    read: Callable[[PageImage], ReadText]
    names: Sequence[str] = ()


class TextReader(Protocol):
    """`NAME` is what `list` and `show` call the format; `sniff` sees the first bytes and the file's name."""

    NAME: str

    def sniff(self, head: bytes, name: str) -> bool: ...

    def pages(self, file: Path) -> Sequence[TextPage]:
        """All pages that the file holds, in its order. Raises Unreadable and nothing else."""
        ...


PlacedWord: TypeAlias = tuple[str, Box | None]
"""Text and place."""


class Unreadable(Exception):
    """A text that cannot be read; becomes a finding, and the page goes on without text."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def unreadable(reason: object) -> Unreadable:
    return Unreadable(findings.make_finding("text-unreadable", reason=str(reason)))


def content(file: Path) -> bytes:
    """The whole file, unless it is larger than a text can be."""
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
