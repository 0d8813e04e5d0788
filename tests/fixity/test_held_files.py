"""Which files a work stands on, and what is known of their fixity."""

from datetime import UTC, datetime
from pathlib import Path

from manifests.library import Library
from manifests.model import FileKind
from tests.fixity.files import Onlooker, rot
from tests.ingest.fakes import ingest


def kinds(library: Library, work: str) -> list[tuple[FileKind, str, tuple[str, ...]]]:
    files = library.fixity.of(library.any_work(work)).files
    return [(file.kind, Path(file.file).name, file.pages) for file in files]


def test_a_work_stands_on_its_masters_its_pyramids_and_its_words(library: Library) -> None:
    files = kinds(library, "first")
    assert [(kind, pages) for kind, _, pages in files] == [
        (FileKind.MASTER, ("1",)),
        (FileKind.MASTER, ("2",)),
        (FileKind.PYRAMID, ("1",)),
        (FileKind.PYRAMID, ("2",)),
        (FileKind.TEXT, ()),
    ]
    assert [name for kind, name, _ in files if kind is FileKind.MASTER] == ["1.tif", "2.tif"]


def test_a_master_that_is_known_to_have_gone_is_not_asked_for(library: Library, scans: Path) -> None:
    (scans / "first" / "2.tif").unlink()
    ingest(library, scans)
    files = kinds(library, "first")
    assert [pages for kind, _, pages in files if kind is FileKind.MASTER] == [("1",)]
    assert [pages for kind, _, pages in files if kind is FileKind.PYRAMID] == [("1",), ("2",)]


def test_all_are_sound_since_the_first_of_them_was_found_so(library: Library) -> None:
    work = library.any_work("first")
    assert library.fixity.of(work).all_sound_since is None
    before = datetime.now(UTC).replace(microsecond=0)
    list(library.fixity.carry_out([], Onlooker()))
    sound = library.fixity.of(work).all_sound_since
    assert sound is not None
    assert before <= sound <= datetime.now(UTC)


def test_where_one_file_is_damaged_not_all_are_sound(library: Library, scans: Path) -> None:
    rot(scans / "first" / "2.tif")
    list(library.fixity.carry_out([], Onlooker()))
    assert library.fixity.of(library.any_work("first")).all_sound_since is None
    assert library.fixity.of(library.any_work("second")).all_sound_since is not None


def test_what_was_found_of_another_content_counts_for_nothing(library: Library, scans: Path) -> None:
    list(library.fixity.carry_out([], Onlooker()))
    (scans / "second" / "1.tif").write_text("1000x1500 scanned anew")
    ingest(library, scans)
    assert not library.fixity.of(library.any_work("second")).checks
