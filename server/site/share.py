"""What a reader takes along from a page: its address, a part of it as a picture, its files."""

from collections.abc import Sequence
from dataclasses import dataclass

from manifests.addresses import Addresses
from manifests.model import Box, Page, Work
from manifests.scaling import Extent, Limits, largest_size
from manifests.text import plain as plain_reader
from manifests.tiling import levels
from server.site.first_picture import cut_to_page

SMALLEST = 600
"""Pixels of the longest side of a picture that is offered to be taken along."""
SIZES = 3
"""How many smaller ones are offered beside the largest."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Share:
    """`address` and `image` stand under the public base and may be cited; the files are those of the host that was
    asked. `region` is the part that is shared, in canvas pixels, None for the whole page; `image` its address in the
    Image API. `text` and `alto` are None where the page has none.
    """

    address: str
    region: Box | None
    image: str
    picture: str
    sizes: Sequence[PictureFile]
    pdf: str
    text: str | None
    alto: str | None


def share(
    work: Work, page: Page, place: int, box: Box | None, limits: Limits, public: Addresses, local: Addresses
) -> Share:
    """`place` counts the pages from 0."""
    region = cut_to_page(box, page) if box else None
    where = ",".join(map(str, region)) if region else "full"
    address = public.reading_page(work.id, page.id)
    cut = f"{where}/max/0/default.jpg"
    has_places = page.text is not None and page.text != plain_reader.NAME
    return Share(
        address=f"{address}?xywh={where}" if region else address,
        region=region,
        image=f"{public.image(3, page.image)}/{cut}",
        picture=f"{local.image(3, page.image)}/{cut}",
        sizes=_sizes(page, limits, local),
        pdf=f"{local.work_pdf(work.id)}?pages={place + 1}",
        text=local.page_text(work.id, page.id, "txt") if page.text else None,
        alto=local.page_text(work.id, page.id, "alto.xml") if has_places else None,
    )


def _sizes(page: Page, limits: Limits, addresses: Addresses) -> list[PictureFile]:
    largest = largest_size(Extent(page.width, page.height), limits)
    smaller = [Extent(*level) for level in levels(page.width, page.height) if level[0] < largest.width]
    offered = [largest, *[level for level in smaller if max(level) >= SMALLEST][:SIZES]]
    image = addresses.image(3, page.image)
    return [PictureFile(f"{image}/full/{w},{h}/0/default.jpg", w, h) for w, h in offered]
