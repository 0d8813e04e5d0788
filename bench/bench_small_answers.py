"""Where the time of a small answer goes: `python -m bench.bench_small_answers`.

A stored tile and a 304 are answered from the connection itself, so what they cost is the system's work (to wake, to
read the request, to write the answer), which nginx has too, and Python around it. Microseconds of the processor for one
request, as Linux counts them for the processes of a server while wrk asks; beside them the protocol alone, without
sockets, in a loop that does nothing else.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from uvicorn.config import Config
from uvicorn.server import ServerState

from bench.cases import Case, cases
from bench.prepared import Prepared, prepare
from bench.results import table
from bench.running import Server
from bench.servers import keep_answers, mocban, nginx_files
from bench.wrk import Asked, measure
from manifests import settings
from manifests.library import Library
from manifests.library_folder import SETTINGS
from server.app import create_asgi_app
from server.front_door.http_protocol import HttpProtocol

HEAD = ("", "Mocban: its own", "Mocban: the system's", "nginx, files: its own", "nginx, files: the system's")
WORDS = "Microseconds of one processor a request, the median of the rounds."
ROUNDS, SECONDS = 3, 3.0
KEYS = ("tiles", "tiles-304", "manifest-304")
_TICKS = os.sysconf("SC_CLK_TCK")
_REQUESTS = 2000


class Spent(NamedTuple):
    """Microseconds of the processor: in the program itself, and in the system for it."""

    own: float
    systems: float


def main() -> None:
    prepared = prepare()
    chosen = [case for case in cases() if case.key in KEYS]
    rows = []
    with mocban(prepared) as ours:
        root = prepared.library.parent / "files"
        for case in chosen:
            keep_answers(ours, case.paths, root)
        with nginx_files(prepared, root) as files:
            for case in chosen:
                spent = [spent_by(server, case, prepared.library.parent) for server in (ours, files)]
                rows.append([case.title, *(f"{number:.1f}" for each in spent for number in each)])
        alone = asyncio.run(_alone(prepared, ours, next(case for case in chosen if case.key == "manifest-304")))
    lines = ["## Where the time of a small answer goes", "", WORDS, "", *table(HEAD, rows), ""]
    print("\n".join([*lines, f"The protocol alone, without sockets, for a 304: {alone:.1f}."]))


def spent_by(server: Server, case: Case, folder: Path) -> Spent:
    asked = [Asked(path, server.get(path)[1]["etag"]) for path in case.paths] if case.known else case.asked
    rounds = [_round(server, asked, folder) for _ in range(ROUNDS)]
    return Spent(*(statistics.median(column) for column in zip(*rounds, strict=True)))


def _round(server: Server, asked: Sequence[Asked], folder: Path) -> Spent:
    measure(server, asked, 1, folder)
    before = _spent(server.pids)
    requests = measure(server, asked, SECONDS, folder).rate * SECONDS
    return Spent(*((now - then) / requests * 1e6 for now, then in zip(_spent(server.pids), before, strict=True)))


def _spent(pids: Iterable[int]) -> Spent:
    """In seconds."""
    return add_up(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8") for pid in pids)


def add_up(stats: Iterable[str]) -> Spent:
    """Of the lines that Linux gives of processes in `stat`; a program's name may hold blanks and brackets."""
    found = [line.rpartition(")")[2].split()[11:13] for line in stats]
    own, systems = (sum(int(ticks[place]) for ticks in found) / _TICKS for place in (0, 1))
    return Spent(own, systems)


# The protocol alone


class _Nowhere(asyncio.Transport):
    """Takes everything, sends nothing."""

    def writelines(self, list_of_data: Iterable[Any]) -> None: ...
    def write(self, data: Any) -> None: ...
    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...


async def _alone(prepared: Prepared, ours: Server, case: Case) -> float:
    library = Library.open(prepared.library, settings.load(prepared.library / SETTINGS))
    try:
        front = create_asgi_app(library)
        config = Config(front, http=HttpProtocol, ws="none", log_config=None, interface="asgi3", proxy_headers=False)
        protocol = HttpProtocol(config=config, server_state=ServerState(), app_state={})
        protocol.connection_made(_Nowhere())
        tag = ours.get(case.paths[0])[1]["etag"]
        host = ours.url.partition("//")[2]
        request = f"GET {case.paths[0]} HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: {tag}\r\n\r\n".encode()
        protocol.data_received(request)  # the first is answered by the road behind, which makes the document
        await asyncio.sleep(1)
        return _least(lambda: protocol.data_received(request))
    finally:
        library.close()


def _least(once: Callable[[], object], rounds: int = 20) -> float:
    """Microseconds; the quickest round, in which nothing else ran."""
    found: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(_REQUESTS):
            once()
        found.append((time.process_time() - began) / _REQUESTS * 1e6)
    return min(found)


if __name__ == "__main__":
    main()
