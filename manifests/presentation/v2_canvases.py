"""The canvases of Presentation 2.1, section 5.3, with what lies on them: a picture, and lists of texts.

A canvas has the address that it has in 3.0, which answers in 3.0. It is as large as its image, so that a box on one is
the same box on the other (decisions.md, 8).
"""

from manifests.addresses import Addresses
from manifests.model import Page, Work
from manifests.presentation import downloads, notes, thumbnails
from manifests.presentation.institution import Institution
from manifests.presentation.leaves import MISSING, Leaf
from manifests.presentation.text_annotations import LABELS, NAMED_BY_CANVASES
from manifests.presentation.v2_parts import (
    VERSION,
    Json,
    image_service,
    linked,
    one_or_list,
    text_of,
    thumbnail_of,
    where_said,
)
from manifests.scaling import Extent, largest_size


def canvas_of(work: Work, leaf: Leaf, addresses: Addresses, institution: Institution) -> Json:
    """As large as its image, so that a box on one is the same box on the other (decisions.md, 8)."""
    return {
        "@id": addresses.canvas(work.id, leaf.id),
        "@type": "sc:Canvas",
        "label": text_of(leaf.label),
        "width": leaf.width,
        "height": leaf.height,
        **where_said("viewingHint", leaf.behavior),
        **(_shown(work, leaf.page, addresses, institution) if leaf.page is not None else _no_picture()),
        **where_said("otherContent", [*_notes(work, leaf, addresses), *_texts(work, leaf.page, addresses)]),
    }


def _no_picture() -> Json:
    """A page that is missing, in its place, so that recto and verso stay where they are."""
    return {"description": text_of(MISSING), "images": []}


def _shown(work: Work, page: Page, addresses: Addresses, institution: Institution) -> Json:
    return {
        "thumbnail": thumbnail_of(thumbnails.of_page(page, institution.limits), addresses),
        "images": [
            {
                "@id": addresses.annotations(work.id, page.id, "painting/image"),
                "@type": "oa:Annotation",
                "motivation": "sc:painting",
                "resource": _whole(page, addresses, institution),
                "on": addresses.canvas(work.id, page.id),
            }
        ],
        **where_said("seeAlso", one_or_list([*map(linked, downloads.data_of_page(work, page, addresses))])),
        **where_said("rendering", one_or_list([*map(linked, downloads.renderings_of_page(work, page, addresses))])),
    }


def _notes(work: Work, leaf: Leaf, addresses: Addresses) -> list[Json]:
    address = addresses.annotations(work.id, leaf.id, notes.NOTES, VERSION)
    return [{"@id": address, "@type": "sc:AnnotationList", "label": text_of(notes.LABEL)}] if leaf.note else []


def _texts(work: Work, page: Page | None, addresses: Addresses) -> list[Json]:
    """The lists of annotations that hold the text, by their addresses (section 5.4)."""
    if page is None or page.text is None:
        return []
    return [
        {
            "@id": addresses.annotations(work.id, page.id, level, VERSION),
            "@type": "sc:AnnotationList",
            "label": text_of(LABELS[level]),
        }
        for level in NAMED_BY_CANVASES[VERSION]
    ]


def _whole(page: Page, addresses: Addresses, institution: Institution) -> Json:
    """As large as it is served, which the limits may make smaller than the canvas."""
    base = addresses.image(VERSION, page.image)
    size = largest_size(Extent(page.width, page.height), institution.limits)
    return {
        "@id": f"{base}/{thumbnails.WHOLE}",
        "@type": "dctypes:Image",
        "format": thumbnails.FORMAT,
        "width": size.width,
        "height": size.height,
        "service": image_service(base),
    }
