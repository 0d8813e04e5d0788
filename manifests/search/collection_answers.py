"""Hits of many works as a Content Search answer, versions 1.0 and 2.0, one page of them at a time.

A canvas of a work that the client may not have loaded: so each target says of which manifest it is a part (2.0 section
4.2.3, 1.0 section 3.3.3). How many hits there are is known at the last page only, and not said before; neither version
asks for it. What is asked and not done is named (2.0: 4.2.4, 1.0: 3.4.1). No HTTP here, and no searching.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from manifests.addresses import Addresses
from manifests.errors import Unsupported
from manifests.model import Box, Hit, LanguageMap, Work
from manifests.search.across import HitsPage
from manifests.search.cursor import START, Cursor
from manifests.search.services import CONTEXTS

Json = dict[str, Any]
Sizes = Callable[[str, str], tuple[int, int]]
"""Width and height of the canvas of a work's page."""

UNDERSTOOD = ("q", "start")

_PRESENTATION_2 = "http://iiif.io/api/presentation/2/context.json"


def start_of(parameters: Mapping[str, str]) -> Cursor:
    """Where the page that is asked for begins."""
    return Cursor.parse(parameters["start"]) if "start" in parameters else START


@dataclass(frozen=True, slots=True)
class CollectionAnswer:
    """One page of an answer. `url` is the address of the service; `parameters` is what was asked, decoded."""

    url: str
    parameters: Mapping[str, str]
    page: HitsPage
    sizes: Sizes
    addresses: Addresses

    def of_version(self, version: int) -> Json:
        if version == 1:
            return _answer_1(self)
        if version == 2:
            return _answer_2(self)
        raise Unsupported("There is no Content Search {version} here, only 1 and 2.", version=version)

    def at(self, cursor: Cursor) -> str:
        asked = {"q": self.parameters.get("q", "")} | ({"start": str(cursor)} if cursor != START else {})
        return f"{self.url}?{urlencode(asked, quote_via=quote)}"

    @property
    def address(self) -> str:
        return self.at(start_of(self.parameters))

    @property
    def ignored(self) -> list[str]:
        return [name for name, value in self.parameters.items() if value and name not in UNDERSTOOD]

    @property
    def total(self) -> Json:
        return {"total": self.page.total} if self.page.total is not None else {}

    def targets(self, hit: Hit) -> list[str]:
        """The whole canvas where the words have no place of their own."""
        canvas = self.addresses.canvas(hit.work, hit.page)
        boxes = hit.boxes or (Box(0, 0, *self.sizes(hit.work, hit.page)),)
        return [f"{canvas}#xywh={box.x},{box.y},{box.w},{box.h}" for box in boxes]


def _answer_1(answer: CollectionAnswer) -> Json:
    resources: list[Json] = []
    hits: list[Json] = []
    for number, (work, hit) in enumerate(answer.page.hits):
        annotations = [
            _annotation_1(f"{answer.address}#hit-{number}-{line}", work, hit, target, answer.addresses)
            for line, target in enumerate(answer.targets(hit))
        ]
        resources += annotations
        names = [annotation["@id"] for annotation in annotations]
        quoted = {"match": hit.match, "before": hit.before, "after": hit.after}
        hits.append({"@type": "search:Hit", "annotations": names, **quoted})
    layer = {"@type": "sc:Layer", **answer.total, "first": answer.at(START)}
    return {
        "@context": [_PRESENTATION_2, CONTEXTS[1]],
        "@id": answer.address,
        "@type": "sc:AnnotationList",
        "within": layer | ({"ignored": answer.ignored} if answer.ignored else {}),
        **({"next": answer.at(answer.page.next)} if answer.page.next else {}),
        "startIndex": answer.page.seen,
        "resources": resources,
        "hits": hits,
    }


def _annotation_1(name: str, work: Work, hit: Hit, target: str, addresses: Addresses) -> Json:
    manifest = {"@id": addresses.manifest(2, work.id), "@type": "sc:Manifest", "label": _label_1(work.label)}
    return {
        "@id": name,
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": hit.match},
        "on": {"@id": target, "@type": "sc:Canvas", "within": manifest},
    }


def _label_1(label: LanguageMap) -> Any:
    """A string where the language is not known, else with its tag (Presentation 2.1 section 4.3)."""
    said = [
        text if language == "none" else {"@value": text, "@language": language}
        for language, texts in label.items()
        for text in texts
    ]
    return said[0] if len(said) == 1 else said


def _answer_2(answer: CollectionAnswer) -> Json:
    named = [(f"{answer.address}#hit-{number}", *found) for number, found in enumerate(answer.page.hits)]
    whole = {
        "id": f"{answer.at(START)}#all",
        "type": "AnnotationCollection",
        **answer.total,
        "first": _page_2(answer.at(START)),
    }
    contexts = {
        "id": f"{answer.address}#matches",
        "type": "AnnotationPage",
        "items": [_context_2(name, hit) for name, _, hit in named],
    }
    return {
        "@context": CONTEXTS[2],
        "id": answer.address,
        "type": "AnnotationPage",
        **({"ignored": answer.ignored} if answer.ignored else {}),
        "partOf": whole,
        **({"next": _page_2(answer.at(answer.page.next))} if answer.page.next else {}),
        "startIndex": answer.page.seen,
        "items": [_annotation_2(name, work, hit, answer) for name, work, hit in named],
        "annotations": [contexts],
    }


def _page_2(address: str) -> Json:
    return {"id": address, "type": "AnnotationPage"}


def _annotation_2(name: str, work: Work, hit: Hit, answer: CollectionAnswer) -> Json:
    """A phrase over two lines of print is one annotation with two targets (section 4.3.4)."""
    manifest = {"id": answer.addresses.manifest(3, work.id), "type": "Manifest", "label": _label_2(work.label)}
    targets = [{"id": target, "type": "Canvas", "partOf": manifest} for target in answer.targets(hit)]
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "supplementing",
        "body": {"type": "TextualBody", "value": hit.match, "format": "text/plain"},
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _label_2(label: LanguageMap) -> dict[str, Sequence[str]]:
    return {language: list(texts) for language, texts in label.items()}


def _context_2(name: str, hit: Hit) -> Json:
    quoted = {"type": "TextQuoteSelector", "prefix": hit.before, "exact": hit.match, "suffix": hit.after}
    return {
        "id": f"{name}-match",
        "type": "Annotation",
        "motivation": "contextualizing",
        "target": {"type": "SpecificResource", "source": name, "selector": [quoted]},
    }
