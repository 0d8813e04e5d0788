"""Which formats this machine makes: each is really made once, of a few pixels, and what fails is not offered.

info.json and the grammar go by it, and `mocban doctor` says it (`server.doctor`).
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from manifests.errors import LibraryError
from manifests.model import Box
from manifests.scaling import UNLIMITED, Extent
from server.image.encoders import Making, encoded
from server.image.output_formats import DEFAULT, FORMATS, Encoding, OutputFormat
from server.image.request import Resolved
from server.image.rotation import Rotation
from server.image.size import SizeContext
from server.image.stop import Stop
from server.image.work_memory import WorkMemory
from server.libvips import pyvips

_SIDE = 16

Make = Callable[[OutputFormat], object]


@cache
def formats_here() -> Sequence[OutputFormat]:
    return makeable(FORMATS, _made)


def makeable(formats: Sequence[OutputFormat], make: Make) -> Sequence[OutputFormat]:
    """Those that `make` makes. What level 2 asks for is offered in any case: without it nothing is served at all."""
    return tuple(row for row in formats if row.level2 or _can(row, make))


def _can(row: OutputFormat, make: Make) -> bool:
    try:
        make(row)
    except (pyvips.Error, LibraryError, RuntimeError, ImportError, OSError, ValueError):
        return False
    return True


def _made(row: OutputFormat) -> bytes:
    box, extent = Box(0, 0, _SIDE, _SIDE), Extent(_SIDE, _SIDE)
    resolved = Resolved(3, SizeContext(box, extent, UNLIMITED), box, *extent, Rotation(), DEFAULT, row)
    grey: Any = pyvips.Image.black(_SIDE, _SIDE, bands=3)
    with WorkMemory() as memory:
        return encoded(grey, Making(resolved, Encoding(), Stop(), memory))
