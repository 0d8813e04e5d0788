"""What is answered before any application, because it is no request: it leaves as every other answer does."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.front_door.gateway import MOST_UNSENT, SECONDS_FOR_A_READER, SECONDS_WHEN_FULL, Worker, look_after
from tests.patience import GUARD, until
from tests.routes.filled import filled
from tests.routes.serving import Running, running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    Library.create(folder / "library", Settings()).close()
    with running(folder / "library", folder / "log", MOCBAN_LANGUAGES="en") as server:
        yield server


@pytest.mark.parametrize(
    ("status", "request_bytes"),
    [
        (400, b"rubbish\r\n\r\n"),
        (400, b"GET /health HTTP/9.9\r\n\r\n"),
        (400, b"GET /a b HTTP/1.1\r\n\r\n"),
        (400, b"GET / HTTP/1.1\nHost: a\n\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: tale\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nX: folded\r\n line\r\n\r\n"),
        (400, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (400, b"\x16\x03\x01\x02\x00\x01\x00"),
        (414, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n"),
        (414, b"GET /" + b"a" * 100_000),
        (431, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 9000 + b"\r\n\r\n"),
        (431, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 100_000),
        (431, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 101 + b"\r\n"),
    ],
)
def test_what_is_no_request_is_refused_as_everything_else_is(
    served: Running, status: int, request_bytes: bytes
) -> None:
    answer = served.send(request_bytes)[0]
    assert answer.status == status
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.body.endswith(b".\n")
    assert served.ask("/health").status == 200
    assert f"path=- status={status}" in served.log.read_text()


@pytest.mark.parametrize("protocol", [b"websocket", b"h2c", b"TLS/1.0"])
def test_another_protocol_is_not_spoken_and_the_request_answered_as_it_is(served: Running, protocol: bytes) -> None:
    upgrade = b"Connection: upgrade\r\nUpgrade: " + protocol + b"\r\nSec-WebSocket-Version: 13\r\n"
    answer = served.send(b"GET /health HTTP/1.1\r\nHost: a\r\n" + upgrade + b"\r\n")[0]
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["connection"] == "close"


def test_requests_sent_together_are_answered_in_order(served: Running) -> None:
    paths = [f"/nothing/{number}" if number % 3 else "/health" for number in range(40)]
    together = "".join(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n" for path in paths)
    answers = served.send(together.encode(), *[b""] * 39)
    assert [answer.status for answer in answers] == [404 if number % 3 else 200 for number in range(40)]


def test_tiles_leave_in_order_with_all_else(tmp_path: Path) -> None:
    filled(tmp_path).close()
    tile, computed = "0,0,150,131/max/0/default.jpg", "0,0,9,9/max/0/default.png"
    with running(tmp_path / "library", tmp_path / "log") as served:
        asked = [tile, computed, tile, tile, computed, "info.json", tile] * 3
        together = "".join(f"GET /iiif/image/3/book~0001/{path} HTTP/1.1\r\nHost: a\r\n\r\n" for path in asked)
        answers = served.send(together.encode(), *[b""] * (len(asked) - 1))
        types = {tile: "image/jpeg", computed: "image/png", "info.json": "application/ld+json"}
        assert [answer.headers["content-type"].partition(";")[0] for answer in answers] == [types[p] for p in asked]
        assert len({answer.body for answer in answers if answer.headers["content-type"] == "image/jpeg"}) == 1
        last = served.send(f"GET /iiif/image/3/book~0001/{tile} HTTP/1.0\r\nHost: a\r\n\r\n".encode())[0]
        assert (last.status, last.headers["connection"]) == (200, "close")
        line = f"method=GET path=/iiif/image/3/book~0001/{tile} status=200 bytes={len(last.body)} "
        lines = asked.count(tile) + 1
        until(lambda: served.log.read_text().count(line) == lines, "the lines in the log, which follow the answers")


def test_a_request_with_a_body_is_answered_and_the_next_one_too(served: Running) -> None:
    posted = b"POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n\r\n\r\nabcde"
    chunked = b"GET /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    asked = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
    answers = served.send(posted + chunked + asked, b"", b"")
    assert [answer.status for answer in answers] == [405, 200, 200]


def test_a_request_may_come_a_byte_at_a_time(served: Running) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=GUARD) as wire:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n":
            wire.sendall(bytes([byte]))
        assert wire.recv(15).endswith(b"200 OK")


def test_a_worker_whose_gunicorn_has_died_ends(served: Running, tmp_path: Path) -> None:
    Library.create(tmp_path / "library", Settings()).close()
    with running(tmp_path / "library", tmp_path / "log") as orphaned:
        orphaned.process.kill()
        orphaned.process.wait(timeout=GUARD)
        until(lambda: not is_open(orphaned), "the end of the worker")


def is_open(served: Running) -> bool:
    try:
        socket.create_connection(("127.0.0.1", served.port), timeout=GUARD).close()
    except ConnectionRefusedError:
        return False
    return True


def test_patience_ends_sooner_where_many_bytes_wait() -> None:
    few, many = Unread(MOST_UNSENT // 2), Unread(MOST_UNSENT)
    look_after([few])
    assert few.patience == SECONDS_FOR_A_READER
    look_after([few, many])
    assert few.patience == many.patience == SECONDS_WHEN_FULL


class Unread:
    """A connection whose reader has left so many bytes unread."""

    def __init__(self, unsent: int) -> None:
        self.loop = self.transport = self
        self.get_write_buffer_size = lambda: unsent
        self.time = lambda: 0.0
        self.patience = 0.0

    def look_after(self, _now: float, patience: float) -> None:
        self.patience = patience


def test_the_worker_that_is_configured_is_ours() -> None:
    from config.gunicorn import worker_class

    assert worker_class == f"{Worker.__module__}.{Worker.__qualname__}"
