"""What was measured, as `bench/RESULTS.md` says it: the machine, the versions, tables, and what was left out."""

import datetime
import os
import platform
import statistics
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.cases import Case
from bench.wrk import Pace

OURS = "ours"
FILE = Path(__file__).with_name("RESULTS.md")


@dataclass(slots=True)
class Measured:
    """By the keys of a case and a server: the paces of the rounds, decibels of samples, or why nothing counts."""

    paces: dict[tuple[str, str], list[Pace]] = field(default_factory=dict)
    decibels: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    uncounted: dict[tuple[str, str], str] = field(default_factory=dict)

    def rate(self, case: str, server: str) -> float | None:
        """The median of the rounds; None where nothing counts."""
        paces = self.paces.get((case, server))
        return statistics.median(pace.rate for pace in paces) if paces else None

    def p99(self, case: str, server: str) -> float | None:
        paces = self.paces.get((case, server))
        return statistics.median(pace.p99 for pace in paces) if paces else None


def tables(measured: Measured, cases: Sequence[Case], names: Mapping[str, str]) -> list[str]:
    """All that was measured by the second; `names` says what each server is called, ours first."""
    return [
        "## Requests a second",
        "",
        "The median of the rounds, and behind it the milliseconds within which 99 of 100 requests were answered.",
        "",
        *table(["", *names.values()], ([case.title, *_paces(measured, case, names)] for case in cases)),
        "",
        "## Against the goals",
        "",
        *table(["Mocban, as a multiple of", "", "goal", ""], _goals(measured, cases, names)),
        "",
        "## Whether the pictures are right",
        "",
        "Decibels of the luma against a Lanczos reference from the master: the median of the samples, and the lowest.",
        "",
        *table(["", *names.values()], ([c.title, *_right(measured, c, names)] for c in cases if c.right)),
        *_reasons(measured, names),
    ]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] + ["---:"] * (len(head) - 1), *rows)]


def _paces(measured: Measured, case: Case, names: Mapping[str, str]) -> list[str]:
    return [_pace(measured, case.key, server) for server in names]


def _pace(measured: Measured, case: str, server: str) -> str:
    rate, p99 = measured.rate(case, server), measured.p99(case, server)
    if rate is None or p99 is None:
        return "not counted" if (case, server) in measured.uncounted else ""
    return f"{rate:,.0f} ({p99:,.1f})"


def _goals(measured: Measured, cases: Sequence[Case], names: Mapping[str, str]) -> list[list[str]]:
    rows = []
    for case in cases:
        for peer in case.peers:
            ours, theirs = measured.rate(case.key, OURS), measured.rate(case.key, peer)
            if ours is not None and theirs is not None:
                rows.append([f"{names[peer]}: {case.title}", *verdict(ours / theirs, case.at_least.get(peer))])
    behind, files = measured.rate("tiles", "behind"), measured.rate("tiles", "files")
    if behind is not None and files is not None:
        rows.append([f"{names['files']}: hot tiles, behind nginx", *verdict(behind / files, 0.8)])
    return rows


def verdict(ratio: float, goal: float | None) -> list[str]:
    """The ratio, the goal, and whether it is reached; two digits that count."""
    shown = f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"
    return [shown, "", ""] if goal is None else [shown, f"{goal:g}", "yes" if ratio >= goal else "**no**"]


def _right(measured: Measured, case: Case, names: Mapping[str, str]) -> list[str]:
    found = (measured.decibels.get((case.key, server)) for server in names)
    return [f"{statistics.median(each):.1f} ({min(each):.1f})" if each else "" for each in found]


def _reasons(measured: Measured, names: Mapping[str, str]) -> list[str]:
    lines = [f"- {names[server]}, {case}: {why}" for (case, server), why in measured.uncounted.items()]
    return ["", "Not counted:", "", *lines] if lines else []


def machine() -> list[str]:
    """On what it was measured: nothing that names the machine, all that explains a figure."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    memory = next(int(line.split()[1]) // 2**20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal"))
    system = next((line.partition("=")[2].strip('"') for line in _lines("/etc/os-release") if "PRETTY" in line), "?")
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return [
        f"- {datetime.datetime.now(datetime.UTC):%Y-%m-%d}, commit {commit.stdout.strip() or 'unknown'}",
        f"- {len(os.sched_getaffinity(0))} cores of {cpu}, {memory} GB, {system}, Linux {platform.release()}, "
        f"Python {platform.python_version()}",
    ]


def _lines(file: str) -> list[str]:
    return Path(file).read_text(encoding="utf-8").splitlines()
