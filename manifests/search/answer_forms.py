"""One page of an answer in the words of Content Search 1.0 and 2.0.

What viewers need decides where the specifications leave it open (decisions.md, 8): in version 1 each hit's annotations
stand in `resources` of the same page, and `on` is a string that ends in `#xywh=`. A phrase that runs over two lines of
print is two annotations, which belong to one hit in version 1 (3.4.4), to one match in version 2 (4.3.4).
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any, TypeAlias

from manifests.errors import Unsupported
from manifests.model import Hit, LanguageMap
from manifests.search.answer_page import AnswerPage, Manifest
from manifests.search.services import CONTEXTS

Json: TypeAlias = dict[str, Any]

_PRESENTATION_2 = "http://iiif.io/api/presentation/2/context.json"


def of_version(version: int, page: AnswerPage) -> Json:
    if version == 1:
        return _answer_1(page)
    if version == 2:
        return _answer_2(page)
    raise Unsupported("There is no Content Search {version} here, only 1 and 2.", version=version)


def _answer_1(page: AnswerPage) -> Json:
    resources: list[Json] = []
    hits: list[Json] = []
    for number, placed in enumerate(page.hits, page.start):
        hit = placed.hit
        names = _names(page, number, placed.targets)
        on = [_on_1(target, placed.manifest) for target in placed.targets]
        resources += [_annotation_1(name, hit, place) for name, place in zip(names, on, strict=True)]
        quoted = {"match": _shown(hit.match), "before": _shown(hit.before), "after": _shown(hit.after)}
        hits.append({"@type": "search:Hit", "annotations": names, **quoted})
    layer = {"total": page.total, "first": page.first, "last": page.last, "ignored": page.ignored or None}
    ways = {"next": page.next, "prev": page.previous}
    return {
        "@context": [_PRESENTATION_2, CONTEXTS[1]],
        "@id": page.address,
        "@type": "sc:AnnotationList",
        "within": {"@type": "sc:Layer", **_known(layer)},
        **_known(ways),
        "startIndex": page.start,
        "resources": resources,
        "hits": hits,
    }


def _names(page: AnswerPage, number: int, targets: Sequence[str]) -> list[str]:
    return [f"{page.address}#hit-{number}-{line}" for line in range(len(targets))]


def _known(facts: Json) -> Json:
    return {name: fact for name, fact in facts.items() if fact is not None}


_READ_AS_HTML = re.compile(r"<|&(?=#?\w+;)")


def _shown(text: str) -> str:
    """Mirador reads these as HTML, and would leave out what follows a `<`. Text that no HTML can be stays as it is."""
    return _READ_AS_HTML.sub(lambda sign: escape(sign[0]), text)


def _on_1(target: str, manifest: Manifest | None) -> str | Json:
    if manifest is None:
        return target
    whole = {"@id": manifest.address, "@type": "sc:Manifest", "label": _label_1(manifest.label)}
    return {"@id": target, "@type": "sc:Canvas", "within": whole}


def _label_1(label: LanguageMap) -> Any:
    """A string where the language is not known, else with its tag (Presentation 2.1 section 4.3)."""
    said = [
        text if language == "none" else {"@value": text, "@language": language}
        for language, texts in label.items()
        for text in texts
    ]
    return said[0] if len(said) == 1 else said


def _annotation_1(name: str, hit: Hit, on: str | Json) -> Json:
    return {
        "@id": name,
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": hit.match},
        "on": on,
    }


def _answer_2(page: AnswerPage) -> Json:
    items: list[Json] = []
    matches: list[Json] = []
    for number, placed in enumerate(page.hits, page.start):
        names = _names(page, number, placed.targets)
        targets = [_target_2(target, placed.manifest) for target in placed.targets]
        items += [_annotation_2(name, placed.hit, target) for name, target in zip(names, targets, strict=True)]
        matches.append(_match_2(f"{page.address}#match-{number}", names, placed.hit))
    return {
        "@context": CONTEXTS[2],
        "id": page.address,
        "type": "AnnotationPage",
        **({"ignored": list(page.ignored)} if page.ignored else {}),
        **({} if page.is_all else _place_among_pages(page)),
        "items": items,
        "annotations": [{"id": f"{page.address}#matches", "type": "AnnotationPage", "items": matches}],
    }


def _place_among_pages(page: AnswerPage) -> Json:
    """Section 4.2.2. What is on one page alone says nothing of it: some clients then look for others."""
    whole = {"total": page.total, "first": _page_2(page.first), "last": _page_2(page.last)}
    ways = {"next": _page_2(page.next), "prev": _page_2(page.previous)}
    return {
        "partOf": {"id": f"{page.first}#all", "type": "AnnotationCollection", **_known(whole)},
        **_known(ways),
        "startIndex": page.start,
    }


def _page_2(address: str | None) -> Json | None:
    return {"id": address, "type": "AnnotationPage"} if address is not None else None


def _target_2(target: str, manifest: Manifest | None) -> str | Json:
    if manifest is None:
        return target
    label = {language: list(texts) for language, texts in manifest.label.items()}
    return {"id": target, "type": "Canvas", "partOf": {"id": manifest.address, "type": "Manifest", "label": label}}


def _annotation_2(name: str, hit: Hit, target: str | Json) -> Json:
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "supplementing",
        "body": {"type": "TextualBody", "value": hit.match, "format": "text/plain"},
        "target": target,
    }


def _match_2(name: str, sources: Sequence[str], hit: Hit) -> Json:
    quoted = {"type": "TextQuoteSelector", "prefix": hit.before, "exact": hit.match, "suffix": hit.after}
    targets = [{"type": "SpecificResource", "source": source, "selector": [quoted]} for source in sources]
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "contextualizing",
        "target": targets[0] if len(targets) == 1 else targets,
    }
