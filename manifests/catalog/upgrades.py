"""What each version of the schema added, as the SQL of its day. A step that has been released is never changed.

`tables` is the schema of today and may not be used here: a step has to do the same in ten years.
"""

from pathlib import PurePosixPath

from sqlalchemy import Connection


def keep_hashes_and_folders_taken_in_file_by_file(connection: Connection) -> None:
    """To version 2. Which folders were taken in with `--each-file` was not noted: those with two works of one file."""
    for statement in (
        "CREATE TABLE hashes (root TEXT NOT NULL, folder TEXT NOT NULL, file TEXT NOT NULL, length INTEGER NOT NULL, "
        "mtime INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (root, folder, file))",
        "CREATE TABLE file_by_file (root TEXT NOT NULL, folder TEXT NOT NULL, PRIMARY KEY (root, folder))",
        "CREATE INDEX pages_by_length ON pages (length, work)",
        "ALTER TABLE staging RENAME COLUMN carved TO result",
    ):
        connection.exec_driver_sql(statement)
    files = connection.exec_driver_sql(
        "SELECT works.root, works.folder FROM works JOIN pages ON pages.work = works.number "
        "WHERE pages.file = works.folder"
    ).all()
    works = {tuple(row) for row in connection.exec_driver_sql("SELECT root, folder FROM works").all()}
    folders = [(root, _above(file)) for root, file in files]
    for folder in sorted({folder for folder in folders if folders.count(folder) > 1 and folder not in works}):
        connection.exec_driver_sql("INSERT INTO file_by_file (root, folder) VALUES (?, ?)", folder)


def drop_collections_that_nothing_filled(connection: Connection) -> None:
    """To version 3. No program has ever written to these two tables."""
    connection.exec_driver_sql("DROP TABLE members")
    connection.exec_driver_sql("DROP TABLE collections")


def keep_what_ocr_has_read(connection: Connection) -> None:
    """To version 4."""
    for statement in (
        "CREATE TABLE recognitions (page INTEGER NOT NULL, engine TEXT NOT NULL, version TEXT NOT NULL, "
        "languages TEXT NOT NULL, model TEXT NOT NULL, sha256 TEXT NOT NULL, file TEXT NOT NULL, confidence FLOAT, "
        "instead_of TEXT, PRIMARY KEY (page), FOREIGN KEY (page) REFERENCES pages (number))",
        "CREATE INDEX recognitions_by_file ON recognitions (file, page, sha256)",
    ):
        connection.exec_driver_sql(statement)


def keep_what_records_say(connection: Connection) -> None:
    """To version 5."""
    for statement in (
        "CREATE TABLE records (work INTEGER NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, "
        "record JSON NOT NULL, PRIMARY KEY (work, name), FOREIGN KEY (work) REFERENCES works (number))",
        "ALTER TABLE pages ADD COLUMN behavior TEXT NOT NULL DEFAULT ''",
    ):
        connection.exec_driver_sql(statement)


def _above(file: str) -> str:
    folder = str(PurePosixPath(file).parent)
    return "" if folder == "." else folder
