"""Connections without sockets: bytes put in and taken out by hand, and a clock that is told the time."""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState

from server.front_door.http_protocol import HttpProtocol

PATIENCE = 10
DATE = (b"date", b"Sun, 06 Nov 1994 08:49:37 GMT")


class Wire(asyncio.Transport):
    """The other side reads nothing of what is left in `unsent`."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.unsent = 0
        self.state = "open"
        self.reading = True

    def write(self, data: Any) -> None:
        self.sent += bytes(data)

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.state = "half closed"

    def close(self) -> None:
        self.state = "closed"

    def abort(self) -> None:
        self.state = "aborted"

    def is_closing(self) -> bool:
        return self.state in ("closed", "aborted")

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    @property
    def status(self) -> int:
        return int(self.sent.split(b" ")[1])


class Clock:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.now = 0.0
        self._loop = loop

    def time(self) -> float:
        return self.now

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loop, name)


class Connection:
    def __init__(self, app: Any) -> None:
        self.wire = Wire()
        self.clock = Clock(asyncio.get_running_loop())
        config = Config(app, http=HttpProtocol, ws="none", log_config=None, interface="asgi3", proxy_headers=False)
        state = ServerState()
        state.default_headers = [DATE]
        self.protocol = HttpProtocol(config=config, server_state=state, app_state={}, _loop=self.clock)
        self.protocol.connection_made(self.wire)

    def receive(self, data: bytes) -> None:
        self.protocol.data_received(data)

    def after(self, seconds: float) -> None:
        self.clock.now += seconds
        self.protocol.look_after(self.clock.now, PATIENCE)
