"""What an ingest will do with one work, decided before a pixel is touched.

Each page file is compared with what the catalogue and the staging table know: unchanged, to be carved, or already
carved by an ingest that was killed. A renamed file with the same content keeps its page; a page whose master has gone
is kept. Reads sizes, times and, where those leave a doubt, content.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from unicodedata import normalize

from manifests.catalog import PageRecord, Staged
from manifests.ingest.folder import WorkFolder
from manifests.ingest.new_ids import WorkName, page_ids
from manifests.ingest.roots import RootedPath
from manifests.model import PageState, State, Work


class Action(Enum):
    KEEP = "keep"
    TAKE_STAGED = "take"
    CARVE = "carve"


@dataclass(frozen=True, slots=True)
class PagePlan:
    """`length` and `mtime` as seen now; `known` what the catalogue has under this id."""

    id: str
    file: Path
    length: int
    mtime: int
    action: Action
    known: PageRecord | None = None
    staged: Staged | None = None


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """`label` is what a new work is called; `gone` are the known pages, pruned ones too, for which there is no file."""

    id: str
    label: str
    place: RootedPath
    folder: WorkFolder
    known: Work | None
    pages: Sequence[PagePlan]
    gone: Sequence[PageRecord] = field(default=())

    @property
    def returns(self) -> bool:
        return self.known is not None and self.known.state == State.REMOVED

    def where_was(self, gone: PageRecord) -> Path:
        """The master of a page for which there is no file, where it would be."""
        below = gone.page.file.removeprefix(self.place.path).lstrip("/")
        return self.folder.path / below if below else self.folder.path

    @property
    def to_carve(self) -> list[PagePlan]:
        return [page for page in self.pages if page.action is Action.CARVE]


@dataclass(frozen=True, slots=True)
class CatalogState:
    """What the library knows of a folder. `is_whole` says whether a page's pyramid stands on disk as recorded."""

    work: Work | None
    pages: Sequence[PageRecord]
    staged: Mapping[str, Staged]
    recipe: int
    is_whole: Callable[[str, int], bool]


def plan_work(name: WorkName, place: RootedPath, folder: WorkFolder, known: CatalogState) -> WorkPlan:
    by_name = {_name(page.page.file): page for page in known.pages}
    names = {_key(file): file for file in folder.pages}
    by_name = _follow_renames(names, by_name)
    ids = page_ids(
        [Path(name) for name in names],
        {name: page.page.id for name, page in by_name.items()},
    )
    pages = tuple(_page_plan(ids[name], file, by_name.get(name), known) for name, file in names.items())
    gone = tuple(page for name, page in by_name.items() if name not in names)
    return WorkPlan(name.id, name.label, place, folder, known.work, pages, gone)


def _key(file: Path) -> str:
    return normalize("NFC", file.name)


def _name(file: str) -> str:
    return normalize("NFC", file.rpartition("/")[2])


def _follow_renames(names: Mapping[str, Path], by_name: Mapping[str, PageRecord]) -> dict[str, PageRecord]:
    """Known pages under the names their files have now: the same content under a new name is the same page."""
    gone = {name: page for name, page in by_name.items() if name not in names and page.state != PageState.PRUNED}
    found = dict(by_name)
    lengths = {page.length for page in gone.values()}
    for name, file in names.items():
        if name in by_name or not gone or file.stat().st_size not in lengths:
            continue
        digest = sha256_of(file)
        old = next((old for old, page in gone.items() if page.page.sha256 == digest), None)
        if old is not None:
            found[name] = found.pop(old)
            del gone[old]
    return found


def _page_plan(page: str, file: Path, known: PageRecord | None, library: CatalogState) -> PagePlan:
    seen = file.stat()
    staged = library.staged.get(_key(file))

    def planned(action: Action) -> PagePlan:
        return PagePlan(page, file, seen.st_size, seen.st_mtime_ns, action, known, staged)

    if known is not None and _stands(known, library) and _is_same_master(known, file):
        return planned(Action.KEEP)
    if staged is not None and (staged.length, staged.mtime) == (seen.st_size, seen.st_mtime_ns):
        pyramid = staged.pyramid
        if pyramid.recipe == library.recipe and library.is_whole(pyramid.file, pyramid.length):
            return planned(Action.TAKE_STAGED)
    return planned(Action.CARVE)


def _stands(known: PageRecord, library: CatalogState) -> bool:
    pyramid = known.page.pyramid
    usable = known.state != PageState.PRUNED and pyramid.recipe == library.recipe
    return usable and library.is_whole(pyramid.file, pyramid.length)


def _is_same_master(known: PageRecord, file: Path) -> bool:
    """A copy has another time; its content decides. Another length is another content."""
    seen = file.stat()
    if seen.st_size != known.length:
        return False
    return seen.st_mtime_ns == known.mtime or sha256_of(file) == known.page.sha256


def sha256_of(file: Path) -> str:
    """Empty, so like no other, where the file cannot be read: the carving will say why."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
