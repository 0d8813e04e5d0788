"""How a request for an image is answered, told instead of done: for the command `explain`."""

from dataclasses import dataclass
from urllib.parse import unquote

from manifests.addresses import Addresses
from manifests.errors import Misused
from manifests.library import Library
from server.answers.document_cache import DocumentCache
from server.derivatives.maker import lane_of
from server.derivatives.picture_cache import cache_of
from server.image.answer_plan import Derived
from server.image.cheaper import cheaper
from server.image.cost import Cost
from server.responders.images import ImageResponder, Parts


@dataclass(frozen=True, slots=True)
class Explanation:
    """Addresses are paths.

    `tile`: column and row of the stored tile that is sent, or from which the picture is made. `lane` is None where the
    tile is sent as it is stored. `cheaper`: other addresses with what they cost.
    """

    canonical: str
    level: int
    tile: tuple[int, int] | None
    cost: Cost
    lane: str | None
    is_kept: bool
    cheaper: tuple[tuple[str, Cost], ...]


def explain(library: Library, urlpath: str) -> Explanation:
    """Raises what the request would be refused with; Misused where no image is asked for."""
    match urlpath.partition("?")[0].split("/"):
        case ["", "iiif", "image", "3" | "2" as version, image, region, size, rotation, last]:
            parts = (unquote(region), unquote(size), unquote(rotation), unquote(last))
            return _explained(library, int(version), unquote(image), parts)
    raise Misused(
        "{path} asks for no image. Give a path such as {example}; all else is sent as it was prepared.",
        path=urlpath,
        example="/iiif/image/3/ID/full/400,/0/default.jpg",
    )


def _explained(library: Library, version: int, image: str, parts: Parts) -> Explanation:
    page, images = library.image(image), ImageResponder(library, DocumentCache())
    base = Addresses("").image(version, page.image)
    understood = images.understood(version, page, parts)
    planned, cost = understood.planned, understood.cost
    tile = planned.tile if isinstance(planned, Derived) else planned
    lane, is_kept = None, False
    if isinstance(planned, Derived):
        lane = lane_of(cost)
        key = images.drawing(page, understood, planned).key
        kept = cache_of(library.folder, library.settings).find(page.image, key)
        if kept is not None:
            is_kept = True
            kept.file.close()
    return Explanation(
        canonical=f"{base}/{understood.resolved.canonical}",
        level=planned.level,
        tile=None if tile is None else (tile.column, tile.row),
        cost=cost,
        lane=lane,
        is_kept=is_kept,
        cheaper=tuple((f"{base}/{other.canonical}", price) for other, price in cheaper(understood.resolved)),
    )
