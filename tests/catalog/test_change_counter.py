"""Whether anything has changed: seen by every process, whoever wrote."""

from pathlib import Path

from manifests.catalog import Catalog
from manifests.model import State
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
