"""OCR of pages: which are read, what becomes of it beside the library's own text, and of a run that is killed."""

from collections.abc import Collection, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from manifests.errors import Missing
from manifests.findings import make_finding
from manifests.ingest.recogniser import RecognisedPage
from manifests.ingest.report import NoProgress, Outcome
from manifests.ingest.run import IngestOptions, IngestTools
from manifests.library import Library
from manifests.model import OcrEngine, Page, Recognition
from tests.ingest.fakes import FakeWorkerPool, ingest, scan

ENGINE = OcrEngine("tesseract", "5.3.0", "vie", "a1b2")


def alto(*words: str, size: tuple[int, int] = (1000, 1500)) -> bytes:
    """The words in one line, each 100 pixels wide."""
    strings = "".join(
        f'<String CONTENT="{word}" HPOS="{100 * n}" VPOS="50" WIDTH="90" HEIGHT="40"/>' for n, word in enumerate(words)
    )
    return (
        f'<alto><Layout><Page WIDTH="{size[0]}" HEIGHT="{size[1]}"><PrintSpace><TextBlock><TextLine>{strings}'
        "</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


class FakeRecogniser:
    """Reads what it is told stands on a page, else `trang` and the id. Remembers what it read."""

    def __init__(self, pages: Mapping[str, RecognisedPage] | None = None, engine: OcrEngine = ENGINE) -> None:
        self.engine = engine
        self.read: list[str] = []
        self._pages = pages or {}

    def recognise(self, pyramid: Path, page: Page) -> "Future[RecognisedPage]":
        assert pyramid.is_file()
        self.read.append(page.id)
        answer: Future[RecognisedPage] = Future()
        answer.set_result(self._pages.get(page.id) or RecognisedPage(alto("trang", page.id), 90.5))
        return answer


class KilledAtOnce(NoProgress):
    def recognised(self, file: str) -> None:
        raise KeyboardInterrupt


def ocr(library: Library, recogniser: FakeRecogniser | None = None, pages: Collection[str] = (), **wishes: bool):
    return list(library.recognise("book", pages, recogniser or FakeRecogniser(), NoProgress(), **wishes))


def read_in(library: Library, folder: Path, recogniser: FakeRecogniser) -> list[Outcome]:
    """An ingest with OCR."""
    return list(library.ingest([folder], IngestOptions(jobs=2), FakeWorkerPool(), 1, tools=IngestTools(recogniser)))


def outcomes(rows: Collection[Outcome]) -> dict[str | None, tuple[str, list[str]]]:
    return {row.page: (row.verdict.value, [finding.code for finding in row.findings]) for row in rows}


def found(library: Library, query: str) -> list[str]:
    return [hit.page for hit in library.search(query, work="book")]


def source(library: Library, page: str) -> str | Recognition | None:
    return library.text_sources("book").get(page)


def kept(library: Library) -> list[str]:
    return sorted(file.name.partition(".")[0] for file in (library.folder / "text" / "ocr").rglob("*.xml"))


@pytest.fixture
def book(library: Library, scans: Path) -> Path:
    """A work of three pages, the second of which has a text of its own."""
    for page in "123":
        scan(scans / "book", f"{page}.tif")
    scan(scans / "book", "2.txt", "Trăm năm trong cõi người ta")
    ingest(library, scans)
    return scans


def test_pages_without_text_are_read_and_found_and_others_are_left_alone(library, book):
    recogniser = FakeRecogniser()
    rows = ocr(library, recogniser)
    assert sorted(recogniser.read) == ["1", "3"]
    assert outcomes(rows) == {"1": ("changed", []), "2": ("unchanged", ["ocr-own-text"]), "3": ("changed", [])}
    assert rows[0].file == str(book / "book" / "1.tif")
    [hit] = library.search("trang 3")
    assert (hit.page, hit.boxes[0][:2]) == ("3", (0, 50))
    assert found(library, "tram nam") == ["2"]
    assert source(library, "2") == "2.txt"
    read = source(library, "1")
    assert isinstance(read, Recognition)
    assert (read.engine, read.confidence) == (ENGINE, 90.5)
    assert (library.folder / read.file).read_bytes() == alto("trang", "1")


@pytest.mark.parametrize(("told", "language"), [("vie", "vi"), ("chi_tra_vert", "zh-Hant"), ("vie+fra", None)])
def test_what_was_read_in_one_language_is_in_that_language(library, book, told, language):
    ocr(library, FakeRecogniser(engine=replace(ENGINE, languages=told)))
    words = library.text("book")
    assert {block.language for block in words.blocks("1")} == ({language} if language else set())
    assert words.blocks("2") == []


def test_an_ingest_reads_the_pages_that_have_no_text_and_each_file_keeps_its_one_row(library, scans):
    for page in "12":
        scan(scans / "book", f"{page}.tif")
    recogniser = FakeRecogniser({"2": RecognisedPage(None, findings=[make_finding("recognition-failed", reason="x")])})
    rows = read_in(library, scans, recogniser)
    assert outcomes(rows) == {"1": ("added", []), "2": ("added", ["recognition-failed"])}
    again = FakeRecogniser()
    rows = read_in(library, scans, again)
    assert again.read == ["2"]
    assert outcomes(rows) == {"1": ("unchanged", []), "2": ("unchanged", [])}
    assert found(library, "trang") == ["1", "2"]


def test_what_was_read_stays_through_later_ingests_and_is_not_read_again(library, book):
    ocr(library)
    updated = library.work("book").updated
    ingest(library, book)
    again = FakeRecogniser()
    ocr(library, again)
    assert (found(library, "trang"), again.read, kept(library)) == (["1", "3"], [], ["1", "3"])
    assert library.work("book").updated == updated


def test_another_language_reads_the_page_again(library, book):
    ocr(library)
    french = FakeRecogniser({"1": RecognisedPage(alto("bonjour"), 80)}, replace(ENGINE, languages="fra"))
    ocr(library, french, pages=["1"])
    assert (french.read, found(library, "bonjour"), found(library, "trang")) == (["1"], ["1"], ["3"])
    assert kept(library) == ["1", "3"]


def test_the_librarys_own_text_wins_when_it_comes_later_and_the_ocrs_is_back_when_it_goes(library, book):
    ocr(library)
    own = scan(book / "book", "1.txt", "Chữ tài chữ mệnh")
    rows = ingest(library, book)
    assert outcomes(rows)["1"] == ("unchanged", ["text-choice"])
    assert (found(library, "chu menh"), found(library, "trang"), source(library, "1")) == (["1"], ["3"], "1.txt")
    own.unlink()
    assert outcomes(ingest(library, book))["1"] == ("unchanged", [])
    assert found(library, "trang") == ["1", "3"]


def test_an_own_text_that_cannot_be_read_leaves_the_page_to_ocr(library, book):
    scan(book / "book", "1.xml", "<alto><Layout>")
    ingest(library, book)
    rows = ocr(library)
    assert outcomes(rows)["1"][0] == "changed"
    ingest(library, book)
    assert found(library, "trang") == ["1", "3"]


def test_own_text_is_replaced_where_that_is_asked_for_and_only_as_long_as_it_is_the_same(library, book):
    rows = ocr(library, replaces=True)
    assert outcomes(rows)["2"] == ("changed", [])
    rows = ingest(library, book)
    assert (found(library, "trang 2"), found(library, "tram nam")) == (["2"], [])
    scan(book / "book", "2.txt", "Trải qua một cuộc bể dâu")
    rows = ingest(library, book)
    assert outcomes(rows)["2"] == ("unchanged", ["text-choice"])
    assert (found(library, "be dau"), found(library, "trang 2")) == (["2"], [])


def test_own_text_is_not_replaced_by_nothing(library, book):
    rows = ocr(library, FakeRecogniser({"2": RecognisedPage(alto())}), replaces=True)
    assert outcomes(rows)["2"] == ("unchanged", ["ocr-no-words"])
    assert found(library, "tram nam") == ["2"]


def test_a_page_scanned_anew_loses_what_was_read_on_the_old_picture(library, book):
    ocr(library)
    scan(book / "book", "1.tif", "1000x1500 scanned anew")
    ingest(library, book)
    assert (found(library, "trang"), library.pages("book")[0].text, kept(library)) == (["3"], None, ["3"])
    ocr(library)
    assert found(library, "trang") == ["1", "3"]


def test_a_page_renamed_keeps_what_was_read_and_one_that_lost_its_master_too(library, book):
    ocr(library)
    (book / "book" / "1.tif").rename(book / "book" / "9.tif")
    (book / "book" / "3.tif").unlink()
    ingest(library, book)
    assert sorted(found(library, "trang")) == ["1", "3"]
    ingest(library, book, prune=True)
    assert (found(library, "trang"), kept(library)) == (["1"], ["1"])


@pytest.fixture
def read_before(library: Library, book: Path) -> str:
    """The one page that a run had read when it was killed."""
    with pytest.raises(KeyboardInterrupt):
        list(library.recognise("book", (), FakeRecogniser(), KilledAtOnce()))
    [page] = kept(library)
    assert found(library, "trang") == []
    return page


def test_a_run_that_is_killed_has_lost_only_the_page_in_hand(library, read_before):
    recogniser = FakeRecogniser()
    ocr(library, recogniser)
    assert sorted([read_before, *recogniser.read]) == ["1", "3"]
    assert found(library, "trang") == ["1", "3"]


def test_what_a_killed_run_has_read_is_taken_in_by_a_plain_ingest(library, book, read_before):
    ingest(library, book)
    assert found(library, "trang") == [read_before]


@pytest.mark.parametrize(
    "rubbish", [b"", b"trang 1", b"<alto><Layout>", b"<html><body>trang</body></html>", b"\0" * 50, b"<!DOCTYPE x []>"]
)
def test_rubbish_is_a_failure_of_that_page_alone_and_is_tried_again(library, book, rubbish):
    rows = ocr(library, FakeRecogniser({"1": RecognisedPage(rubbish)}))
    assert outcomes(rows)["1"] == ("refused", ["recognition-failed"])
    assert (found(library, "trang"), kept(library)) == (["3"], ["3"])
    assert ("1", "recognition-failed") in _findings(library)
    ingest(library, book)
    assert ("1", "recognition-failed") in _findings(library)
    ocr(library)
    assert (found(library, "trang"), _findings(library)) == (["1", "3"], [("2", "ocr-own-text")])


def _findings(library: Library) -> list[tuple[str | None, str]]:
    return [(said.page, said.finding.code) for said in library.findings(library.work("book"))]


def test_a_page_without_words_is_said_to_be_one_and_is_not_read_again(library, book):
    rows = ocr(library, FakeRecogniser({"1": RecognisedPage(alto())}))
    assert outcomes(rows)["1"] == ("unchanged", ["ocr-no-words"])
    assert library.pages("book")[0].text is None
    again = FakeRecogniser()
    read_in(library, book, again)
    ocr(library, again)
    assert again.read == []
    assert ("1", "ocr-no-words") in _findings(library)


def test_words_that_ocr_itself_doubts_are_taken_in_and_said(library, book):
    rows = ocr(library, FakeRecogniser({"1": RecognisedPage(alto("trang", "1"), 31.4)}))
    assert outcomes(rows)["1"] == ("changed", ["ocr-doubtful"])


def test_boxes_lie_on_the_page_where_ocr_read_a_smaller_picture(library, book):
    ocr(library, FakeRecogniser({"1": RecognisedPage(alto("a", "trang", size=(250, 375)), 90)}))
    assert library.search("trang", work="book")[0].boxes[0] == (400, 200, 360, 160)


def test_a_recognition_whose_file_is_lost_is_none(library, book):
    ocr(library)
    for file in (library.folder / "text" / "ocr").rglob("*.xml"):
        file.unlink()
    again = FakeRecogniser()
    ocr(library, again)
    assert sorted(again.read) == ["1", "3"]


def test_only_the_pages_named_are_read_and_one_that_is_not_there_is_named(library, book):
    recogniser = FakeRecogniser()
    assert [row.page for row in ocr(library, recogniser, pages=["3"])] == ["3"]
    with pytest.raises(Missing, match="no page 7"):
        ocr(library, recogniser, pages=["1", "7"])
    assert recogniser.read == ["3"]


def test_a_removed_work_takes_what_was_read_with_it(library, book):
    ocr(library)
    library.remove("book")
    assert kept(library) == []
    assert not (library.folder / "text" / "ocr" / "book").exists()
    ingest(library, book / "book")
    assert library.pages("book")[0].text is None


def test_a_draft_that_is_read_stays_a_draft(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans, draft=True)
    ocr(library)
    assert (library.any_work("book").state, library.search("trang")) == ("draft", [])


def test_the_manifest_has_its_search_service_once_the_work_has_words(library, scans):
    scan(scans / "book", "1.tif")
    ingest(library, scans)
    assert b"/search/" not in library.document(3, "book").body
    ocr(library)
    assert b"/search/" in library.document(3, "book").body
