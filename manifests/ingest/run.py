"""The run of an ingest: which works lie at the paths, which of them are taken in, and how each is begun.

Works are begun in order of path, one by one as there is room for them (`pipeline`), so that ids do not depend on
`--jobs` and nothing is planned that is not soon stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manifests.catalog import Catalog
from manifests.errors import Missing
from manifests.ids import RESERVED
from manifests.ingest import moved
from manifests.ingest.collection_files import CollectionFiles
from manifests.ingest.contents import CatalogState, Contents
from manifests.ingest.folder import WorkFolder
from manifests.ingest.new_ids import WorkName, name_work
from manifests.ingest.ocr_run import OcrRun
from manifests.ingest.own_files import OwnFiles
from manifests.ingest.pipeline import Pipeline
from manifests.ingest.pyramid_maker import OpenPyramidMaker
from manifests.ingest.recogniser import Recogniser
from manifests.ingest.records import id_of
from manifests.ingest.report import Outcome, Progress, Verdict
from manifests.ingest.roots import RootedPath, Roots
from manifests.ingest.rows import row_of_removed, rows_beside, rows_of_sheets
from manifests.ingest.sheets import in_order
from manifests.ingest.walk import works_at
from manifests.ingest.work_in_progress import Move, RunContext, WorkInProgress
from manifests.ingest.work_plan import WorkPlan
from manifests.ingest.work_writer import WorkWriter
from manifests.model import FileKind, PyramidResult, State, Work
from manifests.natural_order import natural_key
from manifests.text import TEXT_READERS, TextReader


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What the librarian asked for. `jobs` is a number of cores, `text_encoding` one of `manifests.text.ENCODINGS`.

    `collection` is the one into which the works come, `left` one that they leave.

    A dry run stores nothing; with `opens_all` it opens the masters too that are known and look as they did.
    """

    jobs: int
    draft: bool = False
    each_file: bool = False
    prune: bool = False
    dry_run: bool = False
    opens_all: bool = False
    text_encoding: str | None = None
    collection: str | None = None
    left: str | None = None


@dataclass(frozen=True, slots=True)
class IngestTools:
    """What is handed to an ingest beside its workers: who reads pages by OCR, and what reads the texts beside them."""

    recogniser: Recogniser | None = None
    text_readers: Sequence[TextReader] = TEXT_READERS


class IngestRun:
    """One ingest over one library, which holds the lock for it."""

    def __init__(
        self,
        catalog: Catalog,
        library: Path,
        roots: Roots,
        options: IngestOptions,
        recipe: int,
        writer: WorkWriter,
        progress: Progress,
        ocr: OcrRun | None = None,
    ) -> None:
        self._catalog = catalog
        self._library = library
        self._roots = roots
        self._options = options
        self._recipe = recipe
        self._damaged = catalog.fixity.damaged(FileKind.PYRAMID)
        self._own_files = OwnFiles(catalog, roots, options.each_file, options.dry_run)
        self._collections = CollectionFiles(catalog, library, options.dry_run)
        self._found: set[RootedPath] = set()
        self._named: set[str] = set()
        self._given_files: set[Path] = set()
        self._pages_given: set[Path] = set()
        self._asked_for: set[RootedPath] = set()
        self._removed_before: set[str] = set()
        self._denied: set[RootedPath] = set()
        self._beside: list[Outcome] = []
        self._is_anything = False
        self._writer = writer
        self._ocr = ocr
        self._context = RunContext(
            catalog,
            library,
            progress,
            known=self._known,
            name=self._name,
            follow=self._follow,
            finish=self._finish,
            is_dry=options.dry_run,
            opens_all=options.dry_run and options.opens_all,
        )

    def carry_out(self, paths: Sequence[Path], open_pyramid_maker: OpenPyramidMaker) -> Iterator[Outcome]:
        """Raises Missing, before anything is touched, where the root of a path is empty, and where nothing is found."""
        self._removed_before = self._catalog.removed()
        for path in paths:
            self._must_be_mounted(path)
        self._say(self._collections.take_in(paths))
        self._is_anything |= any(self._collections.read)
        with_works = [path for path in paths if path not in self._collections.read]
        pipeline = Pipeline(self._begin_all(with_works), open_pyramid_maker, self._options.jobs)
        for outcome in pipeline.run():
            yield from self._rows_beside()
            yield outcome
        yield from self._rows_beside()
        if not self._is_anything:
            raise Missing("Nothing to take in was found at {paths}.", paths=", ".join(str(path) for path in paths))

    def _must_be_mounted(self, path: Path) -> None:
        place = self._roots.known(path)
        root = Path(self._roots.folders[place.root]) if place is not None else path
        if place is not None and root.is_dir() and moved.is_empty(root):
            raise Missing(
                "The root {root} of masters, {folder}, is empty or not mounted; nothing was touched. Mount the disk, "
                "or write where it is now under [roots] in library.toml.",
                root=place.root,
                folder=root,
            )

    # Which works there are

    def _begin_all(self, paths: Sequence[Path]) -> Iterator[WorkInProgress]:
        """Every work at the paths, in order of path, then the known works whose folders have gone from there."""
        self._asked_for = {place for path in paths if (place := self._roots.known(path)) is not None}
        starts = [self._own_files.start(path) for path in paths]
        self._given_files = {path for path in starts if path.is_file()}
        for path in sorted(starts, key=lambda path: [natural_key(part) for part in path.parts]):
            for found in works_at(path, self._is_work, self._mets_before):
                for folder in self._own_files.parts_of(found, path):
                    yield from self._begin(folder, path, is_asked_for=folder.path in paths)
        for path in starts:
            yield from self._begin_gone(path)

    def _begin(self, folder: WorkFolder, reached_by: Path, is_asked_for: bool) -> Iterator[WorkInProgress]:
        folder = folder.without_notes(self._collections.read)
        if folder.sheets:
            self._say(rows_of_sheets(self._writer.records.sheets.say(in_order(folder.sheets))))
        if folder.is_file and folder.path in self._pages_given:
            return  # its folder was given too, and comes first: no master is in two works
        place = self._place_of(folder, reached_by)
        if place is None or place in self._found:
            self._say(rows_beside(folder, None))
            return
        self._found.add(place)
        self._pages_given |= self._given_files.intersection(folder.pages)
        if is_asked_for:
            self._asked_for.add(place)
        work = self._catalog.work_of_folder(place.root, place.path)
        if work is not None and self._is_to_stay_removed(work, place):
            self._stays_removed(work, folder)
        else:
            yield self._begun(place, folder, work)

    def _begun(self, place: RootedPath, folder: WorkFolder, work: Work | None) -> WorkInProgress:
        self._is_anything = True
        self._writer.begin(folder)
        contents = Contents.of(folder.pages)
        candidates: Sequence[moved.Candidate] = ()
        if work is None:
            lengths = [seen.stamp[0] for seen in contents.readable]
            candidates = moved.candidates(self._catalog, self._roots, place, lengths)
        return WorkInProgress(self._context, place, folder, work, contents, candidates)

    def _is_to_stay_removed(self, work: Work, place: RootedPath) -> bool:
        """Its own PATH brings it back, but not against a wish that is newer than this ingest."""
        returns = place in self._asked_for and work.id in self._removed_before
        return work.state == State.REMOVED and not returns

    def _stays_removed(self, work: Work, folder: WorkFolder) -> None:
        self._is_anything = True
        self._say(iter([row_of_removed(folder, work)]))

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

    def _mets_before(self, folder: Path) -> bytes | None:
        place = self._roots.known(folder)
        work = self._catalog.work_of_folder(place.root, place.path) if place is not None else None
        stored = self._catalog.shared_record(work.id, "METS") if work is not None else None
        return stored[1] if stored is not None else None

    def _begin_gone(self, path: Path) -> Iterator[WorkInProgress]:
        """The known works at a path that were not found there. What cannot be looked into has not gone."""
        place = self._roots.known(path)
        for work in self._catalog.works_below(place.root, place.path) if place is not None else ():
            here = RootedPath(work.root, work.folder)
            hidden = any(denied.holds(here) for denied in self._denied)
            if here not in self._found and work.pages and not hidden:
                self._found.add(here)
                yield self._begun(here, WorkFolder(self._roots.path(here)), work)

    # What is said beside the works

    def _say(self, rows: Iterator[Outcome]) -> None:
        self._beside += rows
        self._is_anything |= any(row.verdict is Verdict.REFUSED for row in self._beside)

    def _rows_beside(self) -> Iterator[Outcome]:
        rows, self._beside = self._beside, []
        yield from rows

    # What a work needs to know

    def _known(self, place: RootedPath, work: Work | None) -> CatalogState:
        return CatalogState(
            work=work,
            pages=self._catalog.pages(work.id) if work is not None else (),
            staged=self._catalog.staged(place.root, place.path),
            hashes=self._catalog.hashes(place.root, place.path),
            recipe=self._recipe,
            is_whole=self._is_whole,
        )

    def _name(self, place: RootedPath, folder: WorkFolder) -> WorkName:
        name = name_work(place, folder.is_file, self._is_taken, self._roots.label(place.root))
        said = id_of(self._writer.records.together(folder).id)
        if said is not None and said.casefold() not in RESERVED and not self._is_taken(said):
            name = replace(name, id=said)
        self._named.add(name.id.casefold())
        return name

    def _is_taken(self, name: str) -> bool:
        return name.casefold() in self._named or self._catalog.is_taken(name)

    def _follow(self, place: RootedPath, work: Work) -> Move:
        """What a folder with the masters of a known work is: no other may take it in this run."""
        was = RootedPath(work.root, work.folder)
        if was in self._found:
            return Move.TAKEN
        self._found.add(was)
        return Move.REMOVED if self._is_to_stay_removed(work, place) else Move.FOLLOWED

    def _finish(self, plan: WorkPlan, results: Mapping[str, PyramidResult]) -> Iterator[Outcome]:
        asked = self._options
        if asked.dry_run:
            return self._writer.rehearse(plan, results, prune=asked.prune, text_encoding=asked.text_encoding)
        rows = self._writer.finish(
            plan, results, draft=asked.draft, prune=asked.prune, text_encoding=asked.text_encoding
        )
        return self._ocr.after_ingest(plan.id, rows) if self._ocr is not None else rows

    def _is_whole(self, file: str, length: int) -> bool:
        """One that a check of fixity has found damaged is not, until it is another file."""
        try:
            seen = (self._library / file).stat()
        except OSError:
            return False
        return seen.st_size == length and self._damaged.get(file) != seen.st_mtime_ns
