"""The text of a page as annotations on its canvas, by line and by word, in Presentation 3.0 and 2.1.

https://iiif.io/api/extension/text-granularity/ for 3.0: `textGranularity` on each annotation, motivation
`supplementing`, one level on each page of annotations. 2.1 knows neither: a transcription is painted there as
`cnt:ContentAsText`, and its list has the address of 3.0 with the other version in it: who knows one finds the other.

The id of an annotation is a fragment of its page's, so that it answers. What has no place lies on the whole canvas.
Written as plain JSON, not through iiif-prezi3, which would take a second for a newspaper page of words; tests have it
read what stands here.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from manifests.addresses import Addresses
from manifests.model import Block, Box, LanguageMap, Page, Work
from manifests.text.store import WorkText
from manifests.transcript.printed import printed_lines

CONTEXTS_3 = [
    "http://iiif.io/api/extension/text-granularity/context.json",
    "http://iiif.io/api/presentation/3/context.json",
]
CONTEXT_2 = "http://iiif.io/api/presentation/2/context.json"


class Granularity(StrEnum):
    """Two of the levels that the extension names."""

    LINE = "line"
    WORD = "word"


LABELS: Mapping[Granularity, LanguageMap] = {
    Granularity.LINE: {"vi": ["Văn bản theo dòng"], "en": ["Text by line"]},
    Granularity.WORD: {"vi": ["Văn bản theo từ"], "en": ["Text by word"]},
}

NAMED_BY_CANVASES: Mapping[int, Sequence[Granularity]] = {
    3: (Granularity.LINE, Granularity.WORD),
    2: (Granularity.LINE,),
}
"""By version. Where an annotation cannot say its level, a viewer would show the same text twice."""

_IN_LINES = ("ltr", "rtl")

Json = dict[str, Any]


def annotation_page(version: int, granularity: Granularity, work: Work, page: Page, text: WorkText,
                    addresses: Addresses) -> Json:  # fmt: skip
    """What the address of a page of annotations answers; `version` is 3 or 2."""
    here, canvas = addresses.annotations(work.id, page.id, granularity, version), addresses.canvas(work.id, page.id)
    placed = [(words, _on(canvas, box), block) for words, box, block in _texts(text, page, granularity)]
    if version == 2:
        return _list_2(here, placed)
    return _page_3(here, granularity, placed)


def _texts(text: WorkText, page: Page, granularity: Granularity) -> list[tuple[str, Box | None, Block]]:
    lines = printed_lines(text, page.id)
    if granularity is Granularity.LINE:
        return [(line.text, line.box, line.block) for line in lines]
    return [(word.text, word.box, line.block) for line in lines for word in line.words]


def _on(canvas: str, box: Box | None) -> str:
    return canvas if box is None else f"{canvas}#xywh={box.x},{box.y},{box.w},{box.h}"


def _told(block: Block) -> Json:
    """Web Annotation Data Model, section 3.2.1: it knows no columns, so nothing is said of their direction."""
    told = {"language": block.language, "textDirection": block.direction if block.direction in _IN_LINES else None}
    return {name: value for name, value in told.items() if value is not None}


def _page_3(here: str, granularity: Granularity, placed: Sequence[tuple[str, str, Block]]) -> Json:
    items = [
        {
            "id": f"{here}#{number}",
            "type": "Annotation",
            "textGranularity": granularity,
            "motivation": "supplementing",
            "body": {"type": "TextualBody", "value": value, "format": "text/plain", **_told(block)},
            "target": target,
        }
        for number, (value, target, block) in enumerate(placed, 1)
    ]
    return {
        "@context": CONTEXTS_3,
        "id": here,
        "type": "AnnotationPage",
        "label": dict(LABELS[granularity]),
        "items": items,
    }


def _language(block: Block) -> Json:
    return {"language": block.language} if block.language is not None else {}


def _list_2(here: str, placed: Sequence[tuple[str, str, Block]]) -> Json:
    resources = [
        {
            "@id": f"{here}#{number}",
            "@type": "oa:Annotation",
            "motivation": "sc:painting",
            "resource": {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": value, **_language(block)},
            "on": target,
        }
        for number, (value, target, block) in enumerate(placed, 1)
    ]
    return {"@context": CONTEXT_2, "@id": here, "@type": "sc:AnnotationList", "resources": resources}
