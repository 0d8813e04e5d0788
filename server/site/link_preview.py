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


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """`kind` is a type of Open Graph; `described` says the page in terms of schema.org; `address` is for good."""

    title: str
    description: str
    address: str
    kind: str
    image: Candidate | None
    described: Mapping[str, Any]


def of_work(
    of: Reference, page: Page | None, pages: int, library: str, limits: Limits, addresses: Addresses
) -> LinkPreview:
    """`page` is the one whose picture stands for the work."""
    image = picture(page, limits, addresses) if page else None
    described = schema_org.of_work(of, library, addresses.home(), pages, image.address if image else "")
    return LinkPreview(of.title, description(of), of.address, "book", image, described)


def of_page(of: Reference, page: Page, name: str, position: int, limits: Limits, addresses: Addresses) -> LinkPreview:
    """`name` is what the page is called, as a sentence (`Page 12`); `position` counts from 1."""
    image, address = picture(page, limits, addresses), addresses.reading_page(of.work, page.id)
    described = schema_org.of_page(of, address, f"{of.title}, {name}", position, image.address)
    return LinkPreview(f"{name} · {of.title}", description(of), address, "article", image, described)


def picture(page: Page, limits: Limits, addresses: Addresses) -> Candidate:
    """The page as wide as asked for, or as large as it is, or as it is given out."""
    whole = Extent(page.width, page.height)
    size = Scaling(Box(0, 0, *whole), whole, limits.of(whole)).largest(min(SHARED, page.width), LONGEST_JPEG_SIDE)
    address = f"{addresses.image(3, page.image)}/full/{size.width},{size.height}/0/default.jpg"
    return Candidate(address, size.width, size.height)


def description(of: Reference) -> str:
    """The summary, or what would stand on a card; in either case who holds it."""
    imprint = ", ".join(filter(None, (of.publisher or of.place, of.date)))
    said = of.summary or ". ".join(filter(None, ("; ".join(of.authors), imprint)))
    whole = f"{said.rstrip('.')}. {of.held_by}" if said else of.held_by
    return whole if len(whole) <= LONGEST_DESCRIPTION else f"{whole[: LONGEST_DESCRIPTION - 1].rstrip()}…"
