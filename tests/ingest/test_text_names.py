"""The text of pages of a file that holds several: by the name of the page, or all in a file of the master's name."""

from dataclasses import replace

import pytest

from manifests.catalog import PageRecord
from manifests.ingest.text_names import TextNames
from manifests.library import Library
from manifests.model import Master, Page, PageState, Pyramid
from tests.ingest.fakes import FakeWorkerPool, ingest, scan, several
from tests.ingest.test_whole_texts import VERSES, alto, hocr, said, where
from tests.text.text_samples import write


@pytest.fixture
def book(scans):
    """A file of three pages, and one of one."""
    several(scans / "book", "r.tif", "one", "two", "three")
    scan(scans / "book", "z.tif")
    return scans / "book"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.hocr", hocr(VERSES)),
        ("ocr/r.html", hocr(VERSES)),
        ("alto/r.xml", alto(VERSES)),
        ("r.tif.xml", alto(VERSES)),
        ("r.txt", "\f".join(VERSES)),
    ],
)
def test_a_text_of_the_files_name_is_the_text_of_its_pages_one_by_one(library, scans, book, name, content):
    write(book / name, content)
    rows = ingest(library, scans)
    assert where(library, "tram nam", "chu menh", "trai qua") == [["r-1"], ["r-2"], ["r-3"]]
    assert said(rows) == []


def test_a_text_of_the_name_of_a_page_is_its_own(library, scans, book):
    write(book / "alto" / "r-2.xml", alto(VERSES[:1]))
    write(book / "z.xml", alto(VERSES[1:2]))
    rows = ingest(library, scans)
    assert where(library, "tram nam", "chu menh") == [["r-2"], ["z"]]
    assert said(rows) == []
    (book / "alto" / "r-2.xml").unlink()
    ingest(library, scans)
    assert where(library, "tram nam", "chu menh") == [[], ["z"]]


def test_a_page_that_was_refused_has_its_place_in_the_text_all_the_same(library, scans, book):
    (book / "r.tif").write_text("1000x1500 one\ftorn\f1000x1500 three")
    write(book / "r.hocr", hocr(VERSES))
    ingest(library, scans)
    assert where(library, "tram nam", "chu menh", "trai qua") == [["r-1"], [], ["r-3"]]


def test_a_text_of_another_number_of_pages_is_not_used_and_it_is_said(library, scans, book):
    write(book / "r.hocr", hocr(VERSES[:2]))
    rows = ingest(library, scans)
    assert where(library, "tram nam") == [[]]
    assert said(rows) == [("r.hocr", "unused"), ("r.hocr", "text-other-pages")]


def test_the_texts_of_a_file_given_alone_are_those_of_its_pages(library: Library, scans, book):
    write(book / "r-3.txt", VERSES[0])
    write(book / "z.txt", VERSES[1])
    ingest(library, book / "r.tif")
    assert where(library, "tram nam", "chu menh") == [["r-3"], []]


def test_each_file_takes_the_texts_of_its_pages_with_it(library: Library, scans, book):
    write(book / "r-3.txt", VERSES[0])
    write(book / "z.txt", VERSES[1])
    ingest(library, book, each_file=True)
    assert where(library, "tram nam", "chu menh") == [["r-3"], ["z"]]


def test_what_has_not_changed_is_not_read_again(library, scans, book):
    write(book / "r.hocr", hocr(VERSES))
    ingest(library, scans)
    (book / "r.hocr").chmod(0)
    rows = ingest(library, scans, workers=FakeWorkerPool())
    assert where(library, "chu menh") == [["r-2"]]
    assert said(rows) == []


def record(page: str, file: str, number: int = 1, pages: int = 1) -> PageRecord:
    master = Master("tiff", 1, 1, 8, 1, "grey", images=pages)
    return PageRecord(
        Page(page, page, {}, file, "", master, Pyramid("", 1, 1, "", 0, 1, True, b""), number=number),
        PageState.PRESENT,
        0,
        0,
    )


def test_a_file_that_bears_the_name_of_a_page_goes_before_it() -> None:
    names = TextNames.of([record("a", "b/r.tif", 1, 2), record("b", "b/r.tif", 2, 2), record("c", "b/r-2.tif")])
    assert names.of_page == {"a": "r-1", "b": "r.tif-2", "c": "r-2"}


def test_how_many_pages_a_file_has_is_told_by_those_that_are_there() -> None:
    gone = replace(record("c", "b/r.tif", 3, 3), state=PageState.MISSING)
    names = TextNames.of([record("a", "b/r.tif", 1, 2), record("b", "b/r.tif", 2, 2), gone])
    assert names.files["r"].count == 2
