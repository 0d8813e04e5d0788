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
from manifests.presentation.chapters import ChapterPart, chapters
from manifests.presentation.described import Line, lines, values
from manifests.presentation.institution import UNNAMED, Institution
from manifests.presentation.leaves import Leaf, leaves_of, start_of
from manifests.presentation.missing_pages import statement_of
from manifests.presentation.v2_canvases import canvas_of
from manifests.presentation.v2_parts import CONTEXT, VERSION, Json, linked
from manifests.presentation.v2_parts import one_or_list as _one_or_list
from manifests.presentation.v2_parts import text_of as _text
from manifests.presentation.v2_parts import thumbnail_of as _thumbnail
from manifests.presentation.v2_parts import web_page as _web_page
from manifests.presentation.v2_parts import where_said as _where_said

_HINTS = ("paged", "continuous", "individuals")
"""Of a manifest, section 3.3: `unordered` came with 3.0."""
_PROVIDER: LanguageMap = {"vi": ["Nơi lưu giữ"], "en": ["Held by"]}
_LIBRARY: LanguageMap = {"vi": ["Thư viện"], "en": ["Library"]}


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
    leaves = leaves_of(pages, record)
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
        **_where_said("license", record.rights or institution.rights or institution.terms),
        **_where_said("navDate", record.nav_date),
        **_where_said("viewingDirection", record.direction),
        **_where_said("viewingHint", record.behavior if record.behavior in _HINTS else ""),
        "related": _one_or_list([_web_page(addresses.work_page(work.id), work.label), *_related(record, work.label)]),
        **_where_said(
            "seeAlso", _one_or_list([*map(linked, downloads.data_of_work(record, work, addresses, institution))])
        ),
        **_where_said("rendering", _one_or_list([*map(linked, downloads.renderings_of_work(work, addresses))])),
        **_where_said("service", _one_or_list([dict(service) for service in services])),
        "sequences": [_sequence(record, work, leaves, addresses, institution)],
        **_where_said("structures", _structures(record, work, leaves, addresses)),
    }


def _sequence(
    record: Record, work: Work, leaves: Sequence[Leaf], addresses: Addresses, institution: Institution
) -> Json:
    """The only one: 2.1 names another order by an address of its own (section 5.2), and no viewer follows it. The
    direction is the manifest's, and said once more where some programs look for it."""
    start = start_of(record, leaves)
    return {
        "@type": "sc:Sequence",
        **_where_said("viewingDirection", record.direction),
        **_where_said("startCanvas", start and addresses.canvas(work.id, start.id)),
        "canvases": [canvas_of(work, leaf, addresses, institution) for leaf in leaves],
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


def _structures(record: Record, work: Work, leaves: Sequence[Leaf], addresses: Addresses) -> list[Json]:
    """Flat, each range with the addresses of those in it (section 5.6); one at the top leads to all."""
    found = chapters(record, leaves)
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
    return [top, *(one for part in found for one in _ranges(part, manifest, work, leaves, addresses))]


def _ranges(
    part: ChapterPart, manifest: str, work: Work, leaves: Sequence[Leaf], addresses: Addresses
) -> Iterable[Json]:
    yield {
        "@id": _range_address(manifest, part),
        "@type": "sc:Range",
        "label": _text(part.label),
        **_where_said("canvases", [addresses.canvas(work.id, leaves[place].id) for place in part.pages]),
        **_where_said("ranges", [_range_address(manifest, inner) for inner in part.parts]),
    }
    for inner in part.parts:
        yield from _ranges(inner, manifest, work, leaves, addresses)


def _range_address(manifest: str, part: ChapterPart) -> str:
    return f"{manifest}#range-{part.key}"
