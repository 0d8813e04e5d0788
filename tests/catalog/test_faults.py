"""What a disk or another program does to the catalogue is said in our words, with the right exit code's meaning."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from manifests.catalog import Catalog, schema
from manifests.errors import Busy, Damaged


@pytest.mark.parametrize(
    ("code", "meaning", "sentence"),
    [
        (sqlite3.SQLITE_BUSY, Busy, "Another program"),
        (sqlite3.SQLITE_LOCKED, Busy, "Another program"),
        (sqlite3.SQLITE_FULL, Damaged, "disk is full"),
        (sqlite3.SQLITE_READONLY, Damaged, "may not be written"),
        (sqlite3.SQLITE_CANTOPEN, Damaged, "may not be written"),
        (sqlite3.SQLITE_IOERR, Damaged, "Look at the disk"),
    ],
)
def test_what_sqlite_says_becomes_a_sentence_of_ours(tmp_path: Path, code: int, meaning: type, sentence: str) -> None:
    error = sqlite3.OperationalError("sqlite's own words")
    error.sqlite_errorcode = code
    with pytest.raises(meaning, match=sentence) as told, schema.faults_named(tmp_path / "catalog.sqlite"):
        raise schema.OperationalError("statement", {}, error)
    assert "sqlite's own words" not in str(told.value)


@pytest.mark.skipif(os.getuid() != 0, reason="needs the right to mount")
def test_a_catalogue_on_a_read_only_disk_is_said_to_be_one(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        Catalog.make(disk / "catalog.sqlite").close()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with (
            pytest.raises(Damaged, match="may not be written"),
            closing(Catalog.open(disk / "catalog.sqlite")) as catalog,
        ):
            catalog.works(("public",), None, 1)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
