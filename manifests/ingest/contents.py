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
from manifests.model import Finding, MasterHash, PageCount, PageState, Work

Stamp = tuple[int, int]
"""Length and time: what tells without reading that a file is another than it was."""


@dataclass(frozen=True, slots=True)
class CatalogState:
    """What the library knows of a folder. `is_whole` says whether a page's pyramid stands on disk as recorded."""

    work: Work | None
    pages: Sequence[PageRecord]
    staged: Mapping[tuple[str, int], Staged]
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
    """The files of one work by their names, the contents that are known by now, and how many pages each file holds."""

    files: dict[str, SeenFile]
    known: dict[str, str] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

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
            self._know(name, found.sha256, found.pages)

    def learn_pages(self, name: str, count: PageCount, state: CatalogState) -> None:
        """A file whose pages cannot be counted has as many as it had: each of them says what is wrong."""
        if count.finding is not None:
            self.files[name] = replace(self.files[name], fault=count.finding)
        else:
            self.pages[name] = count.pages or max(_numbers_of(self.files[name], state))

    def believe(self, state: CatalogState) -> None:
        """Takes from the catalogue what length and time leave no doubt of."""
        now = Counter(seen.stamp for seen in self.readable)
        before = Counter(stamp for _, stamp in {(page.page.file, _stamp_of(page)) for page in state.pages})
        pages = {(_name_in(page), _stamp_of(page)): page for page in state.pages}
        staged = {one.file: one for one in state.staged.values()}
        for name, seen in self.files.items():
            if seen.fault is not None or now[seen.stamp] > 1 or before[seen.stamp] > 1:
                continue
            page = pages.get((name, seen.stamp))
            if page is not None:
                self._know(name, page.page.sha256, page.page.master.pages)
                continue
            if before[seen.stamp]:
                continue
            made, read = staged.get(name), state.hashes.get(name)
            if read is not None and (read.length, read.mtime) == seen.stamp:
                self._know(name, read.sha256, read.pages)
            if made is not None and (made.length, made.mtime) == seen.stamp:
                self._know(name, made.sha256, made.master.pages)

    def _know(self, name: str, sha256: str, pages: int | None) -> None:
        self.known[name] = sha256
        if pages is not None:
            self.pages[name] = pages

    def hash_of(self, seen: SeenFile) -> MasterHash | None:
        name = seen.file_name
        return MasterHash(self.known[name], *seen.stamp, pages=self.pages.get(name)) if name in self.known else None

    # What has to be found out, in this order, before it can be said which pages the files are; none where all is known

    def doubtful(self, state: CatalogState) -> list[SeenFile]:
        """Files that may be known, by their length: they have to be read."""
        lengths = {page.length for page in state.pages} | {staged.length for staged in state.staged.values()}
        return [seen for seen in self._unread if seen.stamp[0] in lengths]

    def uncounted(self) -> list[SeenFile]:
        return [seen for seen in self.readable if seen.file_name not in self.pages]

    def unread(self, state: CatalogState) -> list[SeenFile]:
        """What has to be read although no known page can be in it: files of several pages, once for all of these, and
        new ones whose ids need their content.
        """
        several = [seen for seen in self._unread if self.pages[seen.file_name] > 1]
        if several:
            return several
        named = self.named(state)
        found = pages_of_files([content for _, content in named], known_pages(state))
        new = [(seen, content) for (seen, content), page in zip(named, found, strict=True) if page is None]
        told_apart = names_to_tell_apart((content for _, content in new), (page.page.id for page in state.pages))
        wanted = {seen.file_name: seen for seen, _ in new if seen.name in told_apart and seen.fault is None}
        return [seen for name, seen in wanted.items() if name not in self.known]

    @property
    def _unread(self) -> list[SeenFile]:
        return [seen for seen in self.readable if seen.file_name not in self.known]

    def named(self, state: CatalogState) -> list[tuple[SeenFile, NamedContent]]:
        """What decides which pages a file is. One that cannot be read is believed to be the pages of its name."""
        by_name = {(page.name, page.number): page.content for page in reversed(known_pages(state))}
        return [
            (seen, self._named(seen, number, by_name.get((seen.name, number))))
            for seen in self.files.values()
            if not seen.has_vanished
            for number in self._numbers(seen, state)
        ]

    def _named(self, seen: SeenFile, number: int, before: str | None) -> NamedContent:
        content = self.known.get(seen.file_name) if seen.fault is None else before
        return NamedContent(seen.name, content, number, self.pages.get(seen.file_name, 1))

    def _numbers(self, seen: SeenFile, state: CatalogState) -> Sequence[int]:
        if seen.fault is not None:
            return _numbers_of(seen, state)
        return range(1, self.pages[seen.file_name] + 1)


def _numbers_of(seen: SeenFile, state: CatalogState) -> Sequence[int]:
    """Of the pages that the file has had."""
    held = {p.page.number for p in state.pages if p.state != PageState.PRUNED and _stem_of(p) == seen.name}
    return sorted(held) or [1]


def _stamp_of(page: PageRecord) -> Stamp:
    return page.length, page.mtime


def _name_in(page: PageRecord) -> str:
    return file_name(PurePosixPath(page.page.file).name)


def _stem_of(page: PageRecord) -> str:
    return name_of(PurePosixPath(page.page.file))


def known_pages(state: CatalogState) -> list[KnownPage]:
    return [KnownPage(p.page.id, _stem_of(p), p.page.sha256, p.state, p.page.number) for p in state.pages]
