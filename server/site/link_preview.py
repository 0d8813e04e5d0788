"""What a link to a page of ours becomes where it is shared, and what search engines are told of the page.

Open Graph (https://ogp.me), which Zalo, Facebook and messengers read, Twitter's card, schema.org. Addresses are whole:
whoever reads this is elsewhere. `templates/link_preview.html` writes it down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from manifests.addresses import Addresses
from manifests.citing import schema_org
from manifests.citing.reference import Reference
from manifests.model import Box, Page
from manifests.presentation.thumbnails import SHARED
from manifests.scaling import LONGEST_JPEG_SIDE, Extent, Limits, Scaling
from server.site.first_picture import Candidate

LONGEST_DESCRIPTION = 300
"""Characters; search engines and messengers show less."""

LEAST_SIDE = 200
"""Pixels: Facebook shows no smaller picture."""


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """`kind` is a type of Open Graph; `described` says the page in terms of schema.org; `address` is for good. `shared`
    is where a shared link leads: Facebook follows what the page says of itself, not what was shared."""

    title: str
    description: str
    address: str
    kind: str
    image: Candidate | None
    described: Mapping[str, Any]
    shared: str = ""


def of_work(
    of: Reference, page: Page | None, pages: int, library: str, limits: Limits, addresses: Addresses
) -> LinkPreview:
    """`page` is the one whose picture stands for the work."""
    image = picture(page, limits, addresses) if page else None
    described = schema_org.of_work(of, library, addresses.home(), pages, image.address if image else "")
    return LinkPreview(of.title, description(of), of.address, "book", image, described)


def of_page(
    of: Reference, page: Page, name: str, position: int, limits: Limits, addresses: Addresses, region: Box | None = None
) -> LinkPreview:
    """`name` is what the page is called, as a sentence (`Page 12`); `position` counts from 1. Who shares a `region` of
    the page means that: it is shown, and led to."""
    address = addresses.reading_page(of.work, page.id)
    image = picture(page, limits, addresses, region)
    described = schema_org.of_page(of, address, f"{of.title}, {name}", position, image.address)
    shared = f"{address}?xywh={','.join(map(str, region))}" if region else address
    return LinkPreview(f"{name} · {of.title}", description(of), address, "article", image, described, shared)


def picture(page: Page, limits: Limits, addresses: Addresses, region: Box | None = None) -> Candidate:
    """The page as wide as asked for, or as large as it is, or as it is given out; or the region, if it is large enough
    to be shown."""
    whole = Extent(page.width, page.height)
    shown = region if region and min(region.w, region.h) >= LEAST_SIDE else Box(0, 0, *whole)
    where = "full" if shown != region else ",".join(map(str, region))
    size = Scaling(shown, whole, limits.of(whole)).largest(min(SHARED, shown.w), LONGEST_JPEG_SIDE)
    address = f"{addresses.image(3, page.image)}/{where}/{size.width},{size.height}/0/default.jpg"
    return Candidate(address, size.width, size.height)


def description(of: Reference) -> str:
    """The summary, or what would stand on a card; in either case who holds it."""
    imprint = ", ".join(filter(None, (of.publisher or of.place, of.date)))
    said = of.summary or ". ".join(filter(None, ("; ".join(of.authors), imprint)))
    whole = f"{said.rstrip('.')}. {of.held_by}" if said else of.held_by
    return whole if len(whole) <= LONGEST_DESCRIPTION else f"{whole[: LONGEST_DESCRIPTION - 1].rstrip()}…"
