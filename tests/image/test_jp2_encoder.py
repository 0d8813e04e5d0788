"""JPEG 2000: without loss where that is asked, else to so many decibels."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from server.image.jp2_encoder import encode_jp2

PICTURE = np.random.default_rng(1).normal(128, 20, (200, 301, 3)).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("bands", [1, 3])
def test_without_loss_every_pixel_is_as_it_was(bands: int) -> None:
    found = Image.open(BytesIO(encode_jp2(PICTURE[:, :, :bands], 0)))
    assert found.mode == {1: "L", 3: "RGB"}[bands]
    assert np.array_equal(np.asarray(found).reshape(200, 301, bands), PICTURE[:, :, :bands])


@pytest.mark.parametrize("decibels", [30, 36, 42])
def test_it_is_as_near_as_was_asked(decibels: int) -> None:
    found = np.asarray(Image.open(BytesIO(encode_jp2(PICTURE, decibels))), float)
    assert abs(10 * np.log10(255**2 / np.mean((found - PICTURE) ** 2)) - decibels) < 1.5
