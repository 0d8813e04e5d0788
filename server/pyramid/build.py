"""From a master to its pyramid: one file, made aside and put in place whole (decisions.md, 2, 4 and 14).

A tiled pyramidal TIFF that any tool opens, with every level complete and at its true size, and behind its end the last
tiles of each row and column, cut, which viewers ask for and a tiled TIFF cannot store. One pass over the master. The
same master gives the same bytes, with any number of threads. Nothing here reads a format: masters come upright from
`masters`.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from manifests.errors import LibraryError
from manifests.findings import make_finding
from manifests.model import MasterHash, MasterReport, Pyramid, PyramidResult
from manifests.tiling import TILE
from server.libvips import pyvips
from server.masters import decoding
from server.masters.decoding import DecodedMaster, MasterRefused
from server.masters.pdf import RESOLUTION
from server.pyramid import tile_index
from server.pyramid.last_tiles import TileEncoder
from server.pyramid.padding import levels_to_make_anew, padded, tile_size
from server.pyramid.strips import tiles as strip_tiles
from server.pyramid.tile_index import LevelTiles
from server.pyramid.true_sizes import TrueLevel, replace_tiles, trim

RECIPE = 2
"""Counts up whenever the same master would give other bytes; ingest then makes its pyramid anew."""

QUALITY = 85
"""Never above 89: from 90 on libvips stores RGB instead of YCbCr with half the colour, in three times the bytes."""

PART = ".part"
"""Behind the name of a pyramid in the making. Whatever bears it when no ingest runs is left over."""

BIGTIFF_FROM = 1 << 32
"""From so many bytes of pixels on the file is a BigTIFF: far from what Q 85 makes of them, but never too late."""

_SYSTEM_SAID = re.compile(r"system error: (?!Unknown)(.+)")
"""Of all that libvips says when a disk is full, what the librarian can do something about."""


def build_pyramid(
    master: Path,
    pyramids: Path,
    work: str,
    page: str,
    *,
    max_pixels: int,
    max_decoded: int | None = None,
    pdf_ppi: int = RESOLUTION,
    bigtiff_from: int = BIGTIFF_FROM,
    number: int = 1,
    known: MasterHash | None = None,
) -> PyramidResult:
    """The pyramid of a page of a master as `pyramids/work/page.<master>.<recipe>.tif`, or what keeps it from being
    made. With `known` the master is not read whole to be hashed: it is as it was as long as its length and time are.

    Raises LibraryError where the fault is the library's own: its disk is full, its folder may not be written.
    """
    sha256 = ""
    try:
        before = file_state(master) if known is None else (known.length, known.mtime)
        must_be_as_before(master, before)
        sha256 = (known.sha256 if known is not None else None) or _digest(master)
        with _aside(pyramids / work / f"{page}.{sha256[:12]}.{RECIPE}.tif") as file:
            limits = {"max_pixels": max_pixels, "max_decoded": max_decoded, "pdf_ppi": pdf_ppi, "number": number}
            index, decoded = _made(master, file, limits, bigtiff_from)
            must_be_as_before(master, before)
            with _writing(file):
                digest, length = _digest(file), file.stat().st_size
    except MasterRefused as refused:
        return PyramidResult(MasterReport(sha256, None, refused.findings), None)
    except OSError as error:
        return PyramidResult(
            MasterReport(sha256, None, (make_finding("unreadable", reason=error.strerror or str(error)),)), None
        )
    name = f"{pyramids.name}/{work}/{page}.{sha256[:12]}.{RECIPE}.tif"
    size = decoded.image.width, decoded.image.height
    pyramid = Pyramid(name, *size, digest, length, RECIPE, decoded.image.bands == 1, index)
    return PyramidResult(MasterReport(sha256, decoded.master, decoded.findings), pyramid)


def _made(master: Path, file: Path, limits: Mapping[str, Any], bigtiff_from: int) -> tuple[bytes, DecodedMaster]:
    """libvips reads and writes in one call and says of neither which it was that failed: a master whose pixels can all
    be read without writing has met a full disk."""
    failed: list[Exception] = []

    def fill(decoded: DecodedMaster) -> tuple[bytes, DecodedMaster]:
        try:
            return _fill(file, decoded, bigtiff_from), decoded
        except pyvips.Error as error:
            failed.append(error)
            raise

    try:
        return decoding.with_pixels(master, fill, **limits)
    except MasterRefused:
        if failed and decoding.examine(master, thorough=True, **limits).master is not None:
            with _writing(file):
                raise failed[-1] from None
        raise


def file_state(file: Path) -> tuple[int, int]:
    """Length in bytes and time in nanoseconds."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns


def must_be_as_before(file: Path, before: tuple[int, int]) -> None:
    """Raises MasterRefused where the file has another length or time than it had."""
    if file_state(file) != before:
        raise MasterRefused(make_finding("changing"))


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


def _fill(file: Path, decoded: DecodedMaster, bigtiff_from: int = BIGTIFF_FROM) -> bytes:
    """Writes the pyramid and returns the index of its tiles."""
    image = decoded.image
    _save(image, file, bigtiff_from)
    with _writing(file):
        tables, found = trim(file, image.width, image.height)
        with file.open("r+b") as content:
            content.seek(0, os.SEEK_END)
            index = _append_last_tiles(content, file, tables, found)
            content.flush()
            os.fsync(content.fileno())
    return index


def _save(image: Any, file: Path, bigtiff_from: int) -> None:
    """What libvips writes: the levels of the image, continued by its last column and row."""
    size, tile = padded(image.width, image.height), tile_size(image.width, image.height)
    continued = image.embed(0, 0, *size, extend="copy") if size != (image.width, image.height) else image
    continued.tiffsave(
        str(file),
        tile=True,
        pyramid=True,
        tile_width=tile[0],
        tile_height=tile[1],
        compression="jpeg",
        Q=QUALITY,
        bigtiff=size[0] * size[1] * image.bands >= bigtiff_from,
        keep="none",
    )


def _append_last_tiles(content: BinaryIO, file: Path, tables: bytes, found: Sequence[TrueLevel]) -> bytes:
    """Puts the last tiles at their true size behind the TIFF; returns the index of all tiles."""
    prefix = tile_index.prefix_of(tables)
    encoder = TileEncoder(prefix, _read(content, found[0].places[0]))
    if encoder.tables() != tables:
        raise LookupError("the last tiles would need other tables than libvips wrote")
    width, height, _ = found[0]
    for level in levels_to_make_anew(width, height):
        places = [_append(content, encoder.encode(pixels)) for pixels in strip_tiles(file, level)]
        content.flush()
        replace_tiles(file, level, places)
        found[level].places[:] = places
    indexed = [LevelTiles(level.columns, level.rows, _cut(content, encoder, level)) for level in found]
    return tile_index.pack(tables, indexed)


def _cut(content: BinaryIO, encoder: TileEncoder, level: TrueLevel) -> list[tuple[int, int]]:
    """The places of a level's tiles, those that reach beyond its edge cut."""
    places = []
    for number, place in enumerate(level.places):
        row, column = divmod(number, level.columns)
        width, height = min(TILE, level.width - column * TILE), min(TILE, level.height - row * TILE)
        whole = (width, height) == (TILE, TILE)
        places.append(place if whole else _append(content, encoder.cut(_read(content, place), width, height)))
    return places


def _read(content: BinaryIO, place: tuple[int, int]) -> bytes:
    offset, length = place
    content.seek(offset)
    return content.read(length)


def _append(content: BinaryIO, tile: bytes) -> tuple[int, int]:
    offset = content.seek(0, os.SEEK_END)
    content.write(tile)
    return offset, len(tile)
