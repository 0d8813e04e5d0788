"""From a master to its pyramid: one file, carved aside and put in place whole (design decisions 2, 4 and 14).

The front of the file is a tiled pyramidal TIFF as libvips writes it, which any tool opens; behind its end stand the
tiles of `edges` as whole JPEGs. The same master gives the same bytes, with any number of threads. Nothing here reads a
format: masters come upright from `masters`.
"""

import hashlib
import io
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from PIL import Image
from tifffile import TiffFile

from manifests.errors import LibraryError
from manifests.findings import make_finding
from manifests.model import MasterReport, Pyramid, PyramidResult
from manifests.tiling import TILE, levels
from server.libvips import pyvips
from server.masters import decoding
from server.masters.decoding import DecodedMaster, MasterRefused
from server.pyramid import tile_index
from server.pyramid.edge_tiles import EdgeTiles
from server.pyramid.row_tap import Rows, RowTap

RECIPE = 1
"""Counts up whenever the same master would give other bytes; ingest then makes its pyramid anew."""

QUALITY = 85
"""Never above 89: from 90 on libvips stores RGB instead of YCbCr with half the colour, in three times the bytes."""

PART = ".part"
"""Behind the name of a pyramid in the making. Whatever bears it when no ingest runs is left over."""

BIG = 1 << 32
"""From so many bytes of pixels on the file is a BigTIFF: far from what Q 85 makes of them, but never too late."""

_SYSTEM_SAID = re.compile(r"system error: (?!Unknown)(.+)")
"""Of all that libvips says when a disk is full, what the librarian can do something about."""

Edge: TypeAlias = tuple[int, int, int]
"""Level, column, row."""
Found: TypeAlias = tuple[bytes, DecodedMaster]


def build_pyramid(master: Path, pyramids: Path, work: str, page: str, *, max_pixels: int) -> PyramidResult:
    """The pyramid of a master as `pyramids/work/page.<master>.<recipe>.tif`, or what keeps it from being made.

    Raises LibraryError where the fault is the library's own: its disk is full, its folder may not be written.
    """
    sha256 = ""
    try:
        before = _stamp(master)
        sha256 = _digest(master)
        with _aside(pyramids / work / f"{page}.{sha256[:12]}.{RECIPE}.tif") as file:
            index, upright = decoding.with_pixels(master, lambda upright: _fill(file, upright), max_pixels=max_pixels)
            if _stamp(master) != before:
                raise MasterRefused(make_finding("changing"))
            with _writing(file):
                digest, length = _digest(file), file.stat().st_size
    except MasterRefused as refused:
        return PyramidResult(MasterReport(sha256, None, refused.findings), None)
    except OSError as error:
        return PyramidResult(
            MasterReport(sha256, None, (make_finding("unreadable", reason=error.strerror or str(error)),)), None
        )
    name = f"{pyramids.name}/{work}/{page}.{sha256[:12]}.{RECIPE}.tif"
    size = upright.image.width, upright.image.height
    pyramid = Pyramid(name, *size, digest, length, RECIPE, upright.image.bands == 1, index)
    return PyramidResult(MasterReport(sha256, upright.master, upright.findings), pyramid)


def _stamp(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A name beside the target; put in the target's place when all went well, gone when it did not."""
    part = target.with_name(target.name + PART)
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield part
        with _writing(target):
            os.replace(part, target)
            _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened, nor need it be
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """What fails here is the library's disk, not the master."""
    try:
        yield
    except (OSError, pyvips.Error) as error:
        said = _SYSTEM_SAID.search(str(error))
        reason = getattr(error, "strerror", None) or (said[1] if said else str(error).strip().replace("\n", "; "))
        raise LibraryError(
            "The pyramid {file} cannot be written ({reason}). See that the disk has room and the folder may be written,"
            " then ingest again.",
            file=file.name.removesuffix(PART),
            reason=reason,
        ) from error


def _fill(file: Path, upright: DecodedMaster) -> Found:
    image = upright.image
    made: dict[Edge, bytes] = {}

    def keep(level: int, column: int, row: int, pixels: Rows) -> None:
        made[level, column, row] = _encode(pixels)

    relay = RowTap(image, EdgeTiles(image.width, image.height, image.bands, keep).see)
    try:
        with _writing(file):
            _save(relay.image, file)
            return _append(file, made), upright
    except LibraryError:
        if relay.failure is not None:  # not the writing: the reading broke off, and that is the master's matter
            raise relay.failure from None
        raise


def _save(image: Any, file: Path) -> None:
    image.tiffsave(
        str(file),
        tile=True,
        pyramid=True,
        tile_width=TILE,
        tile_height=TILE,
        compression="jpeg",
        Q=QUALITY,
        bigtiff=image.width * image.height * image.bands >= BIG,
        keep="none",
    )


def _append(file: Path, made: Mapping[Edge, bytes]) -> bytes:
    """Put our tiles behind the end of libvips' file; returns the index of all."""
    with TiffFile(file) as stored:
        first = stored.pages.first
        size, tables = (first.imagewidth, first.imagelength), first.tags["JPEGTables"].value
        places = dict(_stored(stored.pages))
    with file.open("ab") as end:
        for edge in sorted(made):
            places[edge] = (end.tell(), len(made[edge]))
            end.write(made[edge])
        end.flush()
        os.fsync(end.fileno())
    return tile_index.pack(tables, (_level(k, *wide, places) for k, wide in enumerate(levels(*size))))


def _stored(pages: Any) -> Iterator[tuple[Edge, tuple[int, int]]]:
    """The place of every tile that libvips stored, also of those in whose stead we make our own."""
    for level, page in enumerate(pages):
        columns = -(-page.imagewidth // TILE)
        for tile, place in enumerate(zip(page.dataoffsets, page.databytecounts, strict=True)):
            yield (level, tile % columns, tile // columns), place


def _level(level: int, width: int, height: int, places: Mapping[Edge, tuple[int, int]]) -> tile_index.LevelTiles:
    columns, rows = -(-width // TILE), -(-height // TILE)
    inside = [places[level, column, row] for row in range(rows) for column in range(columns)]
    return tile_index.LevelTiles(columns, rows, inside)


def _encode(pixels: Rows) -> bytes:
    """As libvips encodes its tiles, so that no seam shows; Pillow does it in half the time."""
    kept = io.BytesIO()
    picture = Image.fromarray(pixels if pixels.shape[2] == 3 else pixels[:, :, 0])
    picture.save(kept, "JPEG", quality=QUALITY, subsampling="4:2:0")
    return kept.getvalue()
