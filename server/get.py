"""One URL answered in process, without a port, through the same front door: for `mocban get` and for tests."""

import asyncio
import os
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from manifests.library import Library
from server.app import create_asgi_app
from server.front_door.asgi import Application

Answer = tuple[int, list[tuple[str, str]], bytes]
SAFE = "".join(map(chr, range(0x21, 0x7F)))
"""What may stand in a target as it is; a path typed by hand may hold more (`/works/Sách`)."""


def answer(library: Library, urlpath: str, headers: Iterable[tuple[str, str]] = (), method: str = "GET") -> Answer:
    return asyncio.run(ask(create_asgi_app(library), urlpath, headers, method))


async def ask(door: Application, urlpath: str, headers: Iterable[tuple[str, str]] = (), method: str = "GET") -> Answer:
    """Status, headers and body that `door` answers with."""
    parts: list[dict[str, Any]] = []

    is_asked = False

    async def receive() -> dict[str, Any]:
        nonlocal is_asked
        if is_asked:
            await asyncio.Event().wait()  # for an asker who goes away, which nobody does here
        is_asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        parts.append(message)

    await door(scope_of(urlpath, headers, method), receive, send)
    start, *bodies = parts
    said = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
    return start["status"], said, b"".join(part.get("body", b"") for part in bodies)


def scope_of(urlpath: str, headers: Iterable[tuple[str, str]] = (), method: str = "GET") -> dict[str, Any]:
    path, _, query = quote(os.fsencode(urlpath), safe=SAFE).encode("ascii").partition(b"?")
    given = [(name.lower().encode(), os.fsencode(value)) for name, value in headers]
    host = [] if any(name == b"host" for name, _ in given) else [(b"host", b"localhost")]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path.decode("ascii"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": host + given,
        "server": ("localhost", 80),
        "client": None,
    }
