"""Whether anything has changed: seen by every process, whoever wrote."""

import sqlite3
from pathlib import Path

from manifests.catalog import Catalog, FileFinding, KnownHash, Staged
from manifests.findings import make_finding
from manifests.model import Master, Pyramid, State
from tests.catalog.make import NOON, save


def test_every_change_is_seen_by_who_made_it_and_by_everybody_else(tmp_path: Path) -> None:
    file = tmp_path / "catalog.sqlite"
    here = Catalog.make(file)
    there = Catalog.open(file)
    seen = {(here.version(), there.version())}
    for number, change in enumerate(
        (
            lambda: save(here, "kieu"),
            lambda: save(there, "kieu", text="t", text_changed=True),
            lambda: there.set_state("kieu", State.WITHDRAWN, NOON),
            lambda: here.set_state("kieu", State.PUBLIC, NOON),
        ),
        2,
    ):
        change()
        now = (here.version(), there.version())
        assert all(now[0] != before[0] and now[1] != before[1] for before in seen)
        seen.add(now)
        assert len(seen) == number
    here.close()
    there.close()


def test_nothing_changes_by_being_asked(tmp_path: Path) -> None:
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    save(catalog, "kieu")
    before = catalog.version()
    catalog.work("kieu"), catalog.pages("kieu"), catalog.changes(0, 10)
    assert catalog.version() == before
    catalog.close()
    assert isinstance(catalog.version(), int)  # opens again, as every other question does
    catalog.close()


def test_what_an_ingest_notes_between_its_works_is_no_change(tmp_path: Path) -> None:
    """Else every tile would go back to the catalogue with each page that is made."""
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    save(catalog, "kieu", text="t", text_changed=True)
    before = catalog.version()
    pyramid = Pyramid("p", 1, 1, "d", 4, 1, True, b"")
    catalog.stage("scans", "maps", Staged("a.tif", 5, 6, "s", Master("png", 1, 1, 8, 1, "grey"), pyramid, ()))
    catalog.note_hash("scans", "maps", KnownHash("a.tif", 5, 6, "s"))
    catalog.note_findings("scans", "maps", [FileFinding("f", None, make_finding("unused"))])
    catalog.indexed([("kieu", 1)]), catalog.index_again(["kieu"])
    assert catalog.version() == before
    catalog.close()


def test_the_number_begins_again_where_sqlite_can_hold_no_larger(tmp_path: Path) -> None:
    catalog = Catalog.make(tmp_path / "catalog.sqlite")
    with sqlite3.connect(tmp_path / "catalog.sqlite") as connection:
        connection.execute(f"PRAGMA user_version = {2**31 - 1}")
    connection.close()
    save(catalog, "kieu")
    assert catalog.version() == 1
    catalog.close()
