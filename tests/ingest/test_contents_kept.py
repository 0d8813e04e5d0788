"""What is read again and what is not; what a page keeps when its files change, go away or cannot be read."""

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from manifests.ingest.report import Verdict
from manifests.library import Library
from tests.ingest.fakes import FakeWorkerPool, ingest, scan


def codes(outcomes) -> set[str]:
    return {finding.code for outcome in outcomes for finding in outcome.findings}


def pages(library) -> list[tuple[str, str]]:
    return [(page.id, Path(page.file).name) for page in library.pages("book")]


@pytest.fixture
def book(scans) -> Path:
    folder = scans / "book"
    for number, time in ((1, 10), (2, 20), (3, 30)):
        os.utime(scan(folder, f"{number:04}.tif"), (time, time))
        os.utime(scan(folder, f"{number:04}.txt", f"trang số {number}"), (time, time))
    return folder


def test_an_ingest_of_what_is_unchanged_opens_no_master_and_no_text(library, scans, book):
    ingest(library, scans)
    for file in book.iterdir():
        seen = file.stat()
        file.write_bytes(b"x" * seen.st_size)  # of the same length, and then of the same time: nobody may look
        os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    workers = FakeWorkerPool()
    outcomes = ingest(library, scans, workers=workers)
    assert {outcome.verdict for outcome in outcomes} == {Verdict.UNCHANGED}
    assert (workers.built, workers.hashed) == ([], [])
    assert len(library.search("trang số 2")) == 1


def test_two_pages_of_one_length_and_time_are_read_so_that_a_swap_is_seen(library, scans):
    one, two = scan(scans / "book", "1.tif", "10x10 A"), scan(scans / "book", "2.tif", "10x10 B")
    for file in (one, two):
        os.utime(file, (5, 5))
    ingest(library, scans)
    one.rename(two.with_name("x")), two.rename(one), two.with_name("x").rename(two)
    ingest(library, scans)
    assert pages(library) == [("2", "1.tif"), ("1", "2.tif")]


def test_a_missed_page_put_in_by_renumbering_moves_no_id(library, scans, book):
    ingest(library, scans)
    for number in (3, 2):
        for ending in ("tif", "txt"):
            (book / f"{number:04}.{ending}").rename(book / f"{number + 1:04}.{ending}")
    scan(book, "0002.tif", "10x10 the missed one")
    ingest(library, scans)
    found = pages(library)
    assert [page for page, _ in found if not page.startswith("0002-")] == ["0001", "0002", "0003"]
    assert [file for _, file in found] == ["0001.tif", "0002.tif", "0003.tif", "0004.tif"]
    assert [hit.page for hit in library.search("trang số 3")] == ["0003"]


def test_a_master_of_another_format_is_the_page_scanned_anew_with_its_text(library, scans, book):
    ingest(library, scans)
    (book / "0002.tif").unlink()
    scan(book, "0002.png", "30x30 anew")
    for prune in (False, True):
        outcomes = ingest(library, scans, prune=prune)
        assert Verdict.MISSING not in {outcome.verdict for outcome in outcomes}
        assert pages(library)[1] == ("0002", "0002.png")
        assert [hit.page for hit in library.search("trang số 2")] == ["0002"]


def test_a_text_that_cannot_be_read_is_refused_and_the_page_keeps_what_it_had(library, scans, book):
    ingest(library, scans)
    text = book / "0002.txt"
    text.unlink()
    text.symlink_to(text)
    outcomes = ingest(library, scans)
    assert [Path(outcome.file).name for outcome in outcomes if outcome.verdict is Verdict.REFUSED] == ["0002.txt"]
    assert [hit.page for hit in library.search("trang số 2")] == ["0002"]
    text.unlink()
    text.write_text("chữ mới")
    ingest(library, scans)
    assert (library.search("trang số 2"), [hit.page for hit in library.search("chữ mới")]) == ([], ["0002"])


def test_a_changed_text_is_read_and_the_others_are_kept(library, scans, book):
    ingest(library, scans)
    before = library.work("book")
    scan(book, "0002.txt", "chữ mới")
    ingest(library, scans)
    assert [hit.page for query in ("trang số 1", "chữ mới") for hit in library.search(query)] == ["0001", "0002"]
    assert library.work("book").generation == before.generation + 1


def test_words_that_were_lost_are_made_anew(library, scans, book):
    ingest(library, scans)
    for file in (library.folder / "text").iterdir():
        file.unlink()
    again = Library.open(library.folder, library.settings)
    ingest(again, scans)
    assert [hit.page for hit in again.search("trang số 2")] == ["0002"]
    again.close()


def test_another_time_alone_is_no_change_for_those_who_harvest(library, scans, book):
    ingest(library, scans)
    before, changes = library.work("book"), library.changes()
    for number, file in enumerate(sorted(book.iterdir())):
        os.utime(file, (1000 + number, 1000 + number))
    for hashed in (3, 0):
        workers = FakeWorkerPool()
        ingest(library, scans, workers=workers)
        assert len(workers.hashed) == hashed
    assert (library.work("book"), library.changes()) == (before, changes)


def test_a_refusal_is_no_longer_said_when_the_good_master_is_back(library, scans, book):
    file = book / "0001.tif"
    good = file.read_text()
    ingest(library, scans)
    scan(book, "0001.tif", "rubbish")
    assert "unreadable" in codes(ingest(library, scans))
    scan(book, "0001.tif", good)
    assert codes(ingest(library, scans)) == set()


class Thief(FakeWorkerPool):
    """Takes a file away when the workers get their first order."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def hash(self, master):
        self.file.unlink(missing_ok=True)
        return super().hash(master)

    def build_pyramid(self, *order):
        self.file.unlink(missing_ok=True)
        return super().build_pyramid(*order)


def test_a_new_page_that_goes_meanwhile_is_refused_and_the_rest_goes_on(library, scans, book):
    outcomes = ingest(library, scans, workers=Thief(book / "0003.tif"))
    assert {Path(o.file).name: [f.code for f in o.findings] for o in outcomes if o.verdict is Verdict.REFUSED} == {
        "0003.tif": ["vanished"]
    }
    assert [page for page, _ in pages(library)] == ["0001", "0002"]


def test_a_known_page_that_goes_meanwhile_is_missing_and_not_pruned(library, scans, book):
    ingest(library, scans)
    for number in (1, 3):
        os.utime(book / f"000{number}.tif", (99 + number, 99 + number))
    outcomes = ingest(library, scans, workers=Thief(book / "0003.tif"), prune=True)
    [gone] = [outcome for outcome in outcomes if outcome.verdict is Verdict.MISSING]
    assert [finding.code for finding in gone.findings] == ["vanished"]
    assert len(pages(library)) == 3


def many(scans, *, pages: int = 12) -> list[Path]:
    names = [normalize("NFD", f"tờ {number:02}.tif") for number in range(pages)]
    return [scan(scans / "book", name, f"10x10 sheet {name}") for name in names]


def test_hashes_are_stored_at_once_so_that_a_killed_ingest_does_not_begin_again(library, scans):
    files = many(scans)
    ingest(library, scans)
    for number, file in enumerate(files):
        os.utime(file, (99 + number, 99 + number))

    class Killed(FakeWorkerPool):
        def hash(self, master):
            if len(self.hashed) == 9:
                raise KeyboardInterrupt
            return super().hash(master)

    with pytest.raises(KeyboardInterrupt):
        ingest(library, scans, workers=Killed(), jobs=1)
    workers = FakeWorkerPool()
    ingest(library, scans, workers=workers)
    assert len(workers.hashed) <= 12 - 9 + 3


def test_pyramids_of_a_killed_ingest_are_used_where_names_are_nfd(library, scans):
    many(scans)
    first, second = FakeWorkerPool(die_at=9), FakeWorkerPool()
    with pytest.raises(KeyboardInterrupt):
        ingest(library, scans, workers=first, jobs=1)
    ingest(library, scans, workers=second)
    assert len(second.built) <= 12 - 9 + 3
    assert len(library.pages("book")) == 12


def test_works_are_stored_one_by_one_and_not_all_at_the_end(library, scans):
    for number in range(30):
        scan(scans / f"book {number:02}", "1.tif")
    with pytest.raises(KeyboardInterrupt):
        ingest(library, scans, workers=FakeWorkerPool(die_at=20))
    assert library.count() > 5


def test_pages_of_an_older_recipe_are_made_anew_under_their_ids_and_a_killed_run_goes_on(library, scans):
    many(scans)
    ingest(library, scans)
    before = pages(library)
    with pytest.raises(KeyboardInterrupt):
        ingest(library, scans, workers=FakeWorkerPool(recipe=2, die_at=9), jobs=1)
    assert {page.pyramid.recipe for page in library.pages("book")} == {1}
    second = FakeWorkerPool(recipe=2)
    ingest(library, scans, workers=second)
    assert (pages(library), {page.pyramid.recipe for page in library.pages("book")}) == (before, {2})
    assert len(second.built) <= 12 - 9 + 3
