"""How a document says that its work, or the works of its collection, can be searched.

Both services carry `profile`, the second too where Content Search 2.0 section 3 asks only for a type: Universal Viewer
and Mirador look for nothing else (decisions.md, 8). No `?` in an id: viewers append `?q=` to it.
"""

from typing import Any

from manifests.addresses import Addresses

CONTEXTS = {1: "http://iiif.io/api/search/1/context.json", 2: "http://iiif.io/api/search/2/context.json"}
_PROFILE = "http://iiif.io/api/search/{version}/search"


def service(version: int, work: str, addresses: Addresses) -> dict[str, Any]:
    """The service block of Content Search 1.0 section 3.1 or 2.0 section 3."""
    return _block(version, addresses.search(version, work))


def collection_service(version: int, collection: str, addresses: Addresses) -> dict[str, Any]:
    """The same for all works of a collection."""
    return _block(version, addresses.search_collection(version, collection))


def _block(version: int, address: str) -> dict[str, Any]:
    profile = _PROFILE.format(version=version)
    if version == 1:
        return {"@context": CONTEXTS[1], "@id": address, "@type": "SearchService1", "profile": profile}
    return {"id": address, "type": "SearchService2", "profile": profile}
