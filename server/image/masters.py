"""Masters: what a scanned file is, and its pixels upright in sRGB or grey with 8 bits (design decisions 2, 4, 5, 14).

The name decides that a file is a page; its first bytes decide which loader opens it, by name, so that nothing
disguised as a page ever reaches another loader. A master is only read. No pyramid is made here (`pyramid`), and the
colours are `colour`'s.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import pyvips

from manifests.findings import find
from manifests.ingest.formats import MasterFormat, by_content, by_extension
from manifests.model import Examined, Finding, Master
from server.image import colour, jpegs, pngs, tiffs
from server.image.found import Found, Image, check_size
from server.image.refusal import Refused, refuse

__all__ = ["Refused", "Upright", "examine", "open_upright", "read"]

T = TypeVar("T")
READERS: Mapping[str, Any] = {"tiff": tiffs, "jpeg": jpegs, "png": pngs}
STRICT, LENIENT = "warning", "error"
"""What stops libvips. Of mere warnings libtiff's come without a word (old LZW codes), libjpeg's by name."""
LAST_WORDS = 65_536
STREAMING = (1, 2)
"""Orientations whose rows come in the order of the file."""
NO_LONGER_TRUE = ("icc-profile-data", "exif-data", "xmp-data", "iptc-data", "photoshop-data", "orientation")
"""Of the master's metadata. By name, since the list of all of them fails where a comment's key is no UTF-8."""
WHAT_A_DECODER_RAISES = (pyvips.Error, UnicodeDecodeError)
"""pyvips cannot even say what is wrong where libvips quotes bytes of the file."""


@dataclass(frozen=True, slots=True)
class Upright:
    """`image` has one grey or three sRGB bands of 8 bits and no metadata; it is decoded when asked for pixels."""

    image: Image
    master: Master
    findings: tuple[Finding, ...]


def examine(file: Path, *, max_pixels: int, thorough: bool = False) -> Examined:
    """What the file is and what is wrong with it, by its header; `thorough` decodes every pixel too."""
    digest = ""
    try:
        digest = _digest(file)
        upright = read(file, _decode, max_pixels=max_pixels) if thorough else open_upright(file, max_pixels=max_pixels)
    except Refused as refused:
        return Examined(digest, None, refused.findings)
    except OSError as error:
        return Examined(digest, None, (find("unreadable", reason=error.strerror or str(error)),))
    return Examined(digest, upright.master, upright.findings)


def read(file: Path, work: Callable[[Upright], T], *, max_pixels: int) -> T:
    """Hand the upright master to `work`, which takes its pixels; a decoder that stops there is a refusal.

    `work` is begun again where the decoder stumbles over something harmless, so it may leave nothing behind.
    """
    try:
        return work(_open(file, max_pixels, STRICT))
    except WHAT_A_DECODER_RAISES as error:
        remark = _remark(file, error)
    try:
        return work(_open(file, max_pixels, LENIENT, remark))
    except WHAT_A_DECODER_RAISES as error:
        raise _refusal(file, error) from error


def open_upright(file: Path, *, max_pixels: int) -> Upright:
    """The master ready for pixels, which stream from the file where its orientation allows."""
    return read(file, lambda upright: upright, max_pixels=max_pixels)


def _open(file: Path, max_pixels: int, fail_on: str, remarks: tuple[Finding, ...] = ()) -> Upright:
    content = _format(file)
    reader = READERS[content.name]
    found = reader.describe(file)
    check_size(found.master.width, found.master.height, max_pixels)
    image, orientation = _loaded(reader, file, found, fail_on)
    shown = colour.to_display(image, found.master.colour)
    upright = _turned(shown.image, orientation)
    master = replace(
        found.master,
        width=upright.width,
        height=upright.height,
        profile=shown.profile,
        orientation=orientation,
        ppi=found.master.ppi or reader.ppi(image),
    )
    findings = (*_lying_name(file, content), *remarks, *found.findings, *shown.findings)
    return Upright(_bare(upright), master, findings)


def _lying_name(file: Path, content: MasterFormat) -> tuple[Finding, ...]:
    """Said once and taken in: refusing would help nobody, and renaming the file is the library's to do."""
    if file.suffix.lower() in content.extensions:
        return ()
    return (find("other-name", extension=file.suffix, format=content.title),)


def _loaded(reader: Any, file: Path, found: Found, fail_on: str) -> tuple[Image, int]:
    """The stored image and its orientation; turning by more than a mirror needs pixels in any order."""
    image = reader.load(file, found, access="sequential", fail_on=fail_on)
    orientation = _orientation(image)
    if orientation in STREAMING:
        return image, orientation
    return reader.load(file, found, access="random", fail_on=fail_on), orientation


def _orientation(image: Image) -> int:
    """As the decoder found it, or in the XMP of a PNG, which had no other place for it before 2017."""
    if image.get_typeof("orientation"):
        return int(image.get("orientation"))
    if image.get_typeof("xmp-data") and image.get("vips-loader").startswith("pngload"):
        said = re.search(rb"tiff:Orientation(?:>|=[\"'])([1-8])\b", image.get("xmp-data"))
        return int(said[1]) if said else 1
    return 1


def _turned(image: Image, orientation: int) -> Image:
    told = image.copy()
    told.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return told.autorot()


def _bare(image: Image) -> Image:
    """Without profile, orientation and descriptions: none of it is true of these pixels."""
    bare = image.copy(xres=1.0, yres=1.0)
    for name in NO_LONGER_TRUE:
        bare.remove(name)
    return bare


def _format(file: Path) -> MasterFormat:
    """By the content, where that is taken in at all: a JPEG called .tif is a page as good as any."""
    with file.open("rb") as stream:
        head = stream.read(16)
    if not head:
        raise refuse("empty")
    promised, content = by_extension(file), by_content(head)
    if content is not None and content.taken:
        return content
    later = content or promised
    if later is not None and not later.taken:
        raise refuse("format-later", format=later.title)
    raise refuse("wrong-format", extension=file.suffix)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _decode(upright: Upright) -> Upright:
    upright.image.avg()
    return upright


def _remark(file: Path, error: Exception) -> tuple[Finding, ...]:
    """What to say of something that a decoder only remarked; raises Refused where it was more than that."""
    said = _said(error)
    if said and not _HARMLESS.search(said):
        raise _refusal(file, error) from error
    return (find("odd-data", reason=said),) if said else ()


def _refusal(file: Path, error: Exception) -> Refused:
    said = _said(error)
    return refuse("truncated") if _BREAKS_OFF.search(said) or _lacks_end(file) else refuse("unreadable", reason=said)


def _lacks_end(file: Path) -> bool:
    """Of the three only PNG has a mark at its end and a decoder that does not say when it is missing."""
    with file.open("rb") as stream:
        stream.seek(max(file.stat().st_size - LAST_WORDS, 0))
        return _format(file).name == "png" and b"IEND" not in stream.read()


_BREAKS_OFF = re.compile(r"premature end of JPEG|Not enough data|got \d+ bytes, expected", re.I)
_HARMLESS = re.compile(r"extraneous bytes before marker|unknown JFIF|Unknown Adobe color", re.I)


def _said(error: Exception) -> str:
    """The decoder's first own words, without libvips' names for the places where it was."""
    if not isinstance(error, pyvips.Error):
        return "its decoder quotes bytes that are no text"
    lines = [line.strip() for line in str(error.detail).splitlines() if line.strip()]
    return lines[0].split(": ", 1)[-1] if lines else ""
