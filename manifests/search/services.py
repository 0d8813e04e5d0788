"""How a document says that its work can be searched.

Both services carry `profile`, the second too where Content Search 2.0 section 3 asks only for a type: Universal Viewer
and Mirador look for nothing else (decisions.md, 8). No `?` in an id: viewers append `?q=` to it.
"""

from typing import Any

from manifests.addresses import Addresses

CONTEXTS = {1: "http://iiif.io/api/search/1/context.json", 2: "http://iiif.io/api/search/2/context.json"}
_PROFILE = "http://iiif.io/api/search/{version}/search"


def service(version: int, work: str, addresses: Addresses) -> dict[str, Any]:
    """The service block of Content Search 1.0 section 3.1 or 2.0 section 3."""
    address, profile = addresses.search(version, work), _PROFILE.format(version=version)
    if version == 1:
        return {"@context": CONTEXTS[1], "@id": address, "@type": "SearchService1", "profile": profile}
    return {"id": address, "type": "SearchService2", "profile": profile}
