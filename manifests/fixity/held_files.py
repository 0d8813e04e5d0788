"""The files that a work stands on, each with what the catalogue knows it by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from manifests.catalog import Catalog, PageRecord
from manifests.model import FileKind, Fixity, FixityCheck, PageState, Recognition, Work

TEXTS = "text"
"""The folder of stored words, below the library."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """`file` is a master's path below its `root`, any other's below the library, where `root` is empty.

    `digest` begins the SHA-256 that the content must have: all of it, or as much as stands in the file's name. `length`
    (bytes) and `mtime` (nanoseconds) are those of the file as it was taken in, where that is known. `pages` are the
    ids of the pages that need it; none where the whole work does.
    """

    kind: FileKind
    root: str
    file: str
    path: Path
    digest: str
    pages: tuple[str, ...] = ()
    length: int | None = None
    mtime: int | None = None


def files_of_work(
    library: Path,
    roots: Mapping[str, str],
    work: Work,
    pages: Sequence[PageRecord],
    recognitions: Mapping[str, Recognition],
) -> list[HeldFile]:
    """Masters first. One that is known to have gone is not asked for; what was made of it is. `roots`: their folders
    by name."""
    kept = [page for page in pages if page.state is not PageState.PRUNED]
    return [
        *_masters(roots, work.root, [page for page in kept if page.state is PageState.PRESENT]),
        *(_pyramid(library, page) for page in kept),
        *_words(library, work),
        *(_recognised(library, page, found) for page, found in recognitions.items()),
    ]


def _masters(roots: Mapping[str, str], root: str, pages: Sequence[PageRecord]) -> Iterator[HeldFile]:
    """One a file, however many pages it holds."""
    of_file: dict[str, list[PageRecord]] = {}
    for page in pages:
        of_file.setdefault(page.page.file, []).append(page)
    for file, held in of_file.items():
        first, ids = held[0], tuple(page.page.id for page in held)
        path = Path(roots.get(root, root), file)
        yield HeldFile(FileKind.MASTER, root, file, path, first.page.sha256, ids, first.length, first.mtime)


def _pyramid(library: Path, page: PageRecord) -> HeldFile:
    pyramid = page.page.pyramid
    path = library / pyramid.file
    return HeldFile(FileKind.PYRAMID, "", pyramid.file, path, pyramid.digest, (page.page.id,), pyramid.length)


def _words(library: Path, work: Work) -> Iterator[HeldFile]:
    if work.text is not None:
        file = f"{TEXTS}/{work.text}"
        yield HeldFile(FileKind.TEXT, "", file, library / file, _digest_in(work.text))


def _recognised(library: Path, page: str, found: Recognition) -> HeldFile:
    return HeldFile(FileKind.OCR, "", found.file, library / found.file, _digest_in(found.file), (page,))


def _digest_in(name: str) -> str:
    """The digits between the last two points: `book.caff751c7d52.words`."""
    return name.split(".")[-2]


@dataclass(frozen=True, slots=True)
class WorkFixity:
    """`checks` has the last check of each file that was ever checked for what it is now."""

    files: Sequence[HeldFile]
    checks: Mapping[tuple[FileKind, str], FixityCheck]

    @property
    def all_sound_since(self) -> datetime | None:
        """When the first of the files was last found sound, so that all of them have been since; None where one was not
        found so, or not checked yet."""
        found = [self.checks.get((file.kind, file.file)) for file in self.files]
        sound = [check.checked for check in found if check is not None and check.verdict is Fixity.SOUND]
        return min(sound) if sound and len(sound) == len(self.files) else None


def fixity_of(catalog: Catalog, library: Path, roots: Mapping[str, str], work: Work) -> WorkFixity:
    files = files_of_work(library, roots, work, catalog.pages(work.id), catalog.recognitions(work.id))
    return WorkFixity(files, checks_of(catalog, files))


def checks_of(catalog: Catalog, files: Sequence[HeldFile]) -> dict[tuple[FileKind, str], FixityCheck]:
    """The last check of each, but where it was held against another digest: the file was another one."""
    checks = {}
    for kind, root in {(file.kind, file.root) for file in files}:
        some = {file.file: file for file in files if file.kind is kind}
        for name, check in catalog.fixity.checks(kind, root, some).items():
            if check.digest == some[name].digest:
                checks[kind, name] = check
    return checks
