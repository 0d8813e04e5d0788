"""What every answer bears, and the lines of one as the bytes of HTTP/1.1 (RFC 9112 sections 4, 5 and 9.6), for what is
sent without an application."""

from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import TypeAlias

from server.answers.ready_answer import ReadyAnswer

HeaderList: TypeAlias = list[tuple[bytes, bytes]]

CORS: HeaderList = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Content-Disposition, Content-Length, Content-Type, ETag, Link, Location, Retry-After",
    ),
]
ON_EVERY_ANSWER: HeaderList = [*CORS, (b"x-content-type-options", b"nosniff")]


def lines_of(answer: ReadyAnswer) -> bytes:
    """The status line and the headers, but for those of `last_lines`."""
    return lines(answer.status, answer.headers)


def lines(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    own = "".join([f"{name}: {value}\r\n" for name, value in headers]).encode("latin-1")
    return _status_line(status) + own + _encoded(ON_EVERY_ANSWER)


def last_lines(servers: HeaderList, *, closes: bool) -> bytes:
    """`servers`: what this server says on every answer, such as Date; and whether the connection ends with this one."""
    return _encoded(servers) + (b"connection: close\r\n\r\n" if closes else b"\r\n")


def _encoded(headers: HeaderList) -> bytes:
    return b"".join([b"%s: %s\r\n" % line for line in headers])


@cache
def _status_line(status: int) -> bytes:
    return f"HTTP/1.1 {status:d} {HTTPStatus(status).phrase}\r\n".encode("ascii")
