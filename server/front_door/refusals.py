"""The answers to what cannot be read as a request at all, as the bytes that leave.

They never reach an application, and leave like every other answer: with CORS, so that a viewer's script may read why it
was refused (Image API 3.0 section 7.1), in a sentence of ours, with a line in the log. Whatever a request holds ends
below 500. The connection ends with the answer: where the next request would begin, nobody knows.
RFC 9110 sections 15.5.1, 15.5.9 and 15.5.15; RFC 6585 section 5.
"""

from typing import NamedTuple

from manifests.errors import LibraryError, Malformed
from server.front_door.http_errors import HeadersTooLarge, TooSlow, error_response, reason_of
from server.front_door.request_target import LONGEST_REQUEST_LINE, TooLong
from server.front_door.wire import HeaderList, last_lines, lines

MOST_HEADERS = 100
LONGEST_HEADER = 8190
"""Bytes of one header line, name and value, as in nginx, Apache and gunicorn."""

SECONDS_FOR_A_HEAD = 10
"""For the request line and the headers together, from the first byte to the last: one packet, from any reader."""


class Refusal(NamedTuple):
    """`body_length` and `reason` are for the log."""

    answer: bytes
    status: int
    body_length: int
    reason: str


def refusal(error: LibraryError, servers: HeaderList) -> Refusal:
    status, headers, body = error_response(error, None, ())
    answer = lines(status, headers.items()) + last_lines(servers, closes=True) + body
    return Refusal(answer, status, len(body), reason_of(error))


def no_request() -> LibraryError:
    return Malformed("The request is not written as HTTP/1.1 asks.")


def too_long() -> LibraryError:
    return TooLong("The address is longer than {limit} bytes.", limit=LONGEST_REQUEST_LINE)


def headers_too_large() -> LibraryError:
    return HeadersTooLarge(
        "The headers of the request are more than is read: {count} lines of {limit} bytes.",
        count=MOST_HEADERS,
        limit=LONGEST_HEADER,
    )


def too_slow() -> LibraryError:
    return TooSlow("The request did not arrive within {seconds} seconds.", seconds=SECONDS_FOR_A_HEAD)
