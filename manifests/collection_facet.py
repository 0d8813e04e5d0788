"""The facet `collection` as it is now: what lies in what, and how readers call it. `top`, the library, is no value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from manifests.addresses import TOP
from manifests.collection import Collection, CollectionKind
from manifests.metadata.facets import COLLECTION, Facet
from manifests.model import LanguageMap


@dataclass(frozen=True, slots=True)
class CollectionFacet:
    facet: Facet
    names: Mapping[str, LanguageMap]
    """By id; of what nobody sees, no address is told the name."""


def collection_facet(collections: Iterable[Collection]) -> CollectionFacet:
    shown = {one.id: one for one in collections if one.is_shown and one.id != TOP}
    around = {one.id: one.parent for one in shown.values() if one.parent in shown}
    names = {name: _name(one, shown.get(around.get(name) or "")) for name, one in shown.items()}
    return CollectionFacet(replace(COLLECTION, above=around.get), names)


def _name(collection: Collection, around: Collection | None) -> LanguageMap:
    """A year alone does not say of what."""
    if collection.kind != CollectionKind.YEAR or around is None:
        return collection.label
    year = next((text for texts in collection.label.values() for text in texts), collection.id)
    return {tag: [f"{' · '.join(texts)}, {year}"] for tag, texts in around.label.items()}
