"""Manifests, canvases and collections: what is asked of the library for them, and until when they are kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from manifests.documents import Document
from manifests.errors import Withdrawn
from manifests.library import Library
from manifests.settings import Settings
from server.answers.document_cache import DocumentCache
from server.answers.http_date import http_date
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.responders import NeedsTime
from server.responders.documents import DocumentResponder
from server.responders.images import ImageResponder
from tests.routes.filled import WORK, draw, filled, ingest

CHANGED = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)
FIELDS = RequestFields(base="http://library.example.org", accept_encoding="gzip")


class Counting:
    """The library, counting how often the bytes of a stored document are asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.settings, self.settled = library.settings, library.settled
        self.document_digest, self.collection = library.document_digest, library.collection
        self.read = 0

    def document(self, version: int, work: str) -> Document:
        self.read += 1
        return self._library.document(version, work)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = filled(tmp_path, pages=2)
    yield opened
    opened.close()


def header(answer: ReadyAnswer, name: str) -> str:
    return dict(answer.headers)[name]


def test_a_manifest_is_read_once_and_never_for_who_has_it(library: Library) -> None:
    counting = Counting(library)
    first = DocumentResponder(counting, DocumentCache())  # type: ignore[arg-type]
    answers = [first.manifest(3, WORK, FIELDS) for _ in range(3)]
    assert counting.read == 1
    assert len({answer.body for answer in answers}) == 1
    held = FIELDS._replace(if_none_match=header(answers[0], "ETag"))
    another_worker = DocumentResponder(counting, DocumentCache())  # type: ignore[arg-type]
    assert another_worker.manifest(3, WORK, held).status == 304
    assert counting.read == 1


def test_what_cannot_wait_is_sent_only_when_it_is_prepared(library: Library) -> None:
    responder = DocumentResponder(library, DocumentCache())
    for ask in (
        partial(responder.manifest, 3, WORK),
        partial(responder.canvas, WORK, "0001"),
        partial(responder.paintings, WORK, "0001"),
        partial(responder.painting, WORK, "0001"),
        partial(responder.placeholder, WORK),
        partial(responder.collection, 3, "top", None),
    ):
        with pytest.raises(NeedsTime):
            ask(FIELDS, may_wait=False)
        prepared = ask(FIELDS)
        assert ask(FIELDS, may_wait=False) == prepared
        other_form = FIELDS._replace(accept_encoding="br")
        with pytest.raises(NeedsTime):
            ask(other_form, may_wait=False)
        held = other_form._replace(if_none_match="*")
        assert ask(held, may_wait=False).status == 304


def test_who_has_a_manifest_need_not_wait_until_it_is_prepared(library: Library) -> None:
    tag = header(DocumentResponder(library, DocumentCache()).manifest(3, WORK, FIELDS), "ETag")
    another_worker = DocumentResponder(library, DocumentCache())
    held = FIELDS._replace(if_none_match=tag)
    assert another_worker.manifest(3, WORK, held, may_wait=False).status == 304


def test_a_change_shows_at_the_next_request_whoever_made_it(library: Library, tmp_path: Path) -> None:
    responder = DocumentResponder(library, DocumentCache())
    before = responder.manifest(3, WORK, FIELDS)
    other = Library.open(library.folder, library.settings)
    draw(tmp_path / "scans" / WORK / "0003.tif", shade=99)
    ingest(other, tmp_path / "scans" / WORK)
    after = responder.manifest(3, WORK, FIELDS._replace(if_none_match=header(before, "ETag")))
    assert after.status == 200
    assert after.body != before.body
    other.withdraw(WORK)
    other.close()
    for ask in (
        lambda: responder.manifest(3, WORK, FIELDS),
        lambda: responder.canvas(WORK, "0001", FIELDS),
    ):
        with pytest.raises(Withdrawn):
            ask()
    assert WORK.encode() not in responder.collection(3, "top", None, FIELDS._replace(accept_encoding=None)).body


def test_a_document_that_other_settings_made_is_made_once_under_a_tag_of_its_own(library: Library) -> None:
    stored = DocumentResponder(library, DocumentCache()).manifest(3, WORK, FIELDS)
    named = Library.open(library.folder, replace(library.settings, title="Thư viện"))
    counting = Counting(named)
    responder = DocumentResponder(counting, DocumentCache())  # type: ignore[arg-type]
    made = [responder.manifest(3, WORK, FIELDS) for _ in range(2)]
    assert counting.read == 1
    assert made[0].body == made[1].body != stored.body
    tag = header(made[0], "ETag")
    assert tag != header(stored, "ETag")
    again = DocumentResponder(Library.open(library.folder, named.settings), DocumentCache())
    assert again.manifest(3, WORK, FIELDS._replace(if_none_match=tag)).status == 304
    named.close()


class Dated:
    """A library in which everything last changed at one time."""

    settings = Settings()

    def __init__(self, updated: datetime | None, settled: datetime) -> None:
        self.settled = settled
        self._updated = updated

    def document_digest(self, version: int, work: str) -> tuple[str, datetime | None]:
        return "digest", self._updated

    def document(self, *_: object, **__: object) -> Document:
        return Document(b"{}", "digest", self._updated)

    canvas = paintings = painting = notes = placeholder = collection = document

    @property
    def canvases(self) -> "Dated":
        return self


@pytest.mark.parametrize(
    ("settled", "modified"), [(CHANGED - DAY, CHANGED), (CHANGED, CHANGED), (CHANGED + DAY, CHANGED + DAY)]
)
def test_a_document_is_as_old_as_its_work_or_the_settings(settled: datetime, modified: datetime) -> None:
    responder = DocumentResponder(Dated(CHANGED, settled), DocumentCache())  # type: ignore[arg-type]
    for since, status in ((modified, 304), (modified - DAY, 200)):
        for answer in everything(responder, FIELDS._replace(if_modified_since=http_date(since))):
            assert answer.status == status
            # Beside a tag 304 need not say it (RFC 9110 section 15.4.5)
            assert dict(answer.headers).get("Last-Modified") == (http_date(modified) if status == 200 else None)


def test_the_collection_of_a_library_in_which_nothing_has_happened_has_no_time() -> None:
    responder = DocumentResponder(Dated(None, CHANGED), DocumentCache())  # type: ignore[arg-type]
    assert "Last-Modified" not in dict(responder.collection(3, "top", None, FIELDS).headers)


def everything(responder: DocumentResponder, fields: RequestFields) -> list[ReadyAnswer]:
    return [
        responder.manifest(3, WORK, fields),
        responder.manifest(2, WORK, fields),
        responder.canvas(WORK, "0001", fields),
        responder.paintings(WORK, "0001", fields),
        responder.painting(WORK, "0001", fields),
        responder.placeholder(WORK, fields),
        responder.collection(3, "top", None, fields),
        responder.collection(2, "top", None, fields),
    ]


def test_how_long_documents_are_kept_is_a_setting(library: Library) -> None:
    for seconds, said in ((0, "public, no-cache"), (60, "public, max-age=60")):
        library.settings = replace(Settings(), keep_documents=seconds)
        for answer in everything(DocumentResponder(library, DocumentCache()), FIELDS):
            assert header(answer, "Cache-Control") == said


def test_head_says_the_length_of_what_get_sends(library: Library) -> None:
    responder = DocumentResponder(library, DocumentCache())
    for got, headed in zip(
        everything(responder, FIELDS), everything(responder, FIELDS._replace(method="HEAD")), strict=True
    ):
        # Last-Modified is not said before the second is over.
        ours, theirs = ([said for said in one.headers if said[0] != "Last-Modified"] for one in (headed, got))
        assert ours == theirs
        assert headed.body == b""
        assert int(header(headed, "Content-Length")) == len(got.body)


def test_two_nodes_that_took_in_the_same_masters_give_the_same_tags(tmp_path: Path) -> None:
    """So that a proxy may ask either about what the other has sent (decisions.md, 12)."""
    head = FIELDS._replace(method="HEAD")
    nodes = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        library = filled(tmp_path / name, pages=1)
        images = ImageResponder(library, DocumentCache())
        whole = images.picture(3, f"{WORK}~0001", ("full", "max", "0", "default.jpg"), head)
        part = images.picture(3, f"{WORK}~0001", ("square", "50,", "90", "gray.png"), head)
        documents = everything(DocumentResponder(library, DocumentCache()), head)
        answers = [whole, part, images.information(3, f"{WORK}~0001", head), *documents]
        nodes.append([header(answer, "ETag") for answer in answers])
        library.close()
    assert nodes[0] == nodes[1]
    assert len(set(nodes[0])) == len(nodes[0])
