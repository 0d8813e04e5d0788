"""Files that nothing in the catalogue refers to."""

import os
import sys
from pathlib import Path

import pytest

from manifests.library import Library
from tests.fixity.files import Onlooker
from tests.ingest.fakes import ingest, scan


def strangers(library: Library) -> list[tuple[str, str]]:
    found = library.fixity.carry_out([], Onlooker())
    return [(Path(one.file).name, one.findings[0].code) for one in found if one.check is None]


def test_a_library_that_was_just_filled_has_none(library: Library) -> None:
    assert strangers(library) == []


@pytest.mark.parametrize("place", ["pyramids/x.tif", "pyramids/first/x.tif", "text/x.words", "text/ocr/first/x.xml"])
def test_what_the_catalogue_does_not_need_is_named_and_goes_with_the_next_ingest(
    library: Library, scans: Path, place: str
) -> None:
    file = library.folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    assert strangers(library) == [(file.name, "stranger")]
    ingest(library, scans)
    assert strangers(library) == []


def test_a_page_file_that_came_later_is_named(library: Library, scans: Path) -> None:
    scan(scans / "first", "3.tif")
    scan(scans / "first", "notes.doc")
    assert strangers(library) == [("3.tif", "not-taken-in")]


def test_a_file_that_was_refused_is_not_named_again(library: Library, scans: Path) -> None:
    scan(scans / "first", "3.tif", "no picture")
    ingest(library, scans)
    assert strangers(library) == []


@pytest.mark.skipif(sys.platform == "darwin", reason="its disks take only names in UTF-8")
def test_names_that_are_not_utf_8_can_be_told_and_are_not_named_again(library: Library, scans: Path) -> None:
    stray = Path(os.fsdecode(os.fsencode(library.folder / "pyramids") + b"/\xe9.tif"))
    stray.touch()
    refused = Path(os.fsdecode(os.fsencode(scans / "first") + b"/\xe9.tif"))
    refused.touch()
    assert strangers(library) == [("\\xe9.tif", "not-taken-in"), ("\\xe9.tif", "stranger")]
    ingest(library, scans)
    assert strangers(library) == []


def test_what_lies_beside_a_work_of_one_file_is_not_its(library: Library, tmp_path: Path) -> None:
    alone = scan(tmp_path / "maps", "map.tif")
    ingest(library, alone)
    scan(tmp_path / "maps", "other.tif")
    assert strangers(library) == []


def test_what_computers_put_beside_scans_is_no_stranger(library: Library, scans: Path) -> None:
    scan(scans / "first", "._1.tif")
    assert strangers(library) == []
