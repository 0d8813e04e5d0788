"""From master to pyramid, beside what libvips alone does: `python -m bench.bench_pyramid [--rounds N] [--json]`.

Three questions. How quick one page is beside the bare `tiffsave` of the same recipe, which reads the master in its own
way and cuts no last tile: both take turns in one process, and the median of the rounds' ratios counts, of the
processor's time, since the clock sees whatever else the machine does. What a second job brings to an ingest. And how
much memory the process that holds one master takes at most.

Prints tables, or one object a line. Its files lie below `.cache/bench`: the largest master has three gigabytes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bench import prepared
from bench.page import SIZE
from bench.results import table, verdict
from bench.running import children
from manifests.tiling import TILE
from server.libvips import pyvips
from server.masters import decoding
from server.pyramid import build

ROUNDS = 9
THREADS = (1, 2)
PAGES = 40
SMALL = (5477, 3651)
GIGAPIXEL = (32_000, 31_250)
MAX_PIXELS = 4_000_000_000
LOOK_SECONDS = 0.05
"""How often a worker's memory is looked at; what it took at most only grows, so the last look counts."""


class Master(NamedTuple):
    """`colours` is what libvips does to them before it saves, where it does as we do; `goal` is the least ratio."""

    title: str
    file: str
    goal: float | None
    colours: Callable[[Any], Any] = lambda image: image


MASTERS = (
    Master("RGB, TIFF", "rgb.tif", 0.8),
    Master("Display P3, TIFF", "profiled.tif", None, lambda image: image.icc_transform("srgb", depth=8)),
    Master("RGB, JPEG", "rgb.jpg", 0.8),
    Master("grey, TIFF", "grey.tif", 0.74),
)


@dataclass(frozen=True, slots=True)
class Speed:
    """Shares of the bare speed; `ingested` with the digests of the master and of the pyramid."""

    master: str
    threads: int
    megapixels_a_second: float
    by_the_processor: float
    by_the_clock: float
    ingested: float
    goal: float | None


@dataclass(frozen=True, slots=True)
class Jobs:
    jobs: int
    pages_a_second: float


@dataclass(frozen=True, slots=True)
class Memory:
    """`megabytes` that the process with the master in its hand was resident with at most."""

    megapixels: int
    megabytes: int
    below: int


class Cost(NamedTuple):
    clock: float
    processor: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.bench_pyramid", description="From master to pyramid, as ratios.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    prepared.FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=prepared.FOLDER) as name:
        folder = Path(name)
        draw_masters(folder)
        speeds = list(all_speeds(folder, options.rounds))
        jobs = [ingest_pages(folder, number) for number in (1, 2)]
        memories = [peak(folder, size, below) for size, below in (("rgb.tif", 200), ("gigapixel.tif", 300))]
    if options.json:
        for row in (*speeds, *jobs, *memories):
            print(json.dumps({"measured": type(row).__name__.lower()} | asdict(row)))
    else:
        print("\n".join(tables(speeds, jobs, memories)))


def tables(speeds: Sequence[Speed], jobs: Sequence[Jobs], memories: Sequence[Memory]) -> list[str]:
    """What was measured, as Markdown."""
    return [
        "## From master to pyramid",
        "",
        "A page of 73 megapixels, as a share of the speed of libvips' bare `tiffsave`; *ingested* with both digests.",
        "",
        *table(
            ["master", "threads", "megapixels/s", "by the processor", "goal", "", "by the clock", "ingested"],
            (_speed(speed) for speed in speeds),
        ),
        "",
        f"Pages of 20 megapixels a second through `mocban ingest`, {PAGES} of them:",
        "",
        *table(["jobs", "pages/s"], ([str(each.jobs), f"{each.pages_a_second:.2f}"] for each in jobs)),
        "",
        "Memory of the process that holds the master, at most:",
        "",
        *table(["megapixels", "MB", "goal", ""], (_memory(memory) for memory in memories)),
    ]


def _speed(speed: Speed) -> list[str]:
    ratio, goal, reached = verdict(speed.by_the_processor, speed.goal)
    head = [speed.master, str(speed.threads), f"{speed.megapixels_a_second:.0f}"]
    return [*head, ratio, goal, reached, f"{speed.by_the_clock:.2f}", f"{speed.ingested:.2f}"]


def _memory(memory: Memory) -> list[str]:
    reached = "yes" if memory.megabytes < memory.below else "**no**"
    return [f"{memory.megapixels:,}", str(memory.megabytes), f"< {memory.below}", reached]


def draw_masters(folder: Path) -> None:
    say("drawing the masters")
    page = prepared.FOLDER / "masters" / "bench" / "page.tif"
    prepared.draw_page(page)
    rgb = pyvips.Image.new_from_file(str(page))
    rgb.tiffsave(str(folder / "rgb.tif"))
    rgb.tiffsave(str(folder / "profiled.tif"), profile="p3")
    rgb.jpegsave(str(folder / "rgb.jpg"), Q=92)
    rgb.colourspace("b-w").tiffsave(str(folder / "grey.tif"))
    rgb.crop(0, 0, *SMALL).tiffsave(str(folder / "small.tif"))
    width, height = GIGAPIXEL
    many = rgb.replicate(-(-width // rgb.width), -(-height // rgb.height))
    many.crop(0, 0, width, height).tiffsave(str(folder / "gigapixel.tif"))


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def all_speeds(folder: Path, rounds: int) -> Iterator[Speed]:
    pyvips.cache_set_max(0)  # as in the worker processes
    for master in MASTERS:
        for threads in THREADS:
            say(f"{master.title}, {threads} threads")
            pyvips.concurrency_set(threads)
            yield beside_bare(master, folder, threads, rounds)


def beside_bare(master: Master, folder: Path, threads: int, rounds: int) -> Speed:
    file = folder / master.file

    def bare() -> None:
        image = master.colours(pyvips.Image.new_from_file(str(file), access="sequential"))
        options: Mapping[str, Any] = {"tile": True, "pyramid": True, "tile_width": TILE, "tile_height": TILE}
        image.tiffsave(str(folder / "bare.tif"), compression="jpeg", Q=build.QUALITY, keep="none", **options)

    def ours() -> None:
        build._fill(folder / "ours.tif", decoding.open_upright(file, max_pixels=MAX_PIXELS))

    def ingested() -> None:
        made = build.build_pyramid(file, folder / "pyramids", "w", "p", max_pixels=MAX_PIXELS)
        if made.pyramid is None:  # what was refused was not measured
            raise SystemExit(f"refused: {made.examined.findings}")

    for task in (bare, ours, ingested):
        task()
    costs = [(cost(bare), cost(ours), cost(ingested)) for _ in range(rounds)]
    return Speed(
        master.title,
        threads,
        SIZE[0] * SIZE[1] / 1e6 / statistics.median(cut.clock for _, cut, _ in costs),
        statistics.median(plain.processor / cut.processor for plain, cut, _ in costs),
        statistics.median(plain.clock / cut.clock for plain, cut, _ in costs),
        statistics.median(plain.processor / whole.processor for plain, _, whole in costs),
        master.goal,
    )


def cost(task: Callable[[], object]) -> Cost:
    clock, processor = time.perf_counter(), time.process_time()
    task()
    return Cost(time.perf_counter() - clock, time.process_time() - processor)


def ingest_pages(folder: Path, jobs: int) -> Jobs:
    say(f"{PAGES} pages, {jobs} jobs")
    masters = folder / "book"
    masters.mkdir(exist_ok=True)
    for page in range(PAGES):
        file = masters / f"{page:04}.tif"
        if not file.exists():
            os.link(folder / "small.tif", file)
    begun = time.perf_counter()
    ingest(folder, f"library{jobs}", masters, jobs)
    return Jobs(jobs, PAGES / (time.perf_counter() - begun))


def peak(folder: Path, name: str, below: int) -> Memory:
    say(f"memory for {name}")
    masters = folder / f"{name}.masters"
    masters.mkdir()
    os.link(folder / name, masters / name)
    highest = ingest(folder, f"{name}.library", masters, 2)
    image = pyvips.Image.new_from_file(str(folder / name))
    return Memory(round(image.width * image.height / 1e6), highest, below)


def ingest(folder: Path, library: str, masters: Path, jobs: int) -> int:
    """What a reader of this may do too; returns the megabytes that one of its processes took at most."""
    program, log = Path(sys.executable).with_name("mocban"), folder / "ingest.log"
    command = [program, "--library", folder / library, "ingest", masters, "--jobs", str(jobs)]
    highest = 0
    with log.open("w") as said, subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said) as process:
        while process.poll() is None:
            highest = max([highest, *(resident(pid) for pid in children(process.pid))])
            time.sleep(LOOK_SECONDS)
    if process.returncode:
        raise SystemExit(log.read_text())
    return highest


def resident(pid: int) -> int:
    """Megabytes at most so far; 0 when the process has gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024 if "VmHWM:" in status else 0


if __name__ == "__main__":
    main()
