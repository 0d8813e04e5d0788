"""One picture as a PDF of one page, as large as the picture is on paper. ISO 32000-1, 8.9.5 for the picture."""

import hashlib
import zlib
from math import sqrt

import numpy as np

from server.image.request import Resolved
from server.image.stored_window import Pixels
from server.pdf.objects import PdfWriter, number, references

_SHORTEST, _LONGEST = 3, 14_400
"""Points of a side of a page (ISO 32000-1, annex C)."""


def of_jpeg(jpeg: bytes, resolved: Resolved, points: float, *, grey: bool) -> bytes:
    """A JPEG stands in a PDF as it is (7.4.8). `points`: of a pixel of the whole image."""
    colours = "Gray" if grey else "RGB"
    return _page(f"/ColorSpace/Device{colours}/BitsPerComponent 8/Filter/DCTDecode", jpeg, resolved, points)


def of_bitonal(pixels: Pixels, resolved: Resolved, points: float) -> bytes:
    """One bit a pixel, deflated; 1 is white."""
    packed = zlib.compress(np.packbits(pixels[:, :, 0] > 0, axis=1).tobytes(), 6)
    return _page("/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode", packed, resolved, points)


def _page(entries: str, content: bytes, resolved: Resolved, points: float) -> bytes:
    size = resolved.turned
    width, height = (number(side) for side in _in_points(resolved, points))
    writer = PdfWriter()
    pieces = [writer.head()]
    root, pages, page, drawn, picture, info = (writer.number() for _ in range(6))
    pieces += [
        writer.plain(root, f"<</Type/Catalog/Pages {references([pages])}>>"),
        writer.plain(pages, f"<</Type/Pages/Kids[{references([page])}]/Count 1>>"),
        writer.plain(
            page,
            f"<</Type/Page/Parent {references([pages])}/MediaBox[0 0 {width} {height}]/Contents {references([drawn])}"
            f"/Resources<</XObject<</P {references([picture])}>>>>>>",
        ),
        writer.stream(drawn, "", (f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode("ascii"),)),
        writer.stream(
            picture, f"/Type/XObject/Subtype/Image/Width {size.width}/Height {size.height}{entries}", (content,)
        ),
        writer.plain(info, "<</Creator(Mocban)>>"),
        *writer.tail(root, info, hashlib.sha256(content).hexdigest()[:32]),
    ]
    return b"".join(pieces)


def _in_points(resolved: Resolved, points: float) -> tuple[float, float]:
    """Pixels stay square; of a picture that is made wider or narrower, the area is that of the region."""
    region = resolved.region
    pixel = points * sqrt(region.w * region.h / (resolved.width * resolved.height))
    longest, shortest = max(resolved.turned) * pixel, min(resolved.turned) * pixel
    pixel *= min(1.0, _LONGEST / longest) * max(1.0, _SHORTEST / shortest)
    width, height = (min(side * pixel, _LONGEST) for side in resolved.turned)
    return width, height
