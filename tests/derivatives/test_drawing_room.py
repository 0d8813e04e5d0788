"""What goes between Flask and the front door: what is held back, what passes, and who gets nothing."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from manifests.errors import Damaged
from server.answers.ready_answer import ReadyAnswer
from server.derivatives.drawing_room import DrawingRoom
from server.derivatives.picture_cache import PictureCache
from server.front_door.asgi import Receive, Send
from server.front_door.request_notes import KEY, RequestNotes
from tests.derivatives.drawings import LARGE, Easel, Sketch, done, maker_of

HEADERS = [(b"etag", b'"x"'), (b"content-type", b"image/jpeg")]


class Easels:
    """Stands where Flask stands: notes the sketches, one at each question, and answers without a body."""

    def __init__(self, *sketches: Sketch | None) -> None:
        self._sketches = list(sketches)

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        scope[KEY].drawing = self._sketches.pop(0)
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b""})


class Reader:
    """`leaves`: goes away once the request is sent."""

    def __init__(self, *, leaves: bool = False) -> None:
        self.sent: list[Any] = []
        self._says = [{"type": "http.request", "body": b""}] + [{"type": "http.disconnect"}] * leaves

    async def receive(self) -> Any:
        if not self._says:
            await asyncio.Event().wait()
        return self._says.pop(0)

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    async def asks(self, *sketches: Sketch | None) -> None:
        room = DrawingRoom(Easels(*sketches), maker_of())
        await room({KEY: RequestNotes()}, self.receive, self.send)

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.sent[1:])


def test_an_answer_that_lacks_no_picture_passes_as_it_is() -> None:
    reader = Reader()
    asyncio.run(reader.asks(None))
    assert [message["type"] for message in reader.sent] == ["http.response.start", "http.response.body"]
    assert reader.sent[0]["headers"] == HEADERS


def test_a_picture_is_sent_with_the_headers_it_was_held_back_with_and_its_length() -> None:
    reader = Reader()
    asyncio.run(reader.asks(done("a picture", Easel())))
    assert reader.body == b"a picture"
    assert reader.sent[0]["headers"] == [*HEADERS, (b"content-length", b"9")]


def test_a_large_picture_is_sent_in_pieces() -> None:
    reader = Reader()
    asyncio.run(reader.asks(done("0123456789" * 30_000, Easel())))
    assert len(reader.body) == 300_000
    assert max(len(message["body"]) for message in reader.sent[1:]) <= 2**16
    assert [message["more_body"] for message in reader.sent[1:]] == [True] * 4 + [False]


def test_a_picture_whose_answer_is_known_is_sent_without_flask() -> None:
    answer = ReadyAnswer(200, (("ETag", '"x"'), ("Content-Type", "image/jpeg")), drawing=done("a picture", Easel()))
    reader = Reader()
    room = DrawingRoom(Easels(), maker_of(), lambda _scope: answer)
    asyncio.run(room({KEY: RequestNotes()}, reader.receive, reader.send))
    assert reader.body == b"a picture"
    assert reader.sent[0]["headers"] == [*HEADERS, (b"content-length", b"9")]


def test_a_reader_who_has_gone_gets_nothing() -> None:
    reader, sketch = Reader(leaves=True), Sketch("a", Easel())
    asyncio.run(_gone(reader, sketch))
    assert reader.sent == []


async def _gone(reader: Reader, sketch: Sketch) -> None:
    try:
        await reader.asks(sketch)
    finally:
        sketch.finished.set()


def test_a_pyramid_that_was_replaced_meanwhile_is_looked_for_once_more() -> None:
    broken = done("old", easel := Easel())
    broken.error = Damaged("It is gone.")
    reader = Reader()
    asyncio.run(reader.asks(broken, done("new", easel)))
    assert reader.body == b"new"


def test_what_has_gone_meanwhile_is_answered_as_flask_says_now() -> None:
    broken = done("old", Easel())
    broken.error = Damaged("It is gone.")
    reader = Reader()
    asyncio.run(reader.asks(broken, None))
    assert (reader.sent[0]["headers"], reader.body) == (HEADERS, b"")


def test_a_pyramid_that_is_broken_is_raised_for_the_front_door() -> None:
    broken = done("old", Easel())
    broken.error = Damaged("It is gone.")
    reader = Reader()
    with pytest.raises(Damaged):
        asyncio.run(reader.asks(broken, broken))
    assert reader.sent == []


def test_a_picture_of_the_cache_is_sent_without_its_mark_and_its_file_is_closed(tmp_path: Path) -> None:
    reader = Reader()
    cache = PictureCache(tmp_path, 10**9, 10**6)
    room = DrawingRoom(Easels(done("large", Easel(), LARGE)), maker_of(cache))
    asyncio.run(room({KEY: RequestNotes()}, reader.receive, reader.send))
    assert reader.body == b"large"
    assert reader.sent[0]["headers"] == [*HEADERS, (b"content-length", b"5")]


def test_where_it_is_wished_a_picture_says_whether_it_was_kept_and_how_long_it_took(tmp_path: Path) -> None:
    maker, told = maker_of(PictureCache(tmp_path, 10**9, 10**6)), []
    for _ in range(2):
        reader = Reader()
        room = DrawingRoom(Easels(done("a", Easel())), maker, tells_time=True)
        asyncio.run(room({KEY: RequestNotes()}, reader.receive, reader.send))
        told.append(dict(reader.sent[0]["headers"])[b"server-timing"].decode())
    assert re.fullmatch(r'cache;desc="miss", wait;dur=[0-9.]+, draw;dur=[0-9.]+', told[0])
    assert told[1] == 'cache;desc="hit"'
