"""What wrk prints is read right, and a server that fails has no pace."""

import pytest

from bench.wrk import Pace, Refused, parse

PRINTED = """Running 5s test @ http://127.0.0.1:8000
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.07ms    2.21ms  33.44ms   90.17%
    Req/Sec    26.19k     4.05k   34.99k    60.00%
  Latency Distribution
     50%  112.00us
     75%  163.00us
     90%    1.47ms
     99%    1.20s
  25508 requests in 1.01s, 7.52MB read
Requests/sec:  25299.21
Transfer/sec:      7.46MB
"""


def test_the_pace_is_read_in_seconds_and_milliseconds() -> None:
    assert parse(PRINTED) == Pace(25299.21, 0.112, 1200.0)


@pytest.mark.parametrize(
    "fault", ["  Non-2xx or 3xx responses: 3\n", "  Socket errors: connect 0, read 2, write 0, timeout 0\n"]
)
def test_errors_are_no_answers(fault: str) -> None:
    with pytest.raises(Refused):
        parse(PRINTED.replace("Requests/sec", fault + "Requests/sec"))


@pytest.mark.parametrize("printed", ["", PRINTED.replace("25299.21", "0.00"), "wrk: no such host"])
def test_no_answer_is_no_pace(printed: str) -> None:
    with pytest.raises(Refused):
        parse(printed)
