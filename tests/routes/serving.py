"""The real `serve` on a real port, and bytes sent to it as they are."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.patience import GUARD, until

START = """
import sys
from pathlib import Path
from manifests.settings import load
from server.serve import serve
serve(Path(sys.argv[1]), load(port=int(sys.argv[2])))
"""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    """By lower-case name; one that came twice is joined by a comma."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Running:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def send(self, *requests: bytes, method: str = "GET") -> list[Answer]:
        """All answers to what goes down one connection, one request after the other's answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=GUARD) as wire, _Answers(wire) as answers:
            return [_exchange(wire, answers, request, method) for request in requests]

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self.host}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.send("\r\n".join([*lines, "", ""]).encode(), method=method)[0]


class _Answers:
    """What comes in, read through one buffer: several answers may come in one packet."""

    def __init__(self, wire: socket.socket) -> None:
        self._file = wire.makefile("rb")

    def __enter__(self) -> "_Answers":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def makefile(self, _mode: str) -> "_Answers":
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def close(self) -> None:
        """At the end of one answer the next may begin."""


def _exchange(wire: socket.socket, answers: _Answers, request: bytes, method: str) -> Answer:
    wire.sendall(request)
    response = http.client.HTTPResponse(answers, method=method)  # type: ignore[arg-type]
    response.begin()
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
    return Answer(response.status, headers, response.read())


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def start(library: Path, port: int, log: Path, **environment: str) -> subprocess.Popen[bytes]:
    surroundings = os.environ | {"MOCBAN_WORKERS": "1", "LC_ALL": "C.UTF-8"} | environment
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-c", START, str(library), str(port)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=surroundings,
            cwd=Path(__file__).parents[2],
        )


@contextmanager
def running(library: Path, log: Path, **environment: str) -> Iterator[Running]:
    """Leaves when the server has ended; kills it where it does not end by itself."""
    port = free_port()
    process = start(library, port, log, **environment)
    served = Running(process, port, log)
    try:
        _wait(served)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(timeout=GUARD)
        finally:
            process.kill()


def _wait(served: Running) -> None:
    until(lambda: _is_open(served), "the server's first answer")


def _is_open(served: Running) -> bool:
    assert served.process.poll() is None, served.log.read_text()
    try:
        return served.ask("/health").status == 200
    except OSError:
        return False
