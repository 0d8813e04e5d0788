"""A library of two works, over workers that draw nothing: `first` of two pages with a text, `second` of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from manifests.library import Library
from manifests.settings import Settings
from tests.ingest.fakes import ingest, scan


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    for work, page in (("first", "1.tif"), ("first", "2.tif"), ("second", "1.tif")):
        scan(folder / work, page)
    scan(folder / "first", "1.txt", "sông")
    return folder


@pytest.fixture
def library(tmp_path: Path, scans: Path) -> Iterator[Library]:
    library = Library.create(tmp_path / "library", Settings())
    ingest(library, scans)
    yield library
    library.close()
