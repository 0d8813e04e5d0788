"""The ASGI application between the front door and Flask that sends a body while it is made: Flask says what it is.

As with pictures (`server.derivatives.drawing_room`), Flask's answer is complete but for its body. The pieces are made
in one thread that gives way, a little at a time, and only as fast as the reader takes them: so a PDF of any length
costs a bounded number of bytes, a reader who is slow no thread, and one who goes away nothing more. How many are made
at a time in a worker is bounded; beyond, it is told to come again.
What goes wrong before the first piece is answered like every other error; later the connection ends before its end.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryFile
from typing import BinaryIO

from manifests.errors import Busy
from server.answers.ready_answer import Stream
from server.derivatives.lane import give_way
from server.front_door.asgi import Application, Message, Receive, Send
from server.front_door.hanging_up import reader_gone
from server.front_door.request_notes import KEY, RequestNotes
from server.front_door.request_target import Scope

PLACES = 50
"""Of one worker. Each holds a piece, the list of its pages, and where each object of its file is: a megabyte, about."""
_PIECE = 256 * 1024
"""Bytes that are made and handed on at a time, at least."""


class Bindery:
    def __init__(self, app: Application, places: int = PLACES) -> None:
        self._app = app
        self._places = places
        self._inside = 0
        self._executor = ThreadPoolExecutor(1, "bind", initializer=give_way)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        notes: RequestNotes = scope[KEY]
        start: Message = {}

        async def hold(message: Message) -> None:
            if notes.stream is None:
                await send(message)
            elif message["type"] == "http.response.start":
                start.update(message)

        await self._app(scope, receive, hold)
        stream, notes.stream = notes.stream, None
        if stream is None:
            return
        if self._inside >= self._places:
            raise Busy("Too many PDFs are being made just now. Ask again in a moment.")
        self._inside += 1
        gone = asyncio.create_task(reader_gone(receive))
        try:
            if scope["http_version"] == "1.0":
                await self._send_whole(start, stream, gone, send)
            else:
                await self._send_as_made(start, stream, gone, send)
        finally:
            self._inside -= 1
            gone.cancel()

    async def _send_as_made(self, start: Message, stream: Stream, gone: asyncio.Task[None], send: Send) -> None:
        pieces = stream()
        piece = await self._next(pieces)
        await send(start)
        while piece and not gone.done():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await self._next(pieces)
        if not gone.done():
            await send({"type": "http.response.body", "body": b""})

    async def _send_whole(self, start: Message, stream: Stream, gone: asyncio.Task[None], send: Send) -> None:
        """HTTP/1.0 has no way to tell a whole body from a broken one but its length: it is made on the disk first."""
        pieces = stream()
        with TemporaryFile() as file:
            while not gone.done() and (piece := await self._next(pieces)):
                file.write(piece)
            if not gone.done():
                await _send_file(start, file, send)

    async def _next(self, pieces: Iterator[bytes]) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._executor, _some, pieces)


def _some(pieces: Iterator[bytes]) -> bytes:
    """The next of them, together; empty at the end."""
    taken, length = [], 0
    for piece in pieces:
        taken.append(piece)
        length += len(piece)
        if length >= _PIECE:
            break
    return b"".join(taken)


async def _send_file(start: Message, file: BinaryIO, send: Send) -> None:
    length = file.tell()
    file.seek(0)
    await send({**start, "headers": [*start["headers"], (b"content-length", str(length).encode())]})
    while piece := file.read(_PIECE):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
