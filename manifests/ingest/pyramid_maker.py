"""What ingest asks of the pixel side: the holdings know no pixels, so the work is handed to them.

`server.pyramid.worker_pool` is the real one; tests hand in one that draws nothing.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeAlias

from manifests.model import MasterHash, MasterReport, PageCount, PyramidResult


class PyramidMaker(Protocol):
    """A bad file is a result with findings; a Future raises only for what is our own failure (a full disk).

    `number` is that of a page in its master. With `known` the master is not read whole to be hashed: what is known of
    it holds as long as it has the same length and time.
    """

    def count(self, master: Path) -> Future[PageCount]:
        """Opens the file, and reads no pixel."""

    def hash(self, master: Path) -> Future[MasterHash]:
        """Counts the pages too."""

    def examine(self, master: Path, number: int = 1, known: MasterHash | None = None) -> Future[MasterReport]: ...

    def build_pyramid(
        self, master: Path, pyramids: Path, work: str, page: str, number: int = 1, known: MasterHash | None = None
    ) -> Future[PyramidResult]:
        """Makes `pyramids/<work>/...tif`, whole or not at all."""


OpenPyramidMaker: TypeAlias = Callable[[], AbstractContextManager[PyramidMaker]]
"""Opens the workers; not called where no master has to be read."""
