"""Whether an answer is needed at all: conditional requests (RFC 9110 section 13), judged before anything is opened."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import NamedTuple

from server.answers.http_date import http_date, parse_http_date
from server.answers.request_fields import RequestFields

Clock = Callable[[], datetime]

_TAG = re.compile(r'[ \t,]*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?:,[ \t,]*|\Z)')
_SECOND = timedelta(seconds=1)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Validators(NamedTuple):
    """What tells one state of a thing from another: a strong tag, without its quotes, and when it last changed."""

    tag: str
    modified: datetime | None = None

    def headers(self, clock: Clock = utc_now) -> list[tuple[str, str]]:
        """A time is said from the second after it on: until then the thing may change again within that second, and
        who holds the first state would be told that it has the last (RFC 9110 section 8.8.2.1)."""
        said = [("ETag", f'"{self.tag}"')]
        if self.modified is not None and self.modified + _SECOND <= clock():
            said.append(("Last-Modified", http_date(self.modified)))
        return said


def judge(fields: RequestFields, validators: Validators, clock: Clock = utc_now) -> HTTPStatus:
    """200: to be answered. 304: the asker has it. 412: it wants another state than there is.

    In the order of section 13.2.2: tags go before dates, and a date beside tags is not read. GET and HEAD only.
    """
    if fields.if_none_match == f'"{validators.tag}"' and fields.if_match is fields.if_unmodified_since is None:
        return HTTPStatus.NOT_MODIFIED  # nearly every conditional request there is
    if not _is_as_wanted(fields, validators, clock):
        return HTTPStatus.PRECONDITION_FAILED
    if fields.if_none_match is not None:
        held = holds(fields.if_none_match, validators.tag)
    else:
        held = _is_unmodified(fields.if_modified_since, validators.modified, clock)
    return HTTPStatus.NOT_MODIFIED if held else HTTPStatus.OK


def holds(listed: str, tag: str, *, strong: bool = False) -> bool:
    """Whether the value of If-None-Match, or with `strong` of If-Match, holds the tag (sections 13.1.1 and 13.1.2)."""
    if listed.strip(" \t") == "*":
        return True
    return any(found == tag and not (strong and weak) for weak, found in entity_tags(listed))


def entity_tags(listed: str) -> list[tuple[bool, str]]:
    """Whether each is weak, and its characters. A list that is not written as one holds none: better sent twice."""
    tags: list[tuple[bool, str]] = []
    at = 0
    while at < len(listed):
        match = _TAG.match(listed, at)
        if match is None:
            return tags if not listed[at:].strip(" \t,") else []
        tags.append((match[1] is not None, match[2]))
        at = match.end()
    return tags


def _is_as_wanted(fields: RequestFields, validators: Validators, clock: Clock) -> bool:
    if fields.if_match is not None:
        return holds(fields.if_match, validators.tag, strong=True)
    if fields.if_unmodified_since is None or validators.modified is None:
        return True
    date = parse_http_date(fields.if_unmodified_since, clock())
    return date is None or validators.modified <= date


def _is_unmodified(since: str | None, modified: datetime | None, clock: Clock) -> bool:
    """A date that is none, or that nobody can have seen yet, says nothing."""
    if since is None or modified is None:
        return False
    now = clock()
    date = parse_http_date(since, now)
    return date is not None and modified <= date <= now
