"""A library whose pyramids an older Mocban made: served as it is, brought to today's recipe by the next ingest."""

import asyncio
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import pyvips
from PIL import Image
from tifffile import TiffFile

from manifests.library import Library
from manifests.settings import Settings
from manifests.tiling import TILE, levels
from server.app import create_asgi_app
from server.get import ask
from server.pyramid import build, tile_index
from server.pyramid.tile_index import LevelTiles
from tests.masters.scans import scan
from tests.patience import until

PAGE, STRIP = (1101, 700), (9000, 3)
SIZES = [*[PAGE] * 7, STRIP]
PAGES = len(SIZES)
REQUESTS = {
    PAGE: [
        "full/max",
        "0,0,512,512/512,512",
        "1024,512,77,188/77,188",
        "full/276,",
        "100,90,800,500/333,",
        "full/551,",
    ],
    STRIP: ["full/max", "full/2250,", "full/700,", "full/282,", "8192,0,808,3/101,1"],
}
"""Of a strip libvips made two levels of six in recipe 1."""


def of_recipe_1(image: pyvips.Image, file: Path) -> bytes:
    """libvips' own levels, rounded down, and whole JPEGs of the last tiles behind them; returns the tile index."""
    options = {"tile": True, "pyramid": True, "tile_width": TILE, "tile_height": TILE, "compression": "jpeg", "Q": 85}
    image.tiffsave(str(file), keep="none", **options)
    with TiffFile(file) as tiff:
        tables = tiff.pages.first.tags["JPEGTables"].value
        stored = [list(zip(page.dataoffsets, page.databytecounts, strict=True)) for page in tiff.pages]
        widths = [page.imagewidth for page in tiff.pages]
    found = []
    with file.open("ab") as end:
        for k, (width, height) in enumerate(levels(image.width, image.height)):
            level = image.shrink(1 << k, 1 << k, ceil=True)
            columns, rows = -(-width // TILE), -(-height // TILE)
            places = []
            for row in range(rows):
                for column in range(columns):
                    if row < rows - 1 and column < columns - 1:
                        places.append(stored[k][row * -(-widths[k] // TILE) + column])
                        continue
                    x, y = column * TILE, row * TILE
                    last = level.crop(x, y, min(TILE, width - x), min(TILE, height - y))
                    whole = io.BytesIO()
                    Image.fromarray(last.numpy()).save(whole, "JPEG", quality=85, subsampling="4:2:0")
                    places.append((end.tell(), len(whole.getvalue())))
                    end.write(whole.getvalue())
            found.append(LevelTiles(columns, rows, places))
    return b"\x01" + tile_index.pack(tables, found)[1:]


def mocban(*words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "server.cli", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def done(process: subprocess.Popen[str]) -> str:
    out, said = process.communicate()
    assert process.returncode == 0, said
    return out


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "Sách"
    folder.mkdir()
    for number, size in enumerate(SIZES, 1):
        scan(*size).linear(1, number).cast("uchar").tiffsave(str(folder / f"{number}.tif"))
    return folder


@pytest.fixture
def old(tmp_path: Path, scans: Path) -> Path:
    """A library taken in today, its pyramids replaced by those of recipe 1."""
    library = tmp_path / "library"
    done(mocban("ingest", scans, "--library", library))
    with closing(sqlite3.connect(library / "catalog.sqlite")) as catalog, catalog:
        for page, made in catalog.execute("SELECT id, pyramid FROM pages").fetchall():
            (library / made).unlink()
            file = library / made.replace(f".{build.RECIPE}.tif", ".1.tif")
            index = of_recipe_1(pyvips.Image.new_from_file(str(scans / f"{page}.tif")), file)
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            name = file.relative_to(library).as_posix()
            catalog.execute(
                "UPDATE pages SET recipe = 1, pyramid = ?, pyramid_digest = ?, pyramid_length = ?, tiles = ?"
                " WHERE id = ?",
                (name, digest, file.stat().st_size, index, page),
            )
    return library


def answers(library: Library) -> set[int]:
    app = create_asgi_app(library)
    addresses = [
        f"/iiif/image/3/Sach~{page}/{request}/0/{last}"
        for page, size in enumerate(SIZES, 1)
        for request in REQUESTS[size]
        for last in ("default.jpg", "default.png", "bitonal.png")
    ]
    return {asyncio.run(ask(app, address))[0] for address in addresses}


def shown(library: Path) -> list[tuple[str, str]]:
    pages = json.loads(done(mocban("show", "Sach", "--library", library, "--json")))["pages"]
    return [(page["id"], page["sha256"]) for page in pages]


def made_anew(library: Path) -> int:
    return len(list((library / "pyramids").glob(f"*/*.{build.RECIPE}.tif")))


def test_a_library_of_recipe_1_is_served_and_made_anew_by_an_ingest_that_may_be_killed(old: Path, scans: Path) -> None:
    before, reader = shown(old), Library.open(old, Settings())
    assert answers(reader) == {200}
    killed = mocban("ingest", scans, "--library", old, "--jobs", 1)
    until(lambda: made_anew(old) >= 2 or killed.poll() is not None, "two pages made anew")
    killed.kill()
    killed.communicate()
    assert answers(reader) == {200}
    done(mocban("ingest", scans, "--library", old, "--jobs", 1))
    assert answers(reader) == {200}
    assert shown(old) == before
    assert made_anew(old) == len([file for file in (old / "pyramids").rglob("*") if file.is_file()]) == PAGES
    reader.close()
