"""The canvases of Presentation 3.0, section 5.3, with the annotations that lay picture and text on them.

Models of iiif-prezi3. A canvas is as large as its image, so that a box on one is the same box on the other
(decisions.md, 8).
"""

from typing import Any

import iiif_prezi3 as prezi  # type: ignore[import-untyped]

from manifests.addresses import Addresses
from manifests.model import Page, Work
from manifests.presentation import downloads, notes, thumbnails
from manifests.presentation.institution import Institution
from manifests.presentation.leaves import MISSING, Leaf
from manifests.presentation.nav_place import nav_place
from manifests.presentation.text_annotations import LABELS, NAMED_BY_CANVASES
from manifests.presentation.v3_parts import VERSION, image_service, language_map, linked, thumbnail_of
from manifests.scaling import Extent, largest_size


def canvas_of(work: Work, leaf: Leaf, addresses: Addresses, institution: Institution, **more: Any) -> Any:
    """As large as its image, so that a box on one is the same box on the other (decisions.md, 8)."""
    return prezi.Canvas(
        id=addresses.canvas(work.id, leaf.id),
        label=language_map(leaf.label),
        width=leaf.width,
        height=leaf.height,
        behavior=[leaf.behavior] if leaf.behavior else None,
        navPlace=nav_place(leaf.places, leaf.label, addresses.canvas(work.id, leaf.id)),
        **(_picture(work, leaf.page, addresses, institution) if leaf.page is not None else _no_picture()),
        annotations=[*_notes(work, leaf, addresses), *_texts(work, leaf.page, addresses)] or None,
        **more,
    )


def _picture(work: Work, page: Page, addresses: Addresses, institution: Institution) -> dict[str, Any]:
    return {
        "thumbnail": thumbnail_of(thumbnails.of_page(page, institution.limits), addresses),
        "rendering": linked(downloads.renderings_of_page(work, page, addresses), "Text"),
        "seeAlso": linked(downloads.data_of_page(work, page, addresses), "Dataset"),
        "items": [paintings_of(work, page, addresses, institution)],
    }


def _no_picture() -> dict[str, Any]:
    """A page that is missing, in its place, so that recto and verso stay where they are."""
    return {"summary": language_map(MISSING), "items": []}


def placeholder_of(work: Work, page: Page, addresses: Addresses, institution: Institution) -> Any:
    """Section 3.1, `placeholderCanvas`: the page that opens, so small that it is one stored tile."""
    here = addresses.placeholder(work.id)
    small = thumbnails.of_page(page, institution.limits)
    width, height = small.sizes[-1]
    body = prezi.AnnotationBody(
        id=f"{addresses.image(VERSION, page.image)}/full/{width},{height}/0/default.jpg",
        type="Image",
        format=thumbnails.FORMAT,
        width=width,
        height=height,
    )
    painting = prezi.Annotation(id=f"{here}#image", motivation="painting", body=body, target=here)
    paintings = prezi.AnnotationPage(id=f"{here}#painting", items=[painting])
    return prezi.PlaceholderCanvas(
        id=here, type="Canvas", label=language_map(work.label), width=width, height=height, items=[paintings]
    )


def _notes(work: Work, leaf: Leaf, addresses: Addresses) -> list[Any]:
    """What the record says of the page: in the manifest itself, before what has to be fetched (section 5.6)."""
    if not leaf.note:
        return []
    found = notes.notes_3(work, leaf, addresses)
    return [prezi.AnnotationPage(**{name: value for name, value in found.items() if name != "@context"})]


def _texts(work: Work, page: Page | None, addresses: Addresses) -> list[Any]:
    """The pages of annotations that hold the text, by their addresses (section 5.5)."""
    if page is None or page.text is None:
        return []
    return [
        prezi.AnnotationPageRef(
            id=addresses.annotations(work.id, page.id, level), type="AnnotationPage", label=language_map(LABELS[level])
        )
        for level in NAMED_BY_CANVASES[VERSION]
    ]


def paintings_of(work: Work, page: Page, addresses: Addresses, institution: Institution) -> Any:
    items = [painting_of(work, page, addresses, institution)]
    return prezi.AnnotationPage(id=addresses.annotations(work.id, page.id, "painting"), items=items)


def painting_of(work: Work, page: Page, addresses: Addresses, institution: Institution) -> Any:
    return prezi.Annotation(
        id=addresses.annotations(work.id, page.id, "painting/image"),
        motivation="painting",
        body=_whole(page, addresses, institution),
        target=addresses.canvas(work.id, page.id),
    )


def _whole(page: Page, addresses: Addresses, institution: Institution) -> Any:
    """As large as it is served, which the limits may make smaller than the canvas."""
    base = addresses.image(VERSION, page.image)
    size = largest_size(Extent(page.width, page.height), institution.limits)
    return prezi.AnnotationBody(
        id=f"{base}/{thumbnails.WHOLE}",
        type="Image",
        format=thumbnails.FORMAT,
        width=size.width,
        height=size.height,
        service=[image_service(base)],
    )
