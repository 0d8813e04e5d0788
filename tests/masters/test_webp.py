"""WebP with and without loss, transparency and animation, and what its container says of it."""

from pathlib import Path

import numpy as np
from PIL import Image

from tests import make
from tests.masters.chart import ALPHA, CHART, COLOURS, off, on_white, said, seen
from tests.masters.samples import webp


def test_with_and_without_loss_the_chart_is_seen(tmp_path: Path) -> None:
    assert off(webp(tmp_path / "a.webp", CHART)) == 0
    assert off(webp(tmp_path / "b.webp", CHART, lossless=False, quality=95)) <= 3
    kinds = [seen(tmp_path / name)[1].master.compression for name in ("a.webp", "b.webp")]
    assert kinds == ["webp lossless", "webp"]


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    for lossless in (True, False):
        file = webp(tmp_path / "a.webp", np.dstack([CHART, ALPHA]), lossless=lossless, quality=98)
        assert off(file, on_white(COLOURS)) <= 3
        assert seen(file)[1].master.samples == 4


def test_an_exif_orientation_is_honoured(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = webp(tmp_path / "a.webp", make.as_stored(CHART, 6), exif=exif.tobytes())
    assert off(file) == 0
    assert seen(file)[1].master.orientation == 6


def test_of_an_animation_the_first_image_is_the_page_and_it_is_said(tmp_path: Path) -> None:
    file = webp(tmp_path / "a.webp", CHART, save_all=True, append_images=[Image.fromarray(CHART[::-1])])
    assert off(file) == 0
    assert said(file) == ["animated"]
    assert seen(file)[1].master.images == 2


def test_a_container_without_an_image_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.webp"
    for content in (b"RIFF\x04\0\0\0WEBP", b"RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0" + bytes(10)):
        file.write_bytes(content)
        assert said(file) == ["unreadable"]


def test_more_pixels_than_allowed_are_refused_by_the_header(tmp_path: Path) -> None:
    content = bytearray(webp(tmp_path / "a.webp", CHART).read_bytes())
    at = content.index(b"VP8L") + 9
    content[at : at + 4] = (16_382 | 16_382 << 14).to_bytes(4, "little")
    (tmp_path / "a.webp").write_bytes(content)
    assert said(tmp_path / "a.webp") == ["too-large"]
