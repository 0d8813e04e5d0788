"""Workers that draw nothing: the holdings are tested without libvips.

A master is a text file `WIDTHxHEIGHT content`; one that begins otherwise is refused. Such pages with form feeds between
them are the pages of a file that holds several.
"""

import hashlib
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from manifests.findings import make_finding
from manifests.ingest.run import IngestOptions
from manifests.model import Master, MasterHash, MasterReport, PageCount, Pyramid, PyramidResult
from server.masters.hashing import hash_master


class FakeWorkerPool:
    """`built` tells of which masters a pyramid was made, of a page but the first with its number, `opened` which were
    counted. `die_at` raises KeyboardInterrupt when so many pyramids have been made.
    """

    def __init__(self, recipe: int = 1, die_at: int | None = None) -> None:
        self.recipe = recipe
        self.built: list[str] = []
        self.hashed: list[str] = []
        self.opened: list[str] = []
        self._die_at = die_at

    def __call__(self) -> "FakeWorkerPool":
        return self

    def __enter__(self) -> "FakeWorkerPool":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def hash(self, master: Path) -> Future[MasterHash]:
        self.hashed.append(master.name)
        found = hash_master(master)
        return _done(replace(found, pages=_count(master)) if found.sha256 is not None else found)

    def count(self, master: Path) -> Future[PageCount]:
        self.opened.append(master.name)
        return _done(PageCount(_count(master)))

    def examine(self, master: Path, number: int = 1, known: MasterHash | None = None) -> Future[MasterReport]:
        return _done(_examine(master, number))

    def build_pyramid(
        self, master: Path, pyramids: Path, work: str, page: str, number: int = 1, known: MasterHash | None = None
    ) -> Future[PyramidResult]:
        if self._die_at is not None and len(self.built) == self._die_at:
            raise KeyboardInterrupt
        self.built.append(master.name if number == 1 else f"{master.name} {number}")
        examined = _examine(master, number)
        if examined.master is None:
            return _done(PyramidResult(examined, None))
        name = f"pyramids/{work}/{page}.{examined.sha256[:12]}.{self.recipe}.tif"
        file = pyramids.parent / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"pyramid of {examined.sha256}" + (f", {number}" if number > 1 else ""))
        size = examined.master.width, examined.master.height
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        pyramid = Pyramid(name, *size, digest, file.stat().st_size, self.recipe, False, b"index")
        return _done(PyramidResult(examined, pyramid))


def _count(master: Path) -> int | None:
    try:
        return master.read_text().count("\f") + 1
    except OSError:
        return None


def _examine(master: Path, number: int) -> MasterReport:
    try:
        content = master.read_text()
    except OSError as error:
        return MasterReport("", None, (make_finding("unreadable", reason=error.strerror),))
    digest = hashlib.sha256(content.encode()).hexdigest()
    pages = content.split("\f")
    size, _, _ = pages[number - 1].partition(" ")
    if "x" not in size:
        return MasterReport(digest, None, (make_finding("unreadable", reason="torn"),))
    width, height = map(int, size.split("x"))
    kind = "pdf" if master.suffix == ".pdf" else "tiff"
    return MasterReport(digest, Master(kind, width, height, 8, 3, "rgb", None, 300.0, images=len(pages)))


def _done(result):
    future = Future()
    future.set_result(result)
    return future


def several(folder: Path, name: str, *contents: str) -> Path:
    """A file of several pages."""
    return scan(folder, name, "\f".join(f"1000x1500 {content}" for content in contents))


def scan(folder: Path, name: str, content: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(content or f"1000x1500 {name} of {folder.name}")
    return file


def ingest(library, *paths, workers=None, **options):
    workers = workers or FakeWorkerPool()
    chosen = IngestOptions(**{"jobs": 2, **options})
    return list(library.ingest(paths, chosen, workers, workers.recipe))
