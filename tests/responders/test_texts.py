"""The text of works as it is sent: who is answered what, and from what it is remembered."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from manifests.errors import Missing, Withdrawn
from manifests.library import Library
from server.answers.document_cache import DocumentCache
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.responders import NeedsTime
from server.responders.texts import PAGE_FORMATS, TextResponder
from tests.routes.filled import WORK, draw, filled, ingest

FIELDS = RequestFields(base="http://library.example.org")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Its third page has no text."""
    opened = filled(tmp_path, pages=2)
    draw(tmp_path / "scans" / WORK / "0003.tif", shade=200)
    ingest(opened, tmp_path / "scans" / WORK)
    yield opened
    opened.close()


def everything(texts: TextResponder) -> list[Callable[..., ReadyAnswer]]:
    return [
        partial(texts.work_text, WORK),
        *(partial(texts.page_file, WORK, "0001", extension) for extension in PAGE_FORMATS),
        *(partial(texts.annotations, version, WORK, "0001", "line") for version in (3, 2)),
    ]


def test_what_cannot_wait_is_sent_only_when_it_is_prepared(library: Library) -> None:
    for ask in everything(TextResponder(library, DocumentCache())):
        with pytest.raises(NeedsTime):
            ask(FIELDS, may_wait=False)
        written = ask(FIELDS)
        assert ask(FIELDS, may_wait=False).body == written.body


def test_who_has_a_text_is_not_sent_it_again_and_nothing_is_written_for_him(library: Library) -> None:
    for ask, asked_elsewhere in zip(
        everything(TextResponder(library, DocumentCache())),
        everything(TextResponder(library, DocumentCache())),
        strict=True,
    ):
        held = FIELDS._replace(if_none_match=dict(ask(FIELDS).headers)["ETag"])
        assert asked_elsewhere(held, may_wait=False).status == 304


def test_a_text_that_is_read_anew_has_another_tag(library: Library) -> None:
    before = [dict(ask(FIELDS).headers)["ETag"] for ask in everything(TextResponder(library, DocumentCache()))]
    scans = library.folder.parent / "scans" / WORK
    (scans / "0001.txt").write_text("Chữ khác", encoding="utf-8")
    ingest(library, scans)
    answers = [ask(FIELDS) for ask in everything(TextResponder(library, DocumentCache()))]
    assert not set(before) & {dict(answer.headers)["ETag"] for answer in answers}
    assert all("Chữ".encode() in answer.body for answer in answers)


@pytest.mark.parametrize("page", ["0003", "0009", "", "0001~", "../0001"])
def test_a_page_without_text_and_one_that_never_was_have_none(library: Library, page: str) -> None:
    texts = TextResponder(library, DocumentCache())
    with pytest.raises(Missing):
        texts.page_file(WORK, page, "txt", FIELDS)
    with pytest.raises(Missing):
        texts.annotations(3, WORK, page, "line", FIELDS)


@pytest.mark.parametrize("granularity", ["glyph", "LINE", ""])
def test_a_level_that_is_not_given_out_is_missing(library: Library, granularity: str) -> None:
    with pytest.raises(Missing):
        TextResponder(library, DocumentCache()).annotations(3, WORK, "0001", granularity, FIELDS)


def test_the_text_of_a_withdrawn_work_is_withdrawn_at_once(library: Library) -> None:
    asked = everything(TextResponder(library, DocumentCache()))
    assert all(ask(FIELDS).status == 200 for ask in asked)
    library.withdraw(WORK)
    for ask in asked:
        with pytest.raises(Withdrawn):
            ask(FIELDS)


def test_a_page_file_is_saved_under_the_name_of_its_work_and_page(library: Library) -> None:
    texts = TextResponder(library, DocumentCache())
    names = [dict(texts.page_file(WORK, "0001", one, FIELDS).headers)["Content-Disposition"] for one in PAGE_FORMATS]
    assert names == [
        "inline; filename=\"book-1.txt\"; filename*=UTF-8''book%2C%201.txt",
        "inline; filename=\"book-1.alto.xml\"; filename*=UTF-8''book%2C%201.alto.xml",
    ]
