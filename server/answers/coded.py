"""How anything made of text goes out: conditional, in the coding that the asker likes best, each form under its own tag
(RFC 9110 sections 8.8.3, 12.5.3 and 13)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import TypeAlias

from server.answers.accept import best_coding
from server.answers.codings import OFFERED
from server.answers.conditional import Validators, judge
from server.answers.ready_answer import ReadyAnswer, not_needed
from server.answers.request_fields import RequestFields

Headers: TypeAlias = Sequence[tuple[str, str]]


def coded_answer(
    fields: RequestFields,
    tag: str,
    modified: datetime | None,
    kept: Headers,
    described: Headers,
    make: Callable[[], bytes],
) -> ReadyAnswer:
    """`tag` stands for the content before it is coded. `kept` are headers that a 304 bears too, `described` those of
    the content. `make` gives the bytes in the coding that `coding_for` chooses; called only where they must be sent."""
    coding = coding_for(fields)
    validators = Validators(f"{tag}-{coding}" if coding else tag, modified)
    headers = [*validators.headers(), *kept]
    status = judge(fields, validators)
    if status != HTTPStatus.OK:
        return not_needed(status, headers)
    body = make()
    headers += [*described, ("Content-Length", str(len(body)))]
    if coding:
        headers.append(("Content-Encoding", coding))
    return ReadyAnswer(status, tuple(headers), b"" if fields.is_head else body)


def coding_for(fields: RequestFields) -> str | None:
    return best_coding(fields.accept_encoding, OFFERED)
