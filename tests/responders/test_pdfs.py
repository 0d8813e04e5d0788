"""A work as a PDF: which pages, under which name, and for whom nothing need be made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from manifests.errors import Malformed, Missing, Withdrawn
from manifests.library import Library
from manifests.settings import Settings
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.pyramid.open_pyramids import OpenPyramids
from server.responders.pdfs import PdfResponder
from tests.pdf.reading import joined, opened, text_of
from tests.routes.filled import WORDS, WORK, draw, filled, ingest

SAID = ("ETag", "Content-Type", "Content-Disposition", "Cache-Control")
FIELDS = RequestFields(base="http://library.example.org")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Its third page has no text."""
    opened_library = filled(tmp_path, pages=2)
    draw(tmp_path / "scans" / WORK / "0003.tif", shade=200)
    ingest(opened_library, tmp_path / "scans" / WORK)
    yield opened_library
    opened_library.close()


def responder(library: Library) -> PdfResponder:
    return PdfResponder(library, OpenPyramids(library.folder))


def content(answer: ReadyAnswer) -> bytes:
    assert answer.stream is not None
    return joined(answer.stream())


def header(answer: ReadyAnswer, name: str) -> str:
    return dict(answer.headers)[name]


def test_a_whole_work_is_all_its_pages_with_the_text_that_they_have(library: Library) -> None:
    answer = responder(library).pdf(WORK, [], FIELDS)
    assert header(answer, "Content-Type") == "application/pdf"
    made = content(answer)
    with opened(made) as document:
        assert len(document) == 3
        assert document.get_metadata_dict()["Title"] == WORK
    assert [text_of(made, page).strip() for page in range(3)] == [WORDS, WORDS, ""]


def test_a_range_is_those_pages_and_says_so_in_its_name_and_title(library: Library) -> None:
    answer = responder(library).pdf(WORK, ["2-3"], FIELDS)
    assert (
        header(answer, "Content-Disposition") == "inline; filename=\"book-2-3.pdf\"; filename*=UTF-8''book%2C%202-3.pdf"
    )
    with opened(content(answer)) as document:
        assert [document.get_page_label(page) for page in range(len(document))] == ["2", "3"]
        assert document.get_metadata_dict()["Title"] == "book, 2-3"


def test_the_source_is_the_address_by_which_it_was_asked(library: Library) -> None:
    with opened(content(responder(library).pdf(WORK, [], FIELDS))) as document:
        assert "http://library.example.org/works/book" in document.get_metadata_dict()["Subject"]


def test_who_has_it_is_not_sent_it_again_and_nothing_is_made_for_head(library: Library) -> None:
    first = responder(library).pdf(WORK, [], FIELDS)
    again = responder(library).pdf(WORK, [], FIELDS._replace(if_none_match=header(first, "ETag")))
    assert (again.status, again.stream) == (304, None)
    headed = responder(library).pdf(WORK, [], FIELDS._replace(method="HEAD"))
    assert [header(headed, name) for name in SAID] == [header(first, name) for name in SAID]
    assert headed.stream is None


def test_each_range_each_base_and_each_state_of_the_work_has_a_tag_of_its_own(library: Library, tmp_path: Path) -> None:
    pdfs = responder(library)
    tags = [header(pdfs.pdf(WORK, [pages], FIELDS), "ETag") for pages in ("", "1", "1-2")]
    tags.append(header(pdfs.pdf(WORK, [], FIELDS._replace(base="http://other.example.org")), "ETag"))
    (tmp_path / "scans" / WORK / "0001.txt").write_text("Chữ khác", encoding="utf-8")
    ingest(library, tmp_path / "scans" / WORK)
    tags.append(header(pdfs.pdf(WORK, [], FIELDS), "ETag"))
    draw(tmp_path / "scans" / WORK / "0002.tif", shade=99)
    ingest(library, tmp_path / "scans" / WORK)
    tags.append(header(pdfs.pdf(WORK, [], FIELDS), "ETag"))
    assert len(set(tags)) == len(tags)
    assert header(pdfs.pdf(WORK, ["1-3"], FIELDS), "ETag") == header(pdfs.pdf(WORK, ["1-"], FIELDS), "ETag") == tags[-1]


@pytest.mark.parametrize("asked", [["0-"], ["4"], ["9999999999-"], ["1", "2"]])
def test_what_is_no_range_is_refused(library: Library, asked: list[str]) -> None:
    with pytest.raises(Malformed):
        responder(library).pdf(WORK, asked, FIELDS)


def test_a_work_that_nobody_may_see_has_no_pdf(library: Library) -> None:
    pdfs = responder(library)
    begun = pdfs.pdf(WORK, [], FIELDS)
    library.withdraw(WORK)
    with pytest.raises(Withdrawn):
        pdfs.pdf(WORK, [], FIELDS)
    with pytest.raises(Withdrawn):
        content(begun)
    with pytest.raises(Missing):
        pdfs.pdf("none", [], FIELDS)


def test_the_limits_of_pictures_hold_here_too(library: Library) -> None:
    limited = Library.open(library.folder, Settings(languages=("en",), max_width=30))
    made = content(responder(limited).pdf(WORK, [], FIELDS))
    assert b"/DCTDecode" not in made
    assert text_of(made).strip() == WORDS
    limited.close()
