"""The picture that stands for a work in a list."""

from dataclasses import dataclass

from manifests.model import Work
from manifests.scaling import Extent, Limits, largest_size
from manifests.tiling import TILE
from server.site import html_response


@dataclass(frozen=True, slots=True)
class HtmlImage:
    address: str
    width: int
    height: int


def thumbnail(work: Work, limits: Limits) -> HtmlImage | None:
    """The smallest stored level, which is one stored tile: the cheapest picture there is (decisions.md, 2)."""
    if work.first_image is None or work.first_size is None:
        return None
    return picture(work.first_image, *work.first_size, limits)


def picture(image: str, width: int, height: int, limits: Limits) -> HtmlImage:
    """The same of any image, by its id and its size."""
    small, high = largest_size(Extent(width, height), limits, TILE)
    address = html_response.local_addresses().image(3, image)
    return HtmlImage(f"{address}/full/{small},{high}/0/default.jpg", small, high)
