"""Which file holds the text of a page: the stem says whose, the root element which format, the format which is first.

Nothing here walks a folder: the walk hands in the files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from manifests import findings
from manifests.model import Finding
from manifests.text.reader import TextReader, Unreadable, head

ENDINGS = (".alto.xml", ".page.xml", ".xml", ".hocr", ".html", ".txt")
"""Longer ones first: `0001.alto.xml` is the text of `0001.tif`."""


@dataclass(frozen=True, slots=True)
class TextChoice:
    """`left` could have been read as well; nothing here reads `unused`."""

    taken: Path | None
    reader: TextReader | None
    left: Sequence[Path]
    unused: Sequence[Path]

    @property
    def findings(self) -> tuple[Finding, ...]:
        if self.taken is None or not self.left:
            return ()
        left = ", ".join(_short_path(file) for file in self.left)
        return (findings.make_finding("text-choice", taken=_short_path(self.taken), left=left),)


def stem_of(name: str) -> str:
    """The stem that a text shares with its master."""
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), None)
    return name[: -len(ending)] if ending is not None else Path(name).stem


def choose(files: Sequence[Path], readers: Sequence[TextReader]) -> TextChoice:
    """Of the texts of one page the one whose reader stands first; of two of a format the one that was found first."""
    claimed = [(reader_of(file, readers), file) for file in files]
    ours = [(reader, file) for reader, file in claimed if reader is not None]
    ours.sort(key=lambda pair: readers.index(pair[0]))
    unused = [file for reader, file in claimed if reader is None]
    if not ours:
        return TextChoice(None, None, (), unused)
    (reader, taken), *left = ours
    return TextChoice(taken, reader, [file for _, file in left], unused)


def reader_of(file: Path, readers: Sequence[TextReader]) -> TextReader | None:
    try:
        start = head(file)
    except Unreadable:
        return None
    return next((reader for reader in readers if reader.sniff(start, file.name)), None)


def _short_path(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"
