"""What checks of fixity have found: the last result of each file, and how far a check of everything has come."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from manifests.catalog import fixity_queries, writing
from manifests.catalog.tables import fixity, meta, pages
from manifests.model import FileKind, Fixity, FixityCheck, PageState

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
            writing.put(connection, meta, {"key": _BEGAN, "value": began.isoformat(timespec="seconds")})
        return began

    def finish(self, roots_away: Collection[str]) -> None:
        """Forgets what was found of files that the library holds no more: what this check did not come to, although
        its root was there."""
        began = self.unfinished()
        with self._writing() as connection:
            if began is not None:
                gone = (fixity.c.checked < began) & fixity.c.root.not_in(roots_away)
                connection.execute(delete(fixity).where(gone))
            connection.execute(delete(meta).where(meta.c.key == _BEGAN))
