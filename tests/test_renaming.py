"""`mocban rename`, as the library does it: what the public sees then, and what stays as it lies on the disk."""

import json
from pathlib import Path

import pytest

from manifests.errors import Missing, Misused, Renamed, Withdrawn
from manifests.library import Library
from manifests.settings import Settings
from tests.ingest.fakes import FakeWorkerPool, ingest, scan


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    for name in "12":
        scan(tmp_path / "scans" / "book", f"{name}.tif")
        scan(tmp_path / "scans" / "book", f"{name}.txt", f"trang sách {name}")
    return tmp_path / "scans"


@pytest.fixture
def library(tmp_path: Path, scans: Path):
    library = Library.create(tmp_path / "library", Settings(languages=("en",)))
    ingest(library, scans)
    yield library
    library.close()


def files(library: Library) -> list[str]:
    rooms = ("pyramids", "text")
    return sorted(str(file) for room in rooms for file in (library.folder / room).rglob("*") if file.is_file())


def test_documents_images_and_words_are_those_of_the_new_id(library):
    library.rename("book", "sach")
    for version in (3, 2):
        body = library.document(version, "sach").body.decode()
        assert "/sach/manifest" in body
        assert "book" not in body.replace('"book"', "")  # its title, by its folder
    assert library.image("sach~1").image == "sach~1"
    assert [work.first_image for work in library.works()] == ["sach~1"]
    assert json.loads(library.collection(3, "top").body)["items"][0]["id"].endswith("/sach/manifest")
    assert [(hit.work, hit.page) for hit in library.search("trang sách 2", work="sach")] == [("sach", "2")]


def test_the_search_across_works_finds_it_once_under_its_new_id(library):
    library.rename("book", "sach")
    assert {hit.work for hit in library.search("trang sách")} == {"sach"}
    assert [found.work.id for found in library.across().works("trang sách").works] == ["sach"]
    assert list(library.fixity.outside_index()) == []


def test_files_stay_where_they_are_and_the_next_ingest_makes_nothing_anew(library, scans):
    before = files(library)
    library.rename("book", "sach")
    workers = FakeWorkerPool()
    outcomes = ingest(library, scans, workers=workers)
    assert {(outcome.work, str(outcome.verdict)) for outcome in outcomes} == {("sach", "unchanged")}
    assert (workers.built, workers.hashed, files(library)) == ([], [], before)
    assert [work.id for work in library.works()] == ["sach"]


def test_a_new_page_of_the_folder_is_a_page_of_the_renamed_work(library, scans):
    library.rename("book", "sach")
    scan(scans / "book", "3.tif")
    ingest(library, scans)
    assert [page.image for page in library.pages("sach")] == ["sach~1", "sach~2", "sach~3"]


def test_a_former_id_is_no_new_works_id(library, scans):
    library.rename("book", "sach")
    scan(scans / "more" / "book", "1.tif", "1000x1500 another")
    ingest(library, scans)
    [other] = [work.id for work in library.works() if work.id != "sach"]
    assert other.startswith("book-")


@pytest.mark.parametrize("ask", ["work", "shown_work", "any_work", "text"])
def test_who_asks_by_the_former_id_is_told_the_present_one(library, ask):
    library.rename("book", "b"), library.rename("b", "sach")
    with pytest.raises(Renamed) as told:
        getattr(library, ask)("book")
    assert (told.value.values["work"], told.value.values["now"]) == ("book", "sach")


def test_so_is_who_asks_for_a_page_an_image_or_a_document(library):
    library.rename("book", "sach")
    for ask in (
        lambda: library.page("book", "1"),
        lambda: library.image("book~1"),
        lambda: library.canvases.canvas("book", "1"),
        lambda: library.document(3, "book"),
        lambda: library.document_digest(2, "book"),
        lambda: library.search("trang", work="book"),
    ):
        with pytest.raises(Renamed) as told:
            ask()
        assert (told.value.values["work"], told.value.values["now"]) == ("book", "sach")
    with pytest.raises(Missing):
        library.image("book~9")


def test_nobody_is_led_to_a_draft(library, scans):
    scan(scans / "secret", "1.tif", "1000x1500 secret")
    ingest(library, scans, draft=True)
    library.rename("secret", "hidden")
    for ask in (lambda: library.work("secret"), lambda: library.image("secret~1"), lambda: library.page("secret", "1")):
        with pytest.raises(Missing) as told:
            ask()
        assert "hidden" not in str(told.value)
    library.publish("hidden")
    with pytest.raises(Renamed):
        library.work("secret")


def test_what_was_withdrawn_says_so_under_both_ids(library):
    library.rename("book", "sach"), library.withdraw("sach")
    for name in ("book", "sach"):
        with pytest.raises(Withdrawn):
            library.work(name)
        with pytest.raises(Withdrawn):
            library.image(f"{name}~1")
    library.rename("sach", "sach-cu")
    with pytest.raises(Withdrawn):
        library.work("sach")
    library.remove("sach-cu")
    for name in ("book", "sach", "sach-cu"):
        with pytest.raises(Withdrawn):
            library.work(name)


def test_a_removed_work_has_no_other_id(library):
    library.remove("book")
    with pytest.raises(Missing):
        library.rename("book", "sach")


@pytest.mark.parametrize("new", ["", "Sách", "-x", "a b", "a/b", "a~b", "x" * 101, "Manifest", "top", "canvas"])
def test_what_cannot_be_an_id_is_refused(library, new):
    with pytest.raises(Misused, match="cannot be the id"):
        library.rename("book", new)
    assert library.work("book").id == "book"


def test_its_own_id_is_no_change(library):
    library.rename("book", "book")
    assert [change.kind for change in library.changes()] == ["created"]
    assert library.former_ids("book") == []
