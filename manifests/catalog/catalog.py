"""The catalogue: every question that is asked of it, and every row that is written to it, each a short method.

One transaction per work is the truth (decisions.md, 10): work, pages, documents, findings, the row of the change log
and the row "to index" are written together or not at all. Lists are paged by the last key seen; no question runs
without an index (a test insists). Reads hold no transaction longer than a query.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from manifests.catalog import length_queries, recognition_queries, record_queries, schema, writing
from manifests.catalog.called import is_called, number_of, taken, was_called
from manifests.catalog.change_counter import ChangeCounter
from manifests.catalog.collection_catalog import CollectionCatalog
from manifests.catalog.facet_table import FacetTable
from manifests.catalog.fixity_log import FixityLog
from manifests.catalog.rows import (
    PAGE_COLUMNS,
    WORK_COLUMNS,
    DocumentStamp,
    FileFinding,
    FoundPage,
    KnownHash,
    PageRecord,
    Staged,
    file_finding_of,
    known_hash_of,
    page_of,
    recognition_of,
    source_record_of,
    staged_of,
    staged_values,
    work_of,
)
from manifests.catalog.tables import (
    changes,
    documents,
    file_by_file,
    findings,
    hashes,
    pages,
    staging,
    to_index,
    works,
)
from manifests.catalog.work_ids import WorkIds
from manifests.errors import Missing
from manifests.ids import image_id
from manifests.metadata.record import SourceRecord
from manifests.model import Change, PageState, Recognition, State, Work


class Catalog:
    """Opened once in each process, after the fork; safe to share between its threads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._engine = schema.connect(file)
        self._counter = ChangeCounter(self._engine)
        self.fixity = FixityLog(self._reading, self._writing)
        self.collections = CollectionCatalog(self._reading, self._writing)
        self.facets = FacetTable(self._reading, self._writing)
        self.ids = WorkIds(self._reading, self._writing)

    @classmethod
    def make(cls, file: Path) -> "Catalog":
        catalog = cls(file)
        with catalog._closed_on_failure(), schema.faults_named(file):
            schema.make(catalog._engine)
        return catalog

    @classmethod
    def open(cls, file: Path) -> "Catalog":
        catalog = cls(file)
        with catalog._closed_on_failure():
            with schema.faults_named(file):
                schema.bring_up_to_date(catalog._engine, file)
            catalog.facets.bring_up_to_date()
        return catalog

    @contextmanager
    def _closed_on_failure(self) -> Iterator[None]:
        """Whoever asked for a catalogue and got none has nothing to close."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._counter.close()
        self._engine.dispose()

    def version(self) -> int:
        """Another number whenever any of the questions below may be answered otherwise."""
        return self._counter.read()

    def _rows(self, question: Select[Any]) -> Sequence[Row[Any]]:
        with self._reading() as connection:
            return connection.execute(question).all()

    def _row(self, question: Select[Any]) -> Row[Any] | None:
        with self._reading() as connection:
            return connection.execute(question).first()

    def _number(self, question: Select[Any]) -> int:
        with self._reading() as connection:
            return int(connection.execute(question).scalar_one())

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with schema.faults_named(self._file), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            schema.faults_named(self._file),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    # Works

    def works(self, states: Collection[State], after: str | None, limit: int) -> list[Work]:
        """In the order of their ids, none without pages; `after` is the last id of the page before."""
        listed = works.c.state.in_(states) & (works.c.pages > 0)
        question = select(*WORK_COLUMNS).where(listed).order_by(works.c.id).limit(limit)
        if after is not None:
            question = question.where(works.c.id > after)
        return [work_of(row) for row in self._rows(question)]

    def work(self, work: str) -> Work:
        """Whatever its state, by the id it has or one it had; an id in other letter case is another id."""
        row = self._row_called(work, select(*WORK_COLUMNS))
        if row is None:
            raise Missing("There is no work {work}.", work=work)
        return work_of(row)

    def _row_called(self, work: str, question: Select[Any]) -> Row[Any] | None:
        """`question` gives the id as its first column. Only who asks by another than the present one pays for it."""
        row = self._row(question.where(works.c.id == work))
        return row if row is not None and row[0] == work else self._row(question.where(was_called(work)))

    def work_of_folder(self, root: str, folder: str) -> Work | None:
        row = self._row(select(*WORK_COLUMNS).where(works.c.root == root, works.c.folder == folder))
        return work_of(row) if row is not None else None

    def works_below(self, root: str, folder: str) -> list[Work]:
        """The works whose folder is this one or lies in it; the empty folder is the root itself."""
        question = select(*WORK_COLUMNS).where(works.c.root == root).order_by(works.c.folder)
        if folder:
            # "/" + 1 is "0": every path that begins with `folder/`, found by the index.
            inside = (works.c.folder > f"{folder}/") & (works.c.folder < f"{folder}0")
            question = question.where((works.c.folder == folder) | inside)
        return [work_of(row) for row in self._rows(question)]

    def removed(self) -> set[str]:
        """The ids of the works that have been removed."""
        return {row.id for row in self._rows(select(works.c.id).where(works.c.state == State.REMOVED))}

    def folders(self) -> list[tuple[str, str]]:
        """Root and path of every work there ever was."""
        return [(row.root, row.folder) for row in self._rows(select(works.c.root, works.c.folder))]

    def works_with_lengths(self, lengths: Collection[int]) -> dict[str, int]:
        """The works, removed ones too, that have or had masters of so many bytes, and how many pages of each."""
        with self._reading() as connection:
            return length_queries.works_with_lengths(connection, lengths)

    def is_taken(self, work: str) -> bool:
        """Without regard to case, by any work there ever was, now or before."""
        return self._row(taken(work)) is not None

    def count(self, states: Collection[State]) -> int:
        return self._number(select(func.count()).select_from(works).where(works.c.state.in_(states), works.c.pages > 0))

    # Pages

    def pages(self, work: str) -> list[PageRecord]:
        """In order, tombstones too; without the tile index."""
        of_work = select(*PAGE_COLUMNS, works.c.id.label("of")).join(works, works.c.number == pages.c.work)
        asked = of_work.where(is_called(work)).order_by(pages.c.position)
        return [page_of(row, image_id(row.of, row.id)) for row in self._rows(asked)]

    def page(self, work: str, page: str) -> FoundPage:
        of_work = (works.c[name].label(f"work_{name}") for name in ("id", "state", "label", "updated"))
        question = (
            select(*of_work, *PAGE_COLUMNS, pages.c.tiles)
            .join(works, works.c.number == pages.c.work)
            .where(pages.c.id == page)
        )
        row = self._row_called(work, question)
        if row is None or row.id != page:
            raise Missing("The work {work} has no page {page}.", work=work, page=page)
        return FoundPage(row.work_state, page_of(row, image_id(row.work_id, page)), row.work_label, row.work_updated)

    def pyramids(self) -> set[str]:
        """Every pyramid that a page or the staging table refers to."""
        held = self._rows(select(pages.c.pyramid).where(pages.c.state != PageState.PRUNED))
        return {row[0] for row in held} | {row[0] for row in self._rows(select(staging.c.pyramid))}

    def texts(self) -> set[str]:
        return {row[0] for row in self._rows(select(works.c.text).where(works.c.text.is_not(None)))}

    def recognitions(self, work: str) -> dict[str, Recognition]:
        """What OCR has read, by page: of its master as it is now."""
        return {row.page_id: recognition_of(row) for row in self._rows(recognition_queries.of_work(work))}

    def recognition_files(self) -> set[str]:
        return {row.file for row in self._rows(recognition_queries.files())}

    def records(self, work: str) -> list[SourceRecord]:
        """What the library's own records say of the work, by the names of their readers."""
        return [source_record_of(row) for row in self._rows(record_queries.of_work(work))]

    def shared_record(self, work: str, shared_as: str) -> tuple[str, bytes] | None:
        """The file of a record in that format: its digest, and its bytes."""
        row = self._row(record_queries.shared(work, shared_as))
        return (row.digest, row.body) if row is not None else None

    # Documents, findings, changes

    def document(self, work: str, version: int) -> tuple[str, str, bytes] | None:
        """Who made it (settings and program), its digest, and the bytes."""
        question = select(documents.c.maker, documents.c.digest, documents.c.body).where(
            documents.c.work == number_of(work), documents.c.version == version
        )
        row = self._row(question)
        return (row.maker, row.digest, row.body) if row is not None else None

    def document_stamp(self, work: str, version: int) -> DocumentStamp:
        """The work, whatever its state, and its document without the bytes, which are many."""
        is_its = (documents.c.work == works.c.number) & (documents.c.version == version)
        question = select(*WORK_COLUMNS, documents.c.maker, documents.c.digest).outerjoin(documents, is_its)
        row = self._row_called(work, question)
        if row is None:
            raise Missing("There is no work {work}.", work=work)
        return DocumentStamp(work_of(row), row.maker, row.digest, self.collections.of_work(work, shown=True))

    def findings(self, root: str, folder: str) -> list[FileFinding]:
        """In the order in which they were found."""
        here = (findings.c.root == root) & (findings.c.folder == folder)
        return [file_finding_of(row) for row in self._rows(select(findings).where(here).order_by(findings.c.number))]

    def changes(self, after: int, limit: int) -> list[Change]:
        log = select(changes, works.c.id).join(works, works.c.number == changes.c.work)
        question = log.where(changes.c.seq > after).order_by(changes.c.seq).limit(limit)
        return [Change(row.seq, row.id, row.kind, row.time, row.old_id, row.new_id) for row in self._rows(question)]

    def last_change(self) -> datetime | None:
        """When the public last saw something change."""
        newest = select(func.max(changes.c.seq)).scalar_subquery()
        row = self._row(select(changes.c.time).where(changes.c.seq == newest))
        return row.time if row is not None else None

    # What an ingest writes

    def staged(self, root: str, folder: str) -> dict[tuple[str, int], Staged]:
        """The pyramids a killed ingest has left finished for this work, by master file and number of the page in it."""
        here = (staging.c.root == root) & (staging.c.folder == folder)
        return {(row.file, row.number_in_file): staged_of(row) for row in self._rows(select(staging).where(here))}

    def stage(self, root: str, folder: str, staged: Staged) -> None:
        values = {"root": root, "folder": folder} | staged_values(staged)
        with self._writing() as connection:
            writing.put(connection, staging, values)

    def note_recognition(self, work: str, page: str, recognition: Recognition) -> None:
        with self._writing() as connection:
            writing.note_recognition(connection, work, page, recognition)

    def hashes(self, root: str, folder: str) -> dict[str, KnownHash]:
        """The masters of this work that an ingest has read since its last transaction, by file name."""
        question = select(hashes).where(hashes.c.root == root, hashes.c.folder == folder)
        return {row.file: known_hash_of(row) for row in self._rows(question)}

    def note_hash(self, root: str, folder: str, known: KnownHash) -> None:
        values = {"root": root, "folder": folder} | asdict(known)
        with self._writing() as connection:
            writing.put(connection, hashes, values)

    def is_file_by_file(self, root: str, folder: str) -> bool:
        """Whether each file of the folder is a work of its own, because it was once taken in that way."""
        here = (file_by_file.c.root == root) & (file_by_file.c.folder == folder)
        return self._row(select(file_by_file).where(here)) is not None

    def note_file_by_file(self, root: str, folder: str) -> None:
        with self._writing() as connection:
            connection.execute(upsert(file_by_file).values(root=root, folder=folder).on_conflict_do_nothing())

    def save(self, edition: writing.WorkUpdate, now: datetime) -> Work:
        """The one transaction of a work; the state it has by now stays unless it was removed. Raises IdChanged."""
        with self._writing() as connection:
            writing.save(connection, edition, now)
        return self.work(edition.work)

    def note_findings(self, root: str, folder: str, found: writing.FileFindings) -> None:
        """Findings alone, of a folder that has become no work or in which nothing else has changed."""
        with self._writing() as connection:
            writing.replace_findings(connection, root, folder, found)

    def set_state(self, work: str, state: State, now: datetime) -> None:
        self.work(work)
        with self._writing() as connection:
            writing.set_state(connection, work, state, now)

    # The index follows the catalogue

    def waiting(self, limit: int) -> list[tuple[Work, int]]:
        """Works whose text or titles the index has not taken in, with the generation to take."""
        question = (
            select(to_index.c.generation.label("wanted"), *WORK_COLUMNS)
            .join(works, works.c.number == to_index.c.work)
            .order_by(to_index.c.work)
            .limit(limit)
        )
        return [(work_of(row), row.wanted) for row in self._rows(question)]

    def indexed(self, taken: Sequence[tuple[str, int]]) -> None:
        """The index has these generations on disk; a newer one goes on waiting."""
        with self._writing() as connection:
            writing.indexed(connection, taken)

    def generations(self) -> list[tuple[str, int]]:
        """Every work but the removed ones, and the generation of what the index should know of it."""
        question = select(works.c.id, works.c.generation).where(works.c.state.in_(set(State) - {State.REMOVED}))
        return [(row.id, row.generation) for row in self._rows(question)]

    def index_again(self, lost: Sequence[str]) -> None:
        """Puts works before the index that it should know and does not."""
        with self._writing() as connection:
            writing.index_again(connection, lost)
