"""What can be answered at once: found, made into the bytes that leave, and kept as long as it is true.

The lane has no grammar and no plan: it asks the same parser of targets and the same responders as the road behind it,
and hands on whatever they do not answer at once, every mistake among it. What it adds is memory. Two requests whose
targets and deciding headers are the same are one request, and an answer with a stored tile is kept without the tile.

Kept answers are true while nothing in the catalogue changes, which is asked ten times a second, and while they do not
depend on the hour: one without Last-Modified (the thing has changed within this second) or about a date is not kept.
Used by the loop alone, so without a lock.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple, TypeAlias

from server.answers.ready_answer import ReadyAnswer
from server.answers.request_fields import DECIDING as DECIDING_ANSWERS
from server.answers.request_fields import RequestFields
from server.front_door.request_log import described
from server.front_door.request_target import DECIDING as DECIDING_TARGETS
from server.front_door.request_target import RequestTarget, TargetParser
from server.front_door.wire import lines_of

Ask: TypeAlias = Callable[[RequestTarget, RequestFields], ReadyAnswer | None]
"""What is asked for, and what else an answer depends on, to the answer where it is ready."""

Version: TypeAlias = Callable[[], int]
"""Another number whenever the same request may be answered otherwise."""

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]

DECIDING = DECIDING_TARGETS | DECIDING_ANSWERS
"""The headers of a request that its answer depends on, by their names in small letters."""

METHODS = (b"GET", b"HEAD")
SECONDS_BELIEVED = 0.1
MOST_BYTES = 16 * 2**20
BYTES_OF_AN_ENTRY = 1500
"""About: the objects around the text of an answer."""
LARGEST_ENTRY = MOST_BYTES // 16


class Sendable(NamedTuple):
    """An answer and its lines, but for those that each connection adds. `logged` is what the log says of it."""

    logged: str
    lines: bytes
    answer: ReadyAnswer


class Question(NamedTuple):
    """`client` is the address that asks, where it matters."""

    method: bytes
    target: bytes
    headers: Headers
    scheme: str
    client: str | None


class FastLane:
    def __init__(
        self,
        targets: TargetParser,
        ask: Ask,
        version: Version,
        changed: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`changed` is called when the version is another, so that what others hold open for the lane is let go."""
        self._targets = targets
        self._asker_counts = targets.trusts_proxies
        self._ask = ask
        self._version = version
        self._changed = changed
        self._clock = clock
        self._believed_until = 0.0
        self._seen = 0
        self._kept: OrderedDict[tuple[object, ...], Sendable] = OrderedDict()  # by a Question, which is a tuple
        self._sizes: dict[tuple[object, ...], int] = {}
        self._left = MOST_BYTES

    def answer(
        self, method: bytes, target: bytes, headers: Headers, scheme: str, client: tuple[str, int] | None
    ) -> Sendable | None:
        """`headers` are the deciding ones. None where the road behind has to answer. It never raises."""
        if self._clock() >= self._believed_until:
            self._look()
        asked = (method, target, headers, scheme, client[0] if client and self._asker_counts else None)
        kept = self._kept.get(asked)
        if kept is None:
            return self._find(Question(*asked)) if method in METHODS else None
        self._kept.move_to_end(asked)
        return kept

    def forget(self) -> None:
        """Also to be called where a kept answer could not be read: its pyramid may have been replaced."""
        self._kept.clear()
        self._sizes.clear()
        self._left = MOST_BYTES

    def _look(self) -> None:
        self._believed_until = self._clock() + SECONDS_BELIEVED
        seen = self._version()
        if seen != self._seen:
            self._seen = seen
            self.forget()
            self._changed()

    def _find(self, question: Question) -> Sendable | None:
        try:
            target, fields = self._parsed(question)
            answer = self._ask(target, fields)
        except Exception:  # noqa: BLE001 -- the road behind meets it too, where it is answered and written down
            return None
        if answer is None:
            return None
        logged = described(question.method.decode("ascii"), target.path, answer.status)
        found = Sendable(logged, lines_of(answer), answer)
        if _is_true_at_any_hour(answer, fields):
            self._keep(question, found)
        return found

    def _parsed(self, question: Question) -> tuple[RequestTarget, RequestFields]:
        path, _, query = question.target.partition(b"?")
        method = question.method.decode("ascii")
        scope = {
            "method": method,
            "raw_path": path,
            "query_string": query,
            "headers": question.headers,
            "scheme": question.scheme,
            "client": question.client and (question.client, 0),
        }
        target = self._targets.parse(scope)
        return target, RequestFields.of(method, str(target.base), question.headers)

    def _keep(self, question: Question, found: Sendable) -> None:
        size = _size(question, found)
        if size > LARGEST_ENTRY:
            return
        self._kept[question], self._sizes[question] = found, size
        self._left -= size
        while self._left < 0:
            self._left += self._sizes.pop(self._kept.popitem(last=False)[0])


def _is_true_at_any_hour(answer: ReadyAnswer, fields: RequestFields) -> bool:
    about_a_date = fields.if_modified_since is not None or fields.if_unmodified_since is not None
    is_settled = answer.status == HTTPStatus.NOT_MODIFIED or any(name == "Last-Modified" for name, _ in answer.headers)
    return is_settled and not about_a_date


def _size(question: Question, found: Sendable) -> int:
    """Bytes, about; the path stands in it some six times."""
    asked = 6 * len(question.target) + sum(len(name) + len(value) for name, value in question.headers)
    return BYTES_OF_AN_ENTRY + asked + len(found.lines) + len(found.answer.body)
