"""Ingest over workers that draw nothing: what is a work, what is unchanged, what a killed run leaves."""

import os
from pathlib import Path

import pytest

from manifests.errors import Busy, Missing, Withdrawn
from manifests.ingest import lock
from manifests.ingest.report import Verdict
from manifests.library import Library
from manifests.model import State
from manifests.settings import Settings
from tests.ingest.fakes import FakeWorkerPool, ingest, scan


def verdicts(outcomes):
    return {Path(outcome.file).name: outcome.verdict for outcome in outcomes}


def state_of(library):
    """All that an interrupted and an undisturbed run must agree on."""
    works = library.works(limit=100, states=(State.PUBLIC, State.DRAFT))
    pages = {work.id: library.pages(work.id) for work in works}
    index = library.folder / "index"
    files = {f.name: f.read_bytes() for f in library.folder.rglob("*") if f.is_file() and index not in f.parents}
    kept = {n: content for n, content in files.items() if not n.startswith(("catalog", "ingest", "library"))}
    return [(work.id, work.pages, work.label) for work in works], pages, kept


def test_every_folder_that_holds_page_files_is_a_work(library, scans):
    scan(scans / "Sách cổ", "1.tif"), scan(scans / "Sách cổ" / "phụ lục", "1.tif"), scan(scans / "empty", "note.doc")
    ingest(library, scans)
    assert [work.id for work in library.works()] == ["phu-luc", "Sach-co"]


def test_pages_stand_in_the_order_of_people(library, scans):
    for name in ("10.tif", "2.tif", "1.tif"):
        scan(scans / "book", name)
    ingest(library, scans)
    assert [page.id for page in library.pages("book")] == ["1", "2", "10"]


def test_a_second_ingest_makes_nothing_and_changes_nothing(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "2.tif")
    ingest(library, scans)
    before, changes = library.work("book"), library.changes()
    workers = FakeWorkerPool()
    outcomes = ingest(library, scans, workers=workers)
    assert verdicts(outcomes) == {"1.tif": Verdict.UNCHANGED, "2.tif": Verdict.UNCHANGED}
    assert (workers.built, library.work("book"), library.changes()) == ([], before, changes)


def test_a_master_with_another_time_and_the_same_content_is_unchanged(library, scans):
    file = scan(scans / "book", "1.tif")
    ingest(library, scans)
    os.utime(file, (1, 1))
    workers = FakeWorkerPool()
    assert verdicts(ingest(library, scans, workers=workers)) == {"1.tif": Verdict.UNCHANGED}
    assert workers.built == []


def test_a_page_inserted_moves_no_id_of_the_others(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "3.tif")
    ingest(library, scans)
    scan(scans / "book", "2.tif")
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert [page.id for page in library.pages("book")] == ["1", "2", "3"]
    assert workers.built == ["2.tif"]


def test_a_renamed_file_with_the_same_content_keeps_its_page(library, scans):
    old = scan(scans / "book", "x.tif")
    ingest(library, scans)
    old.rename(old.with_name("0001.tif"))
    workers = FakeWorkerPool()
    assert verdicts(ingest(library, scans, workers=workers)) == {"0001.tif": Verdict.UNCHANGED}
    assert [(page.id, page.file) for page in library.pages("book")] == [("x", "book/0001.tif")]
    assert workers.built == []


def test_a_page_whose_master_has_gone_is_kept_until_it_is_pruned(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "2.tif").unlink()
    scan(scans / "book", "2.tif")
    ingest(library, scans)
    (scans / "book" / "2.tif").unlink()
    assert verdicts(ingest(library, scans))["2.tif"] == Verdict.MISSING
    assert len(library.pages("book")) == 2
    pyramid = library.pyramid_file(library.pages("book")[1])
    assert verdicts(ingest(library, scans, prune=True))["2.tif"] == Verdict.REMOVED
    assert (len(library.pages("book")), pyramid.exists()) == (1, False)
    with pytest.raises(Withdrawn):
        library.page("book", "2")
    scan(scans / "book", "2.tif")
    ingest(library, scans)
    assert library.page("book", "2").id == "2"


def test_a_folder_that_has_gone_is_reported_and_kept(library, scans):
    file = scan(scans / "book", "1.tif")
    scan(scans / "other", "1.tif")
    ingest(library, scans)
    file.unlink(), file.parent.rmdir()
    outcomes = {outcome.file: outcome.verdict for outcome in ingest(library, scans)}
    assert outcomes[str(file)] == Verdict.MISSING
    assert library.work("book").pages == 1


def test_a_bad_file_is_refused_by_name_and_the_rest_goes_on(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "2.tif", "rubbish"), scan(scans / "book", "3.jp2")
    outcomes = ingest(library, scans)
    assert verdicts(outcomes)["2.tif"] == Verdict.REFUSED
    assert [finding.code for o in outcomes if o.file.endswith("2.tif") for finding in o.findings] == ["unreadable"]
    assert "2" not in [page.id for page in library.pages("book")]


def test_a_page_whose_new_master_is_bad_keeps_the_old_one(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans)
    before = library.page("book", "1")
    scan(scans / "book", "1.tif", "rubbish")
    assert verdicts(ingest(library, scans)) == {"1.tif": Verdict.REFUSED}
    assert library.page("book", "1") == before


@pytest.mark.parametrize("moment", range(8))
def test_an_ingest_stopped_at_any_page_goes_on_and_ends_as_an_undisturbed_one(tmp_path, scans, moment):
    for book in "abc":
        for number in range(3):
            scan(scans / book, f"{number}.tif")
    undisturbed = Library.create(tmp_path / "undisturbed", Settings())
    ingest(undisturbed, scans)
    stopped = Library.create(tmp_path / "stopped", Settings())
    first = FakeWorkerPool(die_at=moment)
    with pytest.raises(KeyboardInterrupt):
        ingest(stopped, scans, workers=first)
    second = FakeWorkerPool()
    ingest(stopped, scans, workers=second)
    assert state_of(stopped) == state_of(undisturbed)
    assert len(second.built) <= 9 - moment + 6  # at most the pages in hand are made twice
    undisturbed.close(), stopped.close()


def test_strays_of_a_killed_ingest_are_gone_after_the_next(library, scans):
    scan(scans / "book", "1.tif")
    for stray in ("pyramids/book/1.part", "pyramids/gone/x.tif", "text/book.123.words.part"):
        (library.folder / stray).parent.mkdir(exist_ok=True)
        (library.folder / stray).write_text("half")
    ingest(library, scans)
    strays = [file for file in library.folder.rglob("*") if file.is_file() and file.read_bytes() == b"half"]
    assert strays == []


def test_a_pyramid_of_an_older_recipe_is_made_anew(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans)
    old = library.pyramid_file(library.page("book", "1"))
    ingest(library, scans, workers=FakeWorkerPool(recipe=2))
    assert library.page("book", "1").pyramid.recipe == 2
    assert not old.exists()


def test_a_pyramid_that_has_been_deleted_is_made_anew(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans)
    library.pyramid_file(library.page("book", "1")).unlink()
    ingest(library, scans)
    assert library.pyramid_file(library.page("book", "1")).exists()


def test_a_draft_waits_and_a_known_work_keeps_its_state(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans, draft=True)
    with pytest.raises(Missing):
        library.work("book")
    scan(scans / "book", "2.tif")
    ingest(library, scans)
    assert library.any_work("book").state == State.DRAFT
    library.publish("book")
    assert library.work("book").pages == 2


def test_a_work_withdrawn_while_it_is_made_stays_withdrawn(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans)
    scan(scans / "book", "2.tif")

    class Meddler(FakeWorkerPool):
        def build_pyramid(self, *order):
            library.withdraw("book")
            return super().build_pyramid(*order)

    ingest(library, scans, workers=Meddler())
    with pytest.raises(Withdrawn):
        library.work("book")


def test_a_removed_work_frees_its_files_and_comes_back_by_an_ingest_of_its_own_folder(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans)
    library.remove("book")
    assert [f for f in (library.folder / "pyramids").rglob("*") if f.is_file()] == []
    with pytest.raises(Withdrawn):
        library.page("book", "1")
    [outcome] = ingest(library, scans)
    assert [finding.code for finding in outcome.findings] == ["removed"]
    with pytest.raises(Withdrawn):
        library.work("book")
    ingest(library, scans / "book")
    assert library.work("book").pages == 1
    assert [change.kind for change in library.changes()] == ["created", "removed", "created"]


def test_two_folders_of_one_name_are_two_works_whose_ids_do_not_depend_on_the_run(tmp_path, library, scans):
    scan(scans / "a" / "book", "1.tif"), scan(scans / "b" / "book", "1.tif")
    ingest(library, scans)
    ids = {work.id: work.folder for work in library.works()}
    assert ids["book"] == "a/book"
    assert len(ids) == 2
    again = Library.create(tmp_path / "again", Settings())
    ingest(again, scans)
    assert {work.id: work.folder for work in again.works()} == ids
    again.close()


def test_a_single_file_is_a_work_called_by_its_stem(library, scans):
    ingest(library, scan(scans, "map.tif"))
    assert [(work.id, work.folder) for work in library.works()] == [("map", "map.tif")]
    assert library.image("map~map").file == "map.tif"


def test_each_file_can_be_a_work_of_its_own(library, scans):
    scan(scans / "maps", "1.tif"), scan(scans / "maps", "2.tif")
    ingest(library, scans, each_file=True)
    assert [work.id for work in library.works()] == ["1", "2"]


def test_a_folder_is_known_by_its_full_path_however_it_was_reached(library, scans, tmp_path):
    scan(scans / "book", "1.tif")
    ingest(library, scans / "book")
    (tmp_path / "link").symlink_to(scans)
    assert verdicts(ingest(library, tmp_path / "link")) == {"1.tif": Verdict.UNCHANGED}
    assert library.count() == 1


def test_other_files_are_named_as_unused_and_junk_is_passed_over(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "book", "notes.doc"), scan(scans / "book", "Thumbs.db")
    outcomes = ingest(library, scans)
    assert {Path(o.file).name: [f.code for f in o.findings] for o in outcomes} == {"1.tif": [], "notes.doc": ["unused"]}


def test_numbers_that_are_missing_are_said_of_the_folder(library, scans):
    for name in ("0001.tif", "0002.tif", "0004.tif"):
        scan(scans / "book", name)
    for _ in range(2):
        [row] = [row for row in ingest(library, scans) if row.page is None]
        [finding] = row.findings
        assert (row.file, finding.code, finding.values["first"]) == (str(scans / "book"), "numbering-gap", "0003")


def test_a_checksum_list_that_disagrees_is_reported(library, scans):
    scan(scans / "book", "1.tif")
    scan(scans / "book", "list.sha256", f"{'0' * 64}  1.tif\n")
    for _ in range(2):
        [outcome] = [o for o in ingest(library, scans) if o.page]
        assert [finding.code for finding in outcome.findings] == ["checksum-differs"]
    (scans / "book" / "list.sha256").unlink()
    [outcome] = ingest(library, scans)
    assert list(outcome.findings) == []


def test_a_path_that_is_not_there_or_holds_nothing_is_said(library, scans):
    with pytest.raises(Missing, match="no "):
        ingest(library, scans / "nowhere")
    with pytest.raises(Missing, match="Nothing"):
        ingest(library, scans)


def test_a_second_ingest_at_the_same_time_is_told_who_holds_the_library(library, scans):
    scan(scans / "book", "1.tif")
    with lock.held(library.folder, "ingest"), pytest.raises(Busy, match=str(os.getpid())):
        ingest(library, scans)


def test_a_library_never_takes_in_its_own_pyramids(tmp_path, library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, tmp_path)
    ingest(library, tmp_path)
    assert [work.id for work in library.works()] == ["book"]


def test_a_name_that_is_no_text_is_refused_and_the_rest_goes_on(library, scans):
    good = scan(scans / "book", "1.tif")
    (good.parent / os.fsdecode(b"b\xff.tif")).write_bytes(good.read_bytes())
    (scans / os.fsdecode(b"d\xfe")).mkdir()
    outcomes = {outcome.file.rpartition("/")[2]: outcome for outcome in ingest(library, scans)}
    assert {name: outcome.verdict for name, outcome in outcomes.items()} == {
        "1.tif": Verdict.ADDED,
        "b\\xff.tif": Verdict.REFUSED,
        "d\\xfe": Verdict.REFUSED,
    }
    assert library.work("book").pages == 1


def test_a_link_to_a_folder_is_followed_but_never_to_what_lies_around(library, scans, tmp_path):
    scan(tmp_path / "elsewhere" / "map", "1.tif"), scan(tmp_path / "not-asked-for", "1.tif")
    scan(scans / "book", "1.tif")
    (scans / "map").symlink_to(tmp_path / "elsewhere" / "map")
    (scans / "up").symlink_to(tmp_path)
    ingest(library, scans)
    assert [(work.id, work.root) for work in library.works()] == [("book", "scans"), ("map", "elsewhere")]


def test_a_folder_that_cannot_be_looked_into_is_refused_and_what_was_in_it_has_not_gone(library, scans):
    scan(scans / "book", "1.tif"), scan(scans / "other", "1.tif")
    ingest(library, scans)
    (scans / "book").rename(scans.parent / "unmounted")
    (scans / "book").symlink_to(scans / "book")
    outcomes = ingest(library, scans, prune=True)
    assert verdicts(outcomes) == {"book": Verdict.REFUSED, "1.tif": Verdict.UNCHANGED}
    assert library.work("book").pages == 1


def test_a_path_that_holds_nothing_adds_no_root(library, scans):
    with pytest.raises(Missing):
        ingest(library, scans)
    assert library.settings.roots == {}
