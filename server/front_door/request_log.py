"""One line for each request, on its way out.

It names no reader: no address, no query, no referrer; of a refusal it says the reason. It is written here and not by
`logging`, whose record of one line costs as much as a third of the answer with a stored tile; it looks the same.
"""

import json
import time
from typing import Protocol

TIME = "%Y-%m-%dT%H:%M:%S"
"""In UTC, with `Z` behind it, as on all lines of the log."""


LINES_HELD = 50
"""Written together: one by one they cost as much again. A refusal does not wait."""


def described(method: str, path: str, status: int) -> str:
    """What a line says before what is known only when the answer has left."""
    return f"INFO method={method} path={path} status={status:d}"


class Stream(Protocol):
    def write(self, text: str, /) -> object: ...
    def flush(self) -> object: ...


class RequestLog:
    """`stream`: where the lines go; nowhere without one."""

    def __init__(self, stream: Stream | None = None) -> None:
        self._stream = stream
        self._second = 0
        self._stamp = ""
        self._lines: list[str] = []

    def answered(
        self,
        method: str = "-",
        path: str = "-",
        status: int = 0,
        length: int = 0,
        seconds: float = 0,
        refusal: str = "",
    ) -> None:
        """The reason as JSON, so that no text can begin a line of its own or pass for another key."""
        reason = f" reason={json.dumps(refusal)}" if status >= 400 else ""
        self.add(described(method, path, status), length, seconds, reason)

    def add(self, request: str, length: int, seconds: float, reason: str = "") -> None:
        """`request` is `described`, once for all the times that it is answered alike."""
        if self._stream is None:
            return
        now = int(time.time())
        if now != self._second:
            self._second, self._stamp = now, time.strftime(TIME, time.gmtime(now))
        lines = self._lines
        lines.append(f"{self._stamp}Z {request} bytes={length} ms={seconds * 1000:.1f}{reason}\n")
        if reason or len(lines) >= LINES_HELD:
            self.flush()

    def flush(self) -> None:
        """To be called now and then, and at the end."""
        if self._stream is None or not self._lines:
            return
        lines, self._lines = self._lines, []
        try:
            self._stream.write("".join(lines))
            self._stream.flush()
        except (OSError, ValueError):
            return  # a log that cannot be written must not keep an answer from its reader
