"""How fast an ingest takes in records, for `bench.bench_catalogue`: works of many pages whose masters it knows already,
a sheet in which every row has changed. Masters and pyramids are a few bytes each; everything else is a real ingest.
"""

import csv
import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from manifests.ingest.run import IngestOptions
from manifests.library import Library
from manifests.model import Master, MasterHash, MasterReport, PageCount, Pyramid, PyramidResult
from manifests.settings import Settings
from server.masters.hashing import hash_master

T = TypeVar("T")
RECIPE = 1
WORKS_OF_A_SHEET = 10


class Taken(NamedTuple):
    """`a_second` of the processor. `first` and `last` are megabytes: when the sheet was read twice, and at the end."""

    records: int
    works: int
    a_second: float
    first: float
    last: float


class PaperPool:
    """Does what the workers do, to masters that are no images."""

    def count(self, master: Path) -> Future[PageCount]:
        return _done(PageCount(1))

    def hash(self, master: Path) -> Future[MasterHash]:
        found = hash_master(master)
        return _done(MasterHash(found.sha256, found.length, found.mtime, found.finding, 1))

    def examine(self, master: Path, number: int = 1, known: MasterHash | None = None) -> Future[MasterReport]:
        return _done(_examined(master))

    def build_pyramid(
        self, master: Path, pyramids: Path, work: str, page: str, number: int = 1, known: MasterHash | None = None
    ) -> Future[PyramidResult]:
        examined = _examined(master)
        file = pyramids / work / f"{page}.tif"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"pyramid")
        pyramid = Pyramid(f"pyramids/{work}/{page}.tif", 2000, 3000, "d" * 64, 7, RECIPE, False, b"\x07" * 900)
        return _done(PyramidResult(examined, pyramid))


def _examined(master: Path) -> MasterReport:
    return MasterReport(hash_master(master).sha256 or "", Master("tiff", 2000, 3000, 8, 3, "rgb", "sRGB", 400.0))


def _done(result: T) -> Future[T]:
    done: Future[T] = Future()
    done.set_result(result)
    return done


@contextmanager
def _pool() -> Iterator[PaperPool]:
    yield PaperPool()


def take_in(folder: Path, pages: int, records: int, works: int = WORKS_OF_A_SHEET) -> Taken:
    """At least so many records, sheet by sheet; what was made is taken away."""
    shutil.rmtree(folder, ignore_errors=True)
    scans = folder / "scans"
    for number in range(works):
        work = scans / f"work-{number:03}"
        work.mkdir(parents=True)
        for page in range(1, pages + 1):
            (work / f"{page:04}.tif").write_bytes(f"{number} {page}".encode())
    with closing(Library.create(folder / "library", Settings())) as library:
        for sheet in range(2):  # the masters; then the modules that records need are loaded
            _sheet(library, scans, works, sheet)
        first, began = _megabytes(), time.process_time()
        sheets = -(-records // works)
        for sheet in range(2, 2 + sheets):
            _sheet(library, scans, works, sheet)
        seconds = time.process_time() - began
    last = _megabytes()
    shutil.rmtree(folder)
    return Taken(sheets * works, works, sheets * works / seconds, first, last)


def _sheet(library: Library, scans: Path, works: int, sheet: int) -> None:
    with (scans / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["folder", "title", "creator", "date", "language", "type"])
        for number in range(works):
            row = [f"Nhan đề {number}, bản {sheet}", f"Tác giả {sheet}", f"18{sheet % 100:02}", "vi", "Sách"]
            writer.writerow([f"work-{number:03}", *row])
    outcomes = list(library.ingest([scans], IngestOptions(jobs=1), _pool, RECIPE))
    assert not [row for row in outcomes if row.verdict == "refused"]  # noqa: S101 -- a figure of refusals counts for nothing


def _megabytes() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
