"""Ten thousand works of 300 pages in one catalogue: `python -m bench.bench_catalogue [--works N] [--pages N] [--load]`.

Records, no images (`synthetic_catalogue`). Milliseconds of whole answers in process, through the application as a
worker runs it: the list, the list narrowed down, the root collection, a work's page, a manifest as it is stored. Each
address is asked once, so that nothing is answered from memory that a reader's first request would not find there; the
manifest, which leaves without passing through Flask, once more as it does then. With `--load` an ingest of records
writes meanwhile, in another process, so that nothing may be believed for longer than a moment. And how many records an
ingest takes in a second, in works of 300 pages whose masters it knows, and what that does to its memory.
"""

import argparse
import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from bench.prepared import FOLDER
from bench.records_ingest import Taken, take_in
from bench.results import table
from bench.synthetic_catalogue import NOON, PAGES, WITH_MANIFESTS, WORKS, fill, name_of, update_of
from manifests.catalog import Catalog
from manifests.documents import DocumentBuilder
from manifests.library import Library
from manifests.settings import Settings
from server.app import create_asgi_app
from server.front_door.asgi import AsgiFrontend
from server.get import ask

GOAL_MILLISECONDS = 20
ASKED = 200
RECORDS = 200
SETTINGS = Settings(languages=("vi", "en"))
BROWSER = (("accept", "text/html"), ("accept-encoding", "gzip"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.bench_catalogue", description="A catalogue of many works.")
    parser.add_argument("--works", type=int, default=WORKS)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--asked", type=int, default=ASKED)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--write", action="store_true", help="writes records for ever: the load of the others")
    options = parser.parse_args()
    folder = made(FOLDER / f"catalogue-{options.works}-{options.pages}", options.works, options.pages)
    if options.write:
        write_for_ever(folder, options.works, options.pages)
    alone = measure(folder, options.works, options.asked)
    with being_written(folder, options.works, options.pages):
        loaded = measure(folder, options.works, options.asked)
    rate = take_in(FOLDER / "records", options.pages, options.records)
    size = (folder / "catalog.sqlite").stat().st_size
    print("\n".join(tables(options.works, options.pages, size, alone, loaded, rate)))


def made(folder: Path, works: int, pages: int) -> Path:
    """Kept for the next run; one that was not finished is made anew."""
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        began = time.monotonic()
        fill(folder, works, pages)
        (folder / "made").write_text("whole\n")
        print(f"made {works} works in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return folder


def addresses(works: int, asked: int) -> Mapping[str, list[str]]:
    """What is asked, by kind; each kind so many times where there are so many."""
    dice = random.Random(5)
    some = [name_of(number) for number in dice.sample(range(works), min(asked, works))]
    with_manifest = [name_of(number) for number in dice.choices(range(0, works, WITH_MANIFESTS), k=asked)]
    chosen = [
        "&".join(part for part in (kind, date, language) if part)
        for kind in ("", "kind=book", "kind=map", "kind=newspaper&kind=journal", "kind=Sổ+ghi+chép")
        for date in ("", "date=18XX", "date=188X", "date=187X&date=188X&date=19XX")
        for language in ("", "language=vi", "language=fr&language=vi-Hani", "language=en")
    ]
    return {
        "the list": [f"/?after={name}" for name in some],
        "the list, narrowed down": [f"/?{query}" for query in chosen if query],
        "the same, further on": [f"/?{query}&after={name}" for query, name in zip(chosen, some, strict=False) if query],
        "the root collection, its pages": ["/iiif/presentation/3/collection/top"] * min(asked, 20),
        "one page of it": [f"/iiif/presentation/3/collection/top?after={name}" for name in some],
        "a work's page": [f"/works/{name}" for name in some],
        "a manifest": [f"/iiif/presentation/3/{name}/manifest" for name in with_manifest],
    }


class Took(NamedTuple):
    """Milliseconds of the clock, and of the processor: on a machine that does other things too, those count."""

    clock: float
    processor: float


def measure(folder: Path, works: int, asked: int) -> dict[str, list[Took]]:
    with closing(Library.open(folder, SETTINGS)) as library:
        door = create_asgi_app(library)
        return asyncio.run(_measure(door, addresses(works, asked)))


async def _measure(door: AsgiFrontend, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[Took]]:
    for paths in wanted.values():
        await _took(door, paths[0])  # templates and modules are loaded by the first of their kind
    return {kind: [await _took(door, path) for path in paths] for kind, paths in wanted.items()}


async def _took(door: AsgiFrontend, path: str) -> Took:
    began = time.perf_counter(), time.process_time()
    status, _, body = await ask(door, path, BROWSER)
    took = Took((time.perf_counter() - began[0]) * 1000, (time.process_time() - began[1]) * 1000)
    if status != HTTPStatus.OK:
        raise LookupError(f"{path} is answered with {status}: {body[:200]!r}")
    return took


@contextmanager
def being_written(folder: Path, works: int, pages: int) -> Iterator[None]:
    """Another process changes one record after the other, documents and all, as fast as it can."""
    command = [sys.executable, "-m", "bench.bench_catalogue", "--write", "--works", str(works), "--pages", str(pages)]
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def write_for_ever(folder: Path, works: int, pages: int) -> None:
    builder, dice = DocumentBuilder(SETTINGS), random.Random(os.getpid())
    with closing(Catalog.open(folder / "catalog.sqlite")) as catalog:
        while True:
            number = dice.randrange(0, works, WITH_MANIFESTS)
            catalog.save(update_of(number, pages, builder, said_of=dice.randrange(works)), NOON)


def tables(
    works: int,
    pages: int,
    size: int,
    alone: Mapping[str, Sequence[Took]],
    loaded: Mapping[str, Sequence[Took]],
    taken_in: Taken,
) -> list[str]:
    return [
        f"## A catalogue of {works:,} works of {pages} pages",
        "",
        f"Milliseconds of the processor for a whole answer in process, each address asked for the first time, of "
        f"{size / 2**30:.1f} GB; in brackets those of the clock. Under load another process changes one record after "
        "the other, so that nothing is believed from one question to the next.",
        "",
        *table(
            ["", "p50", "p95", "p50 under load", "p95 under load", "goal, p95", ""],
            (_row(kind, alone[kind], loaded[kind]) for kind in alone),
        ),
        "",
        f"In a second of the processor an ingest takes in {taken_in.a_second:.1f} changed records of works of {pages} "
        f"pages whose masters it knows, and looks at {taken_in.a_second * pages:,.0f} files for them. Its memory after "
        f"the first {taken_in.works} works is {taken_in.first:.0f} MB, after {taken_in.records} records "
        f"{taken_in.last:.0f} MB.",
    ]


def _row(kind: str, alone: Sequence[Took], loaded: Sequence[Took]) -> list[str]:
    reached = "yes" if _share([took.processor for took in alone], 95) <= GOAL_MILLISECONDS else "**no**"
    return [kind, *_told(alone), *_told(loaded), f"{GOAL_MILLISECONDS}", reached]


def _told(times: Sequence[Took]) -> list[str]:
    clock, processor = [took.clock for took in times], [took.processor for took in times]
    return [f"{_share(processor, share):.1f} ({_share(clock, share):.1f})" for share in (50, 95)]


def _share(times: Sequence[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    main()
