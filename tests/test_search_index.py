"""The search index follows the catalogue, whatever becomes of its files."""

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from manifests.errors import Busy, Damaged, Missing
from manifests.ingest import lock
from manifests.ingest.report import NoProgress
from manifests.ingest.run import IngestOptions
from manifests.library import Library
from manifests.model import State
from manifests.search_index import lacks_index
from manifests.settings import Settings
from manifests.text import normalise
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


Spoil = Callable[[Path], None]


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-8])


def overwrite_with_zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def flip_a_byte(file: Path) -> None:
    """Where nothing but the digest in the name could tell."""
    content = bytearray(file.read_bytes())
    content[-1] ^= 255
    file.write_bytes(content)


def replace_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("lose", [Path.unlink, cut_off, overwrite_with_zeros, replace_by_a_folder])
def test_a_work_whose_words_are_lost_is_named_and_the_others_are_found(library: Library, lose: Spoil) -> None:
    for name in ("third", "fourth"):
        (
            scan(library.folder.parent / "scans" / name, "1.tif"),
            scan(library.folder.parent / "scans" / name, "1.txt", "sông"),
        )
    ingest(library, library.folder.parent / "scans")
    lose(words_of(library, "first"))
    again = Library.open(library.folder, library.settings)
    lost: list[Damaged] = []
    hits = again.search("sông", lost=lost.append)
    assert sorted(hit.work for hit in hits) == ["fourth", "third"]
    (told,) = lost
    assert told.values["work"] == "first"
    again.close()


def test_a_lost_work_is_one_line_of_the_log_where_nobody_else_hears_of_it(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    words_of(library, "first").unlink()
    again = Library.open(library.folder, library.settings)
    assert found(again, "sông") == []
    (line,) = caplog.messages
    assert "first" in line
    assert "\n" not in line
    again.close()


def test_words_that_are_lost_are_said_to_be_so_where_they_alone_are_asked(library: Library) -> None:
    words_of(library, "second").unlink()
    again = Library.open(library.folder, library.settings)
    with pytest.raises(Damaged, match="second"):
        again.search("núi", work="second")
    assert found(again, "sông") == ["first"]
    again.close()


@pytest.mark.parametrize("lose", [Path.unlink, cut_off, overwrite_with_zeros, flip_a_byte])
def test_lost_words_are_read_again_by_the_next_ingest_of_their_folder(
    library: Library, tmp_path: Path, lose: Spoil
) -> None:
    words = words_of(library, "first")
    before = words.read_bytes()
    lose(words)
    ingest(library, tmp_path / "scans" / "second")
    assert not words.exists() or words.read_bytes() != before
    ingest(library, tmp_path / "scans")
    assert words.read_bytes() == before
    again = Library.open(library.folder, library.settings)
    assert (found(again, "sông"), found(again, "núi")) == (["first"], ["second"])
    again.close()


def words_of(library: Library, work: str) -> Path:
    return library.folder / "text" / str(library.work(work).text)


# The index made anew


def edition(library: Library) -> str:
    return (library.folder / "index" / "current").read_text()


def of_other_keys(library: Library) -> None:
    """As an earlier version left it, with other keys."""
    now = edition(library)
    before = now.replace(f"-{normalise.RECIPE}.", f"-{normalise.RECIPE - 1}.")
    (library.folder / "index" / now).rename(library.folder / "index" / before)
    (library.folder / "index" / "current").write_text(before)


def test_an_index_with_keys_of_another_rule_is_made_anew_by_the_next_ingest(library: Library, tmp_path: Path) -> None:
    of_other_keys(library)
    assert found(library, "sông") == ["first"]
    ingest(library, tmp_path / "scans" / "second")
    assert f"-{normalise.RECIPE}." in edition(library)
    assert (found(library, "sông"), found(library, "núi")) == (["first"], ["second"])


def test_an_index_of_another_version_and_one_that_is_lost_can_be_told_from_a_new_one_and_from_no_words(
    library: Library, tmp_path: Path
) -> None:
    assert not lacks_index(library.folder)
    of_other_keys(library)
    assert lacks_index(library.folder)
    library.reindex()
    assert not lacks_index(library.folder)
    shutil.rmtree(library.folder / "index")
    assert lacks_index(library.folder)
    assert not lacks_index(tmp_path)


def test_removing_a_work_does_not_make_the_index_anew(library: Library) -> None:
    of_other_keys(library)
    before = edition(library)
    library.remove("first")
    assert (edition(library), found(library, "sông"), found(library, "núi")) == (before, [], ["second"])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore:unclosed file:ResourceWarning")
def test_a_damaged_index_is_made_anew_by_the_next_ingest(library: Library, tmp_path: Path) -> None:
    library.close()
    for file in (library.folder / "index" / edition(library)).iterdir():
        file.write_bytes(b"rubbish" * 20)
    ingest(library, tmp_path / "scans")
    assert (found(library, "sông"), found(library, "núi")) == (["first"], ["second"])
    gc.collect()


def test_an_index_of_a_version_without_editions_is_made_anew(library: Library, tmp_path: Path) -> None:
    index = library.folder / "index"
    (index / edition(library)).rename(tmp_path / "files")
    shutil.rmtree(index)
    (tmp_path / "files").rename(index)
    ingest(library, tmp_path / "scans")
    assert found(library, "sông") == ["first"]
    assert len(list(index.iterdir())) == 2


def test_reindexing_tells_how_far_it_is_and_leaves_nothing_behind(library: Library) -> None:
    class Told(NoProgress):
        def __init__(self) -> None:
            self.steps: list[tuple[int, int]] = []

        def indexing(self, done: int, of: int) -> None:
            self.steps.append((done, of))

    before, told = edition(library), Told()
    library.reindex(told)
    assert told.steps == [(0, 2), (2, 2)]
    assert edition(library) != before
    assert {path.name for path in (library.folder / "index").iterdir()} == {"current", edition(library)}
    assert found(library, "sông") == ["first"]


def test_a_new_index_is_written_once(library: Library) -> None:
    times = [file.stem for file in (library.folder / "index" / edition(library)).glob("*.toc")]
    assert times == ["_MAIN_1"], "Whoosh counts here how often it was written"


def test_a_work_that_is_removed_before_the_index_knows_it_is_found_no_more(library: Library, tmp_path: Path) -> None:
    library.remove("first")
    scan(tmp_path / "scans" / "third", "1.tif")
    ingest(library, tmp_path / "scans" / "third")
    assert found(library, "sông") == []


def test_reindexing_forgets_what_should_not_be_known(library: Library) -> None:
    library.reindex()
    library._catalog.set_state("first", State.REMOVED, datetime.now(UTC))  # and the index did not hear of it
    library.reindex()
    assert library.across().titled("first").works == []
    library.reindex()
    assert [work.id for work in library.across().titled("second").works] == ["second"]


def test_reindexing_waits_for_no_ingest(library: Library) -> None:
    with lock.held(library.folder, "ingest"), pytest.raises(Busy):
        library.reindex()


def test_words_that_are_lost_do_not_keep_the_index_from_being_made(library: Library) -> None:
    words_of(library, "first").unlink()
    library.close()
    again = Library.open(library.folder, library.settings)
    again.reindex()
    assert found(again, "núi") == ["second"]
    again.close()


# Titles


def test_a_work_without_text_is_found_by_its_title(library: Library, tmp_path: Path) -> None:
    scan(tmp_path / "scans" / "Bản đồ Huế", "1.tif")
    ingest(library, tmp_path / "scans")
    assert [work.id for work in library.across().titled("huế bản đồ").works] == ["Ban-do-Hue"]
    assert library.across().works("huế").works == []


@pytest.mark.parametrize("hide", [Library.withdraw, Library.remove])
def test_a_work_that_is_taken_away_is_found_no_more(library: Library, hide: Callable[[Library, str], None]) -> None:
    hide(library, "first")
    across = library.across()
    assert across.titled("first").works == []
    assert across.works("sông").works == []
    assert across.hits_page("sông").hits == []
    assert across.did_you_mean("sonh") is None


def test_a_draft_is_found_by_nobody(library: Library, tmp_path: Path) -> None:
    scan(tmp_path / "scans" / "draft", "1.tif"), scan(tmp_path / "scans" / "draft", "1.txt", "hồ")
    ingest(library, tmp_path / "scans", draft=True)
    assert (library.across().titled("draft").works, library.across().works("hồ").works) == ([], [])
    assert library.across().works("hồ").total == 0


def test_there_is_one_collection_to_search(library: Library) -> None:
    assert library.across("top").works("sông").total == 1
    with pytest.raises(Missing, match="maps"):
        library.across("maps")
