"""One connection, with bytes put in and taken out by hand, and a clock that is told the time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from server.answers.ready_answer import ReadyAnswer
from server.front_door.fast_lane import Sendable
from server.front_door.http_protocol import BYTES_TO_BE_READ, REQUESTS_AT_A_TIME, SECONDS_LEFT_OPEN
from server.front_door.refusals import LONGEST_HEADER, MOST_HEADERS, SECONDS_FOR_A_HEAD
from server.front_door.request_log import RequestLog
from tests.front_door.connections import PATIENCE, Connection

REQUEST = b"GET /a%2Fb?c HTTP/1.1\r\nHost: a\r\n\r\n"
KEEPALIVE = 5


class App:
    """Answers what it is told to answer; remembers what it was asked."""

    def __init__(self) -> None:
        self.lane: Any = None
        self.log = RequestLog()
        self.scopes: list[Any] = []
        self.go_on = asyncio.Event()

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        await self.go_on.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def answers(self) -> None:
        self.go_on.set()
        for _ in range(10):
            await asyncio.sleep(0)


def connected(test: Callable[[App, Connection], Awaitable[None]]) -> Callable[[], None]:
    async def run() -> None:
        app = App()
        await test(app, Connection(app))

    def body() -> None:
        asyncio.run(run())

    return body


@connected
async def test_the_application_gets_the_target_as_it_was_written(app: App, connection: Connection) -> None:
    connection.receive(b"GET http://b/a%2Fb?c?d#e HTTP/1.1\r\nHost: a\r\nX-Y: z\r\n\r\n")
    await app.answers()
    assert app.scopes[0]["raw_path"] == b"http://b/a%2Fb"
    assert app.scopes[0]["query_string"] == b"c?d#e"
    assert app.scopes[0]["headers"] == [(b"host", b"a"), (b"x-y", b"z")]
    assert connection.wire.status == 204


@connected
async def test_a_thousand_requests_at_once_are_begun_one_after_the_other(app: App, connection: Connection) -> None:
    connection.receive(REQUEST * 1000 + REQUEST[:10])
    await asyncio.sleep(0)
    assert len(app.scopes) == 1
    assert not connection.wire.reading
    await app.answers()
    for _ in range(10_000):
        await asyncio.sleep(0)
    assert connection.wire.sent.count(b"HTTP/1.1 204") == len(app.scopes) == 1000
    assert connection.wire.reading
    connection.receive(REQUEST[10:])
    await app.answers()
    assert connection.wire.sent.count(b"HTTP/1.1 204") == 1001


@connected
async def test_one_connection_does_not_keep_the_others_waiting(app: App, connection: Connection) -> None:
    app.lane = Ready()
    connection = Connection(app)
    connection.receive(REQUEST * 1000)
    assert connection.wire.sent.count(b"HTTP/1.1 204") == REQUESTS_AT_A_TIME
    assert not connection.wire.reading
    for _ in range(1000):
        await asyncio.sleep(0)
    assert connection.wire.sent.count(b"HTTP/1.1 204") == 1000
    assert connection.wire.reading


@connected
async def test_what_is_not_read_is_not_added_to(app: App, connection: Connection) -> None:
    app.lane = Ready()
    connection = Connection(app)
    connection.protocol.pause_writing()
    connection.receive(REQUEST * 3)
    assert (connection.wire.sent, connection.wire.reading) == (b"", False)
    connection.protocol.resume_writing()
    for _ in range(10):
        await asyncio.sleep(0)
    assert connection.wire.sent.count(b"HTTP/1.1 204") == 3


class Ready:
    """A lane with an answer to everything."""

    def answer(self, *_asked: Any) -> Sendable:
        return Sendable("/", b"HTTP/1.1 204 No Content\r\n", ReadyAnswer(204, ()))


@connected
async def test_nothing_is_answered_behind_a_request_that_closes(app: App, connection: Connection) -> None:
    connection.receive(REQUEST.replace(b"Host", b"Connection: close\r\nHost") + REQUEST)
    await app.answers()
    assert len(app.scopes) == 1
    assert b"connection: close" in connection.wire.sent
    assert connection.wire.state == "closed"


@connected
async def test_a_head_that_does_not_end_in_time_is_refused(app: App, connection: Connection) -> None:
    connection.receive(REQUEST[:-2])
    for _ in range(SECONDS_FOR_A_HEAD):
        connection.after(0.9)
        connection.receive(b"X: y\r\n")  # however busily it goes on
    assert connection.wire.sent == b""
    connection.after(SECONDS_FOR_A_HEAD)
    assert connection.wire.status == 408
    assert b"access-control-allow-origin: *" in connection.wire.sent
    assert connection.wire.state == "half closed"
    connection.receive(b"X: y\r\n\r\n")
    connection.after(SECONDS_LEFT_OPEN)
    assert connection.wire.sent.count(b"HTTP/1.1") == 1
    assert connection.wire.state == "closed"


@connected
async def test_a_request_line_that_does_not_end_in_time_is_refused(app: App, connection: Connection) -> None:
    connection.receive(b"GE")
    connection.after(SECONDS_FOR_A_HEAD)
    assert connection.wire.status == 408


@pytest.mark.parametrize("sent", [b"", b"\r\n"])
def test_a_connection_on_which_nothing_is_asked_is_closed_without_a_word(sent: bytes) -> None:
    async def silent(app: App, connection: Connection) -> None:
        connection.receive(sent)
        connection.after(KEEPALIVE)
        assert (connection.wire.state, connection.wire.sent) == ("closed", b"")

    connected(silent)()


@connected
async def test_a_connection_is_kept_between_requests_for_a_while(app: App, connection: Connection) -> None:
    connection.after(KEEPALIVE - 1)
    connection.receive(REQUEST)
    connection.after(10 * KEEPALIVE)  # an answer may take its time
    await app.answers()
    connection.after(KEEPALIVE - 1)
    assert connection.wire.state == "open"
    connection.after(1)
    assert connection.wire.state == "closed"


@connected
async def test_a_body_that_nobody_wants_does_not_keep_a_connection(app: App, connection: Connection) -> None:
    connection.receive(b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n")
    await app.answers()
    for _ in range(KEEPALIVE):
        connection.receive(b"x" * 100_000)
        connection.after(1)
    assert connection.wire.state == "closed"


@connected
async def test_an_answer_that_nobody_reads_is_given_up(app: App, connection: Connection) -> None:
    connection.receive(REQUEST)
    await app.answers()
    connection.wire.unsent = 100 * BYTES_TO_BE_READ
    connection.after(1)
    connection.after(PATIENCE - 1)
    assert connection.wire.state == "open"
    connection.wire.unsent -= 1
    connection.after(1)
    assert connection.wire.state == "aborted"


@connected
async def test_a_slow_reader_gets_the_whole_answer(app: App, connection: Connection) -> None:
    connection.receive(REQUEST)
    await app.answers()
    for left in range(99, 0, -1):
        connection.wire.unsent = left * BYTES_TO_BE_READ
        connection.after(PATIENCE - 1)
    assert connection.wire.state == "open"
    connection.wire.unsent = 0
    connection.after(PATIENCE)
    connection.after(KEEPALIVE)
    assert connection.wire.state == "closed"


@connected
async def test_more_headers_than_are_read_are_refused(app: App, connection: Connection) -> None:
    connection.receive(REQUEST[:-2] + b"a: b\r\n" * MOST_HEADERS + b"\r\n")
    assert connection.wire.status == 431
    assert not app.scopes


@connected
async def test_headers_at_the_limit_are_read(app: App, connection: Connection) -> None:
    longest = b"x: " + b"a" * (LONGEST_HEADER - 3) + b"\r\n"
    connection.receive(REQUEST[:-2] + b"a: b\r\n" * (MOST_HEADERS - 2) + longest + b"\r\n")
    await app.answers()
    assert connection.wire.status == 204


@connected
async def test_headers_without_an_end_are_refused(app: App, connection: Connection) -> None:
    connection.receive(REQUEST[:-2])
    for _ in range(1000):
        connection.receive(b"a: b\r\n" * 20)
    assert connection.wire.status == 431


@connected
async def test_a_line_without_an_end_is_refused(app: App, connection: Connection) -> None:
    connection.receive(b"GET /")
    for _ in range(1000):
        connection.receive(b"a" * 100)
    assert connection.wire.status == 414


@connected
async def test_at_the_end_what_runs_is_answered(app: App, connection: Connection) -> None:
    connection.receive(REQUEST)
    await asyncio.sleep(0)
    connection.protocol.shutdown()
    assert connection.wire.state == "open"
    await app.answers()
    assert b"connection: close" in connection.wire.sent
    assert connection.wire.state == "closed"


@connected
async def test_at_the_end_idle_connections_are_closed(app: App, connection: Connection) -> None:
    connection.receive(REQUEST[:9])
    connection.protocol.shutdown()
    assert connection.wire.state == "closed"
