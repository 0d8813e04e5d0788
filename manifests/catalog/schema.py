"""Opening the catalogue's file: making it, upgrading it after a copy, refusing one that is too new.

SQLite's write-ahead log lets readers go on while an ingest writes; it needs a local disk and the right to write in the
library's folder, for readers too. A write transaction takes its lock at the start, so that two writers queue instead
of failing half way.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_LOCKED, SQLITE_READONLY
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select, text, update
from sqlalchemy.exc import DatabaseError, OperationalError

from manifests.catalog import shelving
from manifests.catalog import upgrades as steps
from manifests.catalog.tables import meta, metadata
from manifests.errors import Busy, Damaged, LibraryError, Misused

Upgrade = Callable[[Connection], None]
UPGRADES: Sequence[Upgrade] = (
    steps.keep_hashes_and_folders_taken_in_file_by_file,
    steps.drop_collections_that_nothing_filled,
    steps.keep_what_ocr_has_read,
    steps.keep_what_checks_of_fixity_found,
    steps.count_the_pages_of_a_file,
    steps.tell_targets_from_pages,
    steps.keep_what_records_say,
    steps.keep_the_files_of_records,
    steps.keep_collections,
    steps.keep_the_ids_that_works_had,
    steps.keep_what_works_are_browsed_by,
)
"""Step n leads from schema version n + 1 to n + 2; each runs once, inside one transaction with the others.

A step that has been released is never changed. Tests run all of them over a catalogue of version 1 and compare what
comes out with `tables`.
"""

SCHEMA_VERSION = len(UPGRADES) + 1

_SHARED_MEMORY = 2**15
"""Bytes of the file beside the log (sqlite.org/walformat.html, section 2)."""
_SECONDS_TO_WAIT_FOR_ANOTHER_WRITER = 30


def connect(file: Path) -> Engine:
    """An engine over the file. Open it after a fork, never before: SQLite connections do not survive one."""
    engine = create_engine(
        URL.create("sqlite", database=str(file)),  # a path may hold what means something in the text of a URL
        connect_args={"timeout": _SECONDS_TO_WAIT_FOR_ANOTHER_WRITER},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver's guesses
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def make(engine: Engine) -> None:
    """The tables of a new catalogue."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        metadata.create_all(connection)
        connection.execute(insert(meta).values(key="schema", value=str(SCHEMA_VERSION)))
        shelving.make_top(connection)


def bring_up_to_date(engine: Engine, file: Path, upgrades: Sequence[Upgrade] = UPGRADES) -> None:
    """Upgrades an older catalogue after copying it beside itself; refuses a newer one."""
    found, newest = _version(engine, file), len(upgrades) + 1
    if found > newest:
        raise Misused(
            "{file} is of a newer Mocban (schema {found}; this one knows {newest}). Install the newer version.",
            file=file,
            found=found,
            newest=newest,
        )
    if found == newest:
        return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        # Another process may have upgraded while this one waited for the lock.
        found = int(connection.execute(_version_query()).scalar_one())
        if found == newest:
            return
        _copy(engine, file.with_name(f"{file.stem}.schema-{found}{file.suffix}"))  # nobody else writes meanwhile
        for step in upgrades[found - 1 :]:
            step(connection)
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(newest)))


def _version_query() -> Any:
    return select(meta.c.value).where(meta.c.key == "schema")


def _version(engine: Engine, file: Path) -> int:
    if not inspect(engine).has_table("meta"):
        raise Damaged("{file} is not a catalogue of Mocban's. Restore it from the backup.", file=file)
    with engine.connect() as connection:
        return int(connection.execute(_version_query()).scalar_one())


def _copy(engine: Engine, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    with engine.connect() as connection:
        connection.execute(text("VACUUM INTO :copy"), {"copy": str(copy)})


@contextmanager
def faults_named(file: Path) -> Iterator[None]:
    """Turns what SQLite says into Busy or Damaged. What is a mistake of ours, it leaves as it is."""
    try:
        yield
    except OperationalError as error:
        raise _named(file, getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:
            raise
        raise Damaged("{file} is not a catalogue, or is damaged. Restore it from the backup.", file=file) from error


def _named(file: Path, code: int) -> LibraryError:
    if code in (SQLITE_BUSY, SQLITE_LOCKED):
        return Busy("Another program holds the catalogue {file}. Try again when it has ended.", file=file)
    if code == SQLITE_FULL or (code == SQLITE_IOERR and _is_full(file)):
        return Damaged("The disk is full: {file} cannot be written. Make room, then do the same again.", file=file)
    if code in (SQLITE_READONLY, SQLITE_CANTOPEN):
        return Damaged(
            "The folder {folder} may not be written, and without that its catalogue cannot be read either. "
            "Give the user that runs Mocban the right to write there; a read-only disk has to be mounted anew.",
            folder=file.parent,
        )
    return Damaged("The disk did not read or write the catalogue {file} as asked. Look at the disk.", file=file)


def _is_full(file: Path) -> bool:
    """Where there is no room for the memory that SQLite shares with other programs, it does not say so."""
    try:
        return disk_usage(file.parent).free < _SHARED_MEMORY
    except OSError:
        return False
