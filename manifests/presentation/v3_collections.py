"""Collections as Presentation 3.0 (https://iiif.io/api/presentation/3.0/, section 5.1), and in which a work stands.

Written without iiif-prezi3: a page of a hundred members through its models takes eleven times as long. What it would
refuse, `tests/conformance` has it refuse. Every id is an address given here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from manifests.addresses import Addresses
from manifests.collection import Collection, CollectionKind
from manifests.model import LanguageMap, Work
from manifests.presentation import thumbnails
from manifests.presentation.collection_pages import (
    Members,
    PagePosition,
    ShownCollection,
    label_of_page,
    labels_of_pages,
)
from manifests.presentation.described import values
from manifests.presentation.institution import UNNAMED, Institution
from manifests.presentation.thumbnails import Thumbnail

VERSION = 3
CONTEXT = "http://iiif.io/api/presentation/3/context.json"

Json = dict[str, Any]


def collection(
    shown: ShownCollection, members: Members, addresses: Addresses, institution: Institution = UNNAMED
) -> Json:
    """A collection that fits into one answer."""
    items = [_member(member, addresses, institution) for member in members]
    return {**_described(shown, addresses, institution), "items": items}


def long_collection(
    shown: ShownCollection, keys: Sequence[str], addresses: Addresses, institution: Institution = UNNAMED
) -> Json:
    """A collection that does not: the list of its pages, in order, by their keys."""
    pages_of_it = [
        _reference(addresses.collection(VERSION, shown.this.id, key), "Collection", label)
        for key, label in labels_of_pages(shown.this, keys)
    ]
    return {**_described(shown, addresses, institution), "items": pages_of_it}


def collection_page(
    shown: ShownCollection,
    position: PagePosition,
    members: Members,
    addresses: Addresses,
    institution: Institution = UNNAMED,
) -> Json:
    """One page of a long collection."""
    this = shown.this
    label = label_of_page(this.label, position.start, len(members))
    return {
        "@context": CONTEXT,
        **_reference(addresses.collection(VERSION, this.id, position.after), "Collection", label),
        **_where_said("provider", _library(institution, addresses)),
        **_thumbnail(thumbnails.of_members(members, institution.limits), addresses),
        "partOf": [_reference(addresses.collection(VERSION, this.id), "Collection", this.label)],
        "items": [_member(member, addresses, institution) for member in members],
    }


def part_of(collections: Sequence[Collection], addresses: Addresses) -> Json:
    """What a manifest says of the collections in which its work stands."""
    return {"partOf": [_reference(addresses.collection(VERSION, c.id), "Collection", c.label) for c in collections]}


def _described(shown: ShownCollection, addresses: Addresses, institution: Institution) -> Json:
    this = shown.this
    home = _web_page(addresses.collection_home(this.id), this.label, institution)
    other = [{**_reference(this.homepage, "Text", this.label), "format": "text/html"}] if this.homepage else []
    return {
        "@context": CONTEXT,
        **_reference(addresses.collection(VERSION, this.id), "Collection", this.label),
        **_where_said("summary", _map(values(_texts(this.summary)))),
        **_where_said("provider", [*_own_provider(this, home, addresses), *_library(institution, addresses)]),
        **_thumbnail(thumbnails.of_member(this, institution.limits), addresses),
        **_kind(this),
        "homepage": [home, *other],
        **_where_said("service", [_service(service) for service in shown.services]),
        **(part_of([shown.parent], addresses) if shown.parent is not None else {}),
    }


def _kind(this: Collection) -> Json:
    """Recipes 0030 and 0068 of the cookbook: volumes of one work, and when issues came out."""
    is_set = this.kind is CollectionKind.SET
    return {**_where_said("behavior", ["multi-part"] if is_set else []), **_where_said("navDate", this.nav_date)}


def _member(member: Work | Collection, addresses: Addresses, institution: Institution) -> Json:
    picture = _thumbnail(thumbnails.of_member(member, institution.limits), addresses)
    if isinstance(member, Collection):
        reference = _reference(addresses.collection(VERSION, member.id), "Collection", member.label)
        return {**reference, **_kind(member), **picture}
    reference = _reference(addresses.manifest(VERSION, member.id), "Manifest", member.label)
    return {**reference, **_where_said("navDate", member.nav_date), **picture}


def _reference(address: str, kind: str, label: LanguageMap) -> Json:
    return {"id": address, "type": kind, **_where_said("label", _map(label))}


def _library(institution: Institution, addresses: Addresses) -> list[Json]:
    if not institution.name:
        return []
    label: LanguageMap = {"none": [institution.name]}
    home = _web_page(addresses.home(), label, institution)
    return [{**_reference(addresses.home(), "Agent", label), "homepage": [home]}]


def _own_provider(this: Collection, home: Json, addresses: Addresses) -> list[Json]:
    """A logo is an agent's in 3.0 (section 3.4): the collection is its own."""
    if not this.logo:
        return []
    logo = [thumbnails.logo(addresses.on_this_server(this.logo))]
    return [{**_reference(home["id"], "Agent", this.label), "homepage": [home], "logo": logo}]


def _web_page(address: str, label: LanguageMap, institution: Institution) -> Json:
    return {
        **_reference(address, "Text", label),
        "format": "text/html",
        **_where_said("language", list(institution.languages)),
    }


def _thumbnail(thumbnail: Thumbnail | None, addresses: Addresses) -> Json:
    if thumbnail is None:
        return {}
    base = addresses.image(VERSION, thumbnail.image)
    sizes = [{"width": width, "height": height} for width, height in thumbnail.sizes]
    picture = {
        "id": f"{base}/{thumbnail.request}",
        "type": "Image",
        "format": thumbnails.FORMAT,
        "width": thumbnail.width,
        "height": thumbnail.height,
        "service": [{"id": base, "type": "ImageService3", "profile": "level2", "sizes": sizes}],
    }
    return {"thumbnail": [picture]}


def _service(service: Mapping[str, Any]) -> Json:
    """Without the context that one of Search 1 brings along (section 3.3.1)."""
    return {name: value for name, value in service.items() if name != "@context"}


def _texts(label: LanguageMap) -> dict[str, tuple[str, ...]]:
    return {tag: tuple(texts) for tag, texts in label.items()}


def _map(label: LanguageMap) -> Json:
    return {tag: list(texts) for tag, texts in label.items()}


def _where_said(name: str, value: Any) -> Json:
    return {name: value} if value else {}
