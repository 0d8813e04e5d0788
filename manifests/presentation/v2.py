"""A work as Presentation 2.1: its manifest. The collections stand in `v2_collections`.

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
from manifests.presentation.described import ChapterPart, Line, chapters, lines, values
from manifests.presentation.downloads import Download
from manifests.presentation.institution import UNNAMED, Institution
from manifests.presentation.text_annotations import LABELS, NAMED_BY_CANVASES
from manifests.presentation.v2_forms import image_service as _image_service
from manifests.presentation.v2_forms import one_or_list as _one_or_list
from manifests.presentation.v2_forms import text as _text
from manifests.presentation.v2_forms import thumbnail as _thumbnail
from manifests.presentation.v2_forms import web_page as _web_page
from manifests.presentation.v2_forms import where_said as _where_said
from manifests.scaling import Extent, largest_size

VERSION = 2
CONTEXT = "http://iiif.io/api/presentation/2/context.json"
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
    """`services` are those of the whole work, each with its `@context`. `within` is said when the manifest is asked for
    (`v2_collections.part_of`), because it may change while the work does not."""
    return {
        "@context": CONTEXT,
        "@id": addresses.manifest(VERSION, work.id),
        "@type": "sc:Manifest",
        "label": _text(work.label),
        **_where_said("metadata", _metadata(record, institution)),
        **_where_said("description", _text(values(record.summary))),
        **_where_said("attribution", _text(values(record.statement))),
        **_where_said("logo", record.provider.logo if record.provider else ""),
        "thumbnail": _thumbnail(thumbnails.of_page(pages[0], institution.limits), addresses),
        **_where_said("license", record.rights or institution.rights),
        **_where_said("viewingDirection", record.direction),
        **_where_said("viewingHint", record.behavior if record.behavior in _HINTS else ""),
        "related": _one_or_list([_web_page(addresses.work_page(work.id), work.label), *_related(record, work.label)]),
        **_where_said("rendering", _one_or_list([*map(_linked, downloads.renderings_of_work(work, addresses))])),
        **_where_said("service", _one_or_list([dict(service) for service in services])),
        "sequences": [
            {"@type": "sc:Sequence", "canvases": [_canvas(work, page, addresses, institution) for page in pages]}
        ],
        **_where_said("structures", _structures(record, work, pages, addresses)),
    }


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


def _metadata(record: Record, institution: Institution) -> list[Json]:
    """The providers are lines of it too: 2.1 has no other place for them."""
    told = [Line(_PROVIDER, record.provider.label)] if record.provider else []
    library = [Line(_LIBRARY, {"none": [institution.name]})] if institution.name else []
    return [{"label": _text(line.label), "value": _text(line.values)} for line in (*lines(record), *told, *library)]


def _related(record: Record, label: LanguageMap) -> list[Json]:
    return [_web_page(link.address, link.label or label) for link in record.homepage]


def _structures(record: Record, work: Work, pages: Sequence[Page], addresses: Addresses) -> list[Json]:
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
    part: ChapterPart, manifest: str, work: Work, pages: Sequence[Page], addresses: Addresses
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
