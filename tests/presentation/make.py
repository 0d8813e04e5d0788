"""Works and pages for the tests of this folder, without files behind them."""

from datetime import UTC, datetime
from typing import Any

from manifests.addresses import TOP
from manifests.collection import Collection, CollectionKind
from manifests.ids import image_id
from manifests.model import LanguageMap, Master, Page, Pyramid, State, Work

WORK = "Sach-co"


def page(
    identifier: str,
    size: tuple[int, int] = (4961, 7016),
    label: LanguageMap | None = None,
    work: str = WORK,
    behavior: str = "",
) -> Page:
    width, height = size
    return Page(
        id=identifier,
        image=image_id(work, identifier),
        label=label or {"none": [identifier]},
        file=f"{work}/{identifier}.tif",
        sha256="0" * 64,
        master=Master("tiff", width, height, bits=8, samples=3, colour="rgb"),
        pyramid=Pyramid(f"pyramids/{identifier}.tif", width, height, "0" * 64, 1, 1, grey=False, index=b""),
        behavior=behavior,
    )


def pages(count: int, work: str = WORK) -> list[Page]:
    return [page(f"{number:04}", work=work) for number in range(1, count + 1)]


def work(identifier: str = WORK, label: LanguageMap | None = None, shown_by: Page | None = None) -> Work:
    return Work(
        id=identifier,
        root="scans",
        folder=identifier,
        label=label or {"none": ["Sách cổ"]},
        state=State.PUBLIC,
        updated=datetime(2026, 1, 31, 8, tzinfo=UTC),
        pages=3,
        generation=1,
        first_image=shown_by.image if shown_by else None,
        first_size=(shown_by.width, shown_by.height) if shown_by else None,
    )


def collection(identifier: str, label: LanguageMap, **more: Any) -> Collection:
    """In `top`, unless it is that."""
    values: dict[str, Any] = {
        "parent": None if identifier == TOP else TOP,
        "summary": {},
        "logo": "",
        "homepage": "",
        "kind": CollectionKind.PLAIN,
        "nav_date": "",
        "updated": datetime(2026, 1, 31, 8, tzinfo=UTC),
        "works": 2,
    }
    return Collection(id=identifier, label=label, **{**values, **more})


SEARCH_1: dict[str, Any] = {
    "@context": "http://iiif.io/api/search/1/context.json",
    "@id": "https://example.org/iiif/search/1/Sach-co",
    "@type": "SearchService1",
    "profile": "http://iiif.io/api/search/1/search",
    "service": {
        "@id": "https://example.org/iiif/autocomplete/1/Sach-co",
        "@type": "AutoCompleteService1",
        "profile": "http://iiif.io/api/search/1/autocomplete",
    },
}
SEARCH_2: dict[str, Any] = {
    "id": "https://example.org/iiif/search/2/Sach-co",
    "type": "SearchService2",
    "profile": "http://iiif.io/api/search/2/search",
}
"""Services as the search gives them out, for a manifest to carry."""
