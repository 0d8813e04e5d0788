"""Which image of a TIFF is the page, and how many pages the file holds.

Smaller copies and masks are no images of their own, whether they say so, each halves the one before, or the page stands
below its own thumbnail (TIFF 6.0, tag 254; TIFF Technical Note 1).
"""

import itertools
from collections.abc import Sequence
from pathlib import Path

from server.masters import tiff_directories as tags
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory, read_directories, read_subdirectories

_ASPECT_TOLERANCE = 0.05
"""A thumbnail of 24 x 16 is rounded by so much."""


def page_and_count(file: Path) -> tuple[Directory, int]:
    """The page, and how many images that are none of each other's copies stand beside it in the chain."""
    chain = read_directories(file)
    if tags.DNG_VERSION in chain[0].entries or _is_cr2(file):
        raise master_refused("camera-raw")
    full = [directory for directory in chain if not directory.reduced]
    first = full[0] if full else _without_page(chain)
    return _larger_below(first), _count(full)


def _is_cr2(file: Path) -> bool:
    """Canon's mark stands behind the header; what such a file has first is a preview."""
    with file.open("rb") as stream:
        return stream.read(10)[8:] == b"CR"


def _without_page(chain: Sequence[Directory]) -> Directory:
    """All of them say that they are copies: what they are copies of stands below one of them, or is not there."""
    below = (sub for directory in chain for sub in read_subdirectories(directory) if not sub.reduced)
    return next(below, chain[0])


def _larger_below(directory: Directory) -> Directory:
    """The image of which this one is a thumbnail without saying so, else this one."""
    copies = [sub for sub in read_subdirectories(directory) if _is_thumbnail(directory, sub)]
    return max(copies, key=lambda sub: sub.size, default=directory)


def _is_thumbnail(small: Directory, large: Directory) -> bool:
    (width, height), (large_width, large_height) = small.size, large.size
    if not 0 < width < large_width or not 0 < height < large_height:
        return False
    return abs(width * large_height / (height * large_width) - 1) <= _ASPECT_TOLERANCE


def _count(full: Sequence[Directory]) -> int:
    halved = all(_halves(large, small) for large, small in itertools.pairwise(full))
    return 1 if halved else len(full)


def _halves(large: Directory, small: Directory) -> bool:
    return all(abs(b - a / 2) <= 1 for a, b in zip(large.size, small.size, strict=True)) and max(large.size) > 2
