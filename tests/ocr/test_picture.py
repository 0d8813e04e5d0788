"""The picture that OCR is given: grey, upright, of the page's size or of the first level that is small enough."""

import pytest
import pyvips

from server.ocr.picture import MAX_PIXELS, MAX_SIDE, picture_of
from tests.make import as_stored, jpeg, photo, tiff
from tests.ocr.pages import page_of


def test_a_page_in_colour_is_given_in_grey_and_full_size(tmp_path):
    picture = picture_of(*page_of(tmp_path, tiff(tmp_path / "1.tif", photo(700, 900))))
    image = pyvips.Image.new_from_buffer(picture.tiff, "")
    assert (image.width, image.height, image.bands, image.format) == (700, 900, 1, "uchar")
    assert (picture.width, picture.height) == (700, 900)


def test_a_turned_page_is_given_upright(tmp_path):
    upright = photo(300, 200)
    turned = picture_of(*page_of(tmp_path, jpeg(tmp_path / "1.jpg", as_stored(upright, 6), orientation=6)))
    plain = picture_of(*page_of(tmp_path / "plain", jpeg(tmp_path / "2.jpg", upright)))
    a, b = (pyvips.Image.new_from_buffer(picture.tiff, "") for picture in (turned, plain))
    assert (a.width, a.height) == (300, 200)
    assert (a - b).abs().avg() < 4


@pytest.mark.parametrize(("width", "height"), [(MAX_SIDE + 1, 40), (40, MAX_SIDE + 1)])
def test_of_a_page_that_is_too_large_the_first_level_that_is_not_is_given(tmp_path, width, height):
    picture = picture_of(*page_of(tmp_path, tiff(tmp_path / "1.tif", photo(width, height)[:, :, 0])))
    assert (picture.width, picture.height) == (-(-width // 2), -(-height // 2))
    assert picture.width * picture.height <= MAX_PIXELS


def test_the_resolution_is_that_of_the_picture(tmp_path):
    file, page = page_of(tmp_path, tiff(tmp_path / "1.tif", photo(MAX_SIDE + 1, 9)[:, :, 0], resolution=(600, 600)))
    assert picture_of(file, page).ppi == pytest.approx(300)
