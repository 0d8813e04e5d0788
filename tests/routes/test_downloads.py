"""What readers take home, over HTTP: the addresses, and the whole way of a PDF through a real server."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import get
from tests.patience import GUARD, until
from tests.pdf.reading import opened, text_of
from tests.routes.filled import WORDS, draw, filled, ingest
from tests.routes.serving import Running, running

PDF = "/works/book.pdf"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    filled(folder, pages=3).close()
    with running(folder / "library", folder / "log", MOCBAN_LANGUAGES="en") as server:
        yield server


def test_a_pdf_arrives_whole(served: Running) -> None:
    answer = served.ask(PDF)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert "content-length" not in answer.headers
    with opened(answer.body) as document:
        assert len(document) == 3
    assert text_of(answer.body, 2).strip() == WORDS


def test_pages_of_it_and_what_is_known_already(served: Running) -> None:
    answer = served.ask(f"{PDF}?pages=2-")
    with opened(answer.body) as document:
        assert len(document) == 2
    again = served.ask(f"{PDF}?pages=2-", if_none_match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    headed = served.ask(PDF, "HEAD")
    assert (headed.status, headed.body, headed.headers["content-type"]) == (200, b"", "application/pdf")


@pytest.mark.parametrize("pages", ["0-", "9999999999-", "x", "3-2", "1&pages=2"])
def test_a_broken_range_is_a_sentence(served: Running, pages: str) -> None:
    answer = served.ask(f"{PDF}?pages={pages}")
    assert answer.status == 400
    assert answer.body.startswith(b"pages")
    assert answer.body.count(b"\n") == 1


def test_a_connection_goes_on_behind_a_pdf(served: Running) -> None:
    ask = f"GET {PDF} HTTP/1.1\r\nHost: {served.host}\r\n\r\n".encode()
    first, second, third = served.send(ask, ask.replace(PDF.encode(), b"/works/book/text.txt"), ask)
    assert first.body == third.body
    assert WORDS.encode() in second.body


def test_http_1_0_is_answered_with_a_length(served: Running) -> None:
    (answer,) = served.send(f"GET {PDF} HTTP/1.0\r\nHost: {served.host}\r\n\r\n".encode())
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.body == served.ask(PDF).body


def test_a_reader_who_hangs_up_leaves_his_place(served: Running) -> None:
    for _ in range(60):
        with socket.create_connection(("127.0.0.1", served.port), timeout=GUARD) as wire:
            wire.sendall(f"GET {PDF} HTTP/1.1\r\nHost: {served.host}\r\n\r\n".encode())
            wire.recv(100)
    until(lambda: served.ask(PDF).status == 200, "a free place")
    assert "Traceback" not in served.log.read_text()


def test_a_work_and_a_page_whose_ids_end_like_a_download_keep_their_pages(tmp_path: Path) -> None:
    library = filled(tmp_path, pages=1)
    for name, stem in (("book.pdf", "1"), ("atlas", "1.txt")):
        (tmp_path / "scans" / name).mkdir()
        draw(tmp_path / "scans" / name / f"{stem}.tif", shade=40)
        ingest(library, tmp_path / "scans" / name)
    for path, kind in (
        ("/works/book.pdf", "text/html"),
        ("/works/book.pdf.pdf", "application/pdf"),
        ("/works/atlas.pdf", "application/pdf"),
        ("/works/atlas/pages/1.txt", "text/html"),
        ("/works/book/pages/0001.txt", "text/plain"),
    ):
        status, headers, _ = get.answer(library, path)
        assert (status, dict(headers)["content-type"].partition(";")[0]) == (200, kind), path
    library.withdraw("book.pdf")
    assert get.answer(library, "/works/book.pdf")[0] == 410
    library.close()


def test_addresses_that_only_look_like_downloads_are_none(served: Running) -> None:
    for path in ("/works/.pdf", "/works/none.pdf", "/works/book.PDF", "/works/book/pages/.txt"):
        assert served.ask(path).status == 404, path
    assert served.ask("/works/book/pages/0001").status == 200
