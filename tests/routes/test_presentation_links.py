"""Every link in our own documents is answered, whatever the limits, and what is declared is what is served."""

import asyncio
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from manifests.library import Library
from manifests.settings import Settings
from server.app import create
from server.get import ask
from tests.routes.fakes import straight_door
from tests.routes.filled import filled, ingest

BASE = "http://localhost"
STARTS = ("/iiif/presentation/3/collection/top", "/iiif/presentation/2/collection/top", "/")
LIMITS: tuple[dict[str, int], ...] = (
    {},
    {"max_area": 0},
    {"max_width": 600},
    {"max_width": 100},
    {"max_height": 50},
    {"max_width": 30, "max_height": 2000},
    {"max_area": 200_000},
    {"max_area": 9},
)
SHAPES = {"square": (1030, 1030), "odd": (1501, 1001), "wide": (70_001, 40)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one work for each shape, and the one of `filled`, whose pages have text."""
    place = tmp_path_factory.mktemp("links")
    library = filled(place)
    for name, (width, height) in SHAPES.items():
        (place / "scans" / name).mkdir()
        Image.fromarray(np.full((height, width), 180, np.uint8)).save(place / "scans" / name / "1.tif")
        ingest(library, place / "scans" / name)
    library.close()
    return library.folder


def links(document: Any) -> Iterator[str]:
    """Addresses of ours in a document, ids of what is embedded too; but those of searches, which need a query."""
    match document:
        case dict():
            for value in document.values():
                yield from links(value)
        case list():
            for value in document:
                yield from links(value)
        case str() if document.startswith(f"{BASE}/") and "/iiif/search/" not in document:
            yield document.removeprefix(BASE)


def pictures(info: Any) -> Iterator[str]:
    """What info.json invites to: each size, and the tiles in the corners of each level."""
    base, width, height = info.get("id", info.get("@id")).removeprefix(BASE), info["width"], info["height"]
    for size in info.get("sizes", ()):
        yield f"{base}/full/{size['width']},{size['height']}/0/default.jpg"
    for tiles in info.get("tiles", ()):
        for scale in tiles["scaleFactors"]:
            reach = tiles["width"] * scale
            for x, y in {(0, 0), ((width - 1) // reach * reach, (height - 1) // reach * reach)}:
                w, h = min(reach, width - x), min(reach, height - y)
                yield f"{base}/{x},{y},{w},{h}/{-(-w // scale)},{-(-h // scale)}/0/default.jpg"


def declared(document: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """The pictures that a document names, and how large it says they are."""
    if isinstance(document, dict):
        address = document.get("id", document.get("@id", ""))
        if document.get("format") == "image/jpeg":
            yield address.removeprefix(BASE), (document["width"], document["height"])
    for value in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from declared(value)


@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_every_link_is_answered_and_every_picture_as_large_as_declared(folder: Path, limits: dict[str, int]) -> None:
    library = Library.open(folder, Settings(languages=("en",), **limits))  # type: ignore[arg-type]
    door = straight_door(create(library), library.settings)
    sizes: dict[str, tuple[int, int]] = {}

    async def crawl() -> set[str]:
        seen, waiting = set(STARTS), list(STARTS)
        while waiting:
            path = waiting.pop()
            status, headers, body = await ask(door, path)
            assert status in (200, 303), path
            kind, found = dict(headers).get("content-type", ""), list[str]()
            if "json" in kind:
                document = json.loads(body)
                sizes.update(declared(document))
                found = [*links(document), *(pictures(document) if path.endswith("/info.json") else ())]
            elif "html" in kind:
                found = re.findall(r'(?:src|href)="(/[^"]*)"', body.decode().replace("&amp;", "&"))
            elif kind.startswith("image/jpeg") and path in sizes:
                assert Image.open(BytesIO(body)).size == sizes[path], path
            if status == 303:
                found = [dict(headers)["location"].removeprefix(BASE)]
            new = {each.partition("#")[0] for each in found} - seen
            seen |= new
            waiting += sorted(new)
        return seen

    seen = asyncio.run(crawl())
    library.close()
    assert sizes
    assert set(sizes) <= seen
    assert sum(path.endswith("/info.json") for path in seen) == 2 * (2 + len(SHAPES))
