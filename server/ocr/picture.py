"""The picture of a page as OCR wants it: grey, upright, from the page's own pyramid, never too large.

Grey, because Tesseract takes two thirds of the time that it takes for colour and reads the same (decisions.md, 27). Of
a page that is too large the first level that is not is taken; its ALTO says how large that was, and the boxes are
scaled to the page (`manifests.text.placing`).
"""

from dataclasses import dataclass
from pathlib import Path

from manifests.model import Page
from manifests.tiling import levels
from server.libvips import pyvips

MAX_SIDE = 32_000
"""Tesseract counts pixels in 16 bits with a sign."""

MAX_PIXELS = 120_000_000
"""More than a sheet of A2 at 400 an inch. The picture stands in memory twice, here and in Tesseract."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`tiff` is one uncompressed image. `ppi`: its pixels an inch, where the master says so."""

    tiff: bytes
    width: int
    height: int
    ppi: float | None


def picture_of(pyramid: Path, page: Page) -> Picture:
    """Raises `pyvips.Error` where the pyramid cannot be read."""
    sizes = levels(page.width, page.height)
    level = next((n for n, (w, h) in enumerate(sizes) if max(w, h) <= MAX_SIDE and w * h <= MAX_PIXELS), len(sizes) - 1)
    image = pyvips.Image.tiffload(str(pyramid), page=level, access="sequential")
    grey = image.colourspace("b-w") if image.bands > 1 else image
    ppi = page.master.ppi / 2**level if page.master.ppi is not None else None
    return Picture(grey.tiffsave_buffer(), image.width, image.height, ppi)
