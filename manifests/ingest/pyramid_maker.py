"""What ingest asks of the pixel side: the holdings know no pixels, so the work is handed to them.

`server.pyramid.worker_pool` is the real one; tests hand in one that draws nothing.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeAlias

from manifests.model import MasterHash, MasterReport, PyramidResult


class PyramidMaker(Protocol):
    """A bad file is a result with findings; a Future raises only for what is our own failure (a full disk)."""

    def hash(self, master: Path) -> Future[MasterHash]: ...

    def examine(self, master: Path) -> Future[MasterReport]: ...

    def build_pyramid(self, master: Path, pyramids: Path, work: str, page: str) -> Future[PyramidResult]:
        """Makes `pyramids/<work>/...tif`, whole or not at all."""


OpenPyramidMaker: TypeAlias = Callable[[], AbstractContextManager[PyramidMaker]]
"""Opens the workers; not called where no master has to be read."""
