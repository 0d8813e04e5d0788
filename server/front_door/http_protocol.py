"""One connection: reads requests, one after the other, and has each answered before it reads the next.

uvicorn's protocol with what it lacks. Requests are parsed by httptools, which knows no bounds; here a request line,
the headers, the time for both, and what a reader leaves unread are bounded, so that whoever sends or reads slowly costs
a bounded time and a bounded number of bytes. Nothing here waits and nothing has a timer of its own: the worker looks
after all its connections once a second (`look_after`).
What a request means, nothing here knows. RFC 9112 sections 2.2, 3, 5, 9.3 and 9.6.
"""

import time
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from manifests.errors import LibraryError
from server.front_door.asgi import AsgiFrontend
from server.front_door.fast_lane import DECIDING
from server.front_door.refusals import (
    LONGEST_HEADER,
    MOST_HEADERS,
    SECONDS_FOR_A_HEAD,
    headers_too_large,
    no_request,
    refusal,
    too_long,
    too_slow,
)
from server.front_door.request_target import LONGEST_REQUEST_LINE
from server.front_door.wire import HeaderList, last_lines

LONGEST_HEAD = 4 * LONGEST_HEADER
"""Bytes of a request line and headers together."""

SECONDS_LEFT_OPEN = 2
"""After a refusal what still comes is read and dropped: a reset would take the answer away from its reader."""

BYTES_TO_BE_READ = 16 * 2**10
"""In the seconds that the worker grants a reader who has an answer waiting: a telephone line of 1995 is quicker."""

REQUESTS_AT_A_TIME = 2

_END_OF_HEAD = b"\r\n\r\n"


class HttpProtocol(HttpToolsProtocol):
    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        front: AsgiFrontend = self.app
        self._lane, self._log = front.lane, front.log
        self._deciding: HeaderList = []
        self._dated_by: HeaderList | None = None
        self._dated = b""
        self._unread = b""  # behind the request that is being answered
        self._in_head = False
        self._head_bytes = 0
        self._refused = False
        self._since = self.loop.time()  # when what is now waited for began: a request, its end, the end of it all
        self._unsent = 0
        self._unsent_since = 0.0

    # What arrives

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._unread = self._unread + data if self._unread else data
        self._read_on()

    def _read_on(self) -> None:
        """Not more than one head at a time, so that a thousand requests in one packet make not a thousand tasks; and
        after a few of them it is the turn of the other connections."""
        for _ in range(REQUESTS_AT_A_TIME):
            if not self._unread or not self._is_free():
                break
            end = self._unread.find(_END_OF_HEAD)
            if end < 0 or end + len(_END_OF_HEAD) == len(self._unread):
                piece, self._unread = self._unread, b""
            else:
                end += len(_END_OF_HEAD)
                piece, self._unread = self._unread[:end], self._unread[end:]
            self._parse(piece)
        else:
            self.loop.call_soon(self._read_on)
        if self.transport.is_closing():
            self._unread = b""
        elif self._unread:
            self.flow.pause_reading()
        else:
            self.flow.resume_reading()

    def _is_free(self) -> bool:
        is_answered = self.cycle is None or self.cycle.response_complete
        return is_answered and not (self._refused or self.flow.write_paused or self.transport.is_closing())

    def _parse(self, piece: bytes) -> None:
        self._head_bytes = len(piece) + (self._head_bytes if self._in_head else 0)
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade:
            pass  # not done here: the request is answered as it is, and no other one is read behind it
        except httptools.HttpParserError:
            self._refuse(no_request())
        if self._in_head and self._head_bytes > LONGEST_HEAD:
            self._refuse(headers_too_large() if self.headers else too_long())

    # What the parser finds in it

    def on_message_begin(self) -> None:
        self._in_head = True
        self._since = self.loop.time()
        self.url = b""
        self.headers = []
        self._deciding = []

    def on_header(self, name: bytes, value: bytes) -> None:
        header = (name.lower(), value)
        self.headers.append(header)
        if header[0] in DECIDING:
            self._deciding.append(header)

    def on_headers_complete(self) -> None:
        self._in_head = False
        parser, version = self.parser, self.parser.get_http_version()
        if fault := self._fault(version):
            self._refuse(fault)
            return
        closes = version == "1.0" or not parser.should_keep_alive() or parser.should_upgrade()
        if not self._answer_at_once(closes):
            self._hand_on()
            self.cycle.keep_alive = not closes

    def _answer_at_once(self, closes: bool) -> bool:
        """What is ready leaves here: no task, no thread. Nothing else runs so often, so nothing is done twice."""
        began = time.perf_counter()
        lane, method = self._lane, self.parser.get_method()
        if lane is None:
            return False
        found = lane.answer(method, self.url, tuple(self._deciding), self.scheme or "http", self.client)
        if found is None:
            return False
        try:
            pieces = found.answer.pieces()
        except (LibraryError, OSError):
            lane.forget()
            return False
        self.transport.writelines((found.lines, self._last_lines(closes), *pieces))
        self.server_state.total_requests += 1
        self._log.add(found.logged, sum(map(len, pieces)), time.perf_counter() - began)
        if closes:
            self.transport.close()
        return True

    def _last_lines(self, closes: bool) -> bytes:
        """Made anew when the server's headers are another list, which is once a second."""
        servers = self.server_state.default_headers
        if closes:
            return last_lines(servers, closes=True)
        if servers is not self._dated_by:
            self._dated_by, self._dated = servers, last_lines(servers, closes=False)
        return self._dated

    def _fault(self, version: str) -> LibraryError | None:
        if version not in ("1.1", "1.0"):
            return no_request()
        if self._head_bytes <= LONGEST_HEADER and len(self.headers) <= MOST_HEADERS:
            return None
        if len(self.url) > LONGEST_REQUEST_LINE:
            return too_long()
        longest = max((len(name) + len(value) + len(": ") for name, value in self.headers), default=0)
        return headers_too_large() if longest > LONGEST_HEADER or len(self.headers) > MOST_HEADERS else None

    def _hand_on(self) -> None:
        """To the application, with the target as it was written: uvicorn would decode it, and drop its host."""
        target, headers = self.url, self.headers
        super().on_message_begin()
        self.headers += headers
        self.url = b"/"
        super().on_headers_complete()
        path, _, query = target.partition(b"?")
        self.scope["raw_path"], self.scope["query_string"] = path, query

    def on_body(self, body: bytes) -> None:
        if self.cycle is not None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self.cycle is not None:
            super().on_message_complete()

    # What leaves

    def on_response_complete(self) -> None:
        self.server_state.total_requests += 1
        self._since = self.loop.time()
        self.loop.call_soon(self._read_on)

    def resume_writing(self) -> None:
        super().resume_writing()
        self.loop.call_soon(self._read_on)

    def _refuse(self, error: LibraryError) -> None:
        if self._refused:
            return
        self._refused, self._unread, self._since = True, b"", self.loop.time()
        if self.cycle is not None:
            self.cycle.disconnected = True  # its head was read before the fault was seen: one answer is enough
        refused = refusal(error, self.server_state.default_headers)
        self.transport.write(refused.answer)
        self._log.answered(status=refused.status, length=refused.body_length, refusal=refused.reason)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()

    # The clock

    def look_after(self, now: float, patience: float) -> None:
        """Ends what has taken too long. `now` is the loop's time; a reader has `patience` seconds for some bytes."""
        if self._is_stuck(now, patience):
            self.transport.abort()
        elif not self._unsent and (self.cycle is None or self.cycle.response_complete):
            self._end_what_waits(now - self._since)

    def _is_stuck(self, now: float, patience: float) -> bool:
        unsent = self.transport.get_write_buffer_size()
        taken = self._unsent - unsent  # less than nothing where another answer has been added
        if not unsent or not 0 <= taken < BYTES_TO_BE_READ:
            self._unsent, self._unsent_since = unsent, now
        return bool(unsent) and now - self._unsent_since >= patience

    def _end_what_waits(self, seconds: float) -> None:
        if self._refused:
            if seconds >= SECONDS_LEFT_OPEN:
                self.transport.close()
        elif self._in_head:
            if seconds >= SECONDS_FOR_A_HEAD:
                self._refuse(too_slow())
        elif seconds >= self.timeout_keep_alive:
            self.transport.close()
