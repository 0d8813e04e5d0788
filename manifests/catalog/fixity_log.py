"""What checks of fixity have found: the last result of each file, and how far a check of everything has come."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from manifests.catalog import fixity_queries, writing
from manifests.catalog.tables import fixity, meta, pages, works
from manifests.model import FileKind, Fixity, FixityCheck, PageState, State

_BEGAN = "fixity-began"
_FILES_IN_A_QUESTION = 5000
"""SQLite takes 32,766."""

_Opened = Callable[[], AbstractContextManager[Connection]]


class FixityLog:
    """`reading` and `writing` open the catalogue for one question or one transaction."""

    def __init__(self, reading: _Opened, writing: _Opened) -> None:
        self._reading = reading
        self._writing = writing

    def checks(self, kind: FileKind, root: str, files: Iterable[str]) -> dict[str, FixityCheck]:
        """The last check of each of the files that ever had one, by file."""
        wanted, found = sorted(set(files)), {}
        for start in range(0, len(wanted), _FILES_IN_A_QUESTION):
            some = fixity.c.file.in_(wanted[start : start + _FILES_IN_A_QUESTION])
            question = select(fixity).where(fixity.c.kind == kind, fixity.c.root == root, some)
            with self._reading() as connection:
                found.update({row.file: FixityCheck(**row._mapping) for row in connection.execute(question)})
        return found

    def damaged(self, kind: FileKind) -> dict[str, int]:
        """The files that were found damaged, and their time (nanoseconds) when they were."""
        question = select(fixity.c.file, fixity.c.mtime).where(
            fixity.c.verdict == Fixity.DAMAGED, fixity.c.kind == kind
        )
        with self._reading() as connection:
            return {row.file: row.mtime for row in connection.execute(question)}

    def sound_since(self, work: str, texts: str) -> datetime | None:
        """Since when every file of the work has been known to be sound: `fixity_queries.sound`. None where one is not
        known to be."""
        with self._reading() as connection:
            row = connection.execute(fixity_queries.sound(work, texts)).one()
        since: datetime | None = row.since
        return since if row.files == row.sound else None

    def note(self, check: FixityCheck) -> None:
        with self._writing() as connection:
            writing.put(connection, fixity, asdict(check))

    def bytes_held(self) -> int:
        """Of all masters and pyramids that are there: what a check of everything has to read, but for the texts."""
        masters = select(func.coalesce(func.sum(pages.c.length), 0)).where(pages.c.state == PageState.PRESENT)
        pyramids = select(func.coalesce(func.sum(pages.c.pyramid_length), 0)).where(pages.c.state != PageState.PRUNED)
        with self._reading() as connection:
            return sum(int(connection.execute(question).scalar_one()) for question in (masters, pyramids))

    def problems_of_catalogue(self) -> list[str]:
        """What SQLite finds wrong with its own file, in its words; none where all is well."""
        with self._reading() as connection:
            said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(10)")]
        return [] if said == ["ok"] else said

    # A check of everything, which may take nights

    def works(self) -> list[str]:
        """By id all that may hold files: those of which no page is shown too."""
        question = select(works.c.id).where(works.c.state != State.REMOVED).order_by(works.c.id)
        with self._reading() as connection:
            return list(connection.execute(question).scalars())

    def unfinished(self) -> datetime | None:
        """When the check of everything began that has not come to its end; None where there is none."""
        with self._reading() as connection:
            row = connection.execute(select(meta.c.value).where(meta.c.key == _BEGAN)).first()
        return datetime.fromisoformat(row.value).astimezone(UTC) if row is not None else None

    def begin(self, now: datetime) -> datetime:
        """Gives the time from which on a check counts for this one: now, or the second behind the last check there was,
        since times are kept to the second."""
        with self._writing() as connection:
            last = connection.execute(select(func.max(fixity.c.checked))).scalar_one()
            began = now if last is None or last < now else last + timedelta(seconds=1)
            writing.put(connection, meta, {"key": _BEGAN, "value": _as_text(began)})
        return began

    def finish(self, began: datetime, texts: str) -> None:
        """Ends the check that `began` then; one that another program has begun since goes on. Forgets what was found of
        files that the library holds no more. `texts`: the folder of words."""
        with self._writing() as connection:
            connection.execute(delete(fixity).where(fixity_queries.is_held_no_more(texts)))
            its = (meta.c.key == _BEGAN) & (meta.c.value == _as_text(began))
            connection.execute(delete(meta).where(its))


def _as_text(began: datetime) -> str:
    return began.isoformat(timespec="seconds")
