"""What a record says of one page, as annotations on the whole of its canvas, in both versions of the Presentation API.

Motivation `commenting`: that of a remark about a page, while the page's own text is `supplementing`. One annotation for
each text and language. The id of an annotation is a fragment of its page's, so that it answers.
"""

from typing import Any

from manifests.addresses import Addresses
from manifests.model import LanguageMap, Work
from manifests.presentation.leaves import Leaf
from manifests.presentation.text_annotations import CONTEXT_2

NOTES = "notes"
"""Its name among the pages of annotations of a canvas."""
LABEL: LanguageMap = {"vi": ["Ghi chú của thư viện"], "en": ["Notes of the library"]}
CONTEXT_3 = "http://iiif.io/api/presentation/3/context.json"

Json = dict[str, Any]


def notes_3(work: Work, leaf: Leaf, addresses: Addresses) -> Json:
    here = addresses.annotations(work.id, leaf.id, NOTES)
    items = [
        {
            "id": f"{here}#{number}",
            "type": "Annotation",
            "motivation": "commenting",
            "body": {"type": "TextualBody", "value": text, "format": "text/plain", **_language(tag)},
            "target": addresses.canvas(work.id, leaf.id),
        }
        for number, (tag, text) in enumerate(_texts(leaf), 1)
    ]
    label = {tag: list(texts) for tag, texts in LABEL.items()}
    return {"@context": CONTEXT_3, "id": here, "type": "AnnotationPage", "label": label, "items": items}


def notes_2(work: Work, leaf: Leaf, addresses: Addresses) -> Json:
    here = addresses.annotations(work.id, leaf.id, NOTES, 2)
    resources = [
        {
            "@id": f"{here}#{number}",
            "@type": "oa:Annotation",
            "motivation": "oa:commenting",
            "resource": {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": text, **_language(tag)},
            "on": addresses.canvas(work.id, leaf.id),
        }
        for number, (tag, text) in enumerate(_texts(leaf), 1)
    ]
    return {"@context": CONTEXT_2, "@id": here, "@type": "sc:AnnotationList", "resources": resources}


def _texts(leaf: Leaf) -> list[tuple[str, str]]:
    return [(tag, text) for tag, texts in leaf.note.items() for text in texts]


def _language(tag: str) -> Json:
    return {"language": tag} if tag != "none" else {}
