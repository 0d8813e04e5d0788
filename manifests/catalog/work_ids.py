"""What works are called and were called: an id that a work has had stays its own for good, and leads to it.

Whoever is in the middle of something (an ingest, OCR, a check of fixity) may go on with the id that it began with:
every question about a work understands its former ids too. The public is led on instead (`manifests.visible`).
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, delete, insert, select, update

from manifests.catalog import shelving
from manifests.catalog.called import number_of, taken
from manifests.catalog.change_counter import count_change
from manifests.catalog.rows import image_of
from manifests.catalog.tables import changes, documents, former_ids, works
from manifests.catalog.writing import Documents, save_documents, to_be_indexed
from manifests.errors import Misused
from manifests.model import ChangeKind, State

Digests: TypeAlias = Mapping[int, str]
"""Of the stored documents of a work, by version."""
Connected: TypeAlias = Callable[[], AbstractContextManager[Connection]]


class WorkIds:
    def __init__(self, reading: Connected, writing: Connected) -> None:
        self._reading = reading
        self._writing = writing

    def of(self, work: str) -> list[str]:
        """Those that a work had before, the oldest first."""
        question = select(former_ids.c.id).where(former_ids.c.work == number_of(work)).order_by(former_ids.c.number)
        with self._reading() as connection:
            return [row.id for row in connection.execute(question)]

    def digests(self, work: str) -> Digests:
        with self._reading() as connection:
            return _digests(connection, number_of(work))

    def rename(self, old: str, new: str, made: Documents, instead_of: Digests, now: datetime) -> bool:
        """One transaction: the id, the documents with it, and the row of the change log. False, and nothing is
        changed, where the work is not called `old` any more or its documents are not those that are replaced.

        Raises Misused where another work is called `new`, or was.
        """
        with self._writing() as connection:
            work = connection.execute(select(works).where(works.c.id == old)).first()
            if work is None or work.id != old or _digests(connection, work.number) != instead_of:
                return False
            _must_be_free(connection, new, work.number)
            count_change(connection)
            _call(connection, work, new, now)
            save_documents(connection, work.number, made)
            to_be_indexed(connection, work.number)
            shelving.show(connection, work.number)
            if work.state != State.DRAFT:  # the log tells what the public could see
                row = {"work": work.number, "kind": ChangeKind.RENAMED, "time": now, "old_id": old, "new_id": new}
                connection.execute(insert(changes).values(row))
            return True


def _digests(connection: Connection, work: Any) -> Digests:
    stored = select(documents.c.version, documents.c.digest).where(documents.c.work == work)
    return {row.version: row.digest for row in connection.execute(stored)}


def _must_be_free(connection: Connection, new: str, work: int) -> None:
    for (number,) in connection.execute(taken(new)):
        if number != work:
            other = connection.execute(select(works.c.id).where(works.c.number == number)).scalar_one()
            if other.casefold() == new.casefold():
                raise Misused("{id} is the id of another work.", id=other)
            raise Misused("{id} was the id of {work}, and still leads there.", id=new, work=other)


def _call(connection: Connection, work: Row[Any], new: str, now: datetime) -> None:
    connection.execute(delete(former_ids).where(former_ids.c.work == work.number, former_ids.c.id == new))
    connection.execute(insert(former_ids).values(id=work.id, work=work.number))
    changed = {"id": new, "first_image": image_of(work.first_image, new), "updated": now}
    connection.execute(update(works).where(works.c.number == work.number).values(changed))
