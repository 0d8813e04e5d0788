"""`mocban search`: what it says beside the hits."""

import shutil
from pathlib import Path

from manifests.library import Library
from manifests.settings import Settings
from tests.cli.asked import mocban
from tests.ingest.fakes import ingest, scan
from tests.test_cli import lines


def test_that_nothing_can_be_found_is_said_where_the_index_is_lost(tmp_path: Path) -> None:
    scan(tmp_path / "scans" / "book", "1.tif")
    scan(tmp_path / "scans" / "book", "1.txt", "sông")
    library = Library.create(tmp_path / "library", Settings())
    ingest(library, tmp_path / "scans")
    library.close()
    found = mocban("search", "sông", "--library", tmp_path / "library", "--json")
    assert (len(lines(found)), found.stderr) == (1, "")
    shutil.rmtree(tmp_path / "library" / "index")
    told = mocban("search", "sông", "--library", tmp_path / "library", "--json")
    assert (told.returncode, told.stdout) == (0, "")
    assert "mocban reindex" in told.stderr
    inside = mocban("search", "sông", "--work", "book", "--library", tmp_path / "library", "--json")
    assert (len(lines(inside)), inside.stderr) == (1, "")
