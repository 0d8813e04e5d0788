"""What is in the page files of a work, as far as it is known without reading them, and which have to be read.

decisions.md, 20: "What ingest knows already it does not read again: a file is believed unchanged by name, length and
time only where no other page of the work has that length and time; an ingest of what is unchanged opens no master."
Nothing here opens a file: hashing is the workers' business.
"""

import errno
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from manifests import findings
from manifests.catalog import KnownHash, PageRecord, Staged
from manifests.ingest.page_identity import (
    KnownPage,
    NamedContent,
    name_of,
    names_to_tell_apart,
    pages_of_files,
)
from manifests.model import Finding, MasterHash, Work

Stamp = tuple[int, int]
"""Length and time: what tells without reading that a file is another than it was."""


@dataclass(frozen=True, slots=True)
class CatalogState:
    """What the library knows of a folder. `is_whole` says whether a page's pyramid stands on disk as recorded."""

    work: Work | None
    pages: Sequence[PageRecord]
    staged: Mapping[str, Staged]
    hashes: Mapping[str, KnownHash]
    recipe: int
    is_whole: Callable[[str, int], bool]


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A page file as it was seen. `fault` says why nothing more is known of it."""

    path: Path
    stamp: Stamp = (0, 0)
    fault: Finding | None = None

    @property
    def file_name(self) -> str:
        """As the catalogue writes it."""
        return file_name(self.path.name)

    @property
    def name(self) -> str:
        return name_of(self.path)

    @property
    def has_vanished(self) -> bool:
        return self.fault is not None and self.fault.code == "vanished"


def file_name(name: str) -> str:
    return normalize("NFC", name)


def look_at(file: Path) -> SeenFile:
    """Never raises: a file may go away at any moment."""
    try:
        seen = file.stat()
    except OSError as error:
        return SeenFile(file, fault=_why_unseen(error))
    return SeenFile(file, (seen.st_size, seen.st_mtime_ns))


def _why_unseen(error: OSError) -> Finding:
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return findings.make_finding("vanished")
    return findings.make_finding("no-access", reason=error.strerror or str(error))


@dataclass(slots=True)
class Contents:
    """The files of one work by their names, and the contents that are known by now."""

    files: dict[str, SeenFile]
    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[Path]) -> "Contents":
        return cls({seen.file_name: seen for seen in map(look_at, files)})

    @property
    def readable(self) -> list[SeenFile]:
        return [seen for seen in self.files.values() if seen.fault is None]

    def learn(self, name: str, found: MasterHash) -> None:
        seen = self.files[name]
        if found.sha256 is None:
            self.files[name] = replace(seen, fault=found.finding)
        else:
            self.files[name] = replace(seen, stamp=(found.length, found.mtime))
            self.known[name] = found.sha256

    def believe(self, state: CatalogState) -> None:
        """Takes from the catalogue what length and time leave no doubt of."""
        now = Counter(seen.stamp for seen in self.readable)
        before = Counter((page.length, page.mtime) for page in state.pages)
        pages = {file_name(PurePosixPath(page.page.file).name): page for page in state.pages}
        for name, seen in self.files.items():
            if seen.fault is not None or now[seen.stamp] > 1 or before[seen.stamp] > 1:
                continue
            page = pages.get(name)
            if page is not None and (page.length, page.mtime) == seen.stamp:
                self.known[name] = page.page.sha256
                continue
            for noted in (state.hashes.get(name), state.staged.get(name)):
                if noted is not None and (noted.length, noted.mtime) == seen.stamp and before[seen.stamp] == 0:
                    self.known[name] = noted.sha256

    def to_read(self, state: CatalogState) -> list[SeenFile]:
        """The files that have to be read before it can be said which pages they are; none where all is known."""
        lengths = {page.length for page in state.pages} | {staged.length for staged in state.staged.values()}
        unread = [seen for seen in self.readable if seen.file_name not in self.known]
        doubtful = [seen for seen in unread if seen.stamp[0] in lengths]
        if doubtful:
            return doubtful
        named = self.named(state)
        found = pages_of_files([content for _, content in named], known_pages(state))
        new = [seen for (seen, _), page in zip(named, found, strict=True) if page is None]
        told_apart = names_to_tell_apart((seen.name for seen in new), (page.page.id for page in state.pages))
        return [seen for seen in new if seen.name in told_apart and seen.file_name not in self.known]

    def named(self, state: CatalogState) -> list[tuple[SeenFile, NamedContent]]:
        """What decides which page a file is. One that cannot be read is believed to be the page of its name."""
        by_name = {page.name: page.content for page in reversed(known_pages(state))}
        return [
            (seen, NamedContent(seen.name, self.known.get(name) if seen.fault is None else by_name.get(seen.name)))
            for name, seen in self.files.items()
            if not seen.has_vanished
        ]


def known_pages(state: CatalogState) -> list[KnownPage]:
    return [
        KnownPage(page.page.id, name_of(PurePosixPath(page.page.file)), page.page.sha256, page.state)
        for page in state.pages
    ]
