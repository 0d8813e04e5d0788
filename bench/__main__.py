"""`make bench`: measures Mocban beside its peers in one run, and writes `bench/RESULTS.md`.

    python -m bench [--seconds N] [--rounds N] [--only CASE,CASE] [--quick]

The servers take turns, round by round, so that whatever else the machine does falls on all alike; the median counts,
and only ratios travel to another machine. Before anything is timed, samples of each server's answers are held against
the master. `--only` prints and writes nothing; `--quick` leaves out what takes minutes (pyramids, the first view).
"""

import argparse
import importlib.util
import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from http import HTTPStatus
from pathlib import Path

from bench import fidelity, results, servers
from bench.cases import Case, cases
from bench.load import UNDER_LOAD
from bench.prepared import Prepared, prepare
from bench.results import OURS, Measured
from bench.running import NotInstalled, Server, memory
from bench.wrk import CONNECTIONS, Asked, Refused, measure

SAMPLES = 12
SECONDS_TO_WARM = 1
NOTHING_KEPT = {"MOCBAN_CACHE_SIZE": "0"}
"""What must be computed is computed at each request, as by the peers whose caches are off."""

PICTURE = 15.0
"""Decibels below which an answer of a peer is not the picture that was asked for."""

LONG = (
    "bench.bench_small_answers",
    "bench.bench_regions",
    "bench.bench_pyramid",
    "bench.bench_first_view",
    "bench.bench_search_inside",
    "bench.bench_search",
    "bench.bench_search_quality",
    "bench.bench_catalogue",
)
"""Measured by programs of their own; the Markdown that they print is taken over."""


def main() -> None:
    options = _options()
    prepared = prepare()
    chosen = [case for case in cases() if not options.only or case.key in options.only.split(",")]
    measured, left_out = Measured(), []
    with ExitStack() as stack:
        ours = stack.enter_context(servers.mocban(prepared, **NOTHING_KEPT))
        _warm(ours, chosen)
        idle = _memory(ours)
        running = {OURS: ours}
        for key, peer in _peers(prepared, ours, chosen).items():
            try:
                running[key] = stack.enter_context(peer())
            except NotInstalled as missing:
                left_out.append(str(missing))
        _check(measured, chosen, running, prepared)
        _rounds(measured, chosen, running, prepared, options)
        names = {key: server.name for key, server in running.items()}
        after = _memory(ours)
    lines = [
        *results.tables(measured, chosen, names),
        *_left_out(left_out),
        "",
        "## Memory of a worker",
        "",
        f"{idle}, after its first requests; {after}, after this run.",
    ]
    print("\n".join(lines))
    if not options.only:
        _write(lines, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Mocban beside its peers, as ratios.")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


def _warm(ours: Server, chosen: Sequence[Case]) -> None:
    for case in chosen:
        for path in case.paths[:4]:
            ours.get(path)


def _memory(ours: Server) -> str:
    found = [memory(pid) for pid in ours.pids]
    resident, share = (statistics.mean(column) for column in zip(*found, strict=True))
    return f"{resident:.0f} MB resident, {share:.0f} MB its own share"


def _peers(
    prepared: Prepared, ours: Server, chosen: Sequence[Case]
) -> Mapping[str, Callable[[], AbstractContextManager[Server]]]:
    root = prepared.library.parent / "files"
    wanted = {peer for case in chosen for peer in case.peers}
    if "files" in wanted:
        for case in chosen:
            if "files" in case.peers:
                servers.keep_answers(ours, case.paths, root)
    everyone: dict[str, Callable[[], AbstractContextManager[Server]]] = {
        "files": lambda: servers.nginx_files(prepared, root),
        "behind": lambda: servers.mocban_behind_nginx(prepared, ours),
        "iipimage": lambda: servers.iipimage(prepared),
        "iiif-processor": lambda: servers.iiif_processor(prepared),
    }
    return {key: peer for key, peer in everyone.items() if key in wanted}


def _check(measured: Measured, chosen: Sequence[Case], running: Mapping[str, Server], prepared: Prepared) -> None:
    for case in chosen:
        if case.right:
            pictures = [path for path in case.paths if path.endswith(".jpg")]
            sample = random.Random(3).sample(pictures, min(SAMPLES, len(pictures)))
            for key, server in running.items():
                if key in (OURS, *case.peers):
                    _compare(measured, case, key, server, sample, prepared)


def _compare(
    measured: Measured, case: Case, key: str, server: Server, sample: Sequence[str], prepared: Prepared
) -> None:
    try:
        found = [fidelity.decibels(_answer(server, path), path, prepared.images) for path in sample]
    except fidelity.WrongPicture as wrong:
        measured.uncounted[case.key, key] = str(wrong)
        return
    measured.decibels[case.key, key] = found
    least = case.right if key == OURS else PICTURE
    if statistics.median(found) < least:
        measured.uncounted[case.key, key] = f"{statistics.median(found):.1f} dB, not {least:g}"


def _answer(server: Server, path: str) -> bytes:
    status, _, body = server.get(path)
    if status != HTTPStatus.OK:
        raise fidelity.WrongPicture(f"{path} is answered with {status}")
    return body


def _rounds(
    measured: Measured,
    chosen: Sequence[Case],
    running: Mapping[str, Server],
    prepared: Prepared,
    options: argparse.Namespace,
) -> None:
    for number in range(options.rounds):
        for case in chosen:
            for key, server in running.items():
                if key in (OURS, *case.peers) and (case.key, key) not in measured.uncounted:
                    print(f"round {number + 1}: {case.title}, {server.name}", file=sys.stderr, flush=True)
                    _measure(measured, case, key, server, options.seconds, prepared.library.parent)


def _measure(measured: Measured, case: Case, key: str, server: Server, seconds: float, folder: Path) -> None:
    """Warm for its turn: nginx' cache forgets within seconds, and the others have had the machine since."""
    asked = [Asked(path, server.get(path)[1]["etag"]) for path in case.paths] if case.known else case.asked
    try:
        measure(server, asked, SECONDS_TO_WARM, folder)
        pace = measure(server, asked, seconds, folder)
    except Refused as refused:
        measured.uncounted[case.key, key] = " ".join(str(refused).split())[-200:]
        measured.paces.pop((case.key, key), None)
    else:
        measured.paces.setdefault((case.key, key), []).append(pace)


def _left_out(sentences: Sequence[str]) -> list[str]:
    head = ["", "Left out, since it is not on this machine:", ""]
    return [*head, *(f"- {each}" for each in sentences)] if sentences else []


def _write(lines: Sequence[str], options: argparse.Namespace) -> None:
    found = [name for name in LONG if not options.quick and importlib.util.find_spec(name)]
    said = {name: subprocess.check_output([sys.executable, "-m", name], text=True) for name in found}
    head = [
        "# What was measured",
        "",
        "Written by `make bench`; what each figure means, and how to get the peers: [README.md](README.md).",
        "",
        *results.machine(),
        f"- {options.rounds} rounds of {options.seconds:g} seconds, wrk with {CONNECTIONS} connections, "
        f"{servers.WORKERS} processes each",
        *(f"- {name}: {version}" for name, version in servers.versions(["nginx", "wrk", "node"]).items()),
        "",
    ]
    more = [line for text in said.values() for line in ("", *text.splitlines())]
    text = results.FILE.read_text(encoding="utf-8") if results.FILE.exists() else ""
    _, load, said_of_it = text.partition(f"\n{UNDER_LOAD}")  # takes longer, so it is kept
    results.FILE.write_text("\n".join([*head, *lines, *more, load + said_of_it]), encoding="utf-8")


if __name__ == "__main__":
    main()
