"""How a document says that its work, or the works of its collection, can be searched.

Both services carry `profile`, the second too where Content Search 2.0 section 3 asks only for a type: Universal Viewer
and Mirador look for nothing else (decisions.md, 8). No `?` in an id: viewers append `?q=` to it.
"""

from typing import Any

from manifests.addresses import Addresses

CONTEXTS = {1: "http://iiif.io/api/search/1/context.json", 2: "http://iiif.io/api/search/2/context.json"}
_PROFILE = "http://iiif.io/api/search/{version}/{name}"


def service(version: int, work: str, addresses: Addresses) -> dict[str, Any]:
    """The service block of Content Search 1.0 sections 3.1 and 4.1, or 2.0 section 3; in it that of autocomplete."""
    search = _block(version, "SearchService", addresses.search(version, work), "search")
    completing = _block(version, "AutoCompleteService", addresses.autocomplete(version, work), "autocomplete")
    if version == 1:
        return {"@context": CONTEXTS[1], **search, "service": completing}
    return {**search, "service": [completing]}


def collection_service(version: int, collection: str, addresses: Addresses) -> dict[str, Any]:
    """The same for all works of a collection, without completion."""
    block = _block(version, "SearchService", addresses.search_collection(version, collection), "search")
    return {"@context": CONTEXTS[1], **block} if version == 1 else {**block}


def _block(version: int, kind: str, address: str, name: str) -> dict[str, str]:
    names = ("@id", "@type") if version == 1 else ("id", "type")
    profile = _PROFILE.format(version=version, name=name)
    return {names[0]: address, names[1]: f"{kind}{version}", "profile": profile}
