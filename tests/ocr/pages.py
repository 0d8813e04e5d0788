"""Small typeset pages for OCR, and the pyramids and pages that an ingest would make of them."""

from pathlib import Path

import numpy as np

from manifests.model import Page, Word
from server.demo.typeset import REGULAR, Ink, Sheet, Style
from server.pyramid.build import build_pyramid
from tests.make import tiff

VERSES = ("Trăm năm trong cõi người ta", "Chữ tài chữ mệnh khéo là ghét nhau", "Trải qua một cuộc bể dâu")


def typeset(path: Path, verses=VERSES, size: int = 40, width: int = 900) -> list[Word]:
    """A master of 300 ppi, black on white; the words that stand on it, with their boxes."""
    sheet = Sheet(width, 100 + 2 * size * len(verses))
    for number, verse in enumerate(verses):
        sheet.line(verse, Style(REGULAR, size), 60, 90 + 2 * size * number)
    ink = np.asarray(sheet.layers[Ink.BLACK]) if sheet.layers else np.zeros((sheet.height, width), np.uint8)
    tiff(path, (255 - ink).astype(np.uint8), resolution=(300, 300))
    return sheet.words


def page_of(folder: Path, master: Path) -> tuple[Path, Page]:
    """Its pyramid, in the folder of a library, and the page."""
    result = build_pyramid(master, folder / "pyramids", "book", master.stem, max_pixels=10**9)
    assert result.pyramid is not None
    assert result.examined.master is not None
    page = Page(master.stem, f"book~{master.stem}", {}, master.name, "", result.examined.master, result.pyramid)
    return folder / result.pyramid.file, page
