"""gunicorn's worker, but for the answers that it gives by itself: to what it cannot read as a request at all.

Those never reach the front door, and leave like every other answer: with CORS, so that a viewer's script may read why
it was refused (Image API 3.0 section 7.1), in a sentence of ours, with a line in the log. Whatever a request holds ends
below 500, a transfer coding that nobody knows too: nothing that is answered here has a body.
gunicorn has no setting for any of this, and its worker looks its protocol up by name; so that name is given ours, in
the worker process alone. Nothing else of it is touched. RFC 9110 sections 15.5.1 and 15.5.15; RFC 6585 section 5.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from gunicorn.asgi.protocol import ASGIProtocol  # type: ignore[import-untyped]
from gunicorn.workers import gasgi  # type: ignore[import-untyped]

from config.gunicorn import limit_request_field_size, limit_request_fields, limit_request_line
from manifests.errors import LibraryError, Malformed
from server.front_door.asgi import ON_EVERY_ANSWER, log_answer
from server.front_door.http_errors import HeadersTooLarge, error_response, reason_of
from server.front_door.request_target import TooLong


class Worker(gasgi.ASGIWorker):  # type: ignore[misc]
    def init_process(self) -> None:
        gasgi.ASGIProtocol = Protocol
        super().init_process()


class Protocol(ASGIProtocol):  # type: ignore[misc]
    def _send_error_response(self, status: int, message: str, extra_headers: Iterable[Any] = ()) -> None:
        """`message` is gunicorn's, and may quote the request."""
        error = _meaning(status)
        meant, headers, body = error_response(error, None, ())
        self._safe_write(_head(meant, headers) + body)
        log_answer(status=meant, length=len(body), refusal=reason_of(error))


def _head(status: HTTPStatus, headers: Mapping[str, str]) -> bytes:
    """The connection ends with the answer: where the next request would begin, nobody knows."""
    lines = [f"HTTP/1.1 {status:d} {status.phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    lines += [f"{name.decode('ascii')}: {value.decode('ascii')}" for name, value in ON_EVERY_ANSWER]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def _meaning(status: int) -> LibraryError:
    match status:
        case HTTPStatus.REQUEST_URI_TOO_LONG:
            return TooLong("The address is longer than {limit} bytes.", limit=limit_request_line)
        case HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            return HeadersTooLarge(
                "The headers of the request are more than is read: {count} lines of {limit} bytes.",
                count=limit_request_fields,
                limit=limit_request_field_size,
            )
        case HTTPStatus.INTERNAL_SERVER_ERROR:
            return LibraryError("Something went wrong on our side; the log says what.")
        case _:
            return Malformed("The request is not written as HTTP/1.1 asks.")
