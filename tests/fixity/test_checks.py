"""Since when a work is known to be whole: one question to the catalogue, never more hopeful than all its files."""

from pathlib import Path

import pytest

from manifests.library import Library
from manifests.settings import Settings
from tests.fixity.files import Onlooker, Stopped, StopsBehind, rot
from tests.ingest.fakes import ingest, scan


def verify(library: Library) -> None:
    list(library.fixity.carry_out([], Onlooker()))


def agree(library: Library, work: str) -> bool:
    """Whether it is whole, by the one question and by every file."""
    since = library.fixity.sound_since(work)
    assert since == library.fixity.of(library.any_work(work)).all_sound_since
    return since is not None


def test_a_work_is_whole_since_the_first_of_its_files_was_found_so(library: Library) -> None:
    assert not agree(library, "first")
    verify(library)
    assert agree(library, "first")
    assert agree(library, "second")


def test_a_damaged_file_of_whatever_kind_makes_a_work_unsound_and_no_other(library: Library, scans: Path) -> None:
    verify(library)
    [words] = (library.folder / "text").glob("*.words")
    pyramid = library.pyramid_file(library.pages("first")[1])
    for file in (scans / "first" / "2.tif", pyramid, words):
        whole = file.read_bytes()
        rot(file)
        verify(library)
        assert not agree(library, "first"), file
        assert agree(library, "second")
        file.write_bytes(whole)
        verify(library)
        assert agree(library, "first"), file


def test_a_work_that_was_checked_in_part_is_not_known_to_be_whole(library: Library) -> None:
    with pytest.raises(Stopped):
        list(library.fixity.carry_out([], StopsBehind(files=3)))
    assert not agree(library, "first")


def test_a_page_that_was_added_or_scanned_anew_since_is_not_known_to_be_whole(library: Library, scans: Path) -> None:
    verify(library)
    scan(scans / "second", "2.tif")
    ingest(library, scans)
    assert not agree(library, "second")
    verify(library)
    assert agree(library, "second")
    (scans / "second" / "1.tif").write_text("1000x1500 scanned anew")
    ingest(library, scans)
    assert not agree(library, "second")


def test_words_that_are_others_since_are_not_known_to_be_whole(library: Library, scans: Path) -> None:
    verify(library)
    (scans / "first" / "1.txt").write_text("núi", encoding="utf-8")
    ingest(library, scans)
    assert not agree(library, "first")


def test_a_work_of_which_a_master_has_gone_is_not_whole_whatever_was_found_before(
    library: Library, scans: Path
) -> None:
    verify(library)
    (scans / "first" / "2.tif").unlink()
    ingest(library, scans)
    assert library.fixity.sound_since("first") is None
    verify(library)
    assert library.fixity.sound_since("first") is None


def test_a_work_that_is_not_there_is_not_whole(tmp_path: Path) -> None:
    empty = Library.create(tmp_path / "empty", Settings())
    assert empty.fixity.sound_since("none") is None
    empty.close()
