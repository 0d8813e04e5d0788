"""A real library with one small work in it, ingested in this process."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image

from manifests.ingest.run import IngestOptions
from manifests.library import Library
from manifests.model import MasterHash, PageCount, PyramidResult
from manifests.settings import Settings
from server.masters import page_count
from server.pyramid.build import RECIPE, build_pyramid

T = TypeVar("T")
WORK = "book"
SIZE = (150, 131)
WORDS = "Thư viện tỉnh có sách cổ"


class InProcessPool:
    """What `WorkerPool` does, without processes: the masters are ours, so nothing must be kept from them."""

    def hash(self, master: Path) -> Future[MasterHash]:
        return _done(page_count.hash_and_count(master))

    def count(self, master: Path) -> Future[PageCount]:
        return _done(page_count.count(master))

    def build_pyramid(self, master: Path, pyramids: Path, work: str, page: str, *_: object) -> Future[PyramidResult]:
        return _done(build_pyramid(master, pyramids, work, page, max_pixels=10**8))


def _done(result: T) -> Future[T]:
    done: Future[T] = Future()
    done.set_result(result)
    return done


def filled(folder: Path, pages: int = 2, settings: Settings | None = None) -> Library:
    """`book` with the pages `0001`, `0002` ..., each with the same words. The scans lie in `folder / "scans"`."""
    scans = folder / "scans" / WORK
    scans.mkdir(parents=True)
    for number in range(1, pages + 1):
        draw(scans / f"{number:04}.tif", shade=20 * number)
        (scans / f"{number:04}.txt").write_text(WORDS, encoding="utf-8")
    library = Library.create(folder / "library", settings or Settings(languages=("en",)))
    ingest(library, scans)
    return library


def draw(file: Path, shade: int) -> None:
    Image.fromarray(np.full((SIZE[1], SIZE[0], 3), shade, np.uint8)).save(file)


def ingest(library: Library, scans: Path, draft: bool = False) -> None:
    list(library.ingest([scans], IngestOptions(jobs=1, draft=draft), _open, RECIPE))


@contextmanager
def _open() -> Iterator[InProcessPool]:
    yield InProcessPool()
