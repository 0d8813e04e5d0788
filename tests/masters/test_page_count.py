"""How many pages a master holds, and that nobody stumbles over one that does not say."""

from pathlib import Path

import pytest

from server.masters import page_count
from tests import make
from tests.masters.chart import CHART
from tests.masters.pdf_writer import PdfPage, as_jpeg, write_pdf


def a_file(folder: Path, kind: str) -> Path:
    page = PdfPage(as_jpeg(CHART))
    match kind:
        case "tiff":
            return make.tiff_of_images(folder / "a.tif", [CHART, CHART, CHART], [0, 1, 2])
        case "tiff by another name":
            return make.tiff_of_images(folder / "a.tif", [CHART, CHART], [0, 0]).rename(folder / "a.jpg")
        case "pdf":
            return write_pdf(folder / "a.pdf", page, page, page)
        case "pdf without pages":
            return write_pdf(folder / "a.pdf")
        case "jpeg":
            return make.jpeg(folder / "a.jpg", CHART)
    torn = folder / "a.pdf"
    torn.write_bytes(write_pdf(torn, page).read_bytes()[:-20])
    return torn


@pytest.mark.parametrize(
    ("kind", "pages"),
    [
        ("tiff", 2),
        ("tiff by another name", 2),
        ("pdf", 3),
        ("pdf without pages", None),
        ("jpeg", 1),
        ("torn", None),
    ],
)
def test_pages_are_counted_alone_and_with_the_hash(tmp_path: Path, kind: str, pages: int | None) -> None:
    file = a_file(tmp_path, kind)
    assert page_count.count(file).pages == pages
    assert page_count.count(file).finding is None
    found = page_count.hash_and_count(file)
    assert (found.pages, found.length) == (pages, file.stat().st_size)


def test_a_file_that_has_gone_is_said_so(tmp_path: Path) -> None:
    count, found = page_count.count(tmp_path / "a.tif"), page_count.hash_and_count(tmp_path / "a.tif")
    assert count.finding is not None
    assert found.finding is not None
    assert (count.pages, count.finding.code, found.finding.code) == (None, "vanished", "vanished")
