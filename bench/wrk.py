"""Requests a second and how long they take, by wrk: one list of paths, walked over kept-alive connections."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.running import Server, find_program

CONNECTIONS = 8
SCRIPT = """
local asked = {{}}
init = function()
    for line in io.lines("{file}") do
        local path, tag = line:match("^(%S+)%s*(.*)$")
        local headers = {{ ["Host"] = wrk.headers["Host"], ["If-None-Match"] = tag ~= "" and tag or nil }}
        asked[#asked + 1] = wrk.format("GET", path, headers)
    end
end
local at = 0
request = function() at = at % #asked + 1; return asked[at] end
"""
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: a path, and the tag that the asker has already, if it has one."""

    path: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """Requests a second; milliseconds within which half of them, and 99 of 100, were answered."""

    rate: float
    p50: float
    p99: float


class Refused(Exception):
    """A server answered with an error, or not at all: its figure counts for nothing."""


def measure(server: Server, asked: Sequence[Asked], seconds: float, folder: Path) -> Pace:
    wrk = find_program("wrk", "wrk: as root `apt-get install wrk`")
    listed, script = folder / "asked.txt", folder / "asked.lua"
    listed.write_text("".join(f"{each.path} {each.tag}\n" for each in asked), encoding="ascii")
    script.write_text(SCRIPT.format(file=listed), encoding="ascii")
    command = [
        wrk,
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds:g}s",
        "--latency",
        "--timeout",
        "60s",
        "-s",
        script,
        server.url,
    ]
    ended = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return parse(ended.stdout)


def parse(printed: str) -> Pace:
    """Raises Refused where wrk saw a status beyond 399, or a connection that failed."""
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise Refused(printed)
    rate = re.search(r"^Requests/sec:\s+([\d.]+)", printed, re.MULTILINE)
    times = dict(re.findall(r"^\s+(50|99)%\s+(\S+)", printed, re.MULTILINE))
    if rate is None or len(times) != 2 or float(rate[1]) == 0:
        raise Refused(printed)
    return Pace(float(rate[1]), _milliseconds(times["50"]), _milliseconds(times["99"]))


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()  # type: ignore[union-attr]
    return float(number) * _UNITS[unit]
