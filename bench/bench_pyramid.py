"""How quickly pyramids are made, beside bare `tiffsave` of the same recipe: `python -m bench.bench_pyramid`.

Prints ratios, since seconds are the machine's. Bare and ours take turns, and the median of the rounds counts, of the
processor's time as well as of the clock's: what else the machine does falls on both alike.
"""

import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from manifests.model import Pyramid, PyramidResult
from manifests.tiling import TILE
from server.libvips import pyvips
from server.masters import decoding
from server.pyramid import build
from server.pyramid.worker_pool import WorkerPool

ROUNDS = 5
PAGES = 40
LIMITS: Mapping[str, Any] = {"max_pixels": 4_000_000_000, "seconds": 900, "memory_megabytes": 4096}


class Cost(NamedTuple):
    clock: float
    processor: float


def paper(width: int, height: int) -> Any:
    """Lines of something like print on grainy paper."""
    grain = np.random.default_rng(1).normal(0, 6, (1024, 1024, 3))
    y, x = np.mgrid[0:1024, 0:1024]
    print_ = ((np.sin(x / 3.1) * np.sin(y / 7.3)) > 0.6) * -150 * ((y // 40) % 2 == 0)
    pixels = np.clip(230 + grain + print_[..., None], 0, 255).astype(np.uint8)
    sheet = pyvips.Image.new_from_array(pixels, interpretation="srgb")
    return sheet.replicate(-(-width // 1024), -(-height // 1024)).crop(0, 0, width, height)


def made(result: PyramidResult) -> Pyramid:
    """What was refused was not measured."""
    if result.pyramid is None:
        raise SystemExit(f"refused: {result.examined.findings}")
    return result.pyramid


def cost(task: Callable[[], object]) -> Cost:
    clock, processor = time.perf_counter(), time.process_time()
    task()
    return Cost(time.perf_counter() - clock, time.process_time() - processor)


def median(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def beside_bare(master: Path, folder: Path, threads: int) -> str:
    pyvips.concurrency_set(threads)
    pixels = decoding.open_upright(master, max_pixels=LIMITS["max_pixels"]).master

    def bare() -> None:
        image = decoding.open_upright(master, max_pixels=LIMITS["max_pixels"]).image
        image.tiffsave(
            str(folder / "bare.tif"),
            tile=True,
            pyramid=True,
            tile_width=TILE,
            tile_height=TILE,
            compression="jpeg",
            Q=build.QUALITY,
            keep="none",
        )

    def ours() -> None:
        upright = decoding.open_upright(master, max_pixels=LIMITS["max_pixels"])
        build._fill(folder / "ours.tif", upright)

    def whole() -> None:
        made(build.build_pyramid(master, folder / "pyramids", "w", "p", max_pixels=LIMITS["max_pixels"]))

    rounds = [(cost(bare), cost(ours), cost(whole)) for _ in range(ROUNDS)]
    plain, edged, all_of_it = (median(list(column)) for column in zip(*rounds, strict=True))
    speed = pixels.width * pixels.height / 1e6 / edged.clock
    return (
        f"{master.name:16} {threads} threads: {speed:4.0f} megapixels/s; of bare, by the clock "
        f"{plain.clock / edged.clock:.2f}, by the processor {plain.processor / edged.processor:.2f}; "
        f"with both digests {plain.clock / all_of_it.clock:.2f} and {plain.processor / all_of_it.processor:.2f}"
    )


def pages(master: Path, folder: Path, jobs: int) -> float:
    begun = time.perf_counter()
    with WorkerPool(jobs, pages=PAGES, **LIMITS) as workers:
        futures = [
            workers.build_pyramid(master, folder / "pyramids", f"jobs{jobs}", str(page)) for page in range(PAGES)
        ]
        for future in futures:
            made(future.result())
    return time.perf_counter() - begun


def peak(master: Path, folder: Path, answer: Any) -> None:
    page = made(build.build_pyramid(master, folder / "pyramids", "w", "giga", max_pixels=LIMITS["max_pixels"]))
    # The highest of this process, in kilobytes; unlike ru_maxrss it does not begin with what the parent had.
    status = Path("/proc/self/status").read_text()
    highest = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    answer.put(f"one gigapixel: {highest} MB at most, an index of {len(page.index)} bytes")


def gigapixel(folder: Path) -> str:
    paper(32_000, 31_250).tiffsave(str(folder / "giga.tif"))
    spawn = multiprocessing.get_context("spawn")
    answer = spawn.Queue()
    child = spawn.Process(target=peak, args=(folder / "giga.tif", folder, answer))
    child.start()
    child.join()
    return str(answer.get(timeout=1))


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "pyramids").mkdir()
        large, small = paper(7201, 10201), paper(5477, 3651)
        large.tiffsave(str(folder / "rgb.tif"))
        large.tiffsave(str(folder / "profiled.tif"), profile="p3")
        large.jpegsave(str(folder / "rgb.jpg"), Q=92)
        large.colourspace("b-w").tiffsave(str(folder / "grey.tif"))
        small.tiffsave(str(folder / "page.tif"))
        for name in ("rgb.tif", "profiled.tif", "rgb.jpg", "grey.tif"):
            for threads in (1, 2):
                print(beside_bare(folder / name, folder, threads), flush=True)
        one, two = pages(folder / "page.tif", folder, 1), pages(folder / "page.tif", folder, 2)
        print(f"{PAGES} pages of 20 megapixels: two jobs take {two / one:.2f} of the time of one ({one:.1f} s)")
        if "--gigapixel" in sys.argv:
            print(gigapixel(folder))


if __name__ == "__main__":
    main()
