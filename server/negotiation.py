"""Between Flask and `server.answers`: what of Flask's request an answer depends on, and a ready answer as Flask's.

No address of an API and no decision of one may live here.
"""

import hashlib
from http import HTTPStatus

from flask import Response, request
from werkzeug.datastructures import Headers

from manifests.addresses import Addresses
from server.answers.accept import best_coding
from server.answers.codings import CODINGS, OFFERED, WORTH_CODING
from server.answers.conditional import Validators, judge
from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import RequestFields
from server.front_door.request_notes import notes


def request_fields() -> RequestFields:
    headers = request.headers
    return RequestFields(
        method=request.method,
        base=base(),
        accept=headers.get("Accept"),
        accept_encoding=headers.get("Accept-Encoding"),
        if_match=headers.get("If-Match"),
        if_none_match=headers.get("If-None-Match"),
        if_modified_since=headers.get("If-Modified-Since"),
        if_unmodified_since=headers.get("If-Unmodified-Since"),
    )


def as_response(answer: ReadyAnswer) -> Response:
    notes().drawing, notes().stream = answer.drawing, answer.stream
    response = Response(b"".join(answer.pieces()), answer.status)
    response.headers = Headers(answer.headers)
    # What is known of the length is said in the headers: HEAD has none of the body whose length it tells
    response.automatically_set_content_length = False
    return response


def base() -> str:
    """The public base of this request, as the front door decided it; no slash at the end."""
    return notes().base


def addresses() -> Addresses:
    return Addresses(base())


def tag(response: Response) -> None:
    """Gives a whole answer a tag made of its bytes, and sends none of them to who has them (RFC 9110 section 13)."""
    validators = Validators(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.headers.extend(validators.headers())
    status = judge(request_fields(), validators)
    if status != HTTPStatus.OK:
        response.status_code = status
        response.set_data(b"")


def coding() -> str | None:
    """The coding in which the asker likes best to have text."""
    return best_coding(request.headers.get("Accept-Encoding"), OFFERED)


def compress(response: Response) -> None:
    """Packs a whole answer for whoever takes it so. To be done before it is tagged: a strong tag speaks of bytes."""
    body, best = response.get_data(), coding()
    if len(body) < WORTH_CODING or best is None:
        return
    response.set_data(CODINGS[best].encode(body))
    response.content_encoding = best
