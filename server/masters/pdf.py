"""PDF masters: of each page the scan that it shows, as it is embedded, else the page as PDFium renders it.

Where the page is one image, its own pixels are taken: a JPEG as it is, without loss, everything else as PDFium decodes
it. Whether that is what the page shows is seen by comparing it with a small rendering, so that masks, crops and odd
colours are found out without being understood; such a page is rendered at the resolution of its scan, and one that is
no scan at the resolution that is asked for (ISO 32000-1; decisions.md, 42).
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import pypdfium2

from manifests.errors import N_
from manifests.findings import make_finding
from manifests.model import Master
from server.libvips import pyvips
from server.masters import damage, profiles
from server.masters.colour import to_display
from server.masters.decoded import Samples, as_damage, image_of
from server.masters.header import MasterHeader, OpenedMaster, VipsImage, sensible_ppi
from server.masters.pdf_scan import Scan, jpeg_of, pixels_of, scan_of
from server.masters.refusal import master_refused

RESOLUTION = 300
"""Where nothing else is asked for, in pixels an inch: print of eight points is read, and A4 has 8.7 megapixels."""
MOST_PAGES = 20_000
_TOGETHER, _TOGETHER_BYTES = 16, 1 << 26
"""Pages for which a document is kept open, and what they may weigh in the file."""
_LONGEST_LABEL = 50
_POINTS = 72
_LEAST_OF_THE_PAGE = 0.5
_NOTHING = 1e-3
"""Of a pixel: what comes of dividing and multiplying again."""
_END_MARK, _END_BYTES = b"%%EOF", 2048
_SMALL = 128
"""Pixels of the longer side of what is compared."""
_MOST_APART = 10
"""Levels of 255 by which the two may differ on average: the smoothing of both is not the same."""
_ENCRYPTED = b"/Encrypt"
_PASSWORD, _SECURITY = 4, 5
"""FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY of PDFium."""


@dataclass(frozen=True, slots=True)
class _Page:
    """Sizes in pixels, upright."""

    width: int
    height: int
    scale: float
    scan: Scan | None


def count_pages(file: Path) -> int:
    return len(_document(file, 1))


def describe(file: Path, ppi: int = RESOLUTION, number: int = 1) -> MasterHeader:
    """`ppi` is for a page that is no scan."""
    document = _document(file, number)
    with _page_of(document, number) as page, as_damage():
        found = _page(page, ppi)
    scan = found.scan
    master = Master(
        "pdf",
        found.width,
        found.height,
        8,
        1 if scan is not None and scan.is_grey else 3,
        "grey" if scan is not None and scan.is_grey else "rgb",
        ppi=sensible_ppi(found.scale * _POINTS),
        compression=scan.compression if scan is not None else None,
        images=len(document),
        page_label=_label(document, number),
    )
    said = () if scan is not None else (make_finding("rendered", ppi=ppi),)
    return MasterHeader(master, partial(_open, file, number, found), said, decoded_whole=True)


def _open(file: Path, number: int, found: _Page, *, access: str, fail_on: str, completed: bool = False) -> OpenedMaster:
    with _page_of(_document(file, number), number) as page, as_damage():
        scan = found.scan
        if scan is not None:
            small = _rendered(page, _SMALL / max(page.get_size()))
            opened = _as_embedded(page, scan, fail_on)
            if _looks_like(opened, small):
                return opened
        samples = _rendered(page, found.scale)
    is_grey = not (samples[..., :1] != samples).any()
    image = image_of(samples[..., 0] if is_grey else samples)
    return OpenedMaster(image, profile=profiles.by_number(1, 13, grey=is_grey))


def _as_embedded(page: pypdfium2.PdfPage, scan: Scan, fail_on: str) -> OpenedMaster:
    """In any order, since it is looked at twice."""
    jpeg = jpeg_of(page, scan)
    if jpeg is None:
        samples = pixels_of(page, scan)
        profile = profiles.by_number(1, 13, grey=samples.ndim == 2)
        return OpenedMaster(image_of(samples), scan.orientation, profile)
    content, profile = jpeg
    image = pyvips.Image.jpegload_buffer(content, access="random", fail_on=fail_on, unlimited=True)
    return OpenedMaster(image, scan.orientation, profile or profiles.by_number(1, 13, grey=image.bands == 1))


def _looks_like(opened: OpenedMaster, small: Samples) -> bool:
    """Upright, as large as the rendering, in the colours of a screen."""
    if opened.image.bands not in (1, 3):
        return False
    height, width = small.shape[:2]
    marked = opened.image.copy()
    marked.set_type(pyvips.GValue.gint_type, "orientation", opened.orientation)
    upright = marked.autorot().thumbnail_image(width, height=height, size="force", no_rotate=True)
    shown = to_display(upright, "grey" if upright.bands == 1 else "rgb", opened.profile)
    return _apart(shown.image, small) <= _MOST_APART


def _apart(image: VipsImage, small: Samples) -> float:
    found = image.cast("uchar").numpy().reshape(image.height, image.width, -1).astype(float)
    return float(np.abs(found - small).mean())


def _rendered(page: pypdfium2.PdfPage, scale: float) -> Samples:
    """Height x width x red, green and blue, on white."""
    bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255))
    samples: Samples = np.array(bitmap.to_numpy())
    bitmap.close()
    return np.repeat(samples.reshape(*samples.shape[:2], -1)[..., :1], 3, 2) if samples.ndim == 2 else samples[..., :3]


def _page(page: pypdfium2.PdfPage, ppi: int) -> _Page:
    width, height = page.get_size()
    if not width > 0 or not height > 0:
        raise master_refused("unreadable", reason=N_("0 pixels wide or high"))
    if next(page.get_objects(max_depth=1), None) is None:  # what was drawn there cannot be read
        raise master_refused("unreadable", reason=N_("nothing is drawn on its page"))
    scan = scan_of(page)
    scale = _scale(scan, width, height) if scan is not None else None
    if scan is None or scale is None:
        return _Page(*_drawn(width, height, ppi / _POINTS), ppi / _POINTS, None)
    larger = max(scan.upright, _drawn(width, height, scale), key=math.prod)  # it may have to be drawn
    return _Page(*larger, scale, scan)


def _scale(scan: Scan, width: float, height: float) -> float | None:
    """Pixels a point of the scan, of which the page may show a part, or more around it; None where it is next to
    nothing on the page, which then is no scan.
    """
    if scan.room is None:
        return scan.upright[0] / width
    across, down = scan.room
    if across * down < _LEAST_OF_THE_PAGE * width * height:
        return None
    return max(scan.width / across, scan.height / down)


def _drawn(width: float, height: float, scale: float) -> tuple[int, int]:
    return int(np.ceil(width * scale - _NOTHING)), int(np.ceil(height * scale - _NOTHING))


def _label(document: pypdfium2.PdfDocument, number: int) -> str | None:
    """What the file calls the page (ISO 32000-1, section 12.4.2); what is no text or no name is none."""
    try:
        label = str(document.get_page_label(number - 1)).strip()
    except (ValueError, pypdfium2.PdfiumError):
        return None
    return label if 0 < len(label) <= _LONGEST_LABEL else None


@contextmanager
def _page_of(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """MasterRefused where there is none of this number, from 1, or it is broken."""
    if number > len(document):
        raise master_refused("unreadable", reason=N_("it has no page"))
    with as_damage():
        page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def _document(file: Path, number: int) -> pypdfium2.PdfDocument:
    """To read this page of it. MasterRefused where the file is encrypted, breaks off or claims more pages than anybody
    scans.
    """
    seen = file.stat()
    as_it_is = file, seen.st_size, seen.st_mtime_ns
    return _opened(*as_it_is, (number - 1) // _pages_together(*as_it_is))


@lru_cache(maxsize=1)
def _pages_together(file: Path, length: int, mtime: int) -> int:
    pages = len(_opened(file, length, mtime, 0))
    return max(1, min(_TOGETHER, _TOGETHER_BYTES * pages // length))


@lru_cache(maxsize=1)
def _opened(file: Path, _length: int, _mtime: int, _part: int) -> pypdfium2.PdfDocument:
    """Kept open for the pages that come next: PDFium counts through all pages to find one. It also keeps what it has
    read of each, so that the document is not kept for long; it is closed when nobody has it any more.
    """
    _check_end(file)
    document = _loaded(file)
    if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) >= 0:
        raise master_refused("pdf-encrypted")
    if len(document) > MOST_PAGES:
        raise master_refused("too-many-pages", limit=MOST_PAGES)
    return document


def _loaded(file: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        is_told = error.err_code in (_PASSWORD, _SECURITY)
        if is_told and _ENCRYPTED in file.read_bytes():  # the code may be that of an older file
            raise master_refused("pdf-encrypted") from error
        raise master_refused("unreadable", reason=damage.DAMAGED) from error


def _check_end(file: Path) -> None:
    """PDFium makes what it can of a file that breaks off, and says nothing."""
    with file.open("rb") as stream:
        length = stream.seek(0, 2)
        stream.seek(max(length - _END_BYTES, 0))
        if _END_MARK not in stream.read():
            raise master_refused("truncated")
