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

from manifests.findings import make_finding
from manifests.ingest.master_formats import MasterFormat, by_content, by_extension
from manifests.model import Finding, Master, MasterReport
from server.libvips import pyvips
from server.masters import colour, jpeg, png, tiff
from server.masters.header import MasterHeader, VipsImage, check_size
from server.masters.refusal import MasterRefused, master_refused

__all__ = ["DecodedMaster", "MasterRefused", "examine", "open_upright", "with_pixels"]

T = TypeVar("T")
READERS: Mapping[str, Any] = {"tiff": tiff, "jpeg": jpeg, "png": png}
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
class DecodedMaster:
    """`image` has one grey or three sRGB bands of 8 bits and no metadata; it is decoded when asked for pixels."""

    image: VipsImage
    master: Master
    findings: tuple[Finding, ...]


def examine(file: Path, *, max_pixels: int, thorough: bool = False) -> MasterReport:
    """What the file is and what is wrong with it, by its header; `thorough` decodes every pixel too."""
    digest = ""
    try:
        digest = _digest(file)
        upright = (
            with_pixels(file, _decode, max_pixels=max_pixels) if thorough else open_upright(file, max_pixels=max_pixels)
        )
    except MasterRefused as refused:
        return MasterReport(digest, None, refused.findings)
    except OSError as error:
        return MasterReport(digest, None, (make_finding("unreadable", reason=error.strerror or str(error)),))
    return MasterReport(digest, upright.master, upright.findings)


def with_pixels(file: Path, work: Callable[[DecodedMaster], T], *, max_pixels: int) -> T:
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


def open_upright(file: Path, *, max_pixels: int) -> DecodedMaster:
    """The master ready for pixels, which stream from the file where its orientation allows."""
    return with_pixels(file, lambda upright: upright, max_pixels=max_pixels)


def _open(file: Path, max_pixels: int, fail_on: str, remarks: tuple[Finding, ...] = ()) -> DecodedMaster:
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
    return DecodedMaster(_bare(upright), master, findings)


def _lying_name(file: Path, content: MasterFormat) -> tuple[Finding, ...]:
    """Said once and taken in: refusing would help nobody, and renaming the file is the library's to do."""
    if file.suffix.lower() in content.extensions:
        return ()
    return (make_finding("other-name", extension=file.suffix, format=content.title),)


def _loaded(reader: Any, file: Path, found: MasterHeader, fail_on: str) -> tuple[VipsImage, int]:
    """The stored image and its orientation; turning by more than a mirror needs pixels in any order."""
    image = reader.load(file, found, access="sequential", fail_on=fail_on)
    orientation = _orientation(image)
    if orientation in STREAMING:
        return image, orientation
    return reader.load(file, found, access="random", fail_on=fail_on), orientation


def _orientation(image: VipsImage) -> int:
    """As the decoder found it, or in the XMP of a PNG, which had no other place for it before 2017."""
    if image.get_typeof("orientation"):
        return int(image.get("orientation"))
    if image.get_typeof("xmp-data") and image.get("vips-loader").startswith("pngload"):
        said = re.search(rb"tiff:Orientation(?:>|=[\"'])([1-8])\b", image.get("xmp-data"))
        return int(said[1]) if said else 1
    return 1


def _turned(image: VipsImage, orientation: int) -> VipsImage:
    told = image.copy()
    told.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return told.autorot()


def _bare(image: VipsImage) -> VipsImage:
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
        raise master_refused("empty")
    promised, content = by_extension(file), by_content(head)
    if content is not None and content.taken:
        return content
    later = content or promised
    if later is not None and not later.taken:
        raise master_refused("format-later", format=later.title)
    raise master_refused("wrong-format", extension=file.suffix)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _decode(upright: DecodedMaster) -> DecodedMaster:
    upright.image.avg()
    return upright


def _remark(file: Path, error: Exception) -> tuple[Finding, ...]:
    """What to say of something that a decoder only remarked; raises Refused where it was more than that."""
    said = _said(error)
    if said and not _HARMLESS.search(said):
        raise _refusal(file, error) from error
    return (make_finding("odd-data", reason=said),) if said else ()


def _refusal(file: Path, error: Exception) -> MasterRefused:
    said = _said(error)
    return (
        master_refused("truncated")
        if _BREAKS_OFF.search(said) or _lacks_end(file)
        else master_refused("unreadable", reason=said)
    )


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
