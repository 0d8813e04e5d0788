"""The library: the one object that the command line and the reading room both use.

A library is a folder: `library.toml catalog.sqlite pyramids/ text/ index/ cache/`. How things are done stands below.
"""

import logging
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from manifests.addresses import TOP
from manifests.believed import Believed
from manifests.browsing import Browsing
from manifests.canvas_documents import CanvasDocuments
from manifests.catalog import Catalog, DocumentStamp, FileFinding, FoundPage
from manifests.documents import Document, DocumentBuilder, document_of
from manifests.errors import Busy, Malformed, Missing, Withdrawn
from manifests.fixity.checks import FixityChecks
from manifests.ids import image_id, split_image
from manifests.ingest import lock
from manifests.ingest.cleanup import delete_unreferenced
from manifests.ingest.ocr_reading import OcrTools
from manifests.ingest.ocr_run import OcrRun
from manifests.ingest.passed_over import CATALOG
from manifests.ingest.pyramid_maker import OpenPyramidMaker
from manifests.ingest.recognised_texts import sources
from manifests.ingest.recogniser import Recogniser
from manifests.ingest.report import NoProgress, Outcome, Progress
from manifests.ingest.roots import RootedPath, Roots, write_root
from manifests.ingest.run import IngestOptions, IngestRun, IngestTools
from manifests.ingest.same_folder import as_spelled, real
from manifests.ingest.standing import Standing, check_wishes
from manifests.ingest.work_writer import WorkWriter
from manifests.library_folder import SETTINGS, make_library, must_be_a_library, settled_since
from manifests.metadata.merging import Merged, merged
from manifests.metadata.shared_formats import SharedFormat, format_with
from manifests.model import Change, Hit, LanguageMap, Page, PageState, Recognition, State, Work
from manifests.renaming import rename
from manifests.search.across import Across
from manifests.search.scan import find_in_work
from manifests.search_index import HearsOfLoss, SearchIndex
from manifests.settings import Settings
from manifests.shown_collections import ShownCollections
from manifests.text.store import WorkText
from manifests.visible import FoundImage, as_asked, shown, visible, visible_image

log = logging.getLogger("mocban")

_IMAGES_KEPT, _STAMPS_KEPT, _SMALL_DOCUMENTS_KEPT = 4096, 4096, 1024
_WORKS_KEPT = 4  # with the pages of each: a thousand take two megabytes


class Library:
    """Opened once in each process. `folder` is DIR of the command line; `settled`: since when settings stand."""

    def __init__(self, folder: Path, settings: Settings, catalog: Catalog) -> None:
        self.folder = folder
        self.settings = settings
        self.settled = settled_since(folder)
        self._catalog = catalog
        self._maker = DocumentBuilder(settings)
        self.collections = ShownCollections(catalog.collections, settings)
        self.browsing = Browsing(catalog)
        self._index = SearchIndex(folder, catalog)
        self._count: Believed[None, int] = Believed(catalog.version, 1)
        self._pages: Believed[str, Sequence[Page]] = Believed(catalog.version, _WORKS_KEPT)
        self._images: Believed[str, FoundPage] = Believed(catalog.version, _IMAGES_KEPT)
        self._stamps: Believed[tuple[int, str], DocumentStamp] = Believed(catalog.version, _STAMPS_KEPT)
        self._small: Believed[tuple[object, ...], Document] = Believed(catalog.version, _SMALL_DOCUMENTS_KEPT)
        self.canvases = CanvasDocuments(self, self._maker, self._small)

    @classmethod
    def open(cls, folder: Path, settings: Settings) -> "Library":
        """Raises Missing where the folder is no library, Misused where a newer Mocban wrote it."""
        must_be_a_library(folder)
        return cls(folder, settings, Catalog.open(folder / CATALOG))

    @classmethod
    def create(cls, folder: Path, settings: Settings) -> "Library":
        """Opens the library, making it where there is none yet. Raises Misused, Busy."""
        make_library(folder)
        return cls.open(folder, settings)

    def close(self) -> None:
        self._index.close()
        self._catalog.close()

    def version(self) -> int:
        """Another number whenever anything told of the holdings may have changed. Costs microseconds."""
        return self._catalog.version()

    # What there is

    def works(
        self, *, after: str | None = None, limit: int = 50, states: Collection[State] = (State.PUBLIC,)
    ) -> list[Work]:
        """By id, from the one behind `after`."""
        return self._catalog.works(states, after, limit)

    def count(self, *, may_ask: bool = True) -> int:
        """Of public works. Believed; with `may_ask=False` it raises NotHeld instead of asking the catalogue."""
        return self._count.get(None, lambda: self._catalog.count((State.PUBLIC,)), may_ask=may_ask)

    def work(self, work: str) -> Work:
        """Raises Missing where nobody may know of it, Withdrawn where it has been taken away."""
        return shown(self._catalog.work(work), work)

    def shown_work(self, work: str) -> Work:
        """As `work`, but asks the catalogue only after a change to it."""
        return shown(self._stamp(3, work).work, work)

    def any_work(self, work: str) -> Work:
        """The librarian's view: drafts and withdrawn works too, but no removed one. Raises Renamed."""
        found = self._catalog.work(work)
        if found.state == State.REMOVED:
            raise Missing("There is no work {work}.", work=work)
        return as_asked(found, work)

    def label(self, work: str) -> LanguageMap:
        """What a work is called that there is or was."""
        return self._catalog.work(work).label

    def former_ids(self, work: str) -> list[str]:
        return self._catalog.ids.of(work)

    def pages(self, work: str) -> Sequence[Page]:
        """Those shown, in order, without the tile indexes. Believed: a thousand take 30 ms to read."""

        def ask() -> Sequence[Page]:
            return tuple(known.page for known in self._catalog.pages(work) if known.is_shown)

        return self._pages.get(work, ask)

    def kept_pages(self, work: str) -> Sequence[Page]:
        """The librarian's view: targets among the others."""
        return [known.page for known in self._catalog.pages(work) if known.state != PageState.PRUNED]

    def page(self, work: str, page: str) -> Page:
        """With its tile index. Raises Missing or Withdrawn."""
        found = self._catalog.page(work, page)
        nothing = Missing("The work {work} has no page {page}.", work=work, page=page)
        return visible(found, image_id(work, page), nothing)

    def image(self, image: str) -> Page:
        return self.found_image(image).page

    def found_image(self, image: str) -> FoundImage:
        """The page behind an image id and what is told of its work. Asks the catalogue only after a change to it."""
        nothing = Missing("There is no image {image}.", image=image)
        try:
            found = self._images.get(image, lambda: self._catalog.page(*split_image(image) or ("", "")))
        except Missing:
            raise nothing from None
        return FoundImage(visible_image(found, image, nothing), found.work_label, found.work_updated)

    def pyramid_file(self, page: Page) -> Path:
        return self.folder / page.pyramid.file

    def record(self, work: str) -> Merged:
        """What the library's own records say of a work, and which of them says what."""
        return merged(self._catalog.records(work))

    def shared_record(self, work: str, extension: str) -> tuple[SharedFormat, str, bytes]:
        """A file of its records as it lay in the folder: its format, digest and bytes. Raises Missing, Withdrawn."""
        self.work(work)
        form = format_with(extension) if self.settings.share_records else None
        found = self._catalog.shared_record(work, form.name) if form is not None else None
        if form is None or found is None:
            raise Missing("{work} has no record in this format.", work=work)
        return form, *found

    @property
    def fixity(self) -> FixityChecks:
        """Whether its files are still what was taken in."""
        return FixityChecks(self._catalog, self.folder, self.settings.roots, self._index.differing)

    def findings(self, work: Work) -> list[FileFinding]:
        return self._catalog.findings(work.root, work.folder)

    def changes(self, after: int = 0, limit: int = 1000) -> list[Change]:
        return self._catalog.changes(after, limit)

    # How it is described

    def document_digest(self, version: int, work: str) -> tuple[str, datetime]:
        """What `document` would say of its digest and time. Asks the catalogue only after a change to it."""
        stamp = self._stamp(version, work)
        shown(stamp.work, work)
        return self._maker.digest_of(version, stamp), stamp.updated

    def _stamp(self, version: int, work: str) -> DocumentStamp:
        return self._stamps.get((version, work), lambda: self._catalog.document_stamp(work, version))

    def document(self, version: int, work: str) -> Document:
        """The stored manifest; made anew in memory where other settings or an older program made the stored one."""
        stamp = self._catalog.document_stamp(work, version)
        found = shown(stamp.work, work)
        stored = self._catalog.document(work, version)
        if stored is not None and stored[0] == self._maker.maker_hash:
            return self._maker.serve(version, stamp, stored[2], stored[1])
        made = self._maker.make(found, self.pages(work), self.record(work).record)
        return self._maker.serve(version, stamp, made[version][2])

    def collection(self, version: int, collection: str, after: str | None = None, *, may_ask: bool = True) -> Document:
        """`top` is the root. `after` asks for one page of a long one. Made once and believed; with `may_ask=False` it
        raises NotHeld instead of making it. Raises Missing."""

        def ask() -> Document:
            body = self.collections.document(version, collection, after)
            times = [self._catalog.last_change(), self._catalog.collections.find(TOP).updated]
            return document_of(body, max(time for time in times if time is not None))

        return self._small.get((version, collection, after), ask, may_ask=may_ask)

    # What stands in it

    def text(self, work: str) -> WorkText | None:
        return self._index.words(self.work(work))

    def search(
        self, query: str, *, work: str | None = None, limit: int | None = None, lost: HearsOfLoss = log.warning
    ) -> Sequence[Hit]:
        """Inside one work by page, stronger tiers first; across all public works by tier, then score.

        Inside a work the hits are counted at once and made when they are looked at: slice before walking them. Raises
        Malformed for an empty query, Damaged where the words of the one work are lost; of others `lost` is told.
        """
        if not query.strip():
            raise Malformed("Nothing is asked: the query is empty.")
        if work is None:
            return self._index.across(lost).hits(query, limit)
        text = self.text(work)
        if text is None:
            return []
        found = find_in_work(work, text, query)
        return found if limit is None else found[:limit]

    def across(self, collection: str = TOP) -> Across:
        """The search across the public works of a collection; `top` is all. Raises Missing where there is none."""
        self.collections.find(collection)
        return self._index.across(log.warning, collection)

    # What changes it

    def publish(self, work: str) -> None:
        """Raises Withdrawn where it was removed: its pyramids went with it."""
        found = self._catalog.work(work)
        if found.state == State.REMOVED:
            raise Withdrawn(
                "{work} was removed, and its pyramids with it. `mocban ingest` of its folder {folder} brings it back.",
                work=work,
                folder=found.folder,
            )
        self._set_state(work, State.PUBLIC)

    def withdraw(self, work: str) -> None:
        self._set_state(work, State.WITHDRAWN)

    def remove(self, work: str) -> None:
        """Leaves a tombstone. The files go at once, or with the end of the ingest that is running."""
        self._set_state(work, State.REMOVED)
        with suppress(Busy), lock.held(self.folder, "remove"):
            self._index.follow()
            delete_unreferenced(self.folder, self._catalog)

    def rename(self, work: str, new: str) -> None:
        """Gives it another id; the one that it had leads there for good. Raises Misused where it cannot be had."""
        rename(self._catalog, self._maker, self.any_work(work).id, new)
        with suppress(Busy), lock.held(self.folder, "rename"):
            self._index.follow()

    def reindex(self, progress: Progress | None = None) -> None:
        """Makes the search index anew from what is stored; readers go on with the old one meanwhile. Raises Busy."""
        with lock.held(self.folder, "reindex"):
            self._index.rebuild((progress or NoProgress()).indexing)

    def _set_state(self, work: str, state: State) -> None:
        self.any_work(work)
        self._catalog.set_state(work, state, datetime.now(UTC))

    def ingest(
        self,
        paths: Sequence[Path],
        options: IngestOptions,
        open_pyramid_maker: OpenPyramidMaker,
        recipe: int,
        progress: Progress | None = None,
        tools: IngestTools | None = None,
    ) -> Iterator[Outcome]:
        """Takes in the works at the paths, a row for each file as its work is finished; a dry run stores nothing. Ends
        when the search index has caught up. Raises Missing where a path holds nothing to take in, Busy beside another.
        """
        progress = progress or NoProgress()
        reached = [real(as_spelled(real(path))) for path in paths]
        for path, found in zip(paths, reached, strict=True):
            if not os.path.exists(found):
                raise Missing("There is no {path}.", path=path)
        check_wishes(self._catalog, options.collection, options.left)
        with lock.held(self.folder, "ingest"):
            delete_unreferenced(self.folder, self._catalog)
            run = self._run(options, recipe, progress, tools or IngestTools())
            if options.dry_run:
                yield from run.carry_out(reached, open_pyramid_maker)
                return
            try:
                yield from run.carry_out(reached, open_pyramid_maker)
                self._index.catch_up(progress.indexing)
            finally:
                delete_unreferenced(self.folder, self._catalog)

    def recognise(
        self, work: str, pages: Collection[str], recogniser: Recogniser, progress: Progress, *, replaces: bool = False
    ) -> Iterator[Outcome]:
        """OCR of the pages named, or of all, a row for each: `OcrRun.of_work`. Raises as `ingest` does."""
        self.any_work(work)
        with lock.held(self.folder, "ocr"):
            try:
                yield from self._ocr(recogniser, progress).of_work(work, pages, replaces=replaces)
                self._index.catch_up(progress.indexing)
            finally:
                delete_unreferenced(self.folder, self._catalog)

    def text_sources(self, work: str) -> Mapping[str, str | Recognition]:
        """Where the text of each page comes from: the name of a file, or what OCR has read."""
        return sources(self._catalog.pages(work), self._catalog.recognitions(work))

    def _ocr(self, recogniser: Recogniser, progress: Progress) -> OcrRun:
        tools = OcrTools(self._catalog, self.folder, self._maker.make, self._master, recogniser, progress)
        return OcrRun(tools)

    def _master(self, root: str, file: str) -> Path:
        return Path(self.settings.roots.get(root, root), file)

    def _run(self, options: IngestOptions, recipe: int, progress: Progress, tools: IngestTools) -> IngestRun:
        def add(name: str, folder: str) -> None:
            if not options.dry_run:
                write_root(self.folder / SETTINGS, name, folder)
                self.settings = replace(self.settings, roots={**self.settings.roots, name: folder})
                progress.root_added(name, folder)

        standing = Standing(self._catalog, options.collection, options.left)
        writer = WorkWriter(self._catalog, self.folder / "text", self._maker.make, tools.text_readers, standing)
        roots = Roots(self.settings.roots, add, lambda: [RootedPath(*folder) for folder in self._catalog.folders()])
        ocr = self._ocr(tools.recogniser, progress) if tools.recogniser is not None else None
        return IngestRun(self._catalog, self.folder, roots, options, recipe, writer, progress, ocr)
