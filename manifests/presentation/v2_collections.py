"""Collections as Presentation 2.1 (https://iiif.io/api/presentation/2.1/, sections 5.8 and 5.9), and what a manifest
lies within.
"""

from collections.abc import Iterable, Sequence

from manifests.addresses import Addresses
from manifests.collection import Collection, CollectionKind
from manifests.model import Work
from manifests.presentation import thumbnails
from manifests.presentation.collection_pages import Members, PagePosition, ShownCollection, label_of_page
from manifests.presentation.described import values
from manifests.presentation.institution import UNNAMED, Institution
from manifests.presentation.v2_parts import (
    CONTEXT,
    VERSION,
    Json,
    one_or_list,
    text_of,
    thumbnail_of,
    web_page,
    where_said,
)


def collection(
    shown: ShownCollection, members: Members, addresses: Addresses, institution: Institution = UNNAMED
) -> Json:
    """A collection that fits into one answer."""
    return {**_described(shown, addresses, institution), **_members(members, addresses, institution)}


def long_collection(
    shown: ShownCollection, keys: Sequence[str], addresses: Addresses, institution: Institution = UNNAMED
) -> Json:
    """A collection that does not (section 5.9): it names its first and last page instead of its members."""
    return {
        **_described(shown, addresses, institution),
        "total": shown.this.total,
        "first": addresses.collection(VERSION, shown.this.id, keys[0]),
        "last": addresses.collection(VERSION, shown.this.id, keys[-1]),
    }


def collection_page(
    shown: ShownCollection,
    position: PagePosition,
    members: Members,
    addresses: Addresses,
    institution: Institution = UNNAMED,
) -> Json:
    """One page of a long collection."""
    this = shown.this
    return {
        "@context": CONTEXT,
        "@id": addresses.collection(VERSION, this.id, position.after),
        "@type": "sc:Collection",
        "label": text_of(label_of_page(this.label, position.start, len(members))),
        "within": addresses.collection(VERSION, this.id),
        **_picture(members, addresses, institution),
        "startIndex": position.start,
        **_neighbour("prev", this, position.previous, addresses),
        **_neighbour("next", this, position.next, addresses),
        **_members(members, addresses, institution),
    }


def part_of(collections: Sequence[Collection], addresses: Addresses) -> Json:
    """What a manifest says of the collections in which its work stands."""
    return {"within": one_or_list([addresses.collection(VERSION, one.id) for one in collections])}


def _described(shown: ShownCollection, addresses: Addresses, institution: Institution) -> Json:
    this = shown.this
    pages = [
        web_page(address, this.label) for address in (addresses.collection_home(this.id), this.homepage) if address
    ]
    logo = addresses.on_this_server(this.logo) if this.logo else ""
    return {
        "@context": CONTEXT,
        **_named(this, addresses),
        **where_said("description", text_of(values({tag: tuple(said) for tag, said in this.summary.items()}))),
        **where_said("logo", logo),
        **_picture([this], addresses, institution),
        "related": one_or_list(pages),
        **(part_of([shown.parent], addresses) if shown.parent is not None else {}),
        **where_said("service", one_or_list([dict(service) for service in shown.services])),
    }


def _named(this: Collection, addresses: Addresses) -> Json:
    """Volumes of one work are `multi-part` (section 3.3)."""
    return {
        "@id": addresses.collection(VERSION, this.id),
        "@type": "sc:Collection",
        "label": text_of(this.label),
        **where_said("viewingHint", "multi-part" if this.kind is CollectionKind.SET else ""),
        **where_said("navDate", this.nav_date),
    }


def _picture(members: Iterable[Work | Collection], addresses: Addresses, institution: Institution) -> Json:
    found = thumbnails.of_members(members, institution.limits)
    return where_said("thumbnail", found and thumbnail_of(found, addresses))


def _members(members: Members, addresses: Addresses, institution: Institution) -> Json:
    """In two lists: clients of 2.0 know no `members`, and giving both would say everything twice (section 5.8)."""
    parts = [_part(member, addresses, institution) for member in members if isinstance(member, Collection)]
    works = [_work(member, addresses, institution) for member in members if isinstance(member, Work)]
    return {**where_said("collections", parts), **(where_said("manifests", works) if parts else {"manifests": works})}


def _part(part: Collection, addresses: Addresses, institution: Institution) -> Json:
    return {**_named(part, addresses), **_picture([part], addresses, institution)}


def _work(work: Work, addresses: Addresses, institution: Institution) -> Json:
    return {
        "@id": addresses.manifest(VERSION, work.id),
        "@type": "sc:Manifest",
        "label": text_of(work.label),
        **where_said("navDate", work.nav_date),
        **_picture([work], addresses, institution),
    }


def _neighbour(name: str, this: Collection, key: str | None, addresses: Addresses) -> Json:
    return {} if key is None else {name: addresses.collection(VERSION, this.id, key)}
