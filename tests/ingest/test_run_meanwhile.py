"""What others do to works while an ingest makes them: it lasts, and the report of the ingest is true."""

from collections.abc import Callable
from pathlib import Path

import pytest

from manifests.errors import Busy, Withdrawn
from manifests.ingest.report import Verdict
from manifests.ingest.run import IngestOptions
from manifests.library import Library
from manifests.model import State
from tests.ingest.fakes import FakeWorkerPool, ingest, scan


class Meddler(FakeWorkerPool):
    """Does something when the pyramid of a master of this name is asked for, or `early`, when its pages are counted."""

    def __init__(self, at: str, meddle: Callable[[], object], *, early: bool = False) -> None:
        super().__init__()
        self._at = at
        self._meddle = meddle
        self._early = early

    def count(self, master: Path):
        if self._early and master.name == self._at:
            self._meddle()
        return super().count(master)

    def build_pyramid(self, master: Path, pyramids: Path, work: str, page: str, *place: object):
        if not self._early and master.name == self._at:
            self._meddle()
        return super().build_pyramid(master, pyramids, work, page)


@pytest.fixture
def other(library: Library):
    """The same library as another process has it."""
    other = Library.open(library.folder, library.settings)
    yield other
    other.close()


@pytest.fixture
def book(library: Library, scans: Path) -> Path:
    """A work of one page, and a page more that no ingest has seen."""
    scan(scans / "book", "1.tif"), scan(scans / "book", "1.txt", "sông")
    ingest(library, scans)
    scan(scans / "book", "2.tif")
    return scans / "book"


def rows(outcomes) -> list[tuple[str, Verdict, list[str]]]:
    return [(Path(o.file).name, o.verdict, [finding.code for finding in o.findings]) for o in outcomes]


def files(library: Library) -> list[str]:
    return [file.name for room in ("pyramids", "text") for file in (library.folder / room).rglob("*") if file.is_file()]


def test_a_work_that_is_removed_meanwhile_stays_removed_and_the_report_says_so(library, other, scans, book):
    outcomes = ingest(library, scans, workers=Meddler("2.tif", lambda: other.remove("book")))
    assert rows(outcomes) == [("book", Verdict.UNCHANGED, ["removed"])]
    with pytest.raises(Withdrawn):
        library.work("book")
    assert (library.search("sông"), files(library)) == ([], [])
    assert [change.kind for change in library.changes()] == ["created", "removed"]
    assert rows(ingest(library, scans)) == [("book", Verdict.UNCHANGED, ["removed"])]


def test_a_takedown_during_an_ingest_of_the_very_folder_outlasts_it(library, other, scans, book):
    """What the ingest was asked for is older than the takedown, also where it had not come to the work yet."""
    names = [f"{number}.tif" for number in range(4)]  # more than one worker has in hand
    for name in names:
        scan(scans / "a book", name)
    workers = Meddler("0.tif", lambda: other.remove("book"), early=True)
    outcomes = ingest(library, scans / "a book", book, workers=workers, jobs=1)
    added = [(name, Verdict.ADDED, []) for name in names]
    assert sorted(rows(outcomes)) == [*added, ("book", Verdict.UNCHANGED, ["removed"])]
    assert [work.id for work in library.works()] == ["a-book"]
    ingest(library, book)
    assert [work.id for work in library.works()] == ["a-book", "book"]


def test_a_work_in_a_renamed_folder_that_is_removed_meanwhile_stays_removed(library, other, scans, book):
    book.rename(scans / "renamed")
    outcomes = ingest(library, scans / "renamed", workers=Meddler("2.tif", lambda: other.remove("book")))
    assert rows(outcomes) == [("renamed", Verdict.UNCHANGED, ["removed"])]
    assert rows(ingest(library, scans)) == [("renamed", Verdict.UNCHANGED, ["removed"])]
    assert library.works() == []


def test_a_work_that_is_withdrawn_meanwhile_takes_its_pages_in_and_stays_withdrawn(library, other, scans, book):
    outcomes = ingest(library, scans, workers=Meddler("2.tif", lambda: other.withdraw("book")))
    assert rows(outcomes) == [("1.tif", Verdict.UNCHANGED, []), ("2.tif", Verdict.ADDED, [])]
    assert library.any_work("book").state == State.WITHDRAWN
    assert library.search("sông") == []
    assert [change.kind for change in library.changes()] == ["created", "withdrawn"]
    library.publish("book")
    assert library.work("book").pages == 2


def test_a_draft_that_is_published_meanwhile_is_public_with_all_its_pages(library, other, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans, draft=True)
    scan(scans / "book", "2.tif")
    ingest(library, scans, draft=True, workers=Meddler("2.tif", lambda: other.publish("book")))
    assert library.work("book").pages == 2
    assert [change.kind for change in library.changes()] == ["created", "updated"]


def test_a_second_ingest_is_busy_and_the_first_goes_on(library, other, scans, book):
    told: list[str] = []

    def begin_another() -> None:
        workers = FakeWorkerPool()
        with pytest.raises(Busy, match="ingest") as busy:
            list(other.ingest([scans], IngestOptions(jobs=1), workers, workers.recipe))
        told.append(str(busy.value))
        assert workers.built == []

    outcomes = ingest(library, scans, workers=Meddler("2.tif", begin_another))
    assert len(told) == 1
    assert [verdict for _, verdict, _ in rows(outcomes)] == [Verdict.UNCHANGED, Verdict.ADDED]
    assert library.work("book").pages == 2


def test_a_work_that_is_renamed_meanwhile_takes_its_pages_in_under_its_new_id(library, other, scans, book):
    outcomes = ingest(library, scans, workers=Meddler("2.tif", lambda: other.rename("book", "sach")))
    assert rows(outcomes) == [("1.tif", Verdict.UNCHANGED, []), ("2.tif", Verdict.ADDED, [])]
    assert [work.id for work in library.works()] == ["sach"]
    assert [page.image for page in library.pages("sach")] == ["sach~1", "sach~2"]
    assert b"/book~" not in library.document(3, "sach").body
    assert {hit.work for hit in library.search("sông")} == {"sach"}
    assert [change.kind for change in library.changes()] == ["created", "renamed", "updated"]


def test_a_new_work_whose_id_was_given_away_meanwhile_gets_one_of_its_own(library, other, scans, book):
    scan(scans / "new", "9.tif", "1000x1500 nine")
    ingest(library, scans, workers=Meddler("9.tif", lambda: other.rename("book", "new")))
    assert library.label("new") == {"none": ["book"]}
    [told_apart] = [work for work in library.works() if work.id != "new"]
    assert told_apart.id.startswith("new-")
    assert told_apart.label == {"none": ["new"]}
