"""Which pictures of an image a document names: the whole, and the thumbnail that is one stored tile.

Both versions of the Presentation API name the same ones. Nothing here knows how either version spells them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.model import Page, Work
from manifests.tiling import TILE, levels

FORMAT = "image/jpeg"
WHOLE = "full/max/0/default.jpg"
"""Behind the image's base URI. `max` and not `full` in 2.1 too: an image beyond the limits is then served smaller."""

_LARGEST_SIDE_OF_A_PREVIEW = 2 * TILE


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The largest level that is a single stored tile, asked for in the spelling that costs one read.

    `sizes` are offered for choice, smallest first: a viewer that finds none here asks for a size of its own, which must
    be computed. Larger levels are left to info.json, which knows the limits.
    """

    image: str
    width: int
    height: int
    sizes: Sequence[tuple[int, int]]

    @property
    def request(self) -> str:
        return f"full/{self.width},{self.height}/0/default.jpg"


def thumbnail(image: str, width: int, height: int) -> Thumbnail:
    smallest, *larger = reversed(levels(width, height))
    sizes = [smallest, *(size for size in larger if max(size) <= _LARGEST_SIDE_OF_A_PREVIEW)]
    return Thumbnail(image, *smallest, sizes)


def of_page(page: Page) -> Thumbnail:
    return thumbnail(page.image, page.width, page.height)


def of_work(work: Work) -> Thumbnail | None:
    """In lists; None for a work that has no image to stand for it."""
    if work.first_image is None or work.first_size is None:
        return None
    return thumbnail(work.first_image, *work.first_size)
