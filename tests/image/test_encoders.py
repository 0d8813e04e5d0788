"""Each format that can be asked for, opened again by another program than the one that made it."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from server.image.answer_plan import Derived
from server.image.output_formats import FORMATS, Encoding, OutputFormat
from tests.image.answers import EXTENSIONS, Carved, answer, carved, opened

BEGINS = {
    "jpg": rb"\xff\xd8\xff",
    "png": rb"\x89PNG",
    "webp": rb"RIFF....WEBP",
    "avif": rb"....ftypavif",
    "tif": rb"II\*\0|MM\0\*",
    "gif": rb"GIF8[79]a",
    "jp2": rb"\0\0\0\x0cjP  \r\n\x87\n",
    "pdf": rb"%PDF-1\.",
}
LARGE_COLOURS = ((200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 220, 40))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoded")


@pytest.fixture(scope="module")
def corners(folder: Path) -> Carved:
    image = Image.new("RGB", (800, 600), LARGE_COLOURS[0])
    for colour, box in zip(LARGE_COLOURS[1:], ((400, 0), (0, 300), (400, 300)), strict=True):
        image.paste(colour, (*box, box[0] + 400, box[1] + 300))
    return carved(image, folder, "corners")


@pytest.fixture(scope="module")
def noise(folder: Path) -> Carved:
    """A ramp under grain, so that what is lost in it can be told."""
    grain = np.random.default_rng(3).normal(0, 12, (600, 800, 3))
    ramp = np.linspace(40, 220, 800)[None, :, None]
    return carved(Image.fromarray(np.clip(ramp + grain, 0, 255).astype(np.uint8)), folder, "noise")


@pytest.fixture(scope="module")
def grey(folder: Path) -> Carved:
    return carved(Image.fromarray(np.tile(np.linspace(0, 255, 700).astype(np.uint8), (600, 1))), folder, "grey")


def without_tile(plan: Derived) -> Derived:
    return replace(plan, tile=None)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.extension)
@pytest.mark.parametrize("rest", ["0,0,512,512/512,512/0", "100,50,650,500/!300,300/90"], ids=["tile", "region"])
@pytest.mark.parametrize("quality", ["default", "gray"])
def test_each_format_is_what_it_says_and_carries_nothing_else(
    corners: Carved, row: OutputFormat, rest: str, quality: str
) -> None:
    body = answer(corners, f"{rest}/{quality}.{row.extension}")
    assert re.match(BEGINS[row.extension], body, re.DOTALL)
    found = opened(body)
    assert found.size == ((512, 512) if "512" in rest else (231, 300))
    told = found.info.keys() - ({"comment"} if row.extension == "jp2" else set())  # which names OpenJPEG
    assert not {"icc_profile", "exif", "xmp", "comment"} & told


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("change", [without_tile, lambda plan: plan], ids=["drawn", "planned"])
def test_colours_come_out_right_in_each_format(corners: Carved, extension: str, change: Any) -> None:
    found = opened(answer(corners, f"full/400,300/0/default.{extension}", change=change)).convert("RGB")
    for colour, at in zip(LARGE_COLOURS, ((90, 70), (300, 70), (90, 220), (300, 220)), strict=True):
        assert np.abs(np.subtract(found.getpixel(at), colour)).max() <= 6


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_grey_master_is_served_as_grey(grey: Carved, extension: str) -> None:
    found = opened(answer(grey, f"full/350,/0/default.{extension}"))
    if extension in ("webp", "avif", "gif"):  # have no grey of their own
        samples = np.asarray(found.convert("RGB")).astype(int)
        assert (samples.max(axis=2) - samples.min(axis=2)).max() <= 1
    else:
        assert found.mode == "L"
    line = np.asarray(found.convert("L")).astype(int)[100]
    assert np.abs(line - np.linspace(0, 255, 350)).max() <= 9


@pytest.mark.parametrize("extension", sorted(set(EXTENSIONS) - {"jpg"}))
def test_black_and_white_has_these_two_values_alone(noise: Carved, extension: str) -> None:
    found = opened(answer(noise, f"full/400,/0/bitonal.{extension}"))
    assert set(np.unique(np.asarray(found.convert("L")))) == {0, 255}
    assert found.mode == "1" or extension not in ("png", "tif")


STRONGER: dict[str, Any] = {
    "quality": 30,
    "webp_quality": 30,
    "avif_quality": 20,
    "jp2_quality": 28,
    "png_compression": 9,
    "tif_compression": "deflate",
}


@pytest.mark.parametrize("row", [row for row in FORMATS if row.setting], ids=lambda row: row.extension)
@pytest.mark.parametrize("change", [without_tile, lambda plan: plan], ids=["drawn", "planned"])
def test_what_is_compressed_more_strongly_is_smaller(noise: Carved, row: OutputFormat, change: Any) -> None:
    rest = f"0,0,512,512/512,/90/default.{row.extension}"
    usual, less = (
        answer(noise, rest, each, change) for each in (Encoding(), Encoding(**{row.setting: STRONGER[row.setting]}))
    )
    assert len(less) < len(usual)
    assert opened(less).size == opened(usual).size


@pytest.mark.parametrize("compression", ["none", "lzw", "deflate", "jpeg"])
@pytest.mark.parametrize("rest", ["full/max/0/default", "full/max/30/gray", "full/max/0/bitonal"])
def test_tiff_can_be_read_in_every_compression_and_is_on_white_where_it_has_no_alpha(
    corners: Carved, compression: str, rest: str
) -> None:
    found = opened(answer(corners, f"{rest}.tif", Encoding(tif_compression=compression)))
    assert (
        found.info["compression"]
        == {"none": "raw", "lzw": "tiff_lzw", "deflate": "tiff_adobe_deflate", "jpeg": "jpeg"}[compression]
        or "bitonal" in rest
    )
    if "30" in rest:
        assert found.mode == ("L" if compression == "jpeg" else "LA")
        assert found.convert("LA").getpixel((0, 0)) == ((255, 255) if compression == "jpeg" else (255, 0))


def test_the_same_picture_is_the_same_bytes(noise: Carved) -> None:
    for extension in EXTENSIONS:
        rest = f"10,10,500,400/max/5/default.{extension}"
        assert answer(noise, rest) == answer(noise, rest), extension


def test_a_large_picture_goes_into_the_file_and_a_small_one_too(noise: Carved, tmp_path: Path) -> None:
    from manifests.scaling import Limits
    from server.image import pixels
    from server.image.answer_plan import plan_answer
    from server.image.grammar import parse

    for extension in EXTENSIONS:
        rest = f"1,1,700,500/max/0/default.{extension}"
        request = parse(3, *rest.split("/")).resolve(800, 600, Limits())
        planned = plan_answer(request, 800, 600)
        assert isinstance(planned, Derived)
        with (tmp_path / extension).open("w+b") as file:
            assert pixels.render(noise.file, noise.index, planned, request, Encoding(), into=file) == b""
        assert (tmp_path / extension).read_bytes() == answer(noise, rest), extension
