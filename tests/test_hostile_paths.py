"""A hundred thousand paths that nobody means well with, the same ones every time.

All go through the front door, its edge, Flask's routing, the routes and the grammar, in process and in one thread; only
the thread pool of a2wsgi is left out, and the pictures are of a page so small that computing one takes no time.
A 500 or an exception fails the test with the path; so does any word of a file that lies outside the library.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from manifests.settings import Settings
from server.app import create
from server.get import ask
from tests.patience import GUARD
from tests.routes.fakes import straight_door
from tests.routes.filled import filled

HOW_MANY = 100_000
SECRET = b"root:x:0:0"
ALLOWED = {200, 303, 308, 400, 404, 405, 410, 414}

PREFIXES = (
    "/iiif/image/3", "/iiif/image/2", "/iiif/image/1", "/iiif/image/4", "/iiif/image", "/iiif/presentation/3",
    "/iiif/presentation/2", "/iiif/presentation/3/collection", "/iiif/presentation/9", "/iiif/search/1",
    "/iiif/search/2", "/iiif/autocomplete/2", "/iiif/discovery", "/iiif", "/works", "/works/book/pages", "/collections",
    "/search", "/static", "/static/viewers", "/oai", "/health", "/metrics", "", "/.", "/..", "//iiif/image/3",
)  # fmt: skip
NAMES = (
    "book~0001", "book%7E0001", "book", "book~", "~0001", "~", "book~0001~0001", "collection", "manifest", "top",
    "a" * 300, "book%2F0001", "book%5C0001", "BOOK~0001", "none~none", "book~..", "..~book", "%62ook~0001",
)  # fmt: skip
REGIONS = (
    "full", "square", "0,0,8,8", "pct:0,0,100,100", "0,0,0,0", "-1,0,5,5", "9,9,1,1", "1e3,0,1,1", "pct:-1,0,1,1",
    "0,0,99999999999999999999,1", "pct:0,0,1e400,1", "NaN,0,1,1", "٣,0,1,1", "0x10,0,1,1", "pct:.,.,.,.", "full ",
    "FULL", "full,full",
)  # fmt: skip
SIZES = (
    "max", "^max", "full", "8,", ",8", "8,8", "!8,8", "^!9,9", "pct:50", "pct:0", "^pct:999999999999", "0,", ",0",
    "1,1,1", "^99999999999,", "pct:1e9", "!0,0", "^^max", ",", "!,", "8,8\n", "pct:NaN", "pct:0.0000000001",
)  # fmt: skip
ROTATIONS = (
    "0",
    "90",
    "!180",
    "270",
    "360",
    "361",
    "45",
    "-90",
    "!!0",
    "0.0",
    "1e2",
    "٩٠",
    "+90",
    "!",
    "999999999999999",
)
LAST = (
    "default.jpg", "gray.png", "bitonal.webp", "color.jpg", "default.tif", "default.jp2", "default", ".jpg", "default.",
    "default.jpg.png", "native.jpg", "default.JPG", "default.exe", "default.jpg%00.png", "default.jpg/", "x.y",
)  # fmt: skip
REST = ("", "info.json", "info.json/", "manifest", "canvas/0001", "canvas/..", "annotations/0001/line", "manifest.json")
PIECES = (
    "..", ".", "...", "%2e%2e", "%2E%2E%2F", "..%2f..%2f..%2fetc%2fpasswd", "etc/passwd", "%00", "%0a", "%0d%0a", "%ff",
    "%C3%28", "%c0%af", "%252e%252e%252f", "%25252e", "%", "%2", "%zz", "%u002e", "á", "ế", "漢", "𠀀", "%F0%A0%80%80",
    "\\..\\..", "..%5c..", ";", "?q=", "?q=%00", "?q=%ff", "?after=%2e", "?after=" + "9" * 400, "#", "&", "'", '"',
    "<b>", "{{7*7}}", "${x}", "$(id)", "|", "`", "*", "~", "con", "nul", "file:///etc/passwd", "http://x/", "//", "/",
    " ", "\t", "9" * 40, "-1", "1e309", "0x1", "\x7f", "\x01", "library.toml", "catalog.sqlite", "pyramids",
    "secret", "../secret", "index", "?q=" + "thu%20vien" * 30, "A" * 9000,
)  # fmt: skip


def hostile_paths(seed: int, how_many: int) -> Iterator[str]:
    lot = random.Random(seed)
    for _ in range(how_many):
        yield _mutated(lot, _plausible(lot))


def _plausible(lot: random.Random) -> str:
    image = (lot.choice(REGIONS), lot.choice(SIZES), lot.choice(ROTATIONS), lot.choice(LAST))
    rest = "/".join(image) if lot.random() < 0.6 else lot.choice(REST)
    prefix = lot.choice(PREFIXES[:2] if lot.random() < 0.5 else PREFIXES)
    name = NAMES[0] if lot.random() < 0.5 else lot.choice(NAMES)
    return f"{prefix}/{name}/{rest}"


def _mutated(lot: random.Random, path: str) -> str:
    for _ in range(lot.choice((0, 0, 1, 1, 2, 4))):
        at = lot.randrange(len(path) + 1)
        match lot.randrange(6):
            case 0:
                path = path[:at] + lot.choice(PIECES) + path[at:]
            case 1:
                path = path[:at] + path[at + 1 :]
            case 2 if at < len(path):
                path = path[:at] + "".join(f"%{byte:02x}" for byte in path[at].encode()) + path[at + 1 :]
            case 3:
                path = path[:at] + chr(lot.randrange(0x20, 0x2FF)) + path[at + 1 :]
            case 4:
                path = f"{path}/{lot.choice(PIECES)}"
            case _:
                path = path.replace("/", lot.choice(("%2f", "//", "/../", "/./", "\\", "%252F")), 1)
    return path


def test_no_path_breaks_anything_or_leaves_the_library(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    # Small pictures and much patience: a machine that does other things may take long, and 503 is an answer too.
    library = filled(tmp_path, 1, Settings(languages=("en",), max_area=1_000_000, max_image_seconds=GUARD))
    for outside in (tmp_path / "library" / "secret", tmp_path / "secret", tmp_path / "library" / "pyramids" / "secret"):
        outside.write_bytes(SECRET)
    door = straight_door(create(library), library.settings)
    seen: Counter[int] = Counter()

    async def knock() -> None:
        for path in hostile_paths(seed=2026, how_many=HOW_MANY):
            status, headers, body = await ask(door, path)
            seen[status] += 1
            assert status in ALLOWED, path
            assert ("access-control-allow-origin", "*") in headers, path
            assert SECRET not in body, path
            assert b"Traceback" not in body, path

    with caplog.at_level("ERROR", "mocban"):
        asyncio.run(knock())
    library.close()
    # libvips may still be saying farewell to an image of another test; that is no error of ours.
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert seen.total() == HOW_MANY
    assert {200, 303, 400, 404, 414} <= seen.keys(), seen
