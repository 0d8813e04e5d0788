"""Which images of a TIFF are its pages.

Smaller copies and masks are no images of their own, whether they say so, each halves the one before, or the page stands
below its own thumbnail (TIFF 6.0, tag 254; TIFF Technical Note 1).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from server.masters import tiff_directories as tags
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory, read_directories, read_subdirectories

_ASPECT_TOLERANCE = 0.05
"""A thumbnail of 24 x 16 is rounded by so much."""


@dataclass(frozen=True, slots=True)
class TiffImages:
    """The images of a file that are pages. Where the list of them `breaks` off there is one more, that nobody finds;
    `is_circle`: it leads back to one of them.
    """

    directories: Sequence[Directory]
    is_circle: bool
    breaks: bool

    @property
    def count(self) -> int:
        return len(self.directories) + self.breaks

    def page(self, number: int) -> Directory:
        """Raises MasterRefused where there is none of this number, from 1."""
        if number > len(self.directories):
            raise master_refused("chain-broken" if number == self.count else "changing")
        return _larger_below(self.directories[number - 1])


def images_of(file: Path) -> TiffImages:
    """Those that are none of each other's copies. Raises MasterRefused where not even the first can be read."""
    seen = file.stat()
    return _images_of(file, seen.st_size, seen.st_mtime_ns)


@lru_cache(maxsize=1)
def _images_of(file: Path, _length: int, _mtime: int) -> TiffImages:
    """Kept for the pages that come next: each asks for all of them."""
    chain = read_directories(file)
    first = chain.directories[0]
    if tags.DNG_VERSION in first.entries or _is_cr2(file):
        raise master_refused("camera-raw")
    full = [directory for directory in chain.directories if not directory.reduced]
    pages = _pages_among(full) if full else [_without_page(chain.directories)]
    return TiffImages(pages, chain.is_circle, chain.breaks)


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


def _pages_among(full: Sequence[Directory]) -> Sequence[Directory]:
    halved = all(_halves(large, small) for large, small in itertools.pairwise(full))
    return full[:1] if halved else full


def _halves(large: Directory, small: Directory) -> bool:
    return all(abs(b - a / 2) <= 1 for a, b in zip(large.size, small.size, strict=True)) and max(large.size) > 2
