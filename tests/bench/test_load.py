"""A minute of load, bounded by the number of requests: every answer is one that may be given, whatever else happens.

How quick they are is measured by `python -m bench.load`; here only what is answered counts.
"""

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench import askers
from bench.askers import CHOPPED, Asker, Outcome, Site, crowd, times
from bench.running import Server, children
from bench.sites import site_of
from tests.patience import GUARD, until
from tests.routes.filled import WORK, filled
from tests.routes.serving import Running, running

EVERYBODY: Sequence[tuple[Asker, int]] = [
    (askers.tile, 150),
    (askers.document, 60),
    (askers.picture, 30),
    (askers.gone, 20),
    (askers.hostile, 60),
    (askers.no_request, 30),
    (askers.half_closed, 20),
    (askers.slow_reader, 2),
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    filled(tmp_path).close()
    with running(tmp_path / "library", tmp_path / "log", MOCBAN_WORKERS="2") as opened:
        yield opened


@pytest.fixture
def site(served: Running) -> Site:
    made = site_of(Server("ours", served.port), f"{WORK}~0001", (150, 131), WORK)
    made.patience, made.hold = GUARD, 1
    return made


def ask(site: Site, everybody: Sequence[tuple[Asker, int]] = EVERYBODY, kill: int | None = None) -> list[Outcome]:
    """Everybody at once, each as often as the table says; in the middle of it a process may be killed."""
    outcomes: list[Outcome] = []

    async def killing() -> None:
        while kill is not None and len(outcomes) < 100:
            await asyncio.sleep(0)
        if kill is not None:
            os.kill(kill, signal.SIGKILL)

    asyncio.run(crowd(site, [(asker, times(count), 0) for asker, count in everybody], killing(), outcomes=outcomes))
    return outcomes


def failures(served: Running) -> list[str]:
    """What the server's own log says of its failures, each with the lines that follow."""
    _, *found = served.log.read_text().split("Traceback")
    return [each[:3000] for each in found]


def faults(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.fault]


def test_everybody_at_once_gets_an_answer_that_may_be_given(site: Site, served: Running) -> None:
    everybody = [*EVERYBODY, (askers.slow_sender, 2)]
    outcomes = ask(site, everybody)
    assert len(outcomes) == sum(count for _, count in everybody)
    assert not faults(outcomes)
    kinds = {kind: Counter(o.status for o in outcomes if o.kind == kind) for kind in {o.kind for o in outcomes}}
    assert kinds["tile"] == {200: 150}
    assert kinds["document"] == {200: 60}
    assert kinds["picture"].keys() <= {200, 503}
    assert kinds["picture"][200]
    assert not {500, 502, CHOPPED} & kinds["hostile"].keys()
    assert not failures(served)


def test_a_worker_that_is_killed_costs_no_more_than_what_it_had_in_hand(site: Site, served: Running) -> None:
    killed = children(served.process.pid)[0]
    outcomes = ask(site, kill=killed)
    assert not [fault for fault in faults(outcomes) if fault.fault != "a part of an answer"]
    until(lambda: len(set(children(served.process.pid)) - {killed}) == 2, "a worker in the place of the killed one")
    assert {outcome.status for outcome in ask(site, [(askers.tile, 100)])} == {200}


def test_a_cache_that_cannot_be_written_costs_no_answer(site: Site, served: Running, tmp_path: Path) -> None:
    """As on a disk that is full: what is computed is given out, and not kept."""
    cache = tmp_path / "library" / "cache"
    if cache.exists():
        cache.rename(tmp_path / "away")
    cache.write_bytes(b"")
    outcomes = ask(site)
    assert not faults(outcomes)
    assert {o.status for o in outcomes if o.kind == "tile"} == {200}
    assert not failures(served)


def test_the_askers_see_what_is_wrong(site: Site) -> None:
    """Those who judge are judged: a tile that is another one, a server that says nothing, one that fails."""
    path, *_ = site.tiles
    site.tiles = {path: site.tiles[path] + b"!"}
    assert "other bytes" in ask(site, [(askers.tile, 1)])[0].fault
    with socket.create_server(("127.0.0.1", 0), backlog=16) as silent:
        site.port, site.patience = silent.getsockname()[1], 0.1
        for asker in (askers.tile, askers.document, askers.picture, askers.slow_sender):
            assert "nothing came" in ask(site, [(asker, 1)])[0].fault
    assert askers.judge(askers.Answer(500, {}, b""), 200)[1]
    assert askers.judge(askers.Answer(503, {}, b""), 200)[1]
    assert askers.judge(askers.Answer(200, {"content-length": "9"}, b"part"), 200)[1]
