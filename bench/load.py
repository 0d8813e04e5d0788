"""Whether it stays up: minutes of load on loopback, with faults in the middle: `python -m bench.load --minutes 10`.

A reader of tiles is alone first, for a tenth of the time (the quiet figure); then all the askers of `bench.askers` come
beside it until the end. Meanwhile a worker is killed, and the disk of the cache is full for a tenth of the time. The
reader asks from a process of its own, so that what the others cost this program is not taken for the server's. Goals:
99 of 100 tiles within five times the quiet time, no status 500, every worker below 300 MB and at the end at most 1.1 of
what it had after a fifth of the time, and ten seconds behind each fault the tiles as they were before it, within 1.5.
"""

import argparse
import asyncio
import math
import multiprocessing
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import askers, results, servers
from bench.askers import Asker, Outcome, Site, crowd
from bench.page import SIZE
from bench.prepared import prepare
from bench.running import children, memory
from bench.sites import site_of

CROWD: Sequence[tuple[Asker, int, float]] = [
    (askers.tile, 2, 0.02),
    (askers.document, 2, 0.05),
    (askers.picture, 2, 0.2),
    (askers.gone, 1, 1.0),
    (askers.hostile, 2, 0.1),
    (askers.no_request, 1, 0.2),
    (askers.half_closed, 1, 0.2),
    (askers.slow_sender, 40, 1.0),
    (askers.slow_reader, 12, 1.0),
]
"""Who comes, how many of each at a time, and the pause of each between two requests in seconds."""

READERS, THINKS = 4, 0.01
"""The reader of tiles whose times count: connections, and the pause of each in seconds."""

AFTER = 10
"""Seconds behind the end of a fault until all must be as before."""

WINDOW = 15
UNDER_LOAD = "## Under load"


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer to the reader: when it was asked (seconds of the monotonic clock), and what came."""

    at: float
    outcome: Outcome


@dataclass(slots=True)
class Run:
    """What happened, on the monotonic clock."""

    begun: float
    loaded: float = 0
    ended: float = 0
    faults: dict[str, tuple[float, float]] = field(default_factory=dict)
    resident: list[tuple[float, float]] = field(default_factory=list)
    """When, and the megabytes of the largest worker."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.load", description="Minutes of load, with faults in the middle.")
    parser.add_argument("--minutes", type=float, default=10)
    seconds = 60 * parser.parse_args().minutes
    prepared = prepare()
    with servers.mocban(prepared) as server:
        site = site_of(server, "bench~page", SIZE, "many")
        with _reader(site, seconds) as samples:
            run, outcomes = asyncio.run(_run(site, server.parent, prepared.library / "cache", seconds))
            read = samples()
        lines = report(run, read, outcomes)
    print("\n".join(lines))
    put_section(f"{UNDER_LOAD}, {seconds / 60:g} minutes", lines)


def put_section(title: str, lines: Sequence[str], file: Path = results.FILE) -> None:
    """Writes what was measured behind the rest of the results, in the place of what stood there of an earlier run."""
    text = file.read_text(encoding="utf-8") if file.exists() else "# What was measured\n"
    kept = text.partition(f"\n{UNDER_LOAD}")[0]
    file.write_text("\n".join([kept.rstrip(), "", title, "", *results.machine(), *lines, ""]), encoding="utf-8")


@contextmanager
def _reader(site: Site, seconds: float) -> Iterator[Callable[[], list[Sample]]]:
    spawn = multiprocessing.get_context("spawn")
    queue = spawn.Queue()
    process = spawn.Process(target=_read_tiles, args=(replace(site, wires=[]), seconds, queue))
    process.start()
    try:
        yield lambda: queue.get(timeout=120)
        process.join()
    finally:
        process.kill()


def _read_tiles(site: Site, seconds: float, queue: "multiprocessing.Queue[list[Sample]]") -> None:
    end = time.monotonic() + seconds
    samples: list[Sample] = []

    async def one(site: Site, lot: askers.random.Random) -> Outcome:
        at = time.monotonic()
        outcome = await askers.tile(site, lot)
        samples.append(Sample(at, outcome))
        return outcome

    asyncio.run(crowd(site, [(one, lambda: time.monotonic() < end, THINKS)] * READERS, outcomes=[]))
    queue.put(samples)


async def _run(site: Site, parent: int, cache: Path, seconds: float) -> tuple[Run, list[Outcome]]:
    run, outcomes = Run(time.monotonic()), []
    watch = asyncio.create_task(_watch(run, parent))
    await asyncio.sleep(seconds / 10)
    run.loaded = time.monotonic()
    end = run.begun + seconds
    everybody = [(asker, lambda: time.monotonic() < end, pause) for asker, count, pause in CROWD for _ in range(count)]
    await crowd(site, everybody, _break(run, parent, cache, seconds), outcomes=outcomes)
    run.ended = time.monotonic()
    watch.cancel()
    return run, outcomes


async def _watch(run: Run, parent: int) -> None:
    while True:
        found = []
        for pid in children(parent):
            with suppress(OSError, KeyError):  # it may have ended meanwhile
                found.append(memory(pid)[0])
        run.resident.append((time.monotonic(), max(found, default=0)))
        await asyncio.sleep(1)


async def _break(run: Run, parent: int, cache: Path, seconds: float) -> None:
    """At two fifths of the time a worker is killed, at three fifths the disk of the cache is full for a tenth."""
    await asyncio.sleep(run.begun + 0.4 * seconds - time.monotonic())
    now = time.monotonic()
    os.kill(children(parent)[0], signal.SIGKILL)
    run.faults["a worker killed"] = (now, now)
    await asyncio.sleep(run.begun + 0.6 * seconds - time.monotonic())
    now = time.monotonic()
    with _full(cache):
        await asyncio.sleep(seconds / 10)
    run.faults["the cache's disk full"] = (now, time.monotonic())


@contextmanager
def _full(cache: Path) -> Iterator[None]:
    """A disk of 64 kB over the cache, where this user may mount one; else a cache that is no folder."""
    cache.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", cache], capture_output=True, check=False
    )
    if mounted.returncode == 0:
        (cache / "full").write_bytes(b"")
        with suppress(OSError), (cache / "full").open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", cache], check=True)
        return
    away = cache.with_name("cache.away")
    cache.rename(away)
    cache.write_bytes(b"")
    try:
        yield
    finally:
        cache.unlink()
        away.rename(cache)


def p99(samples: Sequence[Sample], begin: float, end: float) -> float:
    """Milliseconds within which 99 of 100 tiles came that were asked between the two."""
    found = sorted(sample.outcome.milliseconds for sample in samples if begin <= sample.at < end)
    return found[int(0.99 * (len(found) - 1))] if found else float("nan")


def report(run: Run, samples: Sequence[Sample], outcomes: Sequence[Outcome]) -> list[str]:
    quiet, before = p99(samples, run.begun, run.loaded), run.begun + 0.4 * (run.ended - run.begun)
    loaded = p99(samples, run.loaded + WINDOW, run.ended)
    steady = p99(samples, run.loaded + WINDOW, before)
    early, late = _resident(run, 0.2), _resident(run, 1)
    rows = [
        ["99 of 100 tiles, ms, alone", f"{quiet:.1f}", "", ""],
        ["the same, under load", f"{loaded:.1f}", "5 x", _said(loaded <= 5 * quiet)],
        ["largest worker after a fifth of the time, MB", f"{early:.0f}", "", ""],
        ["largest worker at the end, MB", f"{late:.0f}", "1.1 x, below 300", _said(late <= min(1.1 * early, 300))],
    ]
    for name, (_, end) in run.faults.items():
        again = p99(samples, end + AFTER, end + AFTER + WINDOW)
        verdict = "too short a run" if math.isnan(again) else _said(again <= 1.5 * steady)
        rows.append([f"{name}: tiles {AFTER} s after it, ms", f"{again:.1f}", "1.5 x", verdict])
    everything = [*(sample.outcome for sample in samples), *outcomes]
    failed = sum(outcome.status == 500 for outcome in everything)
    rows.append(["answers with status 500", f"{failed}", "0", _said(failed == 0)])
    return [
        "",
        *results.table(["", "", "goal", ""], rows),
        "",
        f"{len(everything):,} requests; what came of them (0: the connection ended without an answer):",
        "",
        *results.table(["", "statuses", "at fault"], _by_kind(everything)),
    ]


def _resident(run: Run, part: float) -> float:
    """The largest worker at this part of the time: the median of the seconds around it would hide a peak."""
    until = run.begun + part * (run.ended - run.begun)
    return max((size for at, size in run.resident if until - WINDOW <= at <= until), default=float("nan"))


def _said(is_reached: bool) -> str:
    return "yes" if is_reached else "**no**"


def _by_kind(outcomes: Sequence[Outcome]) -> Iterator[list[str]]:
    for kind in sorted({outcome.kind for outcome in outcomes}):
        of_it = [outcome for outcome in outcomes if outcome.kind == kind]
        statuses = Counter(outcome.status for outcome in of_it)
        faults = Counter(outcome.fault for outcome in of_it if outcome.fault)
        said = "; ".join(f"{count} x {fault}" for fault, count in faults.most_common(3))
        yield [kind, ", ".join(f"{status}: {count:,}" for status, count in sorted(statuses.items())), said]


if __name__ == "__main__":
    main()
