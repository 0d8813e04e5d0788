"""PDFs beside page images: of a page by its stem, of the whole work by position, else not used."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from manifests import findings
from manifests.ingest.run import IngestOptions, IngestTools
from manifests.library import Library
from manifests.text import with_pdf
from manifests.text.pdf import PdfPage, PdfWord
from manifests.text.reader import Unreadable
from tests.ingest.fakes import FakeWorkerPool, scan, several
from tests.text.text_samples import write


def page(*words: str, width: float = 500, height: float = 750, unmapped: int = 0) -> PdfPage:
    """Half as large as the master; each word 40 units wide."""
    set_words = [PdfWord(word, 0, 50 * n, 100, 40, 20) for n, word in enumerate(words)]
    return PdfPage(width, height, set_words, sum(map(len, words)), unmapped)


def take_in(library: Library, scans: Path, pdfs: Mapping[str, Sequence[PdfPage]]) -> dict[str, list[str]]:
    """What is said of each file."""

    def read_pdf(file: Path) -> Sequence[PdfPage]:
        if not pdfs.get(file.name):
            raise Unreadable(findings.make_finding("text-encrypted"))
        return pdfs[file.name]

    tools = IngestTools(text_readers=with_pdf(read_pdf))
    rows = list(library.ingest([scans], IngestOptions(jobs=2), FakeWorkerPool(), 1, tools=tools))
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(Path(row.file).name, []).extend(finding.code for finding in row.findings)
    return said


@pytest.fixture
def book(scans: Path) -> Path:
    for number in "12":
        scan(scans / "book", f"{number}.tif")
    return scans / "book"


def put_pdf(file: Path) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"%PDF-1.7 " + file.name.encode())
    return file


def found(library: Library, query: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(hit.page, tuple(hit.boxes[0])) for hit in library.search(query, work="book")]


@pytest.mark.parametrize("name", ["2.pdf", "text/2.pdf", "2.tif.PDF"])
def test_a_pdf_with_a_pages_stem_is_the_text_of_that_page(library, scans, book, name):
    file = put_pdf(book / name)
    take_in(library, scans, {file.name: [page("chữ", "nghĩa")]})
    assert found(library, "nghia") == [("2", (100, 200, 80, 40))]
    assert (library.pages("book")[1].text, library.text_sources("book")) == ("pdf", {"2": file.name})


def test_a_pdf_with_as_many_pages_as_the_work_is_its_text_by_position(library, scans, book):
    put_pdf(book / "whole.pdf")
    said = take_in(library, scans, {"whole.pdf": [page("một"), page("hai")]})
    assert (found(library, "mot")[0][0], found(library, "hai")[0][0]) == ("1", "2")
    assert said["whole.pdf"] == ["text-by-position"]


def test_a_pdf_above_the_folder_of_the_images_is_the_works_text_too(library, scans):
    for number in "12":
        scan(scans / "book" / "tif", f"{number}.tif")
    put_pdf(scans / "book" / "book.pdf")
    take_in(library, scans, {"book.pdf": [page("một"), page("hai")]})
    assert [hit for hit, _ in found(library, "hai")] == ["2"]


def test_a_pdf_with_another_number_of_pages_is_not_used(library, scans, book):
    put_pdf(book / "whole.pdf")
    said = take_in(library, scans, {"whole.pdf": [page("một"), page("hai"), page("ba")]})
    assert "unused" in said["whole.pdf"]
    assert library.pages("book")[0].text is None


def test_alto_goes_before_a_pdf_and_a_pdf_before_plain_text(library, scans, book):
    put_pdf(book / "1.pdf"), put_pdf(book / "2.pdf")
    scan(book, "1.txt", "trơn")
    scan(book, "2.xml", '<alto><Page><TextLine><String CONTENT="alto"/></TextLine></Page></alto>')
    take_in(library, scans, {"1.pdf": [page("lớp")], "2.pdf": [page("lớp")]})
    assert [known.text for known in library.pages("book")] == ["pdf", "alto"]


def test_a_pdf_of_pictures_alone_gives_way_to_plain_text_and_to_ocr(library, scans, book):
    put_pdf(book / "1.pdf"), put_pdf(book / "2.pdf")
    scan(book, "1.txt", "trơn")
    said = take_in(library, scans, {"1.pdf": [page()], "2.pdf": [page()]})
    assert (library.pages("book")[0].text, len(library.search("tron"))) == ("plain", 1)
    assert (library.pages("book")[1].text, said["2.tif"]) == (None, ["text-no-layer"])


def test_one_that_cannot_be_read_costs_only_its_own_page(library, scans, book):
    put_pdf(book / "1.pdf"), put_pdf(book / "2.pdf")
    said = take_in(library, scans, {"1.pdf": [], "2.pdf": [page("hai")]})
    assert said["1.tif"] == ["text-encrypted"]
    assert [known.text for known in library.pages("book")] == [None, "pdf"]


def test_letters_that_mean_nothing_are_no_text(library, scans, book):
    put_pdf(book / "1.pdf")
    said = take_in(library, scans, {"1.pdf": [page("abc", unmapped=2)]})
    assert (said["1.tif"], library.pages("book")[0].text) == (["text-unmapped"], None)


def test_words_of_a_page_of_another_shape_are_kept_without_places(library, scans, book):
    put_pdf(book / "1.pdf")
    said = take_in(library, scans, {"1.pdf": [page("một", width=750, height=500)]})
    assert (said["1.tif"], library.pages("book")[0].text) == (["ocr-aspect"], "pdf")


def test_a_pdf_that_is_unchanged_is_not_opened_again(library, scans, book):
    put_pdf(book / "2.pdf")
    take_in(library, scans, {"2.pdf": [page("hai")]})
    assert take_in(library, scans, {}) == {"1.tif": [], "2.tif": []}
    assert library.pages("book")[1].text == "pdf"


def test_without_somebody_to_read_it_a_pdf_is_not_used(library, scans, book):
    put_pdf(book / "2.pdf")
    rows = list(library.ingest([scans], IngestOptions(jobs=2), FakeWorkerPool(), 1))
    assert [[f.code for f in row.findings] for row in rows if row.file.endswith(".pdf")] == [["unused"]]


@pytest.fixture
def report(scans: Path) -> Path:
    """A PDF of three pages that is the work."""
    return several(scans / "book", "r.pdf", "one", "two", "three").parent


LAYER = [page("chữ", "nghĩa"), page(), page("nghĩa")]


def test_the_layer_of_a_pdf_whose_pages_are_the_work_is_their_text(library, scans, report):
    assert take_in(library, scans, {"r.pdf": LAYER}) == {"r.pdf": []}
    assert found(library, "nghia") == [("r-1", (100, 200, 80, 40)), ("r-3", (0, 200, 80, 40))]
    assert library.text_sources("book") == {"r-1": "r.pdf", "r-3": "r.pdf"}
    take_in(library, scans, {})  # what has not changed is not read again
    assert [hit for hit, _ in found(library, "nghia")] == ["r-1", "r-3"]


def test_a_pdf_of_scans_without_text_is_nothing_to_be_told(library, scans, report):
    assert take_in(library, scans, {"r.pdf": [page(), page(), page()]}) == {"r.pdf": []}


def test_a_layer_that_cannot_be_read_is_said_once_and_the_pages_come_in(library, scans, report):
    assert take_in(library, scans, {}) == {"r.pdf": ["text-encrypted"]}
    assert len(library.pages("book")) == 3
    assert take_in(library, scans, {}) == {"r.pdf": ["text-encrypted"]}


def test_an_alto_goes_before_the_layer_and_plain_text_behind_it(library, scans, report):
    line = "<TextLine><String CONTENT='khác'/></TextLine>"
    write(report / "r-1.xml", f"<alto><Layout><Page>{line}</Page></Layout></alto>")
    write(report / "r-2.txt", "thường")
    write(report / "r-3.txt", "thường")
    take_in(library, scans, {"r.pdf": LAYER})
    assert [hit.page for hit in library.search("khac", work="book")] == ["r-1"]
    assert [hit.page for hit in library.search("thuong", work="book")] == ["r-2"]
    assert [hit for hit, _ in found(library, "nghia")] == ["r-3"]


def test_a_layer_is_read_anew_with_its_file(library, scans, report):
    take_in(library, scans, {"r.pdf": LAYER})
    several(report, "r.pdf", "one", "two", "three", "four")
    take_in(library, scans, {"r.pdf": [page("mới"), page(), page(), page("mới")]})
    assert [hit for hit, _ in found(library, "moi")] == ["r-1", "r-4"]
    assert found(library, "nghia") == []


def test_a_pdf_of_the_name_of_a_tiff_of_several_pages_is_their_text(library, scans):
    several(scans / "book", "r.tif", "one", "two")
    put_pdf(scans / "book" / "r.pdf")
    assert take_in(library, scans, {"r.pdf": [page("chữ"), page("nghĩa")]}) == {"r.tif": []}
    assert found(library, "nghia") == [("r-2", (0, 200, 80, 40))]
