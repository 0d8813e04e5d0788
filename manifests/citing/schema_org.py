"""A work, or a page of one, as schema.org describes it: for search engines, which read it in our pages (JSON-LD 1.1).

Nothing is claimed that the record does not say. https://schema.org/docs/schemas.html.
"""

from collections.abc import Mapping
from typing import Any

from manifests.citing.kinds import Kind
from manifests.citing.reference import Reference, is_organisation

_TYPES = {
    Kind.BOOK: "Book",
    Kind.MANUSCRIPT: "Manuscript",
    Kind.LETTER: "Manuscript",
    Kind.MAP: "Map",
    Kind.PERIODICAL: "PublicationIssue",
    Kind.MUSIC: "SheetMusic",
    Kind.PICTURE: "VisualArtwork",
    Kind.THESIS: "Thesis",
    Kind.OTHER: "CreativeWork",
}
_CONTEXT = "https://schema.org"


def of_work(work: Reference, library: str, home: str, pages: int, image: str = "") -> dict[str, Any]:
    """`library` and its page `home` are the collection that it is part of; `image` is the address of a picture."""
    described = {
        "@context": _CONTEXT,
        "@type": _TYPES[work.kind],
        "@id": work.address,
        "url": work.address,
        "name": work.title,
        "alternateName": list(work.titles),
        "author": [_somebody(name) for name in work.authors],
        "contributor": [_somebody(name) for name in work.contributors],
        "publisher": {"@type": "Organization", "name": work.publisher} if work.publisher else None,
        "locationCreated": {"@type": "Place", "name": work.place} if work.place else None,
        "datePublished": work.day or work.year or work.date,
        "bookEdition": work.edition if work.kind is Kind.BOOK else None,
        "numberOfPages": pages if work.kind is Kind.BOOK else None,
        "isbn": work.isbn if work.kind is Kind.BOOK else None,
        "inLanguage": list(work.languages),
        "about": list(work.subjects),
        "description": work.summary,
        "identifier": list(filter(None, (work.doi and f"https://doi.org/{work.doi}", work.shelfmark))),
        "image": image,
        "license": work.rights,
        "provider": {"@type": "Library", "name": work.held_by},
        "isAccessibleForFree": True,
        "isPartOf": [
            _collection(library, home),
            *(_collection(name) for name in work.collections),
            *([{"@type": "Periodical", "name": work.series}] if work.kind is Kind.PERIODICAL and work.series else []),
        ],
    }
    return _said(described)


def of_page(work: Reference, address: str, name: str, position: int, image: str = "") -> dict[str, Any]:
    """`name` is the page's for people; `position` counts from 1."""
    described = {
        "@context": _CONTEXT,
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "name": name,
        "position": position,
        "image": image,
        "license": work.rights,
        "isAccessibleForFree": True,
        "isPartOf": {"@type": _TYPES[work.kind], "@id": work.address, "name": work.title},
    }
    return _said(described)


def _said(described: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in described.items() if value not in (None, "", [])}


def _somebody(name: str) -> dict[str, str]:
    return {"@type": "Organization" if is_organisation(name) else "Person", "name": name}


def _collection(name: str, address: str = "") -> dict[str, str]:
    return {"@type": "Collection", "name": name, **({"@id": address, "url": address} if address else {})}
