"""A body that is made while it is sent: as fast as it is read, for whoever is still there, and not for too many."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from manifests.errors import Busy, Damaged
from server.front_door.request_notes import KEY, RequestNotes
from server.get import scope_of
from server.pdf.bindery import Bindery

HALF = b"x" * 200_000
START = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/pdf")]}


class Body:
    """Counts the pieces that were made."""

    def __init__(self, pieces: int, fails_at: int = -1) -> None:
        self.made = 0
        self._pieces = pieces
        self._fails_at = fails_at

    def __call__(self) -> Iterator[bytes]:
        for number in range(self._pieces):
            if number == self._fails_at:
                raise Damaged("The pyramid {file} is gone. Ingest its page again.", file="x")
            self.made += 1
            yield HALF


class Reader:
    """What is sent, and a reader who goes away after so many pieces."""

    def __init__(self, leaves_after: int = 10**9) -> None:
        self.messages: list[Any] = []
        self.left = asyncio.Event()
        self._leaves_after = leaves_after
        self._asked = False

    async def receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.messages.append(message)
        if len(self.messages) > self._leaves_after:
            self.left.set()
            await asyncio.sleep(0)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)

    @property
    def is_whole(self) -> bool:
        return bool(self.messages) and not self.messages[-1].get(
            "more_body", self.messages[-1]["type"] != "http.response.body"
        )


def bindery(body: Body | None, places: int = 50) -> Bindery:
    async def flask(scope: Any, _receive: Any, send: Any) -> None:
        scope[KEY].stream = body
        await send(START)
        await send({"type": "http.response.body", "body": b"" if body else b"page"})

    return Bindery(flask, places)


def asked(http: str = "1.1") -> dict[str, Any]:
    return {**scope_of("/works/book.pdf"), "http_version": http, KEY: RequestNotes()}


def test_what_is_complete_passes_as_it_is() -> None:
    reader = Reader()
    asyncio.run(bindery(None)(asked(), reader.receive, reader.send))
    assert reader.messages == [START, {"type": "http.response.body", "body": b"page"}]


def test_the_pieces_go_out_in_order_without_a_length() -> None:
    reader = Reader()
    asyncio.run(bindery(Body(5))(asked(), reader.receive, reader.send))
    assert reader.messages[0] == START
    assert reader.body == HALF * 5
    assert reader.is_whole
    assert len(reader.messages) > 3


def test_no_more_is_made_than_is_taken() -> None:
    async def ask() -> int:
        body, taken = Body(1000), asyncio.Event()

        class Slow(Reader):
            async def send(self, message: Any) -> None:
                await super().send(message)
                if len(self.messages) == 4:
                    taken.set()
                    await asyncio.Event().wait()

        reader = Slow()
        task = asyncio.create_task(bindery(body)(asked(), reader.receive, reader.send))
        await taken.wait()
        task.cancel()
        return body.made

    assert asyncio.run(ask()) <= 8


def test_for_a_reader_who_has_gone_nothing_more_is_made() -> None:
    body, reader = Body(1000), Reader(leaves_after=4)
    asyncio.run(bindery(body)(asked(), reader.receive, reader.send))
    assert body.made < 20
    assert not reader.is_whole


def test_what_fails_before_the_first_piece_is_an_error_like_every_other() -> None:
    reader = Reader()
    with pytest.raises(Damaged):
        asyncio.run(bindery(Body(3, fails_at=0))(asked(), reader.receive, reader.send))
    assert reader.messages == []


def test_what_fails_later_never_looks_whole() -> None:
    reader = Reader()
    with pytest.raises(Damaged):
        asyncio.run(bindery(Body(9, fails_at=5))(asked(), reader.receive, reader.send))
    assert reader.messages[0] == START
    assert not reader.is_whole


def test_too_many_at_a_time_are_told_to_come_again_and_places_become_free() -> None:
    async def ask() -> None:
        made, full = bindery(Body(1000), places=2), [asyncio.Event() for _ in range(2)]

        class Waiting(Reader):
            def __init__(self, begun: asyncio.Event) -> None:
                super().__init__()
                self._begun = begun

            async def send(self, message: Any) -> None:
                await super().send(message)
                self._begun.set()
                await asyncio.Event().wait()

        readers = [Waiting(event) for event in full]
        tasks = [asyncio.create_task(made(asked(), reader.receive, reader.send)) for reader in readers]
        for event in full:
            await event.wait()
        late = Reader()
        with pytest.raises(Busy):
            await made(asked(), late.receive, late.send)
        assert late.messages == []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        again = Reader(leaves_after=2)
        await made(asked(), again.receive, again.send)
        assert again.body.startswith(HALF)

    asyncio.run(ask())


def test_http_1_0_is_told_the_length() -> None:
    reader = Reader()
    asyncio.run(bindery(Body(5))(asked("1.0"), reader.receive, reader.send))
    assert (b"content-length", str(5 * len(HALF)).encode()) in reader.messages[0]["headers"]
    assert reader.body == HALF * 5
    assert reader.is_whole
