"""An answer that is ready to be sent: the one value that every way out of the house is given."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from server.derivatives.maker import Drawable

Pieces: TypeAlias = tuple[bytes | memoryview, ...]
"""A body that need not be one piece before it is sent."""

Stream: TypeAlias = Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """`body` is what goes out: empty for HEAD, 304 and 412. `read`, where there is one, fetches it when it is sent, so
    that an answer can be kept without it.

    `headers` hold all that is particular to the answer, Content-Length among them wherever it is known (RFC 9110
    section 8.6; a 304 has none). What stands on every answer (CORS, Date) is added by whoever sends it.
    `drawing`: the body is this picture, which is still to be drawn; until then nobody knows its length.
    `stream` begins the body, which is made piece by piece while it is sent, and whose length nobody knows before.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    drawing: Drawable | None = None
    read: Callable[[], Pieces] | None = None
    stream: Stream | None = None

    def pieces(self) -> Pieces:
        """Raises LibraryError where the body cannot be read."""
        return (self.body,) if self.read is None else self.read()


def not_needed(status: HTTPStatus, headers: Sequence[tuple[str, str]]) -> ReadyAnswer:
    """304 and 412: what tells the state of the thing, and nothing of the thing (sections 15.4.5 and 15.5.13). Beside a
    tag a 304 says no date."""
    if status == HTTPStatus.NOT_MODIFIED:
        return ReadyAnswer(status, tuple(header for header in headers if header[0] != "Last-Modified"))
    return ReadyAnswer(status, (*headers, ("Content-Length", "0")))
