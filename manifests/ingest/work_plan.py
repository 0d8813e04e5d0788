"""What an ingest will do with one work, decided before a pixel is touched and when every content that matters is known.

Each page file is compared with what the catalogue and the staging table know: unchanged, to be made, or already
made by an ingest that was killed. A page whose master has gone is kept. Opens nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from manifests.catalog import PageRecord, Staged
from manifests.ingest.contents import CatalogState, Contents, SeenFile, file_name, known_pages
from manifests.ingest.folder import WorkFolder
from manifests.ingest.listing import PathFinding
from manifests.ingest.new_ids import WorkName
from manifests.ingest.page_identity import NamedContent, new_ids, pages_of_files
from manifests.ingest.roots import RootedPath
from manifests.model import Finding, PageState, State, Work


class Action(Enum):
    KEEP = "keep"
    TAKE_STAGED = "take"
    BUILD = "build"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page of a file: `number` among `pages`. `known` is what the catalogue has under this id, `staged` the pyramid
    of a killed ingest that is taken over.
    """

    id: str
    seen: SeenFile
    action: Action
    known: PageRecord | None = None
    staged: Staged | None = None
    number: int = 1
    pages: int = 1

    @property
    def file(self) -> Path:
        return self.seen.path

    @property
    def number_if_several(self) -> int | None:
        return self.number if self.number > 1 or self.pages > 1 else None


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """`label` is what a new work is called; `gone` are the known pages, pruned ones too, for which there is no file.

    `vanished` says of some of those, by id, that their masters were there when the folder was listed. `unknown` are
    files that cannot be read and are no page yet. `returns`: the work was removed, and this ingest is to bring it back.
    """

    id: str
    label: str
    place: RootedPath
    folder: WorkFolder
    known: Work | None
    pages: Sequence[PagePlan]
    gone: Sequence[PageRecord] = field(default=())
    vanished: Mapping[str, Finding] = field(default_factory=dict)
    unknown: Sequence[PathFinding] = field(default=())

    @property
    def returns(self) -> bool:
        return self.known is not None and self.known.state == State.REMOVED

    def where_was(self, gone: PageRecord) -> Path:
        """The master of a page for which there is no file, where it would be."""
        folder = self.known.folder if self.known is not None else self.place.path
        below = gone.page.file.removeprefix(folder).lstrip("/")
        return self.folder.path / below if below else self.folder.path

    @property
    def readable(self) -> list[PagePlan]:
        return [page for page in self.pages if page.action is not Action.REFUSE]

    @property
    def to_build(self) -> list[PagePlan]:
        return [page for page in self.pages if page.action is Action.BUILD]


def plan_work(
    name: WorkName, place: RootedPath, folder: WorkFolder, contents: Contents, state: CatalogState
) -> WorkPlan:
    """To be called when there is nothing `to_read` any more."""
    named = contents.named(state)
    found = pages_of_files([content for _, content in named], known_pages(state))
    records = {page.page.id: page for page in state.pages}
    pairs = [
        (seen, content, records[page.id] if page else None) for (seen, content), page in zip(named, found, strict=True)
    ]
    new = [(seen, content) for seen, content, page in pairs if page is None and seen.fault is None]
    places = [(seen.file_name, content.number) for seen, content in new]
    ids = dict(zip(places, new_ids([content for _, content in new], records), strict=True))
    pages = [
        _page_plan(page.page.id if page else ids[seen.file_name, content.number], seen, content, page, state)
        for seen, content, page in pairs
        if page is not None or seen.fault is None
    ]
    ids_taken = {page.id for page in pages}
    gone = [page for page in state.pages if page.page.id not in ids_taken]
    left = {page.page.id: _file_name(page) for page in gone if _is_held(page)}
    told = {*left.values(), *(page.seen.file_name for page in pages)}
    faults = {name: seen.fault for name, seen in contents.files.items() if seen.fault is not None}
    return WorkPlan(
        name.id,
        name.label,
        place,
        folder,
        state.work,
        pages,
        gone,
        vanished={page: faults[name] for page, name in left.items() if name in faults},
        unknown=[(contents.files[name].path, fault) for name, fault in faults.items() if name not in told],
    )


def _file_name(page: PageRecord) -> str:
    return file_name(page.page.file.rpartition("/")[2])


def _is_held(page: PageRecord) -> bool:
    return page.state != PageState.PRUNED


def _page_plan(
    page: str, seen: SeenFile, content: NamedContent, known: PageRecord | None, state: CatalogState
) -> PagePlan:
    def planned(action: Action, staged: Staged | None = None) -> PagePlan:
        return PagePlan(page, seen, action, known, staged, content.number, content.pages)

    if seen.fault is not None:
        return planned(Action.REFUSE)
    if known is not None and content.content == known.page.sha256 and _stands(known, state):
        return planned(Action.KEEP)
    staged = state.staged.get((seen.file_name, content.number))
    if staged is not None and content.content == staged.sha256 and _is_usable(staged, seen, state):
        return planned(Action.TAKE_STAGED, staged)
    return planned(Action.BUILD)


def _is_usable(staged: Staged, seen: SeenFile, state: CatalogState) -> bool:
    pyramid = staged.pyramid
    return pyramid.recipe == state.recipe and state.is_whole(pyramid.file, pyramid.length)


def _stands(known: PageRecord, state: CatalogState) -> bool:
    pyramid = known.page.pyramid
    return _is_held(known) and pyramid.recipe == state.recipe and state.is_whole(pyramid.file, pyramid.length)
