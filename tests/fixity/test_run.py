"""A check of fixity as a whole, through the library."""

import os
import shutil
import unicodedata
from pathlib import Path

import pytest

from manifests.errors import Missing
from manifests.fixity.reading import Pace
from manifests.ingest import lock
from manifests.library import Library
from manifests.model import Fixity, Severity
from tests.fixity.files import Onlooker, Stopped, StopsBehind, rot
from tests.ingest.fakes import FakeWorkerPool, ingest, scan


def verify(library: Library, *works: str, onlooker: Onlooker | None = None, again: bool = False) -> dict[str, str]:
    """By file: its name and that of its folder, the verdict; of what has none, the finding."""
    found = library.fixity.carry_out([library.any_work(work) for work in works], onlooker or Onlooker(), again=again)
    return {
        "/".join(Path(one.file).parts[-2:]): one.check.verdict if one.check is not None else one.findings[0].code
        for one in found
    }


def not_sound(library: Library, **how: bool) -> dict[str, str]:
    return {file: verdict for file, verdict in verify(library, **how).items() if verdict != Fixity.SOUND}


def pyramid(library: Library, work: str, page: str) -> Path:
    [found] = [known for known in library.pages(work) if known.id == page]
    return library.pyramid_file(found)


def test_all_files_of_a_library_that_is_well_are_sound(library: Library) -> None:
    found = verify(library)
    assert set(found.values()) == {Fixity.SOUND}
    assert len(found) == 3 + 3 + 1


def test_a_bit_that_turns_is_found_in_whatever_file(library: Library, scans: Path) -> None:
    [words] = (library.folder / "text").glob("*.words")
    hurt = [scans / "first" / "1.tif", pyramid(library, "first", "2"), words]
    for file in hurt:
        rot(file)
    assert set(not_sound(library)) == {"/".join(file.parts[-2:]) for file in hurt}
    assert set(not_sound(library).values()) == {Fixity.DAMAGED}


def test_files_that_are_gone_are_missing(library: Library, scans: Path) -> None:
    (scans / "first" / "1.tif").unlink()
    pyramid(library, "second", "1").unlink()
    assert list(not_sound(library).values()) == [Fixity.MISSING, Fixity.MISSING]


def test_a_master_that_somebody_has_overwritten_is_an_error(library: Library, scans: Path) -> None:
    """As by a program that holds files to ransom: each of them has another time."""
    (scans / "second" / "1.tif").write_text("pay")
    [told] = [one for one in library.fixity.carry_out([], Onlooker()) if one.findings]
    assert (told.check and told.check.verdict, told.findings[0].severity) == (Fixity.CHANGED, Severity.ERROR)


def test_a_damaged_pyramid_is_made_anew_by_the_next_ingest_and_only_once(library: Library, scans: Path) -> None:
    rot(pyramid(library, "first", "2"))
    verify(library)
    for built in (["2.tif"], []):
        workers = FakeWorkerPool()
        ingest(library, scans, workers=workers)
        assert workers.built == built
    assert not_sound(library) == {}


def test_words_that_are_damaged_are_read_again_by_the_next_ingest(library: Library, scans: Path) -> None:
    [words] = (library.folder / "text").glob("*.words")
    rot(words)
    assert list(not_sound(library).values()) == [Fixity.DAMAGED]
    ingest(library, scans)
    assert not_sound(library) == {}


def test_a_check_that_was_stopped_goes_on_where_it_was(library: Library) -> None:
    with pytest.raises(Stopped):
        verify(library, onlooker=StopsBehind(files=3))
    began = library.fixity.unfinished()
    assert began is not None
    rest = verify(library)
    assert len(rest) == 7 - 3
    assert library.fixity.unfinished() is None
    assert len(verify(library)) == 7


def test_what_was_found_damaged_before_the_stop_is_said_again(library: Library, scans: Path) -> None:
    rot(scans / "first" / "1.tif")
    with pytest.raises(Stopped):
        verify(library, onlooker=StopsBehind(files=3))
    assert verify(library)["first/1.tif"] == Fixity.DAMAGED


def test_it_begins_again_where_that_is_asked(library: Library) -> None:
    with pytest.raises(Stopped):
        verify(library, onlooker=StopsBehind(files=3))
    assert len(verify(library, again=True)) == 7


def test_the_way_is_as_long_as_it_was_said_to_be(library: Library) -> None:
    onlooker = Onlooker()
    verify(library, onlooker=onlooker)
    done = [done for done, _ in onlooker.steps]
    assert done == sorted(done)
    assert onlooker.steps[-1][0] == onlooker.steps[-1][1]


def test_only_the_works_that_are_named_are_read(library: Library) -> None:
    assert set(verify(library, "second")) >= {"second/1.tif"}
    assert len(verify(library, "second")) == 2
    with pytest.raises(Missing):
        verify(library, "third")
    assert library.fixity.unfinished() is None


def test_a_disk_that_is_not_mounted_is_no_loss_of_files(library: Library, scans: Path) -> None:
    verify(library)
    away = scans.rename(scans.with_name("elsewhere"))
    scans.mkdir()
    assert not_sound(library) == {"/".join(scans.parts[-2:]): "root-away"}
    shutil.rmtree(scans)
    away.rename(scans)
    assert library.fixity.of(library.any_work("first")).all_sound_since is not None
    assert not_sound(library) == {}


def test_a_disk_that_is_not_mounted_below_the_root_is_no_loss_of_files(library: Library, scans: Path) -> None:
    disk = scans / "disk"
    scan(disk / "third", "1.tif")
    scan(disk / "fourth", "1.tif")
    ingest(library, scans)
    away = disk.rename(scans.with_name("elsewhere"))
    (disk / "lost+found").mkdir(parents=True)
    assert not_sound(library) == {"scans/disk": "folder-away"}
    shutil.rmtree(disk)
    assert list(not_sound(library).values()) == [Fixity.MISSING] * 2
    away.rename(disk)
    assert not_sound(library) == {}


@pytest.mark.parametrize("is_there", [True, False])
def test_a_work_whose_own_folder_is_empty_or_gone_has_lost_its_masters(
    library: Library, scans: Path, is_there: bool
) -> None:
    shutil.rmtree(scans / "second")
    if is_there:
        (scans / "second").mkdir()
    assert not_sound(library) == {"second/1.tif": Fixity.MISSING}


def test_a_pipe_in_place_of_a_master_keeps_nobody_waiting(library: Library, scans: Path) -> None:
    (scans / "second" / "1.tif").unlink()
    os.mkfifo(scans / "second" / "1.tif")
    assert not_sound(library) == {"second/1.tif": Fixity.MISSING}


def test_a_work_that_is_renamed_meanwhile_is_read_too(library: Library) -> None:
    """As soon as the check has come to the first work, the last one gets an id that stands before it."""

    class Librarian(Onlooker):
        def checking(self, done: int, of: int) -> None:
            if not self.steps:
                library.rename("second", "a-first")
            super().checking(done, of)

    assert "second/1.tif" in verify(library, onlooker=Librarian())
    assert library.fixity.of(library.any_work("a-first")).all_sound_since is not None


def test_two_checks_at_once_forget_nothing_of_each_other(library: Library) -> None:
    """The second begins anew when the first has read something, and is stopped."""
    verify(library)

    class Other(Onlooker):
        def checking(self, done: int, of: int) -> None:
            if len(self.steps) == 3:
                with pytest.raises(Stopped):
                    verify(library, onlooker=StopsBehind(files=1), again=True)
            super().checking(done, of)

    verify(library, onlooker=Other())
    assert all(library.fixity.of(library.any_work(work)).all_sound_since for work in ("first", "second"))
    assert library.fixity.unfinished() is not None
    assert len(verify(library)) == 7 - 1
    assert library.fixity.unfinished() is None


def test_a_name_that_the_disk_writes_in_another_form_of_unicode_is_found(library: Library, tmp_path: Path) -> None:
    scan(tmp_path / "scans" / "other", unicodedata.normalize("NFD", "bìa.tif"))
    ingest(library, tmp_path / "scans")
    assert not_sound(library) == {}


def test_what_an_ingest_replaces_meanwhile_is_not_judged(library: Library, scans: Path) -> None:
    """The onlooker scans a page anew and takes it in when the check has come to the work's first file."""
    master = scans / "second" / "1.tif"

    class Librarian(Onlooker):
        def checking(self, done: int, of: int) -> None:
            if not self.steps:
                master.write_text("1000x1500 scanned anew")
                ingest(library, scans)
            super().checking(done, of)

    found = verify(library, "second", onlooker=Librarian())
    assert Fixity.CHANGED not in found.values()
    assert Fixity.MISSING not in found.values()
    assert not_sound(library) == {}


def test_a_work_that_the_index_does_not_know_is_named(library: Library) -> None:
    shutil.rmtree(library.folder / "index")
    found = [(one.work, one.findings[0].code) for one in library.fixity.carry_out([], Onlooker()) if one.check is None]
    assert found == [("first", "index-differs"), ("second", "index-differs")]
    library.reindex()
    assert not_sound(library) == {}


def test_a_removed_work_is_not_looked_for(library: Library) -> None:
    library.remove("second")
    assert set(verify(library).values()) == {Fixity.SOUND}
    assert not any(file.startswith("second/") for file in verify(library))


def test_strangers_are_not_said_while_an_ingest_makes_them(library: Library) -> None:
    (library.folder / "pyramids" / "half.tif").touch()
    with lock.held(library.folder, "ingest"):
        assert not_sound(library) == {}
    assert not_sound(library) == {"pyramids/half.tif": "stranger"}


def test_what_is_read_is_read_at_the_pace_that_is_given(library: Library) -> None:
    waited: list[float] = []
    pace = Pace(1000, lambda: 0.0, waited.append)
    read = sum((file.length or file.path.stat().st_size) for file in library.fixity.of(library.any_work("first")).files)
    list(library.fixity.carry_out([library.any_work("first")], Onlooker(), pace=pace))
    assert waited[-1] == pytest.approx(read / 1000)
