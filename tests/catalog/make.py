"""Works and pages for a catalogue, without masters or pyramids on any disk."""

from datetime import UTC, datetime

from manifests.catalog import Catalog, PageRecord, WorkUpdate
from manifests.ids import image_id
from manifests.model import Master, Page, PageState, Pyramid, Work

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def page(work: str, name: str, state: PageState = PageState.PRESENT) -> PageRecord:
    master = Master("tiff", 2000, 3000, 8, 3, "rgb", "sRGB", 600.0)
    pyramid = Pyramid(f"pyramids/{work}/{name}.tif", 2000, 3000, "d1", 1234, 1, False, b"tiles of " + name.encode())
    made = Page(name, image_id(work, name), {"none": [name]}, f"{work}/{name}.tif", "a1" * 32, master, pyramid)
    return PageRecord(made, state, 5678, 99)


def edition(work: str, names: str = "abc", **more: object) -> WorkUpdate:
    values = {
        "work": work,
        "root": "scans",
        "folder": work,
        "label": {"vi": [work]},
        "draft": False,
        "returns": False,
        "pages": [page(work, name) for name in names],
        **more,
    }
    return WorkUpdate(**values)  # type: ignore[arg-type]


def save(catalog: Catalog, work: str, names: str = "abc", **more: object) -> Work:
    return catalog.save(edition(work, names, **more), NOON)
