"""What one transaction writes. Every function here runs inside one that `Catalog` has begun, and never ends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Table, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from manifests.catalog import facet_rows, shelving
from manifests.catalog.called import is_called, taken
from manifests.catalog.change_counter import count_change
from manifests.catalog.rows import (
    FileFinding,
    PageRecord,
    file_finding_values,
    page_values,
    recognition_values,
    source_record_values,
)
from manifests.catalog.tables import (
    changes,
    documents,
    findings,
    hashes,
    pages,
    recognitions,
    records,
    staging,
    to_index,
    works,
)
from manifests.collection import Membership
from manifests.metadata.merging import FOLDER, merged
from manifests.metadata.record import NOTHING, SourceRecord
from manifests.model import ChangeKind, LanguageMap, PageState, Recognition, State

FileFindings: TypeAlias = Sequence[FileFinding]
Documents: TypeAlias = Mapping[int, tuple[str, str, bytes]]
"""By version, as (maker, digest, body)."""


class IdChanged(Exception):
    """The work has another id by now, or another work has this one: what was made for it names the wrong one."""


@dataclass(frozen=True, slots=True)
class WorkUpdate:
    """All that is written of a work at once. `pages` holds every page there ever was, in order.

    `text` is the file that holds the words, `text_changed` whether the index must read it again; `records` are what
    its own records say, one a reader; `documents` are by version, as (maker, digest, body). `stands_in` and `leaves`
    are the collections that it comes into and leaves; with None nothing is said of them. `returns`: the work had been
    removed before this ingest began. `is_new`: there was none before it.
    `is_visible`: somebody outside can see a difference; else the time of the work stays, and the change log has nothing
    to tell, unless the work comes into a collection or leaves one.
    """

    work: str
    root: str
    folder: str
    label: LanguageMap
    draft: bool
    returns: bool
    pages: Sequence[PageRecord]
    text: str | None = None
    text_changed: bool = False
    records: Sequence[SourceRecord] = ()
    documents: Documents = field(default_factory=dict)
    findings: FileFindings = ()
    is_new: bool = False
    is_visible: bool = True
    stands_in: Sequence[Membership] | None = None
    leaves: Sequence[str] = ()


def save(connection: Connection, edition: WorkUpdate, now: datetime) -> None:
    """Raises IdChanged where somebody has renamed a work since the update was made."""
    forget_unfinished(connection, edition.root, edition.folder)
    known = connection.execute(select(works).where(is_called(edition.work))).first()
    if known is not None and known.id != edition.work:
        raise IdChanged
    if edition.is_new and connection.execute(taken(edition.work)).first() is not None:
        raise IdChanged
    if known is not None and known.state == State.REMOVED and not edition.returns:
        return  # somebody removed it while its pyramids were being made: that is the newer wish
    count_change(connection)
    state = _state_after(known, edition)
    updated = now if known is None or edition.is_visible else known.updated
    values = _work_values(edition) | {"state": state, "updated": updated}
    if known is None:
        new = insert(works).values(values | {"generation": 0}).returning(works.c.number)
        number = connection.execute(new).scalar_one()
    else:
        number = known.number
        replace_findings(connection, known.root, known.folder, ())  # it may have moved since
        connection.execute(update(works).where(works.c.number == number).values(values))
    _save_pages(connection, number, edition.pages)
    _save_records(connection, number, edition)
    is_listed = state == State.PUBLIC and values["pages"] > 0
    facet_rows.replace(connection, number, merged(edition.records).record, is_listed=is_listed)
    save_documents(connection, number, edition.documents)
    moves = edition.stands_in is not None and shelving.put_in(
        connection, number, edition.stands_in, edition.leaves, now
    )
    shelving.show(connection, number)
    if moves and not edition.is_visible:
        connection.execute(update(works).where(works.c.number == number).values(updated=now))
    replace_findings(connection, edition.root, edition.folder, edition.findings)
    if edition.text_changed or known is None or known.label != edition.label:
        to_be_indexed(connection, number)
    if edition.is_visible or moves:
        _log(connection, number, known.state if known is not None else None, state, now)


def put(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """The row, in place of the one with the same key where there is one."""
    statement = upsert(table).values(values)
    connection.execute(statement.on_conflict_do_update(set_={name: statement.excluded[name] for name in values}))


def forget_unfinished(connection: Connection, root: str, folder: str) -> None:
    """What is noted of a work between its pages, until its transaction."""
    for table in (staging, hashes):
        connection.execute(delete(table).where(table.c.root == root, table.c.folder == folder))


def _state_after(known: Row[Any] | None, edition: WorkUpdate) -> State:
    if known is None or known.state == State.REMOVED:
        return State.DRAFT if edition.draft else State.PUBLIC
    state: State = known.state
    return state


def _work_values(edition: WorkUpdate) -> dict[str, Any]:
    shown = [known.page for known in edition.pages if known.is_shown]
    first = shown[0] if shown else None
    return {
        "id": edition.work,
        "root": edition.root,
        "folder": edition.folder,
        "label": edition.label,
        "pages": len(shown),
        "text": edition.text,
        "first_image": first.image if first else None,
        "first_width": first.width if first else None,
        "first_height": first.height if first else None,
        "nav_date": merged(edition.records).record.nav_date,
    }


def _save_pages(connection: Connection, work: int, known_pages: Sequence[PageRecord]) -> None:
    """A page keeps its row for ever: it is written over by id. A page read without its tile index keeps the index."""
    for position, known in enumerate(known_pages, 1):
        values = page_values(known) | {"work": work, "position": position}
        where = (pages.c.work == work) & (pages.c.id == known.page.id)
        if not connection.execute(update(pages).where(where).values(values)).rowcount:
            connection.execute(insert(pages).values(values))


def _save_records(connection: Connection, work: int, edition: WorkUpdate) -> None:
    """A record whose file is not at hand keeps the one that is stored."""
    stored = connection.execute(select(records.c.name).where(records.c.work == work)).scalars().all()
    for name in set(stored) - {source.name for source in edition.records}:
        connection.execute(delete(records).where(records.c.work == work, records.c.name == name))
    for source in edition.records:
        put(connection, records, source_record_values(source) | {"work": work})


def save_documents(connection: Connection, work: int, made: Documents) -> None:
    connection.execute(delete(documents).where(documents.c.work == work))
    for version, (maker, digest, body) in made.items():
        connection.execute(insert(documents).values(work=work, version=version, maker=maker, digest=digest, body=body))


def replace_findings(connection: Connection, root: str, folder: str, found: FileFindings) -> None:
    connection.execute(delete(findings).where(findings.c.root == root, findings.c.folder == folder))
    rows = [{"root": root, "folder": folder} | file_finding_values(said) for said in found]
    if rows:
        connection.execute(insert(findings), rows)


def note_recognition(connection: Connection, work: str, page: str, recognition: Recognition) -> None:
    its = select(pages.c.number).join(works, works.c.number == pages.c.work).where(is_called(work))
    number = connection.execute(its.where(pages.c.id == page)).scalar_one()
    put(connection, recognitions, recognition_values(recognition) | {"page": number})


def indexed(connection: Connection, taken: Sequence[tuple[str, int]]) -> None:
    for work, generation in taken:
        number = select(works.c.number).where(works.c.id == work).scalar_subquery()
        connection.execute(delete(to_index).where(to_index.c.work == number, to_index.c.generation == generation))


def index_again(connection: Connection, lost: Sequence[str]) -> None:
    for work in lost:
        wanted = select(works.c.number, works.c.generation).where(works.c.id == work)
        connection.execute(upsert(to_index).from_select(["work", "generation"], wanted).on_conflict_do_nothing())


def set_state(connection: Connection, work: str, state: State, now: datetime) -> None:
    """A removed work keeps its row and its pages' rows as tombstones; its texts and documents go."""
    known = connection.execute(select(works).where(works.c.id == work)).one()
    if known.state == state:
        return
    count_change(connection)
    connection.execute(update(works).where(works.c.number == known.number).values(state=state, updated=now))
    facet_rows.listed(connection, known.number, is_listed=state == State.PUBLIC and known.pages > 0)
    if state == State.REMOVED:
        _empty(connection, known.number)
    shelving.show(connection, known.number)
    _log(connection, known.number, known.state, state, now)


def _empty(connection: Connection, work: int) -> None:
    connection.execute(update(pages).where(pages.c.work == work).values(state=PageState.PRUNED))
    connection.execute(update(works).where(works.c.number == work).values(text=None, pages=0, first_image=None))
    connection.execute(delete(documents).where(documents.c.work == work))
    connection.execute(delete(records).where(records.c.work == work, records.c.name != FOLDER))
    facet_rows.replace(connection, work, NOTHING, is_listed=False)
    to_be_indexed(connection, work)


def to_be_indexed(connection: Connection, work: int) -> None:
    connection.execute(update(works).where(works.c.number == work).values(generation=works.c.generation + 1))
    generation = connection.execute(select(works.c.generation).where(works.c.number == work)).scalar_one()
    statement = upsert(to_index).values(work=work, generation=generation)
    connection.execute(statement.on_conflict_do_update(set_={"generation": generation}))


def _log(connection: Connection, work: int, before: State | None, after: State, now: datetime) -> None:
    """The log tells what the public could see: nothing of drafts, every change of a public work, every departure."""
    was_public = before == State.PUBLIC
    if after == State.PUBLIC:
        kind = ChangeKind.UPDATED if was_public else ChangeKind.CREATED
    elif was_public:
        kind = ChangeKind.WITHDRAWN if after == State.WITHDRAWN else ChangeKind.REMOVED
    else:
        return
    connection.execute(insert(changes).values(work=work, kind=kind, time=now))
