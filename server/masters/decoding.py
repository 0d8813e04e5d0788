"""Masters: what a scanned file is, and its pixels upright in sRGB or grey with 8 bits (decisions.md, 2, 4, 5, 14).

The name decides that a file is a page; its first bytes decide which reader opens it, by name, so that nothing
disguised as a page ever reaches another loader. A master is only read. No pyramid is made here (`pyramid`), a format is
its reader's business, what a decoder's complaint means `damage`'s, and the colours are `colour`'s.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from manifests.findings import make_finding
from manifests.master_formats import RAW, MasterFormat, by_content, by_extension
from manifests.model import Finding, Master, MasterHash, MasterReport
from server.libvips import pyvips
from server.masters import bmp, colour, damage, gif, heif, jp2, jpeg, pdf, png, tiff, webp
from server.masters.damage import LENIENT, STRICT, Complaint, attempt
from server.masters.header import MasterHeader, OpenedMaster, VipsImage, check_size
from server.masters.refusal import MasterRefused, master_refused

__all__ = ["DecodedMaster", "MasterRefused", "count_pages", "examine", "open_upright", "with_pixels"]

T = TypeVar("T")
MASTER_READERS: Mapping[str, Callable[[Path], MasterHeader]] = {
    "tiff": tiff.describe,
    "jpeg": jpeg.describe,
    "png": png.describe,
    "webp": webp.describe,
    "gif": gif.describe,
    "bmp": bmp.describe,
    "jp2": jp2.describe,
    "heif": heif.describe,
    "pdf": pdf.describe,
}
PAGE_COUNTS: Mapping[str, Callable[[Path], int]] = {"tiff": tiff.count_pages, "pdf": pdf.count_pages}
"""Of the formats that hold several; the others' readers give the one page that a file is."""
STREAMING = (1, 2)
"""Orientations whose rows come in the order of the file."""
NO_LONGER_TRUE = ("icc-profile-data", "exif-data", "xmp-data", "iptc-data", "photoshop-data", "orientation")
"""Of the master's metadata. By name, since the list of all of them fails where a comment's key is no UTF-8."""


@dataclass(frozen=True, slots=True)
class DecodedMaster:
    """`image` has one grey or three sRGB bands of 8 bits and no metadata; it is decoded when asked for pixels."""

    image: VipsImage
    master: Master
    findings: Sequence[Finding]
    check: Callable[[], None]


def examine(
    file: Path,
    *,
    max_pixels: int,
    max_decoded: int | None = None,
    pdf_ppi: int = pdf.RESOLUTION,
    thorough: bool = False,
    number: int = 1,
    known: MasterHash | None = None,
) -> MasterReport:
    """What a page of the file is and what is wrong with it, by its header; `thorough` decodes every pixel too.

    With `known` the file is not read whole to be hashed.
    """
    digest = ""
    task = _decode if thorough else _leave
    try:
        digest = (known.sha256 if known is not None else None) or _digest(file)
        decoded = with_pixels(
            file, task, max_pixels=max_pixels, max_decoded=max_decoded, pdf_ppi=pdf_ppi, number=number
        )
    except MasterRefused as refused:
        return MasterReport(digest, None, refused.findings)
    except OSError as error:
        return MasterReport(digest, None, (make_finding("unreadable", reason=error.strerror or str(error)),))
    return MasterReport(digest, decoded.master, decoded.findings)


def open_upright(file: Path, *, max_pixels: int) -> DecodedMaster:
    """The master ready for pixels, which stream from the file where its orientation allows."""
    return with_pixels(file, _leave, max_pixels=max_pixels)


def with_pixels(
    file: Path,
    task: Callable[[DecodedMaster], T],
    *,
    max_pixels: int,
    max_decoded: int | None = None,
    pdf_ppi: int = pdf.RESOLUTION,
    number: int = 1,
) -> T:
    """Hand the upright page to `task`, which takes its pixels; a decoder that stops there is a refusal.

    `task` is begun again where the decoder stumbles over something harmless, so it may leave nothing behind. A format
    that is decoded whole may have `max_decoded` pixels. `pdf_ppi`: how a page of a PDF is drawn that is no scan.
    """
    header = _header(file, number, pdf_ppi)
    check_size(header, max_pixels, max_decoded)
    try:
        return _attempt(header, task, STRICT)
    except Complaint as complaint:
        said = complaint
    try:
        if header.faults is not None:
            return _attempt(header, task, LENIENT, header.faults())
        if said.lacks_the_end:
            return _attempt(header, task, STRICT, damage.WITHOUT_END, completed=True)
        return _attempt(header, task, LENIENT, damage.remarks(said, header.master.compression))
    except (Complaint, MasterRefused) as error:
        _digest(file)  # what the disk does not give is no fault of the file's: OSError
        raise error if isinstance(error, MasterRefused) else damage.refusal(said) from error


def _attempt(
    header: MasterHeader,
    task: Callable[[DecodedMaster], T],
    fail_on: str,
    remarks: Sequence[Finding] = (),
    *,
    completed: bool = False,
) -> T:
    def taken() -> tuple[DecodedMaster, T]:
        decoded = _decoded(header, fail_on, remarks, completed)
        return decoded, task(decoded)

    decoded, done = attempt(taken, fail_on)
    if fail_on == STRICT and task is not _leave:
        decoded.check()  # behind the attempt, which first hears what the decoder complained of
    return done


def count_pages(file: Path) -> int:
    """Raises MasterRefused where that cannot be told, OSError where the disk does not give the file."""
    count = PAGE_COUNTS.get(_format(file).name)
    return count(file) if count is not None else 1


def _header(file: Path, number: int, pdf_ppi: int) -> MasterHeader:
    content = _format(file)
    if content.name == "pdf":
        header = pdf.describe(file, pdf_ppi, number)
    elif content.name == "tiff":
        header = tiff.describe(file, number)
    else:
        header = MASTER_READERS[content.name](file)
    about_the_file = _lying_name(file, content) if number == 1 else ()
    return replace(header, findings=(*about_the_file, *header.findings))


def _decoded(header: MasterHeader, fail_on: str, remarks: Sequence[Finding], completed: bool) -> DecodedMaster:
    opened = _opened(header, fail_on, completed)
    shown = colour.to_display(opened.image, header.master.colour, opened.profile)
    upright = _upright(shown.image, opened.orientation)
    master = replace(
        header.master,
        width=upright.width,
        height=upright.height,
        profile=shown.profile,
        orientation=opened.orientation,
        ppi=header.master.ppi or opened.ppi,
    )
    findings = (*header.findings, *opened.findings, *remarks, *shown.findings)
    return DecodedMaster(_bare(upright), master, findings, opened.check)


def _opened(header: MasterHeader, fail_on: str, completed: bool) -> OpenedMaster:
    """Turning by more than a mirror needs pixels in any order."""
    opened = header.open(access="sequential", fail_on=fail_on, completed=completed)
    if opened.orientation in STREAMING:
        return opened
    return header.open(access="random", fail_on=fail_on, completed=completed)


def _upright(image: VipsImage, orientation: int) -> VipsImage:
    marked = image.copy()
    marked.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return marked.autorot()


def _bare(image: VipsImage) -> VipsImage:
    """Without profile, orientation and descriptions: none of it is true of these pixels."""
    bare = image.copy(xres=1.0, yres=1.0)
    for name in NO_LONGER_TRUE:
        bare.remove(name)
    return bare


def _lying_name(file: Path, content: MasterFormat) -> Sequence[Finding]:
    """Said once and taken in: refusing would help nobody, and renaming the file is the library's to do."""
    if file.suffix.lower() in content.extensions:
        return ()
    return (make_finding("other-name", extension=file.suffix, format=content.title),)


def _format(file: Path) -> MasterFormat:
    """By the content, where that is taken in at all: a JPEG called .tif is a page as good as any."""
    with file.open("rb") as stream:
        head = stream.read(16)
    if not head:
        raise master_refused("empty")
    promised, content = by_extension(file), by_content(head)
    if RAW in (row.name for row in (promised, content) if row is not None):  # most of them are TIFFs of a thumbnail
        raise master_refused("camera-raw")
    if content is not None and content.taken:
        return content
    raise master_refused("wrong-format", extension=file.suffix)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _leave(decoded: DecodedMaster) -> DecodedMaster:
    return decoded


def _decode(decoded: DecodedMaster) -> DecodedMaster:
    decoded.image.avg()
    return decoded
