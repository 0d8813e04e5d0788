"""What a disk or another program does to the catalogue is said in our words, with the right exit code's meaning."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
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


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small one, on which a catalogue just fits."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]
    if os.getuid() != 0 or subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    Catalog.make(disk / "catalog.sqlite").close()
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_catalogue_on_a_read_only_disk_is_said_to_be_one(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(Damaged, match="may not be written"), closing(Catalog.open(disk / "catalog.sqlite")) as catalog:
        catalog.works(("public",), None, 1)


def test_a_catalogue_on_a_disk_without_any_room_is_not_said_to_be_damaged(disk: Path) -> None:
    fill = disk / "fill"
    with pytest.raises(OSError, match="No space left"):
        fill.write_bytes(bytes(2**20))
    with pytest.raises(Damaged, match="disk is full"), closing(Catalog.open(disk / "catalog.sqlite")) as catalog:
        catalog.works(("public",), None, 1)
    fill.unlink()
    catalog = Catalog.open(disk / "catalog.sqlite")
    assert catalog.works(("public",), None, 1) == []
    catalog.close()
