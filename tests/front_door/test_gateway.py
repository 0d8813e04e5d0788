"""What gunicorn answers by itself, because it is no request: it leaves as every other answer does."""

from collections.abc import Iterator

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.front_door.gateway import Worker
from tests.routes.serving import Running, running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    Library.create(folder / "library", Settings()).close()
    with running(folder / "library", folder / "log", MOCBAN_LANGUAGES="en") as server:
        yield server


@pytest.mark.parametrize(
    ("status", "request_bytes"),
    [
        (400, b"rubbish\r\n\r\n"),
        (400, b"GET /health HTTP/9.9\r\n\r\n"),
        (400, b"GET /a b HTTP/1.1\r\n\r\n"),
        (400, b"GET / HTTP/1.1\nHost: a\n\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: tale\r\n\r\n"),
        (400, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"),
        (414, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n"),
        (431, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 9000 + b"\r\n\r\n"),
        (431, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 101 + b"\r\n"),
    ],
)
def test_what_is_no_request_is_refused_as_everything_else_is(
    served: Running, status: int, request_bytes: bytes
) -> None:
    answer = served.send(request_bytes)[0]
    assert answer.status == status
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.body.endswith(b".\n")
    assert served.ask("/health").status == 200
    assert f"path=- status={status}" in served.log.read_text()


def test_the_worker_that_is_configured_is_ours() -> None:
    from config.gunicorn import worker_class

    assert worker_class == f"{Worker.__module__}.{Worker.__qualname__}"
