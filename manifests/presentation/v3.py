"""A work as Presentation 3.0: its manifest, one canvas of it, and the collections that lead to it.

https://iiif.io/api/presentation/3.0/. Pure functions of the holdings' values; the only module that knows iiif-prezi3,
whose types do not leave it. Every id is an address given to it: none is invented here or by the library.

Measured with iiif-prezi3 3.1.1: 0.4 ms a canvas, beside the hundreds that making its pyramid takes. So documents are
built through its models, which refuse what the schema refuses: a manifest once, when its work changes.

What is not said, because a folder does not say it: `behavior` (`paged` would pair the leaves of a box of letters, and
show a book that begins with a verso on the wrong side), `viewingDirection`, `metadata`, `summary`: a record says it.
Images have the Image API 3 service alone: a viewer that reads only version 2 of it reads Presentation 2.1.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import iiif_prezi3 as prezi  # type: ignore[import-untyped]

from manifests.addresses import Addresses
from manifests.metadata.record import NOTHING, Link, Provider, Record
from manifests.model import LanguageMap, Page, Work
from manifests.presentation import downloads, thumbnails
from manifests.presentation.collection_pages import (
    TOP,
    Collection,
    Members,
    PagePosition,
    Part,
    label_of_page,
    labels_of_pages,
)
from manifests.presentation.described import RIGHTS, ChapterPart, Line, chapters, lines, values
from manifests.presentation.downloads import Download
from manifests.presentation.institution import UNNAMED, Institution
from manifests.presentation.text_annotations import LABELS, NAMED_BY_CANVASES
from manifests.presentation.thumbnails import Thumbnail
from manifests.scaling import Extent, largest_size

VERSION = 3
CONTEXT = "http://iiif.io/api/presentation/3/context.json"


def manifest(
    work: Work,
    pages: Sequence[Page],
    addresses: Addresses,
    institution: Institution = UNNAMED,
    record: Record = NOTHING,
    *,
    services: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """`services` are those of the whole work, such as its search."""
    homepage = _web_page(addresses.work_page(work.id), work.label, institution)
    return _document(
        prezi.Manifest(
            id=addresses.manifest(VERSION, work.id),
            label=_label(work.label),
            summary=_label(values(record.summary)) if record.summary else None,
            metadata=[_pair(line) for line in lines(record)] or None,
            requiredStatement=_statement(record),
            rights=record.rights or institution.rights or None,
            provider=_providers(work, record, institution, addresses),
            viewingDirection=record.direction or None,
            behavior=[record.behavior] if record.behavior else None,
            thumbnail=_thumbnail(thumbnails.of_page(pages[0], institution.limits), addresses),
            homepage=[homepage, *(_other_page(link, work.label) for link in record.homepage)],
            rendering=_linked(downloads.renderings_of_work(work, addresses), "Text"),
            service=[_service(service) for service in services] or None,
            partOf=_inside(addresses.collection(VERSION, TOP), "Collection", _named(institution.name)),
            items=[_canvas(work, page, addresses, institution) for page in pages],
            structures=[_range(part, work, pages, addresses) for part in chapters(record, pages)] or None,
        )
    )


def canvas(work: Work, page: Page, addresses: Addresses, institution: Institution = UNNAMED) -> dict[str, Any]:
    """What the canvas's own address answers: the canvas as in the manifest, and which manifest that is."""
    whole = _inside(addresses.manifest(VERSION, work.id), "Manifest", work.label)
    return _document(_canvas(work, page, addresses, institution, partOf=whole))


def paintings(work: Work, page: Page, addresses: Addresses, institution: Institution = UNNAMED) -> dict[str, Any]:
    """What the address of the page of annotations answers that lay the image on the canvas."""
    return _document(_paintings(work, page, addresses, institution))


def painting(work: Work, page: Page, addresses: Addresses, institution: Institution = UNNAMED) -> dict[str, Any]:
    """What the address of that annotation answers (section 5.6: it "SHOULD be returned")."""
    return _document(_painting(work, page, addresses, institution))


def collection(
    this: Collection, members: Members, addresses: Addresses, institution: Institution = UNNAMED
) -> dict[str, Any]:
    """A collection that fits into one answer."""
    return _with_members(_collection(this, addresses, institution, []), members, addresses, institution)


def long_collection(
    this: Collection, keys: Sequence[str], addresses: Addresses, institution: Institution = UNNAMED
) -> dict[str, Any]:
    """A collection that does not: the list of its pages, in order, by their keys."""
    pages_of_it = [
        _collection_reference(addresses.collection(VERSION, this.id, key), label)
        for key, label in labels_of_pages(this, keys)
    ]
    return _document(_collection(this, addresses, institution, pages_of_it))


def collection_page(
    this: Collection, position: PagePosition, members: Members, addresses: Addresses, institution: Institution = UNNAMED
) -> dict[str, Any]:
    """One page of a long collection."""
    whole = addresses.collection(VERSION, this.id)
    here = prezi.Collection(
        id=addresses.collection(VERSION, this.id, position.after),
        label=_label(label_of_page(this.label, position.start, len(members))),
        provider=_provider(institution, addresses),
        thumbnail=_thumbnail(thumbnails.of_members(members, institution.limits), addresses),
        partOf=_inside(whole, "Collection", this.label),
        items=[],
    )
    return _with_members(here, members, addresses, institution)


def _with_members(resource: Any, members: Members, addresses: Addresses, institution: Institution) -> dict[str, Any]:
    return {**_document(resource), "items": [_member(member, addresses, institution) for member in members]}


def _document(resource: Any) -> dict[str, Any]:
    return {"@context": CONTEXT, **resource.model_dump(mode="json", by_alias=True, exclude_none=True)}


def _canvas(work: Work, page: Page, addresses: Addresses, institution: Institution, **more: Any) -> Any:
    """As large as its image, so that a box on one is the same box on the other (decisions.md, 8)."""
    return prezi.Canvas(
        id=addresses.canvas(work.id, page.id),
        label=_label(page.label),
        width=page.width,
        height=page.height,
        behavior=[page.behavior] if page.behavior else None,
        thumbnail=_thumbnail(thumbnails.of_page(page, institution.limits), addresses),
        rendering=_linked(downloads.renderings_of_page(work, page, addresses), "Text"),
        seeAlso=_linked(downloads.data_of_page(work, page, addresses), "Dataset"),
        items=[_paintings(work, page, addresses, institution)],
        annotations=_texts(work, page, addresses),
        **more,
    )


def _texts(work: Work, page: Page, addresses: Addresses) -> list[Any] | None:
    """The pages of annotations that hold the text, by their addresses (section 5.5)."""
    if page.text is None:
        return None
    return [
        prezi.AnnotationPageRef(
            id=addresses.annotations(work.id, page.id, level), type="AnnotationPage", label=_label(LABELS[level])
        )
        for level in NAMED_BY_CANVASES[VERSION]
    ]


def _linked(files: Sequence[Download], kind: str) -> list[dict[str, Any]] | None:
    """As `rendering` or `seeAlso` (section 3.3.1)."""
    return [
        {
            "id": file.address,
            "type": kind,
            "label": {tag: list(texts) for tag, texts in file.label.items()},
            "format": file.format,
            **({"profile": file.profile} if file.profile else {}),
        }
        for file in files
    ] or None


def _paintings(work: Work, page: Page, addresses: Addresses, institution: Institution) -> Any:
    items = [_painting(work, page, addresses, institution)]
    return prezi.AnnotationPage(id=addresses.annotations(work.id, page.id, "painting"), items=items)


def _painting(work: Work, page: Page, addresses: Addresses, institution: Institution) -> Any:
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
        service=[_image_service(base)],
    )


def _thumbnail(thumbnail: Thumbnail | None, addresses: Addresses) -> list[Any] | None:
    if thumbnail is None:
        return None
    base = addresses.image(VERSION, thumbnail.image)
    return [
        prezi.AnnotationBody(
            id=f"{base}/{thumbnail.request}",
            type="Image",
            format=thumbnails.FORMAT,
            width=thumbnail.width,
            height=thumbnail.height,
            service=[_image_service(base, sizes=[{"width": w, "height": h} for w, h in thumbnail.sizes])],
        )
    ]


def _image_service(base: str, **more: Any) -> Any:
    return prezi.ServiceV3(id=base, type="ImageService3", profile="level2", **more)


def _service(service: Mapping[str, Any]) -> dict[str, Any]:
    """Without a context, which one of Search 1 brings along, and its own services in a list (section 3.3.1)."""
    kept = {name: value for name, value in service.items() if name != "@context"}
    inner = kept.get("service", [])
    services = [_service(one) for one in (inner if isinstance(inner, list) else [inner])]
    return {**kept, "service": services} if services else kept


def _collection(this: Collection, addresses: Addresses, institution: Institution, items: Sequence[Any]) -> Any:
    shown_by = thumbnails.of_members([this.shown_by], institution.limits)
    return prezi.Collection(
        id=addresses.collection(VERSION, this.id),
        label=_label(this.label),
        provider=_provider(institution, addresses),
        thumbnail=_thumbnail(shown_by, addresses),
        homepage=[_web_page(addresses.home(), this.label, institution)] if this.id == TOP else None,
        service=[_service(service) for service in this.services] or None,
        partOf=_inside(addresses.collection(VERSION, TOP), "Collection", {}) if this.id != TOP else None,
        items=list(items),
    )


def _member(member: Work | Part, addresses: Addresses, institution: Institution) -> dict[str, Any]:
    """As values: of a hundred the model would take 15 ms to check what tests hold against it once."""
    label = {tag: list(texts) for tag, texts in member.label.items()}
    if isinstance(member, Part):
        return {"id": addresses.collection(VERSION, member.id), "label": label, "type": "Collection"}
    shown_by = thumbnails.of_work(member, institution.limits)
    picture = {"thumbnail": [_picture(shown_by, addresses)]} if shown_by is not None else {}
    return {"id": addresses.manifest(VERSION, member.id), "label": label, "type": "Manifest", **picture}


def _picture(thumbnail: Thumbnail, addresses: Addresses) -> dict[str, Any]:
    base = addresses.image(VERSION, thumbnail.image)
    sizes = [{"width": width, "height": height} for width, height in thumbnail.sizes]
    return {
        "id": f"{base}/{thumbnail.request}",
        "type": "Image",
        "height": thumbnail.height,
        "width": thumbnail.width,
        "service": [{"id": base, "type": "ImageService3", "profile": "level2", "sizes": sizes}],
        "format": thumbnails.FORMAT,
    }


def _collection_reference(address: str, label: LanguageMap) -> Any:
    return prezi.CollectionRef(id=address, label=_label(label), type="Collection")


def _inside(address: str, kind: str, label: LanguageMap) -> list[Any]:
    return [prezi.Class(id=address, type=kind, label=_label(label) if label else None)]


def _pair(line: Line) -> Any:
    return prezi.KeyValueString(label=_label(line.label), value=_label(line.values))


def _statement(record: Record) -> Any:
    return _pair(Line(RIGHTS, values(record.statement))) if record.statement else None


def _providers(work: Work, record: Record, institution: Institution, addresses: Addresses) -> list[Any] | None:
    """Whoever gives the work, before the library that shows it."""
    giver = [_given_by(record.provider, addresses.manifest(VERSION, work.id))] if record.provider else []
    return [*giver, *(_provider(institution, addresses) or ())] or None


def _given_by(giver: Provider, manifest: str) -> Any:
    """An agent has to have a URI: its homepage, else a name inside the manifest."""
    home = [_other_page(Link(giver.homepage), giver.label)] if giver.homepage else None
    logo = [{"id": giver.logo, "type": "Image"}] if giver.logo else None
    address = giver.homepage or f"{manifest}#provider"
    return prezi.Provider(id=address, type="Agent", label=_label(giver.label), homepage=home, logo=logo)


def _other_page(link: Link, label: LanguageMap) -> Any:
    return prezi.Homepage(id=link.address, type="Text", label=_label(link.label or label), format="text/html")


def _range(part: ChapterPart, work: Work, pages: Sequence[Page], addresses: Addresses) -> Any:
    """Section 5.4. Its address is a place in the manifest, so that it answers."""
    items = [
        prezi.CanvasRef(id=addresses.canvas(work.id, pages[item].id), type="Canvas")
        if isinstance(item, int)
        else _range(item, work, pages, addresses)
        for item in part.items
    ]
    address = f"{addresses.manifest(VERSION, work.id)}#range-{part.key}"
    return prezi.Range(id=address, type="Range", label=_label(part.label), items=items)


def _provider(institution: Institution, addresses: Addresses) -> list[Any] | None:
    if not institution.name:
        return None
    label = _named(institution.name)
    home = _web_page(addresses.home(), label, institution)
    return [prezi.Provider(id=addresses.home(), type="Agent", label=_label(label), homepage=[home])]


def _web_page(address: str, label: LanguageMap, institution: Institution) -> Any:
    languages = list(institution.languages) or None
    return prezi.Homepage(id=address, type="Text", label=_label(label), format="text/html", language=languages)


def _named(name: str) -> LanguageMap:
    return {"none": [name]} if name else {}


def _label(label: LanguageMap) -> Any:
    """Not checked by the model: its pattern knows no digits in a language tag, and `es-419` is one (BCP 47)."""
    return prezi.skeleton.LngString.model_construct(root={tag: list(texts) for tag, texts in label.items()})
