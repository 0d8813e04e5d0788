"""The comparison with the master sees what it is there for: half a pixel, another place, another size."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bench.fidelity import WrongPicture, decibels

IMAGE = "w~p"
PATH = f"/iiif/image/3/{IMAGE}/101,55,400,300/200,150/0/default.jpg"


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A sheet of fine strokes, as hard as print."""
    sheet = Image.fromarray(np.random.default_rng(1).normal(225, 3, (500, 700)).clip(0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(sheet)
    for x in range(20, 680, 13):
        pen.line((x, 20, x + 60, 480), fill=30, width=3)
    file = tmp_path_factory.mktemp("master") / "sheet.png"
    sheet.save(file)
    return {IMAGE: file}


def answer(images: dict[str, Path], x: float, y: float, size: tuple[int, int] = (200, 150)) -> bytes:
    """What a server would send whose region begins at `x`, `y`."""
    with Image.open(images[IMAGE]) as sheet:
        drawn = sheet.resize(size, Image.Resampling.LANCZOS, box=(x, y, x + 400, y + 300))
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=92)
    return out.getvalue()


def test_the_right_picture_is_near(images: dict[str, Path]) -> None:
    assert decibels(answer(images, 101, 55), PATH, images) > 35


def test_half_a_pixel_of_the_answer_is_seen(images: dict[str, Path]) -> None:
    assert decibels(answer(images, 100, 55), PATH, images) < 30


def test_another_place_is_far(images: dict[str, Path]) -> None:
    assert decibels(answer(images, 140, 90), PATH, images) < 15


@pytest.mark.parametrize("body", [b"404 not found", b""])
def test_what_is_no_picture_is_said(images: dict[str, Path], body: bytes) -> None:
    with pytest.raises(WrongPicture):
        decibels(body, PATH, images)


def test_another_size_is_said(images: dict[str, Path]) -> None:
    with pytest.raises(WrongPicture, match="201x150"):
        decibels(answer(images, 101, 55, (201, 150)), PATH, images)


@pytest.mark.parametrize(("height", "is_right"), [(150, True), (151, True), (152, False)])
def test_a_height_left_to_the_server_may_be_rounded_either_way(
    images: dict[str, Path], height: int, is_right: bool
) -> None:
    path = PATH.replace("200,150", "200,")
    if is_right:
        assert decibels(answer(images, 101, 55, (200, height)), path, images) > 20
    else:
        with pytest.raises(WrongPicture):
            decibels(answer(images, 101, 55, (200, height)), path, images)
