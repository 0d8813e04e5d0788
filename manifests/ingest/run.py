"""The run of an ingest: folders to plans, plans to pyramids, pyramids to the catalogue, the index behind it.

Each finished pyramid is noted in the staging table at once, and each finished work is one transaction
(decisions.md, 10): an ingest killed at any moment has lost nothing but the pages in hand, and the next one goes on
where it stopped.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from manifests import findings
from manifests.catalog import Catalog, Staged
from manifests.ingest.folder import WorkFolder
from manifests.ingest.natural_order import natural_key
from manifests.ingest.new_ids import WorkName, name_work
from manifests.ingest.pyramid_maker import OpenPyramidMaker, PyramidMaker
from manifests.ingest.report import Outcome, Progress, Verdict
from manifests.ingest.roots import RootedPath, Roots
from manifests.ingest.walk import works_at
from manifests.ingest.work_plan import Action, CatalogState, PagePlan, WorkPlan, plan_work
from manifests.ingest.work_writer import WorkWriter, rows_beside
from manifests.model import MasterReport, PageState, PyramidResult

_WAITING_PER_WORKER = 2
"""Pages handed to the workers beyond those in hand: enough that no worker waits, few enough that Ctrl-C is quick."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the librarian asked for. `jobs` is a number of cores."""

    jobs: int
    draft: bool = False
    each_file: bool = False
    prune: bool = False


@dataclass(slots=True)
class _WorkInProgress:
    """A work of which some pages are still with the workers."""

    plan: WorkPlan
    carved: dict[str, PyramidResult] = field(default_factory=dict)
    left: int = 0


class IngestRun:
    """One ingest over one library, which holds the lock for it."""

    def __init__(
        self,
        catalog: Catalog,
        library: Path,
        roots: Roots,
        options: IngestOptions,
        recipe: int,
        finisher: WorkWriter,
        progress: Progress,
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._roots = roots
        self._options = options
        self._recipe = recipe
        self._finisher = finisher
        self._progress = progress
        self._named: dict[str, RootedPath] = {}
        self._beside: list[WorkFolder] = []
        self._denied: set[RootedPath] = set()

    def plans(self, paths: Sequence[Path]) -> Iterator[WorkPlan]:
        """Every work at the paths, in order of path, then the known works whose folders have gone from there."""
        found: set[RootedPath] = set()
        for path in sorted(paths, key=lambda path: [natural_key(part) for part in path.parts]):
            for folder in works_at(path, self._options.each_file, self._is_work):
                place = self._place_of(folder, path)
                if place is None or place in found:
                    self._beside.append(folder)
                else:
                    found.add(place)
                    yield self._plan(place, folder)
        for path in paths:
            yield from self._gone(path, found)

    def _place_of(self, folder: WorkFolder, reached_by: Path) -> RootedPath | None:
        """None for what is no work today: without pages, unless it was one, or not to be looked into."""
        refused = (self._roots.known(path) for path, _ in folder.refused)
        self._denied |= {place for place in refused if place is not None}
        known = self._roots.known(folder.path)
        if folder.denied is not None:
            self._denied |= {known} if known is not None else set()
            return None
        if folder.pages:
            return self._roots.place(folder.path, reached_by)
        return known if self._is_work(folder.path) else None

    def _is_work(self, path: Path) -> bool:
        place = self._roots.known(path)
        return place is not None and self._catalog.work_of_folder(place.root, place.path) is not None

    def _gone(self, path: Path, found: set[RootedPath]) -> Iterator[WorkPlan]:
        """The known works at a path that were not found there. What cannot be looked into has not gone."""
        place = self._roots.known(path)
        for work in self._catalog.works_below(place.root, place.path) if place is not None else ():
            here = RootedPath(work.root, work.folder)
            hidden = any(denied.holds(here) for denied in self._denied)
            if here not in found and work.pages and not hidden:
                found.add(here)
                yield self._plan(here, WorkFolder(self._roots.path(here)))

    def rows_beside(self) -> Iterator[Outcome]:
        """What is to be said of folders that are no works."""
        for folder in self._beside:
            yield from rows_beside(folder, None)

    def _plan(self, place: RootedPath, folder: WorkFolder) -> WorkPlan:
        work = self._catalog.work_of_folder(place.root, place.path)
        name = self._name(place, folder) if work is None else WorkName(work.id, "")
        self._named[name.id.casefold()] = place
        known = CatalogState(
            work=work,
            pages=self._catalog.pages(work.id) if work is not None else (),
            staged=self._catalog.staged(place.root, place.path),
            recipe=self._recipe,
            is_whole=self._is_whole,
        )
        return plan_work(name, place, folder, known)

    def _name(self, place: RootedPath, folder: WorkFolder) -> WorkName:
        return name_work(place, folder.is_file, self._is_taken, self._roots.label(place.root))

    def _is_taken(self, name: str) -> bool:
        return name.casefold() in self._named or self._catalog.is_taken(name)

    def _is_whole(self, file: str, length: int) -> bool:
        try:
            return (self._library / file).stat().st_size == length
        except OSError:
            return False

    def carry_out(self, plans: Sequence[WorkPlan], open_pyramid_maker: OpenPyramidMaker) -> Iterator[Outcome]:
        pages = sum(len(work.to_carve) for work in plans)
        self._progress.begin(pages)
        if not pages:
            for work in plans:
                yield from self._finish(_WorkInProgress(work))
            return
        with open_pyramid_maker(pages) as workers:
            yield from self._carve(plans, workers)

    def _carve(self, plans: Sequence[WorkPlan], workers: PyramidMaker) -> Iterator[Outcome]:
        """Works begin in order of path; each is finished as soon as its last page is carved."""
        orders = self._orders(plans)
        in_hand: dict[Future[PyramidResult], tuple[_WorkInProgress, PagePlan]] = {}
        room = self._options.jobs * (1 + _WAITING_PER_WORKER)
        ended: deque[_WorkInProgress] = deque()
        more = True
        while more or in_hand:
            while more and len(in_hand) < room:
                work, page = next(orders, (None, None))
                more = work is not None
                if work is not None and page is not None:
                    pyramids = self._library / "pyramids"
                    in_hand[workers.build_pyramid(page.file, pyramids, work.plan.id, page.id)] = (work, page)
                elif work is not None:
                    ended.append(work)
            done = wait(in_hand, return_when=FIRST_COMPLETED).done if in_hand and not ended else set()
            for future in done:
                work, page = in_hand.pop(future)
                self._take(work, page, future.result())
                if not work.left:
                    ended.append(work)
            while ended:
                yield from self._finish(ended.popleft())

    def _orders(self, plans: Sequence[WorkPlan]) -> Iterator[tuple[_WorkInProgress, PagePlan | None]]:
        """Each page to carve with its work; a work without any comes once, with no page."""
        for work in plans:
            orders = work.to_carve
            progressing = _WorkInProgress(work, left=len(orders))
            if not orders:
                yield progressing, None
            for page in orders:
                yield progressing, page

    def _take(self, work: _WorkInProgress, page: PagePlan, carved: PyramidResult) -> None:
        work.left -= 1
        work.carved[page.id] = carved
        pyramid, examined = carved.pyramid, carved.examined
        if pyramid is not None and examined.master is not None:
            staged = Staged(
                page.file.name,
                page.length,
                page.mtime,
                examined.sha256,
                examined.master,
                pyramid,
                tuple(examined.findings),
            )
            self._catalog.stage(work.plan.place.root, work.plan.place.path, staged)
        self._progress.carved(str(page.file), pyramid.width * pyramid.height if pyramid is not None else 0)

    def _finish(self, work: _WorkInProgress) -> Iterator[Outcome]:
        yield from self._finisher.finish(
            work.plan,
            work.carved,
            draft=self._options.draft,
            prune=self._options.prune,
        )


def report_dry_run(
    plans: Sequence[WorkPlan], open_pyramid_maker: OpenPyramidMaker, progress: Progress
) -> Iterator[Outcome]:
    """What `carry_out` would say, every master opened, nothing stored."""
    orders = [(work, page) for work in plans for page in work.to_carve]
    progress.begin(len(orders))
    examined: dict[tuple[str, str], MasterReport] = {}
    if orders:
        with open_pyramid_maker(len(orders)) as workers:
            futures = [(work, page, workers.examine(page.file)) for work, page in orders]
            for work, page, future in futures:
                found = examined[work.id, page.id] = future.result()
                master = found.master
                progress.carved(str(page.file), master.width * master.height if master is not None else 0)
    for work in plans:
        for page in work.pages:
            seen = examined.get((work.id, page.id))
            verdict = Verdict.REFUSED if seen is not None and seen.master is None else _verdict(page)
            yield Outcome(str(page.file), work.id, page.id, verdict, seen.findings if seen is not None else ())
        for gone in work.gone:
            if gone.state == PageState.PRUNED:
                continue
            yield Outcome(
                str(work.where_was(gone)),
                work.id,
                gone.page.id,
                Verdict.MISSING,
                [findings.make_finding("master-gone")],
            )


def _verdict(page: PagePlan) -> Verdict:
    if page.action is Action.KEEP:
        return Verdict.UNCHANGED
    return Verdict.CHANGED if page.known is not None else Verdict.ADDED
