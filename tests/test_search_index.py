"""The search index follows the catalogue, whatever becomes of its files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from manifests.errors import Damaged
from manifests.ingest.run import IngestOptions
from manifests.library import Library
from manifests.settings import Settings
from tests.ingest.fakes import FakeWorkerPool, ingest, scan


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two works, each with one word of its own in its text."""
    library = Library.create(tmp_path / "library", Settings())
    for name, text in (("first", "sông"), ("second", "núi")):
        scan(tmp_path / "scans" / name, "1.tif"), scan(tmp_path / "scans" / name, "1.txt", text)
    ingest(library, tmp_path / "scans")
    yield library
    library.close()


def found(library: Library, query: str) -> list[str]:
    return [hit.work for hit in library.search(query)]


def test_an_index_that_is_lost_is_made_again(library: Library, tmp_path: Path) -> None:
    shutil.rmtree(library.folder / "index")
    ingest(library, tmp_path / "scans")
    assert (found(library, "sông"), found(library, "núi")) == (["first"], ["second"])


def test_an_index_from_a_backup_learns_what_it_has_missed(library: Library, tmp_path: Path) -> None:
    shutil.copytree(library.folder / "index", tmp_path / "backup")
    scan(tmp_path / "scans" / "first", "1.txt", "biển")
    ingest(library, tmp_path / "scans")
    shutil.rmtree(library.folder / "index")
    shutil.copytree(tmp_path / "backup", library.folder / "index")
    ingest(library, tmp_path / "scans")
    assert (found(library, "biển"), found(library, "sông"), found(library, "núi")) == (["first"], [], ["second"])


def test_a_work_is_found_before_the_index_has_taken_it_in(library: Library, tmp_path: Path) -> None:
    """Between its transaction and the end of the ingest: the works that wait are looked into as well."""
    scan(tmp_path / "scans" / "third", "1.tif"), scan(tmp_path / "scans" / "third", "1.txt", "hồ")
    workers = FakeWorkerPool()
    running = library.ingest([tmp_path / "scans" / "third"], IngestOptions(jobs=1), workers, workers.recipe)
    next(running)
    assert found(library, "hồ") == ["third"]
    list(running)
    assert found(library, "hồ") == ["third"]


def test_words_that_are_not_there_are_said_to_be_lost_until_they_are_read_again(
    library: Library, tmp_path: Path
) -> None:
    shutil.rmtree(library.folder / "text")
    again = Library.open(library.folder, library.settings)
    with pytest.raises(Damaged, match="first"):
        again.search("sông")
    with pytest.raises(Damaged, match="second"):
        again.search("núi", work="second")
    ingest(again, tmp_path / "scans" / "first")
    assert found(again, "sông") == ["first"]
    with pytest.raises(Damaged, match="second"):
        again.search("núi")
    ingest(again, tmp_path / "scans")
    assert (found(again, "sông"), found(again, "núi")) == (["first"], ["second"])
    again.close()
