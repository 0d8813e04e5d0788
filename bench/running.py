"""Programs that are started for a measurement and ended after it, and the ports they listen on."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60
"""Seconds in which a server must answer its first request, on a machine that does other things too."""


class NotInstalled(Exception):
    """A peer is not on this machine; the text says how it comes there."""


@dataclass(frozen=True, slots=True)
class Server:
    """Something that answers HTTP on loopback. `pids` are the processes that do the work, `parent` is above them."""

    name: str
    port: int
    pids: tuple[int, ...] = ()
    parent: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


def find_program(name: str, how: str) -> str:
    """The path of a program; raises NotInstalled with the sentence that says how to get it."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise NotInstalled(how)
    return found


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def started(
    command: Sequence[str | Path], log: Path, port: int, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs `command` until the block is left; entered when something listens on `port`."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(map(str, command)), stdout=output, stderr=output, env=os.environ | dict(environment or {})
        )
    try:
        _wait(process, port, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"nothing listens on {port}:\n{log.read_text(errors='replace')[-2000:]}")


def children(pid: int) -> tuple[int, ...]:
    """The processes that the threads of a process have started, as Linux lists them; none when it has gone."""
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # the thread has gone
            found += map(int, listed.read_text(encoding="ascii").split())
    return tuple(sorted(found))


def memory(pid: int) -> tuple[float, float]:
    """Resident megabytes of a process, all and its share (RSS and PSS)."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = {line.split()[0]: int(line.split()[1]) / 1024 for line in rolled.splitlines()[1:]}
    return found["Rss:"], found["Pss:"]
