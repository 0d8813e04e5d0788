"""A work as Presentation 2.1: its manifest, and the collections that lead to it.

https://iiif.io/api/presentation/2.1/. Built from the work, never by converting the 3.0 document, so that neither
version carries the other's compromises. What no record says is not said here either (see `v3`). Providers in 3.0 are
lines of `metadata` here, no `attribution`: viewers must show that one with every picture, so it is for what the record
wants shown there.

A canvas has the address that it has in 3.0, which answers in 3.0.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from manifests.addresses import Addresses
from manifests.metadata.record import NOTHING, Record
from manifests.model import LanguageMap, Page, Work
from manifests.presentation import downloads, thumbnails
from manifests.presentation.collection_pages import TOP, Collection, Members, PagePosition, Part, label_of_page
from manifests.presentation.described import ChapterPart, Line, chapters, lines, values
from manifests.presentation.downloads import Download
from manifests.presentation.institution import UNNAMED, Institution
from manifests.presentation.missing_pages import CanvasOf, canvases_of, statement_of
from manifests.presentation.text_annotations import LABELS, NAMED_BY_CANVASES
from manifests.presentation.thumbnails import Thumbnail
from manifests.scaling import Extent, largest_size

VERSION = 2
CONTEXT = "http://iiif.io/api/presentation/2/context.json"
_IMAGE_CONTEXT = "http://iiif.io/api/image/2/context.json"
_IMAGE_PROFILE = "http://iiif.io/api/image/2/level2.json"
_HINTS = ("paged", "continuous", "individuals")
"""Of a manifest, section 3.3: `unordered` came with 3.0."""
_PROVIDER: LanguageMap = {"vi": ["Nơi lưu giữ"], "en": ["Held by"]}
_LIBRARY: LanguageMap = {"vi": ["Thư viện"], "en": ["Library"]}

Json = dict[str, Any]


def manifest(
    work: Work,
    pages: Sequence[Page],
    addresses: Addresses,
    institution: Institution = UNNAMED,
    record: Record = NOTHING,
    *,
    services: Sequence[Mapping[str, Any]] = (),
) -> Json:
    """`services` are those of the whole work, each with its `@context`."""
    canvases = canvases_of(record, pages)
    return {
        "@context": CONTEXT,
        "@id": addresses.manifest(VERSION, work.id),
        "@type": "sc:Manifest",
        "label": _text(work.label),
        **_where_said("metadata", _metadata(record, pages, institution)),
        **_where_said("description", _text(values(record.summary))),
        **_where_said("attribution", _text(values(record.statement))),
        **_where_said("logo", record.provider.logo if record.provider else ""),
        "thumbnail": _thumbnail(thumbnails.of_page(pages[0], institution.limits), addresses),
        **_where_said("license", record.rights or institution.rights),
        **_where_said("navDate", record.nav_date),
        **_where_said("viewingDirection", record.direction),
        **_where_said("viewingHint", record.behavior if record.behavior in _HINTS else ""),
        "related": _one_or_list([_web_page(addresses.work_page(work.id), work.label), *_related(record, work.label)]),
        **_where_said("rendering", _one_or_list([*map(_linked, downloads.renderings_of_work(work, addresses))])),
        **_where_said("service", _one_or_list([dict(service) for service in services])),
        "within": addresses.collection(VERSION, TOP),
        "sequences": [
            {"@type": "sc:Sequence", "canvases": [_item(work, one, addresses, institution) for one in canvases]}
        ],
        **_where_said("structures", _structures(record, work, canvases, addresses)),
    }


def collection(this: Collection, members: Members, addresses: Addresses, institution: Institution = UNNAMED) -> Json:
    """A collection that fits into one answer."""
    return {**_collection(this, addresses, institution), **_members(members, addresses, institution)}


def long_collection(
    this: Collection, keys: Sequence[str], addresses: Addresses, institution: Institution = UNNAMED
) -> Json:
    """A collection that does not (section 5.9): it names its first and last page instead of its members."""
    return {
        **_collection(this, addresses, institution),
        "total": this.total,
        "first": addresses.collection(VERSION, this.id, keys[0]),
        "last": addresses.collection(VERSION, this.id, keys[-1]),
    }


def collection_page(
    this: Collection, position: PagePosition, members: Members, addresses: Addresses, institution: Institution = UNNAMED
) -> Json:
    """One page of a long collection."""
    return {
        "@context": CONTEXT,
        "@id": addresses.collection(VERSION, this.id, position.after),
        "@type": "sc:Collection",
        "label": _text(label_of_page(this.label, position.start, len(members))),
        "within": addresses.collection(VERSION, this.id),
        **_picture(members, addresses, institution),
        "startIndex": position.start,
        **_neighbour("prev", this, position.previous, addresses),
        **_neighbour("next", this, position.next, addresses),
        **_members(members, addresses, institution),
    }


def _item(work: Work, page: CanvasOf, addresses: Addresses, institution: Institution) -> Json:
    if isinstance(page, Page):
        return _canvas(work, page, addresses, institution)
    named = {"@id": addresses.canvas(work.id, page.id), "@type": "sc:Canvas", "label": _text(page.label)}
    return {**named, "width": page.width, "height": page.height}


def _canvas(work: Work, page: Page, addresses: Addresses, institution: Institution) -> Json:
    """As large as its image, so that a box on one is the same box on the other (decisions.md, 8)."""
    address = addresses.canvas(work.id, page.id)
    return {
        "@id": address,
        "@type": "sc:Canvas",
        "label": _text(page.label),
        "width": page.width,
        "height": page.height,
        **_where_said("viewingHint", page.behavior),
        "thumbnail": _thumbnail(thumbnails.of_page(page, institution.limits), addresses),
        "images": [
            {
                "@id": addresses.annotations(work.id, page.id, "painting/image"),
                "@type": "oa:Annotation",
                "motivation": "sc:painting",
                "resource": _whole(page, addresses, institution),
                "on": address,
            }
        ],
        **_where_said("otherContent", _texts(work, page, addresses)),
        **_where_said("seeAlso", _one_or_list([*map(_linked, downloads.data_of_page(work, page, addresses))])),
        **_where_said("rendering", _one_or_list([*map(_linked, downloads.renderings_of_page(work, page, addresses))])),
    }


def _metadata(record: Record, pages: Sequence[Page], institution: Institution) -> list[Json]:
    """The providers are lines of it too: 2.1 has no other place for them."""
    told = [Line(_PROVIDER, record.provider.label)] if record.provider else []
    library = [Line(_LIBRARY, {"none": [institution.name]})] if institution.name else []
    missing = statement_of(record, pages)
    told = [Line(*missing), *told] if missing else told
    return [{"label": _text(line.label), "value": _text(line.values)} for line in (*lines(record), *told, *library)]


def _related(record: Record, label: LanguageMap) -> list[Json]:
    return [_web_page(link.address, link.label or label) for link in record.homepage]


def _structures(record: Record, work: Work, pages: Sequence[CanvasOf], addresses: Addresses) -> list[Json]:
    """Flat, each range with the addresses of those in it (section 5.6); one at the top leads to all."""
    found = chapters(record, pages)
    if not found:
        return []
    manifest = addresses.manifest(VERSION, work.id)
    top = {
        "@id": f"{manifest}#range",
        "@type": "sc:Range",
        "label": _text(work.label),
        "viewingHint": "top",
        "ranges": [_range_address(manifest, part) for part in found],
    }
    return [top, *(one for part in found for one in _ranges(part, manifest, work, pages, addresses))]


def _ranges(
    part: ChapterPart, manifest: str, work: Work, pages: Sequence[CanvasOf], addresses: Addresses
) -> Iterable[Json]:
    yield {
        "@id": _range_address(manifest, part),
        "@type": "sc:Range",
        "label": _text(part.label),
        **_where_said("canvases", [addresses.canvas(work.id, pages[place].id) for place in part.pages]),
        **_where_said("ranges", [_range_address(manifest, inner) for inner in part.parts]),
    }
    for inner in part.parts:
        yield from _ranges(inner, manifest, work, pages, addresses)


def _range_address(manifest: str, part: ChapterPart) -> str:
    return f"{manifest}#range-{part.key}"


def _texts(work: Work, page: Page, addresses: Addresses) -> list[Json]:
    """The lists of annotations that hold the text, by their addresses (section 5.4)."""
    if page.text is None:
        return []
    return [
        {
            "@id": addresses.annotations(work.id, page.id, level, VERSION),
            "@type": "sc:AnnotationList",
            "label": _text(LABELS[level]),
        }
        for level in NAMED_BY_CANVASES[VERSION]
    ]


def _linked(file: Download) -> Json:
    """As `rendering` or `seeAlso` (section 3.4)."""
    return {
        "@id": file.address,
        "label": _text(file.label),
        "format": file.format,
        **_where_said("profile", file.profile),
    }


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
        "service": _image_service(base),
    }


def _thumbnail(thumbnail: Thumbnail, addresses: Addresses) -> Json:
    base = addresses.image(VERSION, thumbnail.image)
    return {
        "@id": f"{base}/{thumbnail.request}",
        "@type": "dctypes:Image",
        "format": thumbnails.FORMAT,
        "width": thumbnail.width,
        "height": thumbnail.height,
        "service": {
            **_image_service(base),
            "sizes": [{"width": width, "height": height} for width, height in thumbnail.sizes],
        },
    }


def _image_service(base: str) -> Json:
    return {"@context": _IMAGE_CONTEXT, "@id": base, "profile": _IMAGE_PROFILE}


def _collection(this: Collection, addresses: Addresses, institution: Institution) -> Json:
    here = addresses.collection(VERSION, this.id)
    shown_by = _picture([this.shown_by], addresses, institution)
    above = (
        {"related": _web_page(addresses.home(), this.label)}
        if this.id == TOP
        else {"within": addresses.collection(VERSION, TOP)}
    )
    services = _where_said("service", _one_or_list([dict(service) for service in this.services]))
    described = {"@context": CONTEXT, "@id": here, "@type": "sc:Collection", "label": _text(this.label)}
    return {**described, **shown_by, **above, **services}


def _picture(members: Iterable[object], addresses: Addresses, institution: Institution) -> Json:
    thumbnail = thumbnails.of_members(members, institution.limits)
    return _where_said("thumbnail", thumbnail and _thumbnail(thumbnail, addresses))


def _members(members: Members, addresses: Addresses, institution: Institution) -> Json:
    """In two lists: clients of 2.0 know no `members`, and giving both would say everything twice (section 5.8)."""
    parts = [_part(member, addresses) for member in members if isinstance(member, Part)]
    works = [_work(member, addresses, institution) for member in members if isinstance(member, Work)]
    return {**_where_said("collections", parts), "manifests": works}


def _part(part: Part, addresses: Addresses) -> Json:
    return {
        "@id": addresses.collection(VERSION, part.id),
        "@type": "sc:Collection",
        "label": _text(part.label),
    }


def _work(work: Work, addresses: Addresses, institution: Institution) -> Json:
    thumbnail = thumbnails.of_work(work, institution.limits)
    return {
        "@id": addresses.manifest(VERSION, work.id),
        "@type": "sc:Manifest",
        "label": _text(work.label),
        **_where_said("thumbnail", thumbnail and _thumbnail(thumbnail, addresses)),
    }


def _neighbour(name: str, this: Collection, key: str | None, addresses: Addresses) -> Json:
    return {} if key is None else {name: addresses.collection(VERSION, this.id, key)}


def _web_page(address: str, label: LanguageMap) -> Json:
    return {"@id": address, "label": _text(label), "format": "text/html"}


def _text(label: LanguageMap) -> Any:
    """A language map as section 4.3 has it: a string where the language is not known, else with its tag."""
    return _one_or_list(
        [
            text if language == "none" else {"@value": text, "@language": language}
            for language, texts in label.items()
            for text in texts
        ]
    )


def _one_or_list(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def _where_said(name: str, value: Any) -> Json:
    """A property that is left out when there is nothing to say (an empty one is an error in 2.1)."""
    return {name: value} if value else {}
