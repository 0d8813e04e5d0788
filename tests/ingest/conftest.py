"""A folder for scans and a library, over workers that draw nothing."""

from pathlib import Path

import pytest

from manifests.library import Library
from manifests.settings import Settings


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    return folder


@pytest.fixture
def library(tmp_path: Path):
    library = Library.create(tmp_path / "library", Settings())
    yield library
    library.close()
