"""A turned picture: where its pixels lie, what its corners are, and that its edge has no rim of another colour."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from server.image.output_formats import FORMATS, OutputFormat
from tests.image.answers import EXTENSIONS, Carved, answer, carved, opened

COLOUR = (40, 160, 90)
LUMA = (0.299, 0.587, 0.114)
TRANSPARENT = [row.extension for row in FORMATS if row.transparent]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("turned")


@pytest.fixture(scope="module")
def flat(folder: Path) -> Carved:
    return carved(Image.new("RGB", (300, 200), COLOUR), folder, "flat")


@pytest.fixture(scope="module")
def page(folder: Path) -> Carved:
    """Round shapes, which any turn keeps as sharp as they are."""
    picture = Image.new("RGB", (900, 700), (240, 230, 210))
    draw = ImageDraw.Draw(picture)
    for at in range(40, 640, 60):
        draw.ellipse((at, at, at + 45, at + 45), fill=(at // 4, 30, 200 - at // 4))
        draw.rectangle((840 - at, at, 870 - at, at + 30), fill=(20, 20, 20))
    return carved(picture, folder, "page")


def reference(master: Carved, degrees: float) -> Image.Image:
    """By Pillow, in four times the size and reduced, on white."""
    width, height = master.image.size
    large = master.image.resize((4 * width, 4 * height), Image.Resampling.BICUBIC)
    return large.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))


@pytest.mark.parametrize("degrees", [22.5, 45, 133.7, 181, 359.5])
def test_it_lies_where_another_program_turns_it_to(page: Carved, degrees: float) -> None:
    found = opened(answer(page, f"full/max/{degrees}/default.jpg"))
    wanted = reference(page, degrees)
    box = [(large - 4 * small) / 2 for large, small in zip(wanted.size, found.size, strict=True)]
    assert max(abs(each) for each in box) < 5, "quarters of a pixel"
    wanted = wanted.transform(
        found.size, Image.Transform.AFFINE, (4, 0, box[0], 0, 4, box[1]), Image.Resampling.BILINEAR
    ).convert("L")
    error = np.asarray(found.convert("L"), float) - np.asarray(wanted, float)
    assert 10 * np.log10(255**2 / np.mean(error**2)) > 28


def test_mirrored_first_then_turned(page: Carved) -> None:
    found = np.asarray(opened(answer(page, "full/max/!30/gray.png")).getchannel("A"), int)
    plain = np.asarray(opened(answer(page, "full/max/!30/gray.png")).convert("L"), float)
    other = np.asarray(opened(answer(page, "full/max/330/gray.png")).convert("L").transpose(0), float)
    inside = found == 255
    assert np.abs(plain - other)[inside].mean() < 1


@pytest.mark.parametrize("extension", TRANSPARENT)
def test_corners_are_open_where_the_format_can_and_the_edge_has_no_rim(flat: Carved, extension: str) -> None:
    found = opened(answer(flat, f"full/max/33/default.{extension}")).convert("RGBA")
    samples = np.asarray(found).astype(int)
    assert samples[0, 0, 3] == samples[-1, -1, 3] == 0
    assert samples[found.height // 2, found.width // 2, 3] == 255
    assert abs(samples[:, :, 3].sum() / 255 - 300 * 200) < 300 * 200 * 0.01
    off = (samples[:, :, :3] - COLOUR) * samples[:, :, 3:] / 255
    assert np.abs(off).max() <= (12 if extension in ("webp", "avif") else 2)


@pytest.mark.parametrize("extension", sorted(set(EXTENSIONS) - set(TRANSPARENT)))
def test_corners_are_white_elsewhere(flat: Carved, extension: str) -> None:
    samples = np.asarray(opened(answer(flat, f"full/max/33/default.{extension}")).convert("RGB")).astype(int)
    assert samples[:9, :9].min() >= 250
    middle = samples[samples.shape[0] // 2, samples.shape[1] // 2]
    assert np.abs(middle - COLOUR).max() <= 6
    luma = samples @ LUMA
    assert luma.min() >= np.dot(COLOUR, LUMA) - 20, "they ring, but there is no dark rim"


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.extension)
def test_black_and_white_stays_two_valued_with_white_corners(page: Carved, row: OutputFormat) -> None:
    found = opened(answer(page, f"full/max/22.5/bitonal.{row.extension}"))
    samples = np.asarray(found.convert("L"))
    assert samples[:5, :5].min() >= 250
    assert "A" not in found.getbands() or np.asarray(found.getchannel("A")).all()
    if row.extension != "jpg":
        assert set(np.unique(samples)) == {0, 255}


@pytest.mark.parametrize("extension", ["png", "tif"])
def test_grey_stays_grey_with_its_alpha(page: Carved, extension: str) -> None:
    assert opened(answer(page, f"full/max/10/gray.{extension}")).mode == "LA"


def test_a_single_pixel_can_be_turned(flat: Carved) -> None:
    for size in ("1,1", "1,40", "40,1"):
        found = opened(answer(flat, f"full/{size}/45/default.png")).convert("RGBA")
        seen = np.asarray(found)[np.asarray(found)[:, :, 3] > 0][:, :3].astype(int)
        assert np.abs(seen - COLOUR).max() <= 2


def test_a_stored_tile_is_turned_as_a_region_is(page: Carved) -> None:
    rest = "0,0,512,512/512,/30/default.png"
    tile = np.asarray(opened(answer(page, rest)).convert("RGBA"), float)
    drawn = np.asarray(opened(answer(page, rest, change=lambda plan: replace(plan, tile=None))), float)
    assert np.abs(tile - drawn).mean() < 1
