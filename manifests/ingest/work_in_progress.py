"""One work on its way: what it is called, which pages its files are, their pyramids, its transaction.

Each answer of the workers is stored at once, hashes as well as pyramids (decisions.md, 10): an ingest killed at any
moment has lost nothing but the masters in hand, and the next one goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from manifests import findings
from manifests.catalog import Catalog, KnownHash, Staged
from manifests.ingest.contents import CatalogState, Contents, SeenFile
from manifests.ingest.folder import WorkFolder
from manifests.ingest.moved import Candidate
from manifests.ingest.new_ids import WorkName
from manifests.ingest.pipeline import Order
from manifests.ingest.pyramid_maker import PyramidMaker
from manifests.ingest.report import Outcome, Progress
from manifests.ingest.roots import RootedPath
from manifests.ingest.rows import row_of_removed
from manifests.ingest.work_plan import Action, PagePlan, WorkPlan, plan_work
from manifests.model import Finding, MasterHash, MasterReport, PageCount, Pyramid, PyramidResult, Work


class Move(Enum):
    """What becomes of a new folder that holds the masters of one known work whose own folder has gone."""

    FOLLOWED = "it is that work"
    REMOVED = "it is that work, which was removed and stays so"
    TAKEN = "another folder is that work already"


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every work of one ingest needs.

    `known` tells what the catalogue knows of a work, `name` what a new one is called, `follow` whether it is one that
    moved; `finish` ends one. A dry run stores nothing, and may open what is known too.
    """

    catalog: Catalog
    library: Path
    progress: Progress
    known: Callable[[RootedPath, Work | None], CatalogState]
    name: Callable[[RootedPath, WorkFolder], WorkName]
    follow: Callable[[RootedPath, Work], Move]
    finish: Callable[[WorkPlan, Mapping[str, PyramidResult]], Iterator[Outcome]]
    is_dry: bool = False
    opens_all: bool = False


class WorkInProgress:
    """Is a `pipeline.WorkOnItsWay`. `candidates` are known works that this folder may be, moved."""

    def __init__(
        self,
        context: RunContext,
        place: RootedPath,
        folder: WorkFolder,
        work: Work | None,
        contents: Contents,
        candidates: Sequence[Candidate] = (),
    ) -> None:
        self._context = context
        self._place = place
        self._folder = folder
        self._contents = contents
        self._candidates = list(candidates)
        self._results: dict[str, PyramidResult] = {}
        self._plan: WorkPlan | None = None
        self._removed: Work | None = None
        self._state = context.known(place, work)
        self._contents.believe(self._state)
        self._name = WorkName(work.id, "") if work is not None else None
        if self._name is None and not candidates:
            self._name = context.name(place, folder)

    @property
    def lets_others_begin(self) -> bool:
        return self._name is not None

    def orders(self) -> Sequence[Order]:
        if self._plan is not None or self._removed is not None:
            return ()
        if self._name is None:
            reads = self._reads_for_a_move()
            if reads:
                return reads
            self._name = self._named()
            if self._removed is not None:
                return ()
        reads = self._reads()
        if reads:
            return reads
        self._plan = plan_work(self._name, self._place, self._folder, self._contents, self._state)
        pages = self._plan.readable if self._context.opens_all else self._plan.to_build
        self._context.progress.planned(len(pages))
        return [self._build(self._plan, page) for page in pages]

    def finish(self) -> Iterator[Outcome]:
        if self._removed is not None:
            yield row_of_removed(self._folder, self._removed)
            return
        if self._plan is None:
            raise LookupError(self._folder.path)  # the pipeline finishes what has no more orders
        yield from self._context.finish(self._plan, self._results)

    # What it is called

    def _reads_for_a_move(self) -> list[Order]:
        lengths = {length for candidate in self._candidates for length in candidate.lengths}
        readable = self._contents.readable
        return [self._read(s) for s in readable if s.stamp[0] in lengths and s.file_name not in self._contents.known]

    def _named(self) -> WorkName:
        there = set(self._contents.known.values())
        same = [candidate.work for candidate in self._candidates if candidate.is_in(there)]
        move = self._context.follow(self._place, same[0]) if len(same) == 1 else Move.TAKEN
        if move is Move.TAKEN:
            if same:
                self._say(findings.make_finding("moved-unclear", works=", ".join(sorted(work.id for work in same))))
            return self._context.name(self._place, self._folder)
        if move is Move.REMOVED:
            self._removed = same[0]
        else:
            self._say(findings.make_finding("moved", folder=same[0].folder))
            self._state = self._context.known(self._place, same[0])
            self._contents.believe(self._state)
        return WorkName(same[0].id, "")

    def _say(self, finding: Finding) -> None:
        self._folder = replace(self._folder, notes=(*self._folder.notes, (self._folder.path, finding)))

    # What the workers do

    def _reads(self) -> list[Order]:
        contents, state = self._contents, self._state
        return (
            [self._read(seen) for seen in contents.doubtful(state)]
            or [self._count(seen) for seen in contents.uncounted()]
            or [self._read(seen) for seen in contents.unread(state)]
        )

    def _count(self, seen: SeenFile) -> Order:
        def take(found: PageCount) -> None:
            self._contents.learn_pages(seen.file_name, found, self._state)

        return Order(lambda workers: workers.count(seen.path), take)

    def _read(self, seen: SeenFile) -> Order:
        def take(found: MasterHash) -> None:
            self._contents.learn(seen.file_name, found)
            if found.sha256 is not None and not self._context.is_dry:
                known = KnownHash(seen.file_name, found.length, found.mtime, found.sha256, found.pages)
                self._context.catalog.note_hash(self._place.root, self._place.path, known)

        return Order(lambda workers: workers.hash(seen.path), take)

    def _build(self, plan: WorkPlan, page: PagePlan) -> Order:
        known = self._contents.hash_of(page.seen) if page.pages > 1 else None

        def examine(workers: PyramidMaker) -> Future[MasterReport]:
            is_read_again = page.action is Action.KEEP and page.number == 1  # the disk may have spoiled it
            return workers.examine(page.file, page.number, None if is_read_again else known)

        def build(workers: PyramidMaker) -> Future[PyramidResult]:
            pyramids = self._context.library / "pyramids"
            return workers.build_pyramid(page.file, pyramids, plan.id, page.id, page.number, known)

        if self._context.is_dry:
            return Order(examine, lambda report: self._take(page, PyramidResult(report, _as_if_made(report))))
        return Order(build, lambda result: self._take(page, result))

    def _take(self, page: PagePlan, result: PyramidResult) -> None:
        self._results[page.id] = result
        examined, pyramid = result.examined, result.pyramid
        if pyramid is not None and examined.master is not None and not self._context.is_dry:
            name, said = page.seen.file_name, tuple(examined.findings)
            staged = Staged(name, *page.seen.stamp, examined.sha256, examined.master, pyramid, said, page.number)
            self._context.catalog.stage(self._place.root, self._place.path, staged)
        master = examined.master
        self._context.progress.built(str(page.file), master.width * master.height if master is not None else 0)


def _as_if_made(report: MasterReport) -> Pyramid | None:
    """In a dry run: of its size, and nowhere."""
    if report.master is None:
        return None
    size = (report.master.width, report.master.height)
    return Pyramid("", *size, digest="", length=0, recipe=0, grey=False, index=b"")
