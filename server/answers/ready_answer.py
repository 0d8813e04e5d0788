"""An answer that is ready to be sent: the one value that every way out of the house is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from server.derivatives.maker import Drawable


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """`body` is what goes out: empty for HEAD, 304 and 412.

    `headers` hold all that is particular to the answer, Content-Length among them wherever it is known (RFC 9110
    section 8.6; a 304 has none). What stands on every answer (CORS, Date) is added by whoever sends it.
    `drawing`: the body is this picture, which is still to be drawn; until then nobody knows its length.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    drawing: Drawable | None = None


def not_needed(status: HTTPStatus, headers: Sequence[tuple[str, str]]) -> ReadyAnswer:
    """304 and 412: what tells the state of the thing, and nothing of the thing (sections 15.4.5 and 15.5.13)."""
    length = () if status == HTTPStatus.NOT_MODIFIED else (("Content-Length", "0"),)
    return ReadyAnswer(status, (*headers, *length))
