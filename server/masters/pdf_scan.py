"""Whether a page of a PDF is one image, and that image's own pixels.

Text without ink, as OCR puts it over a scan, is not seen and does not count. Whether what is found here is all that the
page shows is for `pdf` to see.
"""

import ctypes
import math
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from server.masters import damage
from server.masters.decoded import Samples, as_damage
from server.masters.refusal import master_refused

_JPEG = ["DCTDecode"]
_NAMES = {"DCTDecode": "jpeg", "JPXDecode": "jpeg 2000", "CCITTFaxDecode": "fax", "JBIG2Decode": "jbig2"}
_MOST_PROFILE_BYTES = 1 << 26
_GREY, _GREY_CALIBRATED = 1, 4
"""FPDF_COLORSPACE_DEVICEGRAY and FPDF_COLORSPACE_CALGRAY."""
_MOST_OBJECTS = 100_000
_TURNED = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
"""What an orientation becomes when the page is turned by 90 degrees clockwise."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Size in pixels as stored; `orientation` is that of TIFF and Exif, by which it is upright on the page. `room` are
    the points that it takes there across and down as stored, None where another object lays it.
    """

    width: int
    height: int
    orientation: int
    bits: int
    is_grey: bool
    filters: tuple[str, ...]
    room: tuple[float, float] | None = None

    @property
    def upright(self) -> tuple[int, int]:
        return (self.width, self.height) if self.orientation < 5 else (self.height, self.width)

    @property
    def compression(self) -> str:
        return _NAMES.get(self.filters[-1], "deflate") if self.filters else "none"


def scan_of(page: pypdfium2.PdfPage) -> Scan | None:
    """The one image of the page; None where it has none, several, or something else that is seen."""
    image = _only_image(page)
    if image is None:
        return None
    width, height = image.get_px_size()
    told = image.get_metadata()
    matrix = image.get_matrix()
    orientation = _orientation(matrix.a, matrix.b, matrix.c, matrix.d)
    if orientation is None or not width or not height:
        return None
    for _ in range(page.get_rotation() // 90):
        orientation = _TURNED[orientation]
    is_grey = told.colorspace in (_GREY, _GREY_CALIBRATED) or told.bits_per_pixel == 1
    room = (math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)) if image.level == 0 else None
    return Scan(width, height, orientation, told.bits_per_pixel, is_grey, tuple(image.get_filters()), room)


def jpeg_of(page: pypdfium2.PdfPage, scan: Scan) -> tuple[bytes, bytes | None] | None:
    """The JPEG as it is embedded, and the profile of its colours; None where the image is no JPEG, or one of inks."""
    image = _only_image(page)
    if image is None or list(scan.filters) != _JPEG or scan.bits not in (8, 24):
        return None
    return bytes(image.get_data()), _profile(image, page)


def pixels_of(page: pypdfium2.PdfPage, scan: Scan) -> Samples:
    """Height x width, or with red, green and blue; MasterRefused where the data is damaged."""
    image = _only_image(page)
    if image is None:
        raise master_refused("unreadable", reason=damage.DAMAGED)
    if scan.filters in ((), ("FlateDecode",), ("LZWDecode",)):
        expected = -(-scan.width * scan.bits // 8) * scan.height
        if scan.bits and len(image.get_data(decode_simple=True)) < expected:
            raise master_refused("unreadable", reason=damage.DAMAGED)
    with as_damage():
        bitmap = image.get_bitmap(render=False)
    samples: Samples = np.array(bitmap.to_numpy())
    if samples.ndim == 3 and samples.shape[2] >= 3:
        return samples[..., 2::-1] if samples.shape[2] == 3 else samples[..., [2, 1, 0]]
    return samples.reshape(samples.shape[:2])


def _only_image(page: pypdfium2.PdfPage) -> "pypdfium2.PdfImage | None":
    found: pypdfium2.PdfImage | None = None
    for number, part in enumerate(page.get_objects(max_depth=3)):
        if number > _MOST_OBJECTS:
            return None
        if part.type == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(part) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                return None
        elif part.type == pdfium.FPDF_PAGEOBJ_IMAGE and found is None:
            found = part
        elif part.type != pdfium.FPDF_PAGEOBJ_FORM:  # what is in a form follows it
            return None
    return found


def _orientation(a: float, b: float, c: float, d: float) -> int | None:
    """Of an image whose right is (a, b) and whose top is (c, d) on a page whose top is up; None where it lies askew."""
    across, along = abs(a) + abs(d), abs(b) + abs(c)
    if min(across, along) > 0.01 * max(across, along):
        return None
    if across > along:
        return {(True, True): 1, (False, True): 2, (False, False): 3, (True, False): 4}[a > 0, d > 0]
    return {(False, False): 5, (False, True): 6, (True, True): 7, (True, False): 8}[b > 0, c > 0]


def _profile(image: "pypdfium2.PdfImage", page: pypdfium2.PdfPage) -> bytes | None:
    length = ctypes.c_size_t(0)
    if not pdfium.FPDFImageObj_GetIccProfileDataDecoded(image, page, None, 0, length):
        return None
    if not 0 < length.value <= _MOST_PROFILE_BYTES:
        return None
    buffer = (ctypes.c_uint8 * length.value)()
    if not pdfium.FPDFImageObj_GetIccProfileDataDecoded(image, page, buffer, length.value, length):
        return None
    return bytes(buffer)
