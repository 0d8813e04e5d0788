"""Answers of the Image API opened by other programs than those that make them."""

from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

from manifests.scaling import Limits
from server.image import pixels
from server.image.answer_plan import Derived, plan_answer
from server.image.grammar import parse
from server.image.output_formats import FORMATS, Encoding
from server.pyramid.build import build_pyramid
from server.pyramid.tile_index import TileIndex, unpack

LIMITS = Limits(area=40_000_000)
EXTENSIONS = [row.extension for row in FORMATS]


class Carved(NamedTuple):
    """An image, and its pyramid as an ingest makes it."""

    image: Image.Image
    file: Path
    index: TileIndex


def carved(image: Image.Image, folder: Path, name: str) -> Carved:
    image.save(folder / f"{name}.png")
    made = build_pyramid(folder / f"{name}.png", folder / "pyramids", "work", name, max_pixels=10**9).pyramid
    assert made is not None
    return Carved(image, folder / made.file, unpack(made.index))


def answer(
    master: Carved,
    rest: str,
    encoding: Encoding | None = None,
    change: Callable[[Derived], Derived] = lambda plan: plan,
) -> bytes:
    """The bytes of `region/size/rotation/quality.format`. `change`: what is planned is to be done in another way."""
    request = parse(3, *rest.split("/")).resolve(*master.image.size, LIMITS, grey=master.image.mode == "L")
    planned = plan_answer(request, *master.image.size)
    derived = planned if isinstance(planned, Derived) else Derived(planned.level, True)
    return pixels.render(master.file, master.index, change(derived), request, encoding or Encoding())


def opened(body: bytes) -> Image.Image:
    """By Pillow; of a PDF the picture on its page, by PDFium."""
    if body.startswith(b"%PDF"):
        with closing(pypdfium2.PdfDocument(body)) as document, closing(document[0]) as page:
            (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
            found: Image.Image = picture.get_bitmap().to_pil()
            return found
    image = Image.open(BytesIO(body))
    image.load()
    return image


def paper_of(body: bytes) -> tuple[float, float]:
    """The size of a PDF's page in points."""
    with closing(pypdfium2.PdfDocument(body)) as document:
        width, height = document.get_page_size(0)
        return float(width), float(height)
