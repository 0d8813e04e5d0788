"""One page of a Content Search answer, before it is worded: which hits, where they lie, how the other pages are asked.

What a request may say is here too, for both services: whatever else is asked is named as ignored, as both
specifications want it (1.0: 3.4.1, 2.0: 4.2.4). No HTTP here, and no searching.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote, urlencode

from manifests.addresses import Addresses
from manifests.model import Box, Hit, LanguageMap

Sizes: TypeAlias = Callable[[str, str], tuple[int, int]]
"""Width and height of the canvas of a work's page."""

MOTIVATIONS = {1: frozenset({"painting", "sc:painting"}), 2: frozenset({"supplementing"})}
"""Of the annotations in an answer. Asked for others only, it is empty (1.0: 3.2.1, 2.0: 4.1.1)."""

UNDERSTOOD = frozenset({"q", "start", "motivation"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """Of which manifest a canvas is a part; said where the client may not have it (1.0: 3.3.3, 2.0: 4.2.3)."""

    address: str
    label: LanguageMap


@dataclass(frozen=True, slots=True)
class PlacedHit:
    """`targets` are parts of canvases, one a line of print."""

    hit: Hit
    targets: Sequence[str]
    manifest: Manifest | None = None


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """`start` hits stand on the pages before. None: there is no such page, or nobody knows it."""

    hits: Sequence[PlacedHit]
    start: int
    total: int | None
    address: str
    first: str
    last: str | None
    next: str | None
    previous: str | None
    ignored: Sequence[str]

    @property
    def is_all(self) -> bool:
        return self.next is None and self.previous is None


def page_address(url: str, parameters: Mapping[str, str], start: str) -> str:
    """Of the page that begins at `start`, "" for the first; `url` is the address of the service."""
    asked = {name: parameters[name] for name in ("q", "motivation") if name in parameters}
    written = urlencode(asked | ({"start": start} if start else {}), quote_via=quote)
    return f"{url}?{written}" if written else url


def ignored(parameters: Mapping[str, str]) -> list[str]:
    return [name for name, value in parameters.items() if value and name not in UNDERSTOOD]


def motivation_fits(version: int, parameters: Mapping[str, str]) -> bool:
    asked = parameters.get("motivation", "").split()
    return not asked or not MOTIVATIONS.get(version, frozenset()).isdisjoint(asked)


def targets_of(hit: Hit, sizes: Sizes, addresses: Addresses) -> list[str]:
    """The whole canvas where the words have no place of their own."""
    canvas = addresses.canvas(hit.work, hit.page)
    boxes = hit.boxes or (Box(0, 0, *sizes(hit.work, hit.page)),)
    return [f"{canvas}#xywh={box.x},{box.y},{box.w},{box.h}" for box in boxes]
