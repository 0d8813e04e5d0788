"""A work as Presentation 3.0: its manifest, and one canvas of it. The collections stand in `v3_collections`.

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
from manifests.presentation.described import RIGHTS, Line, lines, values
from manifests.presentation.institution import UNNAMED, Institution
from manifests.presentation.leaves import Leaf, leaves_of, opening_page, start_of
from manifests.presentation.missing_pages import statement_of
from manifests.presentation.nav_place import NAV_PLACE_CONTEXT, nav_place
from manifests.presentation.v3_canvases import canvas_of, painting_of, paintings_of, placeholder_of
from manifests.presentation.v3_parts import VERSION, linked
from manifests.presentation.v3_parts import language_map as _label
from manifests.presentation.v3_parts import thumbnail_of as _thumbnail
from manifests.presentation.v3_ranges import structures_of

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
    """`services` are those of the whole work, such as its search. `partOf` is said when the manifest is asked for
    (`v3_collections.part_of`), because it may change while the work does not."""
    homepage = _web_page(addresses.work_page(work.id), work.label, institution)
    leaves = leaves_of(pages, record)
    start = start_of(record, leaves)
    return _document(
        prezi.Manifest(
            id=addresses.manifest(VERSION, work.id),
            label=_label(work.label),
            summary=_label(values(record.summary)) if record.summary else None,
            metadata=[_pair(line) for line in (*lines(record), *_without_image(record, pages))] or None,
            requiredStatement=_statement(record, institution),
            rights=record.rights or institution.rights or None,
            navDate=record.nav_date or None,
            provider=_providers(work, record, institution, addresses),
            viewingDirection=record.direction or None,
            behavior=[record.behavior] if record.behavior else None,
            thumbnail=_thumbnail(thumbnails.of_page(pages[0], institution.limits), addresses),
            navPlace=nav_place(record.places, work.label, addresses.manifest(VERSION, work.id)),
            start={"id": addresses.canvas(work.id, start.id), "type": "Canvas"} if start is not None else None,
            placeholderCanvas=placeholder_of(work, opening_page(record, pages), addresses, institution),
            homepage=[homepage, *(_other_page(link, work.label) for link in record.homepage)],
            seeAlso=linked(downloads.data_of_work(record, work, addresses, institution), "Dataset"),
            rendering=linked(downloads.renderings_of_work(work, addresses), "Text"),
            service=[_service(service) for service in services] or None,
            items=[canvas_of(work, leaf, addresses, institution) for leaf in leaves],
            structures=structures_of(record, work, leaves, addresses),
        )
    )


def canvas(work: Work, leaf: Leaf, addresses: Addresses, institution: Institution = UNNAMED) -> dict[str, Any]:
    """What the canvas's own address answers: the canvas as in the manifest, and which manifest that is."""
    whole = _inside(addresses.manifest(VERSION, work.id), "Manifest", work.label)
    return _document(canvas_of(work, leaf, addresses, institution, partOf=whole))


def placeholder(work: Work, page: Page, addresses: Addresses, institution: Institution = UNNAMED) -> dict[str, Any]:
    """What the address of the canvas answers that stands for the work until its own are there."""
    return _document(placeholder_of(work, page, addresses, institution))


def paintings(work: Work, page: Page, addresses: Addresses, institution: Institution = UNNAMED) -> dict[str, Any]:
    """What the address of the page of annotations answers that lay the image on the canvas."""
    return _document(paintings_of(work, page, addresses, institution))


def painting(work: Work, page: Page, addresses: Addresses, institution: Institution = UNNAMED) -> dict[str, Any]:
    """What the address of that annotation answers (section 5.6: it "SHOULD be returned")."""
    return _document(painting_of(work, page, addresses, institution))


def _document(resource: Any) -> dict[str, Any]:
    """An extension's context stands before that of the API (section 4.6)."""
    told = resource.model_dump(mode="json", by_alias=True, exclude_none=True)
    located = "navPlace" in told or any("navPlace" in item for item in told.get("items", ()))
    return {"@context": [NAV_PLACE_CONTEXT, CONTEXT] if located else CONTEXT, **told}


def _without_image(record: Record, pages: Sequence[Page]) -> list[Line]:
    told = statement_of(record, pages)
    return [Line(*told)] if told else []


def _service(service: Mapping[str, Any]) -> dict[str, Any]:
    """Without a context, which one of Search 1 brings along, and its own services in a list (section 3.3.1)."""
    kept = {name: value for name, value in service.items() if name != "@context"}
    inner = kept.get("service", [])
    services = [_service(one) for one in (inner if isinstance(inner, list) else [inner])]
    return {**kept, "service": services} if services else kept


def _inside(address: str, kind: str, label: LanguageMap) -> list[Any]:
    return [prezi.Class(id=address, type=kind, label=_label(label) if label else None)]


def _pair(line: Line) -> Any:
    return prezi.KeyValueString(label=_label(line.label), value=_label(line.values))


def _statement(record: Record, institution: Institution) -> Any:
    """The terms of the library hold where a work has no licence of its own."""
    terms = {"none": (institution.terms,)} if institution.terms and not record.rights else {}
    said = record.statement or terms
    return _pair(Line(RIGHTS, values(said))) if said else None


def _providers(work: Work, record: Record, institution: Institution, addresses: Addresses) -> list[Any] | None:
    """Whoever gives the work, before the library that shows it."""
    giver = [_given_by(record.provider, addresses.manifest(VERSION, work.id))] if record.provider else []
    return [*giver, *(_provider(institution, addresses) or ())] or None


def _given_by(giver: Provider, manifest: str) -> Any:
    """An agent has to have a URI: its homepage, else a name inside the manifest."""
    home = [_other_page(Link(giver.homepage), giver.label)] if giver.homepage else None
    logo = [thumbnails.logo(giver.logo)] if giver.logo else None
    address = giver.homepage or f"{manifest}#provider"
    return prezi.Provider(id=address, type="Agent", label=_label(giver.label), homepage=home, logo=logo)


def _other_page(link: Link, label: LanguageMap) -> Any:
    language = [link.language] if link.language else None
    label = link.label or label
    return prezi.Homepage(id=link.address, type="Text", label=_label(label), format="text/html", language=language)


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
