"""One check of fixity: of all that the library holds, or of some works.

What is found of a file is stored at once, so that a check of everything, which may take nights, goes on where it was
stopped. It holds no lock while it reads: readers and ingests go on. What an ingest replaces meanwhile is not judged.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from manifests.catalog import Catalog, PageRecord
from manifests.errors import Busy, Damaged
from manifests.findings import make_finding
from manifests.fixity import strangers
from manifests.fixity.held_files import TEXTS, HeldFile, checks_of, files_of_work
from manifests.fixity.judgement import judge
from manifests.fixity.mounted import MountedFolders
from manifests.fixity.reading import FileDigest, Pace, digest_of
from manifests.ingest import lock
from manifests.ingest.report import printable_path
from manifests.ingest.same_folder import as_spelled
from manifests.model import FileKind, Finding, Fixity, FixityCheck, State, Work


class FixityProgress(Protocol):
    def checking(self, done: int, of: int) -> None:
        """So many bytes of so many have been read."""


@dataclass(frozen=True, slots=True)
class FixityOutcome:
    """What was found of one file, which is judged as a whole and so has no `number`. `check` is None for what has no
    digest here: strangers, roots, the index."""

    file: str
    work: str | None
    pages: tuple[str, ...] = ()
    check: FixityCheck | None = None
    findings: Sequence[Finding] = ()
    number: None = None


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True)
class FixityRun:
    """`roots` are the folders of masters by name; `outside_index` names the works that the search index has not as the
    catalogue has them."""

    catalog: Catalog
    library: Path
    roots: Mapping[str, str]
    outside_index: Callable[[], Collection[str]]
    progress: FixityProgress
    pace: Pace
    now: Callable[[], datetime] = _now
    _done: int = 0
    _of: int = 0
    _folders: MountedFolders = field(init=False)
    _told: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._folders = MountedFolders(self.roots)

    def of_all(self, *, again: bool) -> Iterator[FixityOutcome]:
        """Goes on with a check that was stopped, unless it is to begin `again`. What was found sound before is not said
        again. Raises Damaged where the catalogue itself is."""
        self._check_catalog()
        log = self.catalog.fixity
        began = None if again else log.unfinished()
        if began is None:
            began = log.begin(self.now())
        self._of = log.bytes_held()
        for work in log.works():  # one that is renamed meanwhile is found under its former id
            yield from self._of_work(self.catalog.work(work), began)
        yield from self._strangers()
        yield from (
            FixityOutcome("index", work, findings=(make_finding("index-differs"),))
            for work in sorted(self.outside_index())
        )
        log.finish(began, TEXTS)

    def of_works(self, works: Sequence[Work]) -> Iterator[FixityOutcome]:
        self._of = sum(held.length or 0 for work in works for held in self._files(work, self.catalog.pages(work.id)))
        for work in works:
            yield from self._of_work(work, None)

    def _check_catalog(self) -> None:
        problems = self.catalog.fixity.problems_of_catalogue()
        if problems:
            raise Damaged(
                "The catalogue is damaged ({problem}). Restore it from the backup, then verify again.",
                problem=problems[0],
            )

    # One work

    def _files(self, work: Work, pages: Sequence[PageRecord]) -> list[HeldFile]:
        return files_of_work(self.library, self.roots, work, pages, self.catalog.recognitions(work.id))

    def _of_work(self, work: Work, began: datetime | None) -> Iterator[FixityOutcome]:
        pages = self.catalog.pages(work.id)
        held = self._files(work, pages)
        away = self._folders.away(work.root, work.folder)
        checks = checks_of(self.catalog, held) if began is not None else {}
        for file in held:
            last = checks.get((file.kind, file.file))
            if began is not None and last is not None and last.verdict is Fixity.SOUND and last.checked >= began:
                self._step(file.length or 0)
            elif file.kind is FileKind.MASTER and away is not None:
                yield from self._told_away(file.root, away)
            elif outcome := self._checked(work, file, began):
                yield outcome
        if away is None:
            for stranger in strangers.among_masters(self._folders.root(work.root), self.catalog, work, pages):
                finding = make_finding("not-taken-in", work=work.id)
                yield FixityOutcome(printable_path(stranger), work.id, findings=(finding,))

    def _checked(self, work: Work, held: HeldFile, began: datetime | None) -> FixityOutcome | None:
        """None where an ingest has put something else in its place meanwhile."""
        before = self._done
        judged = judge(held, self._read, lambda: max(self.now(), began or self.now()))
        if unread := max(0, (held.length or 0) - (self._done - before)):
            self._step(unread)  # what could not be read is done with too
        if judged.finding is not None and not self._is_still_held(work, held):
            return None
        self.catalog.fixity.note(judged.check)
        findings = () if judged.finding is None else (judged.finding,)
        return FixityOutcome(printable_path(held.path), work.id, held.pages, judged.check, findings)

    def _read(self, file: Path) -> FileDigest:
        """By its name as the disk has it: the catalogue writes NFC."""
        return digest_of(file if os.path.lexists(file) else as_spelled(file), self._block)

    def _block(self, length: int) -> None:
        self._step(length)
        self.pace.read(length)

    def _step(self, length: int) -> None:
        self._done += length
        self.progress.checking(self._done, max(self._of, self._done))

    def _is_still_held(self, work: Work, held: HeldFile) -> bool:
        now = self.catalog.work(work.id)
        return now.state is not State.REMOVED and held in self._files(now, self.catalog.pages(work.id))

    # What is away, and what nobody knows

    def _told_away(self, root: str, folder: Path) -> Iterator[FixityOutcome]:
        """Once."""
        if folder not in self._told:
            self._told.add(folder)
            is_root = folder == self._folders.root(root)
            finding = make_finding("root-away", root=root) if is_root else make_finding("folder-away")
            yield FixityOutcome(printable_path(folder), None, findings=(finding,))

    def _strangers(self) -> Iterator[FixityOutcome]:
        """None are said while an ingest runs: what it makes is not in the catalogue yet."""
        try:
            with lock.held(self.library, "verify"):
                found = list(strangers.of_library(self.library, self.catalog))
        except Busy:
            return
        for file in found:
            yield FixityOutcome(printable_path(Path(file)), None, findings=(make_finding("stranger"),))
