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
    width, height = largest_size(Extent(*work.first_size), limits, TILE)
    image = html_response.local_addresses().image(3, work.first_image)
    return HtmlImage(f"{image}/full/{width},{height}/0/default.jpg", width, height)
