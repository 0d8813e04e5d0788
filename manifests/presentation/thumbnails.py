"""Which pictures of an image a document names, and how large they are: the whole, and the thumbnail.

Both versions of the Presentation API name the same ones. Nothing here knows how either version spells them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from manifests.collection import Collection
from manifests.model import Page, Work
from manifests.scaling import Extent, Limits, largest_size
from manifests.tiling import TILE, levels

FORMAT = "image/jpeg"
WHOLE = "full/max/0/default.jpg"
"""Behind the image's base URI. `max` and not `full` in 2.1 too: an image beyond the limits is then served smaller, and
the document says how large it is served (`largest_size`)."""

SHARED = 1200
"""Pixels: how wide the picture of a page is that a shared link shows, as Facebook and Zalo ask for it."""

_LARGEST_SIDE_OF_A_PREVIEW = 2 * TILE
_BY_ENDING = {
    "png": "image/png",
    "jpg": FORMAT,
    "jpeg": FORMAT,
    "svg": "image/svg+xml",
    "gif": "image/gif",
    "webp": "image/webp",
}


def logo(address: str) -> dict[str, str]:
    """A picture that lies elsewhere, as Presentation 3.0 section 3.3.1 has it: "SHOULD have `format`"."""
    known = _BY_ENDING.get(urlsplit(address).path.rpartition(".")[2].lower())
    return {"id": address, "type": "Image", **({"format": known} if known else {})}


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The largest level that is a single stored tile, asked for in the spelling that costs one read.

    Where the limits forbid that, it is as large as they allow. `sizes` are offered for choice, smallest first: a viewer
    that finds none here asks for a size of its own, which must be computed. Larger levels are left to info.json.
    """

    image: str
    width: int
    height: int
    sizes: Sequence[tuple[int, int]]

    @property
    def request(self) -> str:
        return f"full/{self.width},{self.height}/0/default.jpg"


def thumbnail(image: str, width: int, height: int, limits: Limits) -> Thumbnail:
    small = largest_size(Extent(width, height), limits, longest=TILE)
    larger = [
        size
        for size in reversed(levels(width, height))
        if max(size) > max(small) and max(size) <= _LARGEST_SIDE_OF_A_PREVIEW and limits.allow(*size)
    ]
    return Thumbnail(image, *small, [small, *larger])


def of_page(page: Page, limits: Limits) -> Thumbnail:
    return thumbnail(page.image, page.width, page.height, limits)


def of_members(members: Iterable[Work | Collection], limits: Limits) -> Thumbnail | None:
    """The first picture among the members of a collection stands for all of it."""
    return next(filter(None, (of_member(member, limits) for member in members)), None)


def of_member(member: Work | Collection, limits: Limits) -> Thumbnail | None:
    if isinstance(member, Work):
        return of_work(member, limits)
    return thumbnail(*member.shown_by, limits) if member.shown_by is not None else None


def of_work(work: Work, limits: Limits) -> Thumbnail | None:
    """In lists; None for a work that has no image to stand for it."""
    if work.first_image is None or work.first_size is None:
        return None
    return thumbnail(work.first_image, *work.first_size, limits)
