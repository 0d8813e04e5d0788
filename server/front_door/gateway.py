"""gunicorn's worker: uvicorn's loop around connections of ours, which it looks after once a second."""

import os
import signal
import sys
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped]

from config.gunicorn import graceful_timeout
from server.front_door.http_protocol import HttpProtocol

SECONDS_FOR_A_READER = 10
"""For the next bytes of an answer; then the connection is given up, and its memory is free."""

SECONDS_WHEN_FULL = 2
MOST_UNSENT = 64 * 2**20
"""Bytes of answers that wait in one worker for their readers before it loses patience."""


SECONDS_OF_A_TURN = 0.0005
"""Of a thread that computes in Python before the loop, which waits with a tile in its hand, gets the interpreter back.
With Python's own 5 ms 99 of 100 tiles took up to 22 ms beside all the askers of `bench.load`, with this 7."""


class Worker(UvicornWorker):  # type: ignore[misc]
    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "uvloop",
        "ws": "none",
        "lifespan": "off",
        "interface": "asgi3",
        "proxy_headers": False,
        "server_header": False,
        "timeout_notify": 0,  # each second, the shortest that uvicorn knows
        "timeout_graceful_shutdown": graceful_timeout - 1,
    }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._connections: Iterable[HttpProtocol] = ()
        self.config.http = cast(Any, self._connection)  # whatever makes a protocol will do

    def run(self) -> None:
        sys.setswitchinterval(SECONDS_OF_A_TURN)
        try:
            super().run()
        finally:
            self.wsgi.log.flush()

    def _connection(self, **given: Any) -> HttpProtocol:
        made = HttpProtocol(**given)
        self._connections = cast(set[HttpProtocol], made.connections)  # all of this worker, kept by uvicorn
        return made

    async def callback_notify(self) -> None:
        await super().callback_notify()
        look_after(list(self._connections))
        self.wsgi.log.flush()
        if os.getppid() != self.ppid:  # gunicorn has died: nobody will ever stop or replace this process
            os.kill(os.getpid(), signal.SIGTERM)


def look_after(connections: Iterable[HttpProtocol]) -> None:
    open_ones = [connection for connection in connections if connection.transport is not None]
    unsent = sum(connection.transport.get_write_buffer_size() for connection in open_ones)
    patience = SECONDS_WHEN_FULL if unsent > MOST_UNSENT else SECONDS_FOR_A_READER
    for connection in open_ones:
        connection.look_after(connection.loop.time(), patience)
