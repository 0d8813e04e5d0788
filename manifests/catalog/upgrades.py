"""What each version of the schema added, as the SQL of its day. A step that has been released is never changed.

`tables` is the schema of today and may not be used here: a step has to do the same in ten years.
"""

import re
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


def keep_what_checks_of_fixity_found(connection: Connection) -> None:
    """To version 5."""
    for statement in (
        "CREATE TABLE fixity (kind TEXT NOT NULL, root TEXT NOT NULL, file TEXT NOT NULL, digest TEXT NOT NULL, "
        "verdict TEXT NOT NULL, checked TEXT NOT NULL, mtime INTEGER NOT NULL, PRIMARY KEY (kind, root, file))",
        "CREATE INDEX fixity_by_verdict ON fixity (verdict, kind)",
    ):
        connection.exec_driver_sql(statement)


def count_the_pages_of_a_file(connection: Connection) -> None:
    """To version 6. Until then a file was one page, and of several it was said that the others are not taken in. What
    is staged stays good.
    """
    for statement in (
        "ALTER TABLE pages ADD COLUMN number_in_file INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE findings ADD COLUMN number_in_file INTEGER",
        "ALTER TABLE hashes ADD COLUMN pages INTEGER",
        "CREATE TABLE staged (root TEXT NOT NULL, folder TEXT NOT NULL, file TEXT NOT NULL, "
        "number_in_file INTEGER NOT NULL, length INTEGER NOT NULL, mtime INTEGER NOT NULL, recipe INTEGER NOT NULL, "
        "pyramid TEXT NOT NULL, result JSON NOT NULL, tiles BLOB NOT NULL, "
        "PRIMARY KEY (root, folder, file, number_in_file))",
        "INSERT INTO staged SELECT root, folder, file, 1, length, mtime, recipe, pyramid, result, tiles FROM staging",
        "DROP TABLE staging",
        "ALTER TABLE staged RENAME TO staging",
        "CREATE INDEX staging_by_pyramid ON staging (pyramid)",
        "DELETE FROM findings WHERE code = 'pdf-pages'",
        "DELETE FROM findings WHERE code = 'several-images' AND page IN (SELECT pages.id FROM pages JOIN works "
        "ON works.number = pages.work WHERE works.root = findings.root AND works.folder = findings.folder "
        "AND json_extract(pages.master, '$.format') = 'tiff')",
    ):
        connection.exec_driver_sql(statement)


def tell_targets_from_pages(connection: Connection) -> None:
    """To version 7. What was a page stays one, whatever its name."""
    connection.exec_driver_sql("ALTER TABLE pages ADD COLUMN is_target INTEGER DEFAULT '0' NOT NULL")


def keep_what_records_say(connection: Connection) -> None:
    """To version 8."""
    for statement in (
        "CREATE TABLE records (work INTEGER NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, "
        "record JSON NOT NULL, PRIMARY KEY (work, name), FOREIGN KEY (work) REFERENCES works (number))",
        "ALTER TABLE pages ADD COLUMN behavior TEXT NOT NULL DEFAULT ''",
    ):
        connection.exec_driver_sql(statement)


def keep_the_files_of_records(connection: Connection) -> None:
    """To version 9. What is known already comes with the next ingest, which reads every record."""
    for statement in (
        "ALTER TABLE records ADD COLUMN shared_as TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE records ADD COLUMN digest TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE records ADD COLUMN body BLOB",
    ):
        connection.exec_driver_sql(statement)


def keep_collections(connection: Connection) -> None:
    """To version 10. Every work stands in `top` at first; the next ingest reads what records say of collections."""
    for statement in (
        "ALTER TABLE works ADD COLUMN nav_date TEXT NOT NULL DEFAULT ''",
        'CREATE TABLE collections (number INTEGER NOT NULL, id TEXT COLLATE "NOCASE" NOT NULL, parent INTEGER, '
        "key TEXT NOT NULL, label JSON NOT NULL, summary JSON NOT NULL, logo TEXT NOT NULL, homepage TEXT NOT NULL, "
        "kind TEXT NOT NULL, nav_date TEXT NOT NULL, updated TEXT NOT NULL, works INTEGER NOT NULL, "
        "parts INTEGER NOT NULL, shown_by INTEGER, is_shown INTEGER NOT NULL, PRIMARY KEY (number), UNIQUE (id), "
        "FOREIGN KEY (parent) REFERENCES collections (number), FOREIGN KEY (shown_by) REFERENCES works (number))",
        "CREATE INDEX collections_in_order ON collections (parent, is_shown, key)",
        "CREATE TABLE members (collection INTEGER NOT NULL, work INTEGER NOT NULL, given INTEGER NOT NULL, "
        "recorded INTEGER NOT NULL, rank TEXT NOT NULL, key TEXT NOT NULL, is_shown INTEGER NOT NULL, "
        "PRIMARY KEY (collection, work), FOREIGN KEY (collection) REFERENCES collections (number), "
        "FOREIGN KEY (work) REFERENCES works (number))",
        "CREATE INDEX members_in_order ON members (collection, is_shown, key)",
        "CREATE INDEX members_of_work ON members (work, collection)",
        "INSERT INTO collections SELECT 1, 'top', NULL, '', '{}', '{}', '', '', 'plain', '', "
        "'1970-01-01T00:00:00Z', 0, 0, NULL, 1",
    ):
        connection.exec_driver_sql(statement)
    for number, name, is_shown in connection.exec_driver_sql(
        "SELECT number, id, state = 'public' AND pages > 0 FROM works"
    ).all():
        key = _key_of_member(name)
        connection.exec_driver_sql("INSERT INTO members VALUES (1, ?, 0, 0, '', ?, ?)", (number, key, is_shown))
    connection.exec_driver_sql(
        "UPDATE collections SET works = (SELECT count(*) FROM members WHERE is_shown), "
        "shown_by = (SELECT work FROM members WHERE is_shown ORDER BY key LIMIT 1)"
    )


def keep_the_ids_that_works_had(connection: Connection) -> None:
    """To version 11."""
    for statement in (
        "CREATE TABLE former_ids (number INTEGER NOT NULL, id TEXT COLLATE NOCASE NOT NULL, work INTEGER NOT NULL, "
        "PRIMARY KEY (number), FOREIGN KEY (work) REFERENCES works (number))",
        "CREATE INDEX former_ids_by_id ON former_ids (id, work)",
        "CREATE INDEX former_ids_of_work ON former_ids (work, number)",
        "ALTER TABLE changes ADD COLUMN old_id TEXT",
        "ALTER TABLE changes ADD COLUMN new_id TEXT",
    ):
        connection.exec_driver_sql(statement)


def keep_what_works_are_browsed_by(connection: Connection) -> None:
    """To version 12. Of works that are known already it is taken when the catalogue is opened next."""
    for statement in (
        "CREATE TABLE facets (facet TEXT NOT NULL, value TEXT NOT NULL, work INTEGER NOT NULL, "
        "is_listed INTEGER NOT NULL, PRIMARY KEY (facet, value, work), "
        "FOREIGN KEY (work) REFERENCES works (number)) WITHOUT ROWID",
        "CREATE INDEX facets_counted ON facets (is_listed, facet, value, work)",
        "CREATE INDEX facets_of_work ON facets (work, is_listed, facet, value)",
        "ALTER TABLE works ADD COLUMN facets_recipe INTEGER DEFAULT '0' NOT NULL",
        "CREATE INDEX works_by_facets_recipe ON works (facets_recipe)",
    ):
        connection.exec_driver_sql(statement)


def _key_of_member(work: str) -> str:
    """Each number behind two digits that count its own; the id itself where zeros in front of one are left out."""
    counted = re.sub(r"0*([0-9]+)", lambda found: f"{min(len(found[1]), 99):02}{found[1]}", work)
    whole = re.sub(r"[0-9]+", lambda found: f"{min(len(found[0]), 99):02}{found[0]}", work)
    return counted if counted == whole else f"{counted}.{work}"


def _above(file: str) -> str:
    folder = str(PurePosixPath(file).parent)
    return "" if folder == "." else folder
