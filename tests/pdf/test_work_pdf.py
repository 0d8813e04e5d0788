"""A whole PDF from real pyramids: its pictures are the stored tiles, and its pages are made one after another."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from manifests.errors import Withdrawn
from manifests.model import Box, Page, PageText, Word
from manifests.scaling import UNLIMITED, Limits
from manifests.text.store import WorkText
from manifests.transcript.printed import PrintedLine, printed_lines
from server.pdf.picture import READABLE, SHARP
from server.pdf.work_pdf import Facts, PdfPage, Pictures, pdf_pieces, points_of_a_pixel
from server.pyramid.build import build_pyramid
from server.pyramid.open_pyramids import OpenPyramids
from tests.pdf.reading import boxes_of, joined, opened, rendered, text_of
from tests.routes.fakes import carved

FACTS = Facts(
    title="Truyện Kiều 𠊛 (1)",
    source="https://example.org/works/Kieu",
    library="Thư viện <tỉnh>",
    rights="http://rightsstatements.org/vocab/NoC-NC/1.0/",
    language="vi",
    changed=datetime(2026, 1, 31, 8, tzinfo=UTC),
    program="Mocban 1",
)
WORDS = [Word("Thư", 0, Box(100, 200, 120, 40)), Word("viện", 0, Box(240, 200, 160, 40))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("carved")


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    """Of several tiles on its largest level, and the last ones narrower."""
    return carved(folder, "book", "0001", 1501, 1101)


def lines(words: Sequence[Word] = WORDS) -> list[PrintedLine]:
    return printed_lines(WorkText.build([("p", PageText("alto", words))]), "p")


def pages_of(*pages: Page, words: Sequence[Word] = WORDS) -> list[PdfPage]:
    return [PdfPage(page.id, partial(lambda page: (page, lines(words)), page)) for page in pages]


def pdf(folder: Path, *pages: Page, limits: Limits = UNLIMITED, pixels: int = SHARP) -> bytes:
    return joined(pdf_pieces(FACTS, pages_of(*pages), Pictures(OpenPyramids(folder), limits, pixels)))


def images_of(content: bytes) -> list[bytes]:
    """The JPEG of each picture, as it lies in the file."""
    found = re.finditer(rb"/Filter/DCTDecode/Length (\d+)>>\nstream\n", content)
    return [content[match.end() : match.end() + int(match[1])] for match in found]


def test_every_picture_in_it_is_a_stored_tile_byte_for_byte(folder: Path, page: Page) -> None:
    pyramids = OpenPyramids(folder)
    stored = [b"".join(pyramids.tile(page.pyramid, 0, column, row).read()) for row in range(3) for column in range(3)]
    ground = b"".join(pyramids.tile(page.pyramid, 2, 0, 0).read())
    assert images_of(pdf(folder, page)) == [ground, *stored]


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.37, 2.0])
def test_a_page_looks_like_its_master_and_no_edge_of_a_tile_shows(folder: Path, scale: float) -> None:
    page = carved(folder, "book", "even", 1501, 1101, seed=3)
    shown = rendered(pdf(folder, page), 0, scale).astype(int)
    height, width = shown.shape[:2]
    rows, columns = np.indices((height, width))
    expected = np.stack((columns * 255 // width, rows * 255 // height), axis=-1)
    assert np.abs(shown[:, :, :2] - expected).mean() < 6
    # Red rises evenly from left to right, green from top to bottom: a seam would be a step.
    assert np.abs(np.diff(shown[5:-5, 5:-5, 0].mean(axis=0))).max() < 6
    assert np.abs(np.diff(shown[5:-5, 5:-5, 1].mean(axis=1))).max() < 6


def test_words_lie_on_the_picture_in_points_as_in_pixels(folder: Path, page: Page) -> None:
    content, scale = pdf(folder, page), points_of_a_pixel(page)
    assert text_of(content).strip() == "Thư viện"
    for found, word in zip(boxes_of(content, ["Thư", "viện"]), WORDS, strict=True):
        assert word.box is not None
        assert all(abs(a - b * scale) <= 1 for a, b in zip(found, word.box, strict=True))


def test_a_smaller_level_is_laid_as_large(folder: Path, page: Page) -> None:
    content = pdf(folder, page, pixels=READABLE // 4)
    assert len(images_of(content)) == 1 + 4
    assert text_of(content) == text_of(pdf(folder, page))
    with opened(content) as document:
        assert document.get_page_size(0) == pytest.approx((842, 842 * 1101 / 1501), abs=0.01)


def test_no_pixels_beyond_the_limits_are_in_it(folder: Path, page: Page) -> None:
    content = pdf(folder, page, limits=Limits(width=30))
    assert images_of(content) == []
    assert text_of(content).strip() == "Thư viện"


def test_a_page_is_as_large_as_its_master_says_and_pdf_allows(folder: Path, page: Page) -> None:
    def longest(ppi: float | None, width: int = 1501) -> float:
        shown = replace(page, master=replace(page.master, ppi=ppi), pyramid=replace(page.pyramid, width=width))
        return points_of_a_pixel(shown) * max(shown.width, shown.height)

    assert longest(300) == pytest.approx(1501 * 72 / 300)
    assert longest(None) == longest(72) == longest(0.001) == pytest.approx(842)
    assert longest(100, width=100_000) == pytest.approx(14_400)
    assert longest(float("inf")) == pytest.approx(72)


def test_it_says_what_it_is_in_the_file_and_in_xmp(folder: Path, page: Page) -> None:
    content = pdf(folder, page, page)
    with opened(content) as document:
        said = document.get_metadata_dict()
        assert (said["Title"], said["CreationDate"]) == (FACTS.title, "D:20260131080000Z")
        assert FACTS.source in said["Subject"]
        assert [document.get_page_label(index) for index in range(2)] == ["0001", "0001"]
    assert b"/Lang<FEFF00760069>" in content
    xmp = etree.fromstring(content[content.index(b"<x:xmpmeta") : content.index(b"<?xpacket end")])
    found = {text.strip() for text in xmp.itertext()} | {value for one in xmp.iter() for value in one.attrib.values()}
    assert {FACTS.title, FACTS.library, FACTS.source, FACTS.rights, "2026-01-31T08:00:00Z"} <= found


def test_the_same_work_is_the_same_bytes(folder: Path, page: Page) -> None:
    assert pdf(folder, page) == pdf(folder, page)


def test_a_page_is_asked_for_when_its_turn_comes_and_not_before(folder: Path, page: Page) -> None:
    asked: list[int] = []

    def read(number: int) -> tuple[Page, list[PrintedLine]]:
        asked.append(number)
        return page, lines()

    pages = [PdfPage(str(number), partial(read, number)) for number in range(100)]
    pieces = pdf_pieces(FACTS, pages, Pictures(OpenPyramids(folder), UNLIMITED, SHARP))
    assert next(pieces).startswith(b"%PDF-")
    assert asked == []
    largest = max(len(next(pieces)) for _ in range(30))
    assert len(asked) < 5
    assert largest < 512 * 512


def test_what_is_withdrawn_meanwhile_is_sent_no_further(folder: Path, page: Page) -> None:
    def gone() -> tuple[Page, list[PrintedLine]]:
        raise Withdrawn("{work} has been withdrawn from the library.", work="book")

    readers: list[Callable[[], tuple[Page, Sequence[PrintedLine]]]] = [lambda: (page, lines()), gone]
    pieces = pdf_pieces(
        FACTS, [PdfPage("", read) for read in readers], Pictures(OpenPyramids(folder), UNLIMITED, SHARP)
    )
    with pytest.raises(Withdrawn):
        joined(pieces)


def test_a_grey_page_is_grey(folder: Path) -> None:
    master = folder / "grey.tif"
    Image.fromarray(np.full((700, 600), 130, np.uint8)).save(master)
    made = build_pyramid(master, folder / "pyramids", "book", "grey", max_pixels=10**7)
    assert made.pyramid is not None
    page = replace(carved(folder, "book", "g", 600, 700), pyramid=made.pyramid)
    content = pdf(folder, page)
    assert b"/DeviceRGB" not in content
    assert np.abs(rendered(content, 0, 1.0).astype(int) - 130).max() <= 2
