"""A file with the text of a whole work: each page has its own, by the names in the file or by position."""

import pytest

from manifests.library import Library
from tests.ingest.fakes import FakeWorkerPool, ingest, scan
from tests.text.text_samples import write

VERSES = ("Trăm năm trong cõi", "Chữ tài chữ mệnh", "Trải qua một cuộc")


def hocr(verses, images=None):
    page = "<div class='ocr_page' title='image \"{}\"; bbox 0 0 1000 1500'><span class='ocr_line'>{}</span></div>"
    images = images or ["unknown.tif"] * len(verses)
    return f"<html><body>{''.join(map(page.format, images, verses))}</body></html>"


def alto(verses, attributes="ID='P{}'"):
    page = "<Page {}><TextLine><String CONTENT='{}'/></TextLine></Page>"
    pages = (page.format(attributes.format(number), verse) for number, verse in enumerate(verses, 1))
    return f"<alto><Layout>{''.join(pages)}</Layout></alto>"


@pytest.fixture
def book(scans):
    for number in (1, 2, 3):
        scan(scans / "book", f"{number}.tif")
    return scans / "book"


def where(library: Library, *queries: str) -> list[list[str]]:
    return [[hit.page for hit in library.search(query)] for query in queries]


def said(rows) -> list[tuple[str, str]]:
    return [(row.file.rpartition("/")[2], finding.code) for row in rows for finding in row.findings]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("book.hocr", hocr(VERSES)),
        ("text/all pages.html", hocr(VERSES)),
        ("alto/book.xml", alto(VERSES)),
        ("ocr.txt", "\f".join(VERSES) + "\f"),
        ("ocr.txt", "\n\f".join(VERSES)),
    ],
)
def test_a_file_of_as_many_pages_as_the_work_is_its_text_page_by_page(library, scans, book, name, content):
    write(book / name, content)
    rows = ingest(library, scans)
    assert where(library, "tram nam", "chu menh", "trai qua") == [["1"], ["2"], ["3"]]
    assert said(rows) == [(name.rpartition("/")[2], "text-by-position")]


def test_pages_that_the_file_names_are_found_whatever_their_order_and_number(library, scans, book):
    write(book / "all.hocr", hocr(VERSES[:2], ["/scans/ocr/3.png", "/scans/ocr/1.png"]))
    rows = ingest(library, scans)
    assert where(library, "tram nam", "chu menh") == [["3"], ["1"]]
    assert said(rows) == [("all.hocr", "text-by-name")]


def test_numbers_of_images_name_pages_only_where_they_name_all(library, scans, book):
    write(book / "all.xml", alto(VERSES, attributes="PHYSICAL_IMG_NR='{}7'"))
    ingest(library, scans)
    assert where(library, "tram nam") == [["1"]]
    write(book / "all.xml", alto(VERSES[:2], attributes="PHYSICAL_IMG_NR='{}.0'").replace("'1.0'", "'3.0'"))
    ingest(library, scans)
    assert where(library, "tram nam", "chu menh") == [["3"], ["2"]]


def test_a_file_of_fewer_pages_is_unused_and_said_to_be_and_so_is_a_note_of_one_page(library, scans, book):
    write(book / "all.hocr", hocr(VERSES[:2])), write(book / "readme.txt", "Trăm năm trong cõi")
    rows = ingest(library, scans)
    assert library.search("tram nam") == []
    assert sorted(said(rows)) == [("all.hocr", "text-other-pages"), ("all.hocr", "unused"), ("readme.txt", "unused")]
    assert sorted(said(ingest(library, scans))) == sorted(said(rows))


def test_a_note_beside_a_single_page_is_not_its_text_but_a_file_with_the_works_name_is(library, scans):
    for name in ("letter", "map"):
        scan(scans / name, "1.tif")
    write(scans / "letter/notes.txt", "Trăm năm"), write(scans / "map/MAP.txt", "Trăm năm")
    ingest(library, scans)
    assert [hit.work for hit in library.search("tram nam")] == ["map"]


def test_the_better_format_goes_first_wherever_it_is(library, scans, book):
    write(book / "all.xml", alto(VERSES)), write(book / "2.txt", "Lạ gì bỉ sắc")
    rows = ingest(library, scans)
    assert where(library, "chu menh", "bi sac") == [["2"], []]
    assert ("2.tif", "text-choice") in said(rows)
    write(book / "all.xml", "\f".join(VERSES)).rename(book / "all.txt")
    ingest(library, scans)
    assert where(library, "chu menh", "bi sac", "trai qua") == [[], ["2"], ["3"]]


def test_what_has_not_changed_is_kept_and_what_has_is_read_again(library, scans, book):
    file = write(book / "all.hocr", hocr(VERSES))
    ingest(library, scans)
    before = library.work("book")
    assert said(ingest(library, scans)) == [("all.hocr", "text-by-position")]
    assert library.work("book") == before
    write(file, hocr(VERSES[::-1]))
    ingest(library, scans)
    assert where(library, "tram nam", "trai qua") == [["3"], ["1"]]
    scan(book, "4.tif")
    rows = ingest(library, scans)
    assert (where(library, "tram nam"), ("all.hocr", "text-other-pages") in said(rows)) == ([[]], True)
    file.unlink()
    assert said(ingest(library, scans)) == []


def test_a_page_that_lost_its_master_counts_and_keeps_its_text(library, scans, book):
    write(book / "all.hocr", hocr(VERSES))
    ingest(library, scans)
    (book / "1.tif").unlink()
    ingest(library, scans, workers=FakeWorkerPool())
    assert where(library, "tram nam", "chu menh", "trai qua") == [["1"], ["2"], ["3"]]


def test_a_broken_file_is_named_and_costs_only_the_text(library, scans, book):
    write(book / "all.xml", "<alto><Layout>"), write(book / "1.txt", "Trăm năm")
    rows = ingest(library, scans)
    assert (where(library, "tram nam"), said(rows)) == ([["1"]], [("all.xml", "text-unreadable")])
    assert said(ingest(library, scans)) == [("all.xml", "text-unreadable")]


def test_what_was_said_of_a_text_that_was_mended_is_said_no_longer(library, scans):
    scan(scans / "book", "1.tif")
    page = (
        "<alto><Layout><Page WIDTH='{}' HEIGHT='1500'><TextLine><String CONTENT='a'/></TextLine></Page></Layout></alto>"
    )
    write(scans / "book/1.xml", page.format(1500))
    assert said(ingest(library, scans)) == [("1.tif", "ocr-aspect")]
    assert said(ingest(library, scans)) == [("1.tif", "ocr-aspect")]
    write(scans / "book/1.xml", page.format(1000))
    assert said(ingest(library, scans)) == []
