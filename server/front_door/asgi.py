"""The front door: decides what a request is, and hands it on.

Everything that reaches it leaves with CORS headers and one line in the log, errors and preflights too (Image API 3.0
section 7.1).
What is ready leaves before it comes so far (`server.front_door.fast_lane`).
Behind it Flask stands as a WSGI application. It is given the percent-encoded path as its PATH_INFO, because WSGI's own
decoded one cannot tell `%2F` from a slash; the converters of `server.app` decode each segment once. It is given no
Host: what the addresses in an answer begin with stands in the notes (`server.front_door.request_notes`).
"""

import logging
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TypeAlias

from manifests.errors import LibraryError
from manifests.settings import Settings
from server.front_door.fast_lane import FastLane
from server.front_door.http_errors import METHODS, NotAllowed, error_response, reason_of
from server.front_door.request_log import RequestLog
from server.front_door.request_notes import KEY, RequestNotes
from server.front_door.request_target import RequestTarget, Scope, TargetParser
from server.front_door.wire import ON_EVERY_ANSWER, HeaderList

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

PREFLIGHT: HeaderList = [
    *ON_EVERY_ANSWER,
    (b"allow", ", ".join(METHODS).encode()),
    (b"access-control-allow-methods", ", ".join(METHODS).encode()),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
]

log = logging.getLogger("mocban")


class AsgiFrontend:
    """`app` answers whatever is not answered here: Flask through a2wsgi, or what a test puts in its place. `lane`
    and `log` are for the connections, which ask the one first (`server.front_door.http_protocol`)."""

    def __init__(
        self, app: Application, settings: Settings, lane: FastLane | None = None, log: RequestLog | None = None
    ) -> None:
        self._app = app
        self._targets = TargetParser(settings)
        self.lane = lane
        self.log = log or RequestLog()
        self._languages = settings.languages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                await self._answer(scope, receive, _Reply(scope, send))
            case "lifespan":
                await _lifespan(receive, send)
            case _:
                await send({"type": "websocket.close", "code": 1000})

    async def _answer(self, scope: Scope, receive: Receive, reply: "_Reply") -> None:
        try:
            target = self._parse(scope)
            reply.path = target.path
            if scope["method"] == "OPTIONS":
                await reply.send_all(204, PREFLIGHT, b"")
                return
            reply.notes.base = str(target.base)
            await self._app(_for_wsgi(scope, target, reply.notes), receive, reply.forward)
        except LibraryError as error:
            if reply.has_begun:
                raise  # the connection ends, and its reader knows that something is missing
            if _is_browser(scope):
                await self._app(self._shown(error, scope, reply.notes), receive, reply.forward)
            else:
                await self._refuse(error, scope, reply)
        except Exception:
            if reply.has_begun:
                raise
            log.exception("path=%s", reply.path)
            await self._refuse(LibraryError("Something went wrong on our side; the log says what."), scope, reply)
        finally:
            reply.write_down(self.log)

    def _parse(self, scope: Scope) -> RequestTarget:
        target = self._targets.parse(scope)
        if scope["method"] not in METHODS:
            raise NotAllowed("This address can be read, not written to.")
        return target

    def _shown(self, error: LibraryError, scope: Scope, notes: RequestNotes) -> dict[str, Any]:
        """A request for the page that shows the error: of no path, relative to the host and folder that were asked."""
        prefix = self._targets.prefix(scope)
        notes.base, notes.error = prefix, error
        return {
            **scope,
            "method": scope["method"] if scope["method"] in METHODS else "GET",
            "path": f"{prefix}/",
            "raw_path": f"{prefix}/".encode("ascii"),
            "query_string": b"",
            "root_path": prefix,
            "server": None,
            "headers": [(name, value) for name, value in scope["headers"] if not _is_used_up(name)],
            KEY: notes,
        }

    async def _refuse(self, error: LibraryError, scope: Scope, reply: "_Reply") -> None:
        language = next(
            (value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"), None
        )
        reply.notes.refusal = reason_of(error)
        status, headers, body = error_response(error, language, self._languages)
        headers_sent = [*_encoded(headers.items()), *ON_EVERY_ANSWER]
        await reply.send_all(status, headers_sent, b"" if scope["method"] == "HEAD" else body)


class _Reply:
    """One answer on its way out: adds what every answer bears, keeps what the log line says."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        self._began = time.perf_counter()
        self._method = scope["method"]
        self._status = 0
        self._bytes = 0
        self.path = "-"
        self.notes = RequestNotes()

    @property
    def has_begun(self) -> bool:
        return self._status > 0

    async def send_all(self, status: int, headers: HeaderList, body: bytes) -> None:
        self._status, self._bytes = int(status), len(body)
        await self._send({"type": "http.response.start", "status": int(status), "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    async def forward(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = [*message["headers"], *ON_EVERY_ANSWER]
        else:
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    def write_down(self, log: RequestLog) -> None:
        seconds = time.perf_counter() - self._began
        log.answered(self._method, self.path, self._status, self._bytes, seconds, self.notes.refusal)


def _is_browser(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value.lower() for name, value in scope["headers"])


def _for_wsgi(scope: Scope, target: RequestTarget, notes: RequestNotes) -> dict[str, Any]:
    """The request as Flask is to see it: without a Host, its path undecoded, the proxy's words used up."""
    base = target.base
    headers = [(name, value) for name, value in scope["headers"] if not _is_used_up(name)]
    return {
        **scope,
        "path": base.prefix + target.path,
        "raw_path": (base.prefix + target.path).encode("ascii"),
        "query_string": target.query,
        "root_path": base.prefix,
        "scheme": base.scheme,
        "server": None,
        "headers": headers,
        KEY: notes,
    }


def _is_used_up(name: bytes) -> bool:
    """Host and what proxies say are in the base now. Another protocol is not spoken here, and werkzeug would refuse a
    request that asks for one. A name with `_` would pass for one with `-` in WSGI.
    """
    return name in (b"host", b"upgrade") or name.startswith(b"x-forwarded-") or b"_" in name


def _encoded(headers: Iterable[tuple[str, str]]) -> HeaderList:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


async def _lifespan(receive: Receive, send: Send) -> None:
    """Nothing to start or stop: the library opens with the worker and ends with it."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
