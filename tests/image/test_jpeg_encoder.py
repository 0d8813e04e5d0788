"""JPEGs that are encoded at once are those of libvips; pixels of libvips arrive as they are."""

from io import BytesIO

import numpy as np
import pytest
import pyvips
from PIL import Image

from manifests.errors import Busy
from server.image.jpeg_encoder import encode, pixels_of
from server.image.stop import Stop
from server.image.work_memory import WorkMemory


def picture(width: int, height: int, bands: int) -> pyvips.Image:
    rows, columns = np.indices((height, width))
    content = np.stack([(rows * 3 + columns * (band + 1)) % 256 for band in range(bands)], axis=-1).astype(np.uint8)
    return pyvips.Image.new_from_array(content)


SIZES = [(640, 448), (1, 1), (17, 900), (1500, 801)]


@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize("size", SIZES)
def test_the_pixels_of_an_image_arrive_whole(size: tuple[int, int], bands: int) -> None:
    image = picture(*size, bands)
    with WorkMemory() as memory:
        found = pixels_of(image, Stop(), memory)
        assert found.shape == (size[1], size[0], bands)
        assert found.tobytes() == image.write_to_memory()


@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize("quality", [40, 85])
def test_a_jpeg_encoded_at_once_shows_what_that_of_libvips_shows(bands: int, quality: int) -> None:
    image = picture(501, 303, bands)
    pixels = np.frombuffer(image.write_to_memory(), np.uint8).reshape(303, 501, bands)
    ours, theirs = (
        Image.open(BytesIO(jpeg)) for jpeg in (encode(pixels, quality), image.jpegsave_buffer(Q=quality, keep="none"))
    )
    assert ours.mode == theirs.mode == ("L" if bands == 1 else "RGB")
    assert ours.layer == theirs.layer, "as many colours as brightnesses, or a quarter of them"
    assert ours.quantization == theirs.quantization
    wanted = pixels if bands == 3 else pixels[:, :, 0]
    off = [np.abs(np.asarray(found).astype(int) - wanted).mean() for found in (ours, theirs)]
    assert off[0] == pytest.approx(off[1], rel=0.03)


def test_a_large_one_ends_when_it_is_told_to() -> None:
    stop = Stop()
    stop.now()
    with pytest.raises(Busy), WorkMemory() as memory:
        pixels_of(picture(1500, 801, 3), stop, memory)
