"""The ASGI application between the front door and Flask: others say what a picture is, here it is drawn and sent.

Where an answer lacks only its picture, the responder is asked without Flask; everything else goes on to Flask.
What Flask has no picture for passes as it is. Where it has noted a drawing (`RequestNotes.drawing`), its answer is
complete but for its body: it is held back until the picture is there, without a thread. Whatever goes wrong meanwhile
is raised before anything was sent, so that the front door answers it like every other error. A reader who has gone
gets nothing, and what only he had asked for is not begun.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from io import BytesIO
from typing import BinaryIO, TypeAlias

from manifests.errors import Damaged
from server.answers.ready_answer import ReadyAnswer
from server.derivatives.maker import Drawable, Picture, PictureMaker
from server.front_door.asgi import Application, Message, Receive, Send
from server.front_door.hanging_up import reader_gone
from server.front_door.request_notes import KEY, RequestNotes
from server.front_door.request_target import Scope

Ask: TypeAlias = Callable[[Scope], ReadyAnswer | None]

_PIECE = 64 * 1024
"""Bytes that are handed on at a time, so that a reader who does not read holds no more than he has been sent."""

log = logging.getLogger("mocban")


class DrawingRoom:
    """`at_once` has the answer where it lacks nothing but a picture: Flask, and the thread that it needs, take as long
    as a tenth of a small one. `tells_time`: each picture says in a header what became of it here."""

    def __init__(
        self, app: Application, maker: PictureMaker, at_once: Ask = lambda scope: None, *, tells_time: bool = False
    ) -> None:
        self._app = app
        self._maker = maker
        self._at_once = at_once
        self._tells_time = tells_time

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        notes: RequestNotes = scope[KEY]
        start, drawing = await self._ask(scope, receive, send, notes)
        if drawing is None:
            return
        try:
            picture = await _unless_gone(self._maker.picture(drawing), receive)
        except Damaged:
            # Its pyramid may have been replaced since the catalogue was asked. If it is still so, it is so
            start, drawing = await self._ask(scope, receive, send, notes)
            if drawing is None:
                return
            picture = await _unless_gone(self._told(drawing), receive)
        if picture is not None:
            await _send(_timed(start, picture) if self._tells_time else start, picture, send)

    async def _ask(
        self, scope: Scope, receive: Receive, send: Send, notes: RequestNotes
    ) -> tuple[Message, Drawable | None]:
        """What Flask would answer or answers: passed on, or held back with the drawing that it lacks."""
        if answer := self._at_once(scope):
            headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
            return {"type": "http.response.start", "status": answer.status, "headers": headers}, answer.drawing
        start: Message = {}

        async def hold(message: Message) -> None:
            if notes.drawing is None:
                await send(message)
            elif message["type"] == "http.response.start":
                start.update(message)

        notes.drawing = None
        await self._app(scope, receive, hold)
        drawing, notes.drawing = notes.drawing, None
        return start, drawing

    async def _told(self, drawing: Drawable) -> Picture:
        try:
            return await self._maker.picture(drawing)
        except Damaged as error:
            log.error("%s", error, exc_info=error)
            raise


async def _unless_gone(making: Coroutine[None, None, Picture], receive: Receive) -> Picture | None:
    """None where the reader went away first."""
    picture, gone = asyncio.create_task(making), asyncio.create_task(reader_gone(receive))
    try:
        await asyncio.wait({picture, gone}, return_when=asyncio.FIRST_COMPLETED)
        return picture.result() if picture.done() else None
    finally:
        gone.cancel()
        picture.cancel()


def _timed(start: Message, picture: Picture) -> Message:
    """W3C Server Timing: milliseconds. A second line of the header, behind the one that says what was planned."""
    took = f"wait;dur={picture.waited * 1000:.1f}, draw;dur={picture.drawn * 1000:.1f}"
    told = 'cache;desc="hit"' if picture.is_kept else f'cache;desc="miss", {took}'
    return {**start, "headers": [*start["headers"], (b"server-timing", told.encode())]}


async def _send(start: Message, picture: Picture, send: Send) -> None:
    content = picture.content
    if isinstance(content, bytes):
        await _send_pieces(start, BytesIO(content), len(content), send)
        return
    with content.file:
        await _send_pieces(start, content.file, content.length, send)


async def _send_pieces(start: Message, file: BinaryIO, length: int, send: Send) -> None:
    await send({**start, "headers": [*start["headers"], (b"content-length", str(length).encode())]})
    left = length
    while left:
        piece = file.read(min(left, _PIECE))
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
