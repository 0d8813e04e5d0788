"""A picture as a PDF: on paper as large as it is, with its JPEG as it is."""

import numpy as np
import pytest
from PIL import Image

from server.image.output_formats import Encoding
from tests.image.answers import Carved, answer, carved, opened, paper_of

AT_300 = Encoding(points=72 / 300)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Carved:
    picture = np.random.default_rng(5).integers(0, 255, (900, 1500, 3)).astype(np.uint8)
    return carved(Image.fromarray(picture), tmp_path_factory.mktemp("paper"), "page")


@pytest.mark.parametrize(
    ("rest", "paper"),
    [
        ("full/max/0", (360, 216)),
        ("full/500,/0", (360, 216)),
        ("full/500,/90", (216, 360)),
        ("0,0,512,512/512,/0", (122.88, 122.88)),
        ("0,0,300,300/^600,/0", (72, 72)),
        ("full/max/45", (407.28, 407.28)),
    ],
)
@pytest.mark.parametrize("quality", ["default", "gray", "bitonal"])
def test_the_paper_is_as_large_as_the_region_is_whatever_its_pixels(
    page: Carved, rest: str, paper: tuple[float, float], quality: str
) -> None:
    assert paper_of(answer(page, f"{rest}/{quality}.pdf", AT_300)) == pytest.approx(paper, abs=0.3)


def test_a_stored_tile_goes_in_as_it_is(page: Carved) -> None:
    rest = "0,0,512,512/512,/0/default"
    in_pdf = np.asarray(opened(answer(page, f"{rest}.pdf")))
    assert np.array_equal(in_pdf, np.asarray(opened(answer(page, f"{rest}.png"))))


def test_paper_is_never_smaller_or_larger_than_a_pdf_may_be(page: Carved) -> None:
    assert min(paper_of(answer(page, "0,0,2,2/max/0/default.pdf"))) >= 3
    assert max(paper_of(answer(page, "full/max/0/default.pdf", Encoding(points=72)))) <= 14_400
