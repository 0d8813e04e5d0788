"""One line for each request, in the form of all lines of the log."""

import io
import re

from server.front_door.request_log import LINES_HELD, RequestLog


def lines(*answers: dict[str, object]) -> list[str]:
    written = io.StringIO()
    log = RequestLog(written)
    for answer in answers:
        log.answered(**answer)  # type: ignore[arg-type]
    log.flush()
    return written.getvalue().splitlines()


def test_a_line_says_what_was_asked_and_what_was_answered() -> None:
    (line,) = lines({"method": "GET", "path": "/a%20b", "status": 200, "length": 12, "seconds": 0.01234})
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO method=GET path=/a%20b status=200 bytes=12 ms=12\.3", line
    )


def test_a_refusal_says_its_reason_on_the_same_line() -> None:
    (line,) = lines({"status": 400, "refusal": 'bad "host"\n2026 INFO'})
    assert line.endswith(r'method=- path=- status=400 bytes=0 ms=0.0 reason="bad \"host\"\n2026 INFO"')


def test_every_line_ends() -> None:
    assert len(lines({}, {}, {})) == 3


def test_lines_are_written_together_but_a_refusal_does_not_wait() -> None:
    written = io.StringIO()
    log = RequestLog(written)
    for _ in range(LINES_HELD - 1):
        log.answered(status=200)
    assert written.getvalue() == ""
    log.answered(status=200)
    assert written.getvalue().count("\n") == LINES_HELD
    log.answered(status=200)
    log.answered(status=404)
    assert written.getvalue().count("\n") == LINES_HELD + 2


def test_without_a_stream_nothing_is_written() -> None:
    RequestLog().answered()


def test_a_log_that_cannot_be_written_costs_nobody_an_answer() -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    closed = io.StringIO()
    closed.close()
    for stream in (Full(), closed):
        log = RequestLog(stream)
        log.answered()
        log.flush()
        log.answered(status=400)
