"""Hits as a Content Search answer, versions 1.0 and 2.0, one page of them at a time.

What viewers need decides where the specifications leave it open (decisions.md, 8): in version 1 each hit's annotations
stand in `resources` of the same page, and `on` is a string that ends in `#xywh=`. A phrase that runs over two lines of
print is two annotations, which belong to one hit in version 1 (3.4.4), to one match in version 2 (4.3.4).
No HTTP here, and no searching.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from manifests.addresses import Addresses
from manifests.errors import Malformed, Unsupported
from manifests.model import Box, Hit
from manifests.search.services import CONTEXTS

PAGE_SIZE = 100
"""Hits on one page of an answer."""

MOTIVATIONS = {1: frozenset({"painting", "sc:painting"}), 2: frozenset({"supplementing"})}
"""Of the annotations in an answer. Asked for others only, it is empty (1.0: 3.2.1, 2.0: 4.1.1)."""

UNDERSTOOD = frozenset({"q", "start", "motivation"})
"""Whatever else is asked is named as ignored, as both specifications want it (1.0: 3.4.1, 2.0: 4.2.4)."""

_PRESENTATION_2 = "http://iiif.io/api/presentation/2/context.json"


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of an answer: which hits of how many, and the addresses of it and of the others."""

    url: str
    asked: Mapping[str, str]
    ignored: Sequence[str]
    total: int
    start: int
    size: int

    def at(self, start: int) -> str:
        asked = {**self.asked, **({"start": str(start)} if start else {})}
        return f"{self.url}?{urlencode(asked, quote_via=quote)}"

    @property
    def address(self) -> str:
        return self.at(self.start)

    @property
    def last(self) -> str:
        return self.at(max(0, self.total - 1) // self.size * self.size)

    @property
    def is_all(self) -> bool:
        return not self.start and self.total <= self.size

    @property
    def next(self) -> str | None:
        return self.at(self.start + self.size) if self.start + self.size < self.total else None

    @property
    def previous(self) -> str | None:
        return self.at(max(0, self.start - self.size)) if self.start else None


def start_of(parameters: Mapping[str, str]) -> int:
    """Where the page that is asked for begins."""
    start = parameters.get("start", "0")
    if not (start.isascii() and start.isdecimal() and len(start) < 10):
        raise Malformed("start={start} is not a whole number from 0.", start=start)
    return int(start)


def answer(
    version: int,
    *,
    url: str,
    hits: Sequence[Hit],
    sizes: Callable[[str, str], tuple[int, int]],
    addresses: Addresses,
    parameters: Mapping[str, str],
    start: int = 0,
    page_size: int = PAGE_SIZE,
) -> dict[str, Any]:
    """The page of the answer that begins at hit `start`; `hits` are all of them, and only those on it are looked at.
    `parameters` are those of the request.

    `url` is the address of the service, without a query. `sizes` gives width and height of the canvas of a work's page;
    it is asked where a hit has no place of its own and lies on the whole canvas.
    """
    hits = hits if _motivation_fits(version, parameters) else ()
    asked = {name: parameters[name] for name in ("q", "motivation") if name in parameters}
    page = AnswerPage(url, asked, _ignored(parameters), len(hits), start, page_size)
    placed = [(hit, _targets(hit, sizes, addresses)) for hit in hits[start : start + page_size]]
    if version == 1:
        return _answer_1(page, placed)
    if version == 2:
        return _answer_2(page, placed)
    raise Unsupported("There is no Content Search {version} here, only 1 and 2.", version=version)


def _ignored(parameters: Mapping[str, str]) -> list[str]:
    return [name for name, value in parameters.items() if value and name not in UNDERSTOOD]


def _motivation_fits(version: int, parameters: Mapping[str, str]) -> bool:
    asked = parameters.get("motivation", "").split()
    return not asked or not MOTIVATIONS.get(version, frozenset()).isdisjoint(asked)


def _targets(hit: Hit, sizes: Callable[[str, str], tuple[int, int]], addresses: Addresses) -> list[str]:
    canvas = addresses.canvas(hit.work, hit.page)
    boxes = hit.boxes or (Box(0, 0, *sizes(hit.work, hit.page)),)
    return [f"{canvas}#xywh={box.x},{box.y},{box.w},{box.h}" for box in boxes]


def _answer_1(page: AnswerPage, placed: Sequence[tuple[Hit, Sequence[str]]]) -> dict[str, Any]:
    layer: dict[str, Any] = {
        "@type": "sc:Layer",
        "total": page.total,
        "first": page.at(0),
        "last": page.last,
    }
    if page.ignored:
        layer["ignored"] = list(page.ignored)
    resources, hits = [], []
    for number, (hit, targets) in enumerate(placed, page.start):
        names = [f"{page.address}#hit-{number}-{line}" for line in range(len(targets))]
        resources += [_annotation_1(name, hit, on) for name, on in zip(names, targets, strict=True)]
        hits.append(
            {
                "@type": "search:Hit",
                "annotations": names,
                "match": _shown(hit.match),
                "before": _shown(hit.before),
                "after": _shown(hit.after),
            }
        )
    ways = {"next": page.next, "prev": page.previous}
    return {
        "@context": [_PRESENTATION_2, CONTEXTS[1]],
        "@id": page.address,
        "@type": "sc:AnnotationList",
        "within": layer,
        **{name: way for name, way in ways.items() if way},
        "startIndex": page.start,
        "resources": resources,
        "hits": hits,
    }


_READ_AS_HTML = re.compile(r"<|&(?=#?\w+;)")


def _shown(text: str) -> str:
    """Mirador reads these as HTML, and would leave out what follows a `<`. Text that no HTML can be stays as it is."""
    return _READ_AS_HTML.sub(lambda sign: escape(sign[0]), text)


def _annotation_1(name: str, hit: Hit, on: str) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": hit.match},
        "on": on,
    }


def _answer_2(page: AnswerPage, placed: Sequence[tuple[Hit, Sequence[str]]]) -> dict[str, Any]:
    items, matches = [], []
    for number, (hit, targets) in enumerate(placed, page.start):
        names = [f"{page.address}#hit-{number}-{line}" for line in range(len(targets))]
        items += [_annotation_2(name, hit, target) for name, target in zip(names, targets, strict=True)]
        matches.append(_match_2(f"{page.address}#match-{number}", names, hit))
    return {
        "@context": CONTEXTS[2],
        "id": page.address,
        "type": "AnnotationPage",
        **({"ignored": list(page.ignored)} if page.ignored else {}),
        **({} if page.is_all else _place_among_pages(page)),
        "items": items,
        "annotations": [{"id": f"{page.address}#matches", "type": "AnnotationPage", "items": matches}],
    }


def _place_among_pages(page: AnswerPage) -> dict[str, Any]:
    """Section 4.2.2. What is on one page alone says nothing of it: some clients then look for others."""
    ways = {"next": page.next, "prev": page.previous}
    return {
        "partOf": {
            "id": f"{page.at(0)}#all",
            "type": "AnnotationCollection",
            "total": page.total,
            "first": _page_2(page.at(0)),
            "last": _page_2(page.last),
        },
        **{name: _page_2(way) for name, way in ways.items() if way},
        "startIndex": page.start,
    }


def _page_2(address: str) -> dict[str, str]:
    return {"id": address, "type": "AnnotationPage"}


def _annotation_2(name: str, hit: Hit, target: str) -> dict[str, Any]:
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "supplementing",
        "body": {"type": "TextualBody", "value": hit.match, "format": "text/plain"},
        "target": target,
    }


def _match_2(name: str, sources: Sequence[str], hit: Hit) -> dict[str, Any]:
    quoted = {"type": "TextQuoteSelector", "prefix": hit.before, "exact": hit.match, "suffix": hit.after}
    targets = [{"type": "SpecificResource", "source": source, "selector": [quoted]} for source in sources]
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "contextualizing",
        "target": targets[0] if len(targets) == 1 else targets,
    }
