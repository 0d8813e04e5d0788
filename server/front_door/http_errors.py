"""The one table from what a mistake means to what HTTP calls it, and the short text that tells the reader.

Nothing below the web side knows a status (RFC 9110 section 15; Image API 3.0 section 7.3).
"""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeAlias

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from manifests.errors import (
    Busy,
    Damaged,
    LibraryError,
    Malformed,
    Missing,
    Misused,
    Renamed,
    Unsupported,
    Withdrawn,
)
from server.answers.cache_policy import ERRORS
from server.front_door.request_notes import notes
from server.front_door.request_target import TooLong
from server.language.translator import SOURCE_LANGUAGE, Translator, negotiate


class HeadersTooLarge(Malformed):
    """More header lines, or longer ones, than are read; only HTTP has headers."""


class TooSlow(Malformed):
    """The request did not arrive in time; only HTTP has requests that arrive."""


STATUS: Mapping[type[LibraryError], HTTPStatus] = {
    Malformed: HTTPStatus.BAD_REQUEST,
    TooLong: HTTPStatus.REQUEST_URI_TOO_LONG,
    HeadersTooLarge: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    TooSlow: HTTPStatus.REQUEST_TIMEOUT,
    Misused: HTTPStatus.BAD_REQUEST,
    Missing: HTTPStatus.NOT_FOUND,
    Renamed: HTTPStatus.MOVED_PERMANENTLY,
    Withdrawn: HTTPStatus.GONE,
    Unsupported: HTTPStatus.NOT_IMPLEMENTED,
    Damaged: HTTPStatus.INTERNAL_SERVER_ERROR,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
}
RETRY_AFTER = 5
"""Seconds; long enough for a reader, short enough for a page that waits."""

METHODS = ("GET", "HEAD", "OPTIONS")

log = logging.getLogger("mocban")


class NotAllowed(LibraryError):
    """A method that no address here knows; only HTTP has methods."""


def status_of(error: LibraryError) -> HTTPStatus:
    if isinstance(error, NotAllowed):
        return HTTPStatus.METHOD_NOT_ALLOWED
    return next(
        (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def error_response(
    error: LibraryError, accept_language: str | None, languages: tuple[str, ...]
) -> tuple[HTTPStatus, dict[str, str], bytes]:
    """Status, headers and text. An error is never kept by a cache: a work published now must show now.

    Browsers always name a language; who names none is a program, and the words of the specifications are English.
    """
    translator = negotiate(accept_language, None, languages) if accept_language else Translator(SOURCE_LANGUAGE)
    body = f"{translator.translate_error(error)}\n".encode()
    status = status_of(error)
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Language": translator.language,
        "Content-Length": str(len(body)),
        "Cache-Control": ERRORS,
        "Vary": "Accept-Language",
    }
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(METHODS)
    return status, headers, body


def reason_of(error: LibraryError) -> str:
    """For the log: the English sentence on one line, with its numbers, but none of the words that a reader sent."""
    inner = [reason_of(value) for value in error.values.values() if isinstance(value, LibraryError)]
    values = {name: value if isinstance(value, int | float) else f"{{{name}}}" for name, value in error.values.items()}
    return "; ".join(inner) or " ".join(error.sentence.format(**values).split())


def note_refusal(error: LibraryError) -> None:
    """Whoever answers the request that Flask works on with an error says it here, so that the log knows why."""
    notes().refusal = reason_of(error)


ErrorPage: TypeAlias = Callable[[LibraryError, HTTPStatus], Response]
"""Shows a mistake to a person: the reading room's page for it."""


def register(app: Flask, languages: tuple[str, ...], page: ErrorPage | None = None) -> None:
    """Makes every mistake, ours and Flask's, end in one answer: a page for a browser, else a line of text.

    Only our own failures leave a traceback in the log.
    """

    def answer(error: LibraryError) -> Response:
        note_refusal(error)
        status, headers, body = error_response(error, request.headers.get("Accept-Language"), languages)
        if page is None or not is_for_people():
            return Response(body, status, headers | {"Vary": "Accept, Accept-Language"})
        shown = page(error, status)
        for name in headers.keys() & {"Retry-After", "Allow"}:
            shown.headers[name] = headers[name]
        return shown

    def ours(error: LibraryError) -> Response:
        if status_of(error) is HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("%s", error, exc_info=error)
        return answer(error)

    def flasks(error: HTTPException) -> Response:
        return answer(_meant(error))

    app.register_error_handler(LibraryError, ours)
    app.register_error_handler(HTTPException, flasks)


def is_for_people() -> bool:
    """A browser names text/html; a harvester or a viewer asks for JSON, for an image, or for anything."""
    return "text/html" in (value.lower() for value in request.accept_mimetypes.values())


def _meant(error: HTTPException) -> LibraryError:
    match error.code:
        case HTTPStatus.NOT_FOUND:
            return Missing("There is nothing at this address.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return NotAllowed("This address can be read, not written to.")
        case code if code is not None and code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Malformed("The request cannot be understood ({reason}).", reason=error.name)
        case _:
            return LibraryError("Something went wrong on our side; the log says what.")
