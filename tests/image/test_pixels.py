"""Computed pixels: where they lie, how they are turned, in which quality and format. No figure here is a time."""

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import pyvips
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from manifests.errors import Damaged
from manifests.scaling import Limits
from server.image import pixels
from server.image.answer_plan import Derived, plan_answer
from server.image.grammar import parse
from server.image.output_formats import Encoding
from server.image.request import Resolved
from server.image.sampling import TAPS, shift_taps
from server.pyramid.build import build_pyramid
from server.pyramid.tile_index import TileIndex, unpack

LIMITS = Limits(area=40_000_000)
ENCODING = Encoding()
TURNS = {0: None, 90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


class Master(NamedTuple):
    """An image, and its pyramid as an ingest makes it."""

    image: Image.Image
    file: Path
    index: TileIndex


def carved(image: Image.Image, file: Path) -> Master:
    image.save(file.with_suffix(".png"))
    made = build_pyramid(file.with_suffix(".png"), file.parent, "work", file.stem, max_pixels=10**9).pyramid
    assert made is not None
    return Master(image, file.parent.parent / made.file, unpack(made.index))


def resolved(image: Image.Image, *segments: str) -> tuple[Resolved, Derived]:
    request = parse(3, *segments).resolve(*image.size, LIMITS, grey=image.mode == "L")
    planned = plan_answer(request, *image.size)
    return request, planned if isinstance(planned, Derived) else Derived(planned.level, True)


def rendered(master: Master, *segments: str) -> Image.Image:
    request, derived = resolved(master.image, *segments)
    planned = replace(derived, tile=None)
    found = Image.open(BytesIO(pixels.render(master.file, master.index, planned, request, ENCODING)))
    found.load()
    across = request.rotation.degrees % 180 == 90
    assert found.size == ((request.height, request.width) if across else (request.width, request.height))
    return found


def psnr(found: Image.Image, wanted: Image.Image) -> float:
    """Of the luma, in dB."""
    one, other = (np.asarray(each.convert("L"), dtype=float) for each in (found, wanted))
    error = np.mean((one - other) ** 2)
    return float(10 * np.log10(255**2 / error)) if error else float("inf")


def text_page(width: int, height: int) -> Image.Image:
    """Dark lines of print on paper with grain: what the house is full of, and what a half pixel shows on most."""
    dice, font = random.Random(7), ImageFont.load_default(64)
    page = Image.new("RGB", (width, height), (242, 234, 216))
    draw = ImageDraw.Draw(page)
    for y in range(40, height - 90, 88):
        words = ("".join(dice.choices("abcdefghiklmnopqrstuvxy", k=dice.randint(2, 8))) for _ in range(width // 160))
        draw.text((dice.randint(30, 60), y), " ".join(words), font=font, fill=(45, 35, 30))
    page = page.filter(ImageFilter.GaussianBlur(0.8))  # as every lens does
    grain = np.random.default_rng(7).normal(0, 2.5, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(page) + grain, 0, 255).astype(np.uint8))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pyramids")


@pytest.fixture(scope="module")
def page(folder: Path) -> Master:
    return carved(text_page(2401, 1803), folder / "page.tif")


@pytest.fixture(scope="module")
def corners(folder: Path) -> Master:
    """Four flat corners, all different, so that every turn shows."""
    image = Image.new("RGB", (800, 600), (200, 30, 30))
    for colour, box in (((30, 160, 30), (400, 0)), ((30, 30, 200), (0, 300)), ((220, 220, 40), (400, 300))):
        image.paste(colour, (*box, box[0] + 400, box[1] + 300))
    return carved(image, folder / "corners.tif")


@pytest.mark.parametrize(
    ("region", "size"),
    [
        ((1, 1, 2000, 1600), (1000, 800)),
        ((333, 207, 1801, 1401), (901, 701)),
        ((101, 57, 1999, 1599), (900, 720)),
        ((101, 57, 1000, 700), (640, 448)),
        ((3, 5, 2001, 1501), (600, 450)),
        ((1, 1, 700, 500), (699, 499)),
    ],
)
def test_a_region_lies_where_it_was_asked_to_the_fraction_of_a_pixel(
    page: Master, region: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    x, y, w, h = region
    wanted = page.image.resize(size, Image.Resampling.LANCZOS, box=(x, y, x + w, y + h))
    found = rendered(page, f"{x},{y},{w},{h}", "{},{}".format(*size), "0", "default.png")
    assert psnr(found, wanted) >= 35


@pytest.mark.parametrize("fraction", [(0, 0), (1, 0), (0, 1), (1, 1), (3, 1), (2, 3)])
def test_a_fraction_of_a_level_s_pixel_costs_less_than_one_decibel_and_a_half(
    page: Master, fraction: tuple[int, int]
) -> None:
    def quality(dx: int, dy: int) -> float:
        x, y, w, h = 400 + dx, 200 + dy, 1600, 1200
        wanted = page.image.resize((400, 300), Image.Resampling.LANCZOS, box=(x, y, x + w, y + h))
        return psnr(rendered(page, f"{x},{y},{w},{h}", "400,300", "0", "default.png"), wanted)

    assert quality(*fraction) > quality(0, 0) - 1.5


def test_an_enlarged_region_lies_where_it_was_asked(page: Master) -> None:
    wanted = page.image.resize((700, 500), Image.Resampling.BICUBIC, box=(101, 57, 301, 200))
    assert psnr(rendered(page, "101,57,200,143", "^700,500", "0", "default.png"), wanted) >= 35


def test_one_side_may_be_enlarged_and_the_other_reduced(page: Master) -> None:
    wanted = page.image.resize((900, 200), Image.Resampling.BICUBIC, box=(101, 57, 601, 1057))
    assert psnr(rendered(page, "101,57,500,1000", "^900,200", "0", "default.png"), wanted) >= 30


@pytest.mark.parametrize("level", range(4))
def test_every_level_of_an_odd_sized_image_is_sent_whole(page: Master, level: int) -> None:
    width, height = (-(-side // 2**level) for side in page.image.size)
    found = rendered(page, "full", f"{width},{height}", "0", "default.png")
    wanted = page.image.reduce(2**level)
    assert found.size == wanted.size == (width, height)
    assert psnr(found, wanted) >= 32, "what JPEG loses of a level, and no more"


def test_tiles_computed_one_by_one_join_without_a_seam(page: Master) -> None:
    whole = rendered(page, "500,300,1500,1000", "750,500", "0", "default.png")
    halves = [rendered(page, f"{x},300,750,1000", "375,500", "0", "default.png") for x in (500, 1250)]
    joined = np.hstack([np.asarray(half) for half in halves])
    assert np.array_equal(joined, np.asarray(whole))


@pytest.mark.parametrize(("mirrored", "degrees"), [*product((False, True), TURNS)])
def test_mirrored_first_then_turned_clockwise(corners: Master, mirrored: bool, degrees: int) -> None:
    wanted = corners.image.resize((80, 60))
    wanted = wanted.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else wanted
    turn = TURNS[degrees]
    wanted = wanted.transpose(turn) if turn is not None else wanted
    found = rendered(corners, "full", "80,60", f"{'!' if mirrored else ''}{degrees}", "default.png")
    assert found.size == wanted.size
    for at in ((10, 10), (found.width - 10, 10), (10, found.height - 10), (found.width - 10, found.height - 10)):
        assert np.allclose(found.getpixel(at), wanted.getpixel(at), atol=4)


TILE = ("0,0,512,512", "512,512")


@pytest.mark.parametrize("rotation", ["0", "90", "!180", "!270"])
@pytest.mark.parametrize("last", ["default.png", "gray.png", "color.png"])
def test_a_tile_recoded_is_what_the_pyramid_renders(corners: Master, rotation: str, last: str) -> None:
    request, derived = resolved(corners.image, *TILE, rotation, last)
    tile = BytesIO()
    corners.image.crop((0, 0, 512, 512)).save(tile, "JPEG", quality=85)
    recoded = Image.open(BytesIO(pixels.recode(tile.getvalue(), request, ENCODING)))
    found = Image.open(
        BytesIO(pixels.render(corners.file, corners.index, replace(derived, tile=None), request, ENCODING))
    )
    assert (recoded.size, recoded.mode) == (found.size, found.mode)
    assert psnr(recoded, found) >= 35


def test_gray_has_one_channel_with_the_luma_of_jpeg(corners: Master) -> None:
    found = rendered(corners, "full", "80,60", "0", "gray.png")
    assert found.mode == "L"
    assert psnr(found, corners.image.resize((80, 60)).convert("L")) >= 35


def test_a_grey_pyramid_answers_every_quality(folder: Path) -> None:
    ramp = Image.fromarray(np.tile(np.linspace(0, 255, 700).astype(np.uint8), (600, 1)))
    master = carved(ramp, folder / "ramp.tif")
    for quality in ("default", "color", "gray", "bitonal"):
        found = rendered(master, "100,100,500,300", "111,", "!90", f"{quality}.png")
        assert found.convert("RGB").getpixel((5, 2)) > found.convert("RGB").getpixel((5, 108))


def small_sizes() -> Iterator[tuple[int, int]]:
    for n in range(1, 41):
        yield from ((n, 41 - n), (n, n))


def test_images_of_one_to_forty_pixels_answer_in_every_size(tmp_path: Path) -> None:
    for width, height in small_sizes():
        master = carved(Image.new("RGB", (width, height), (90, 150, 210)), tmp_path / "small.tif")
        for size in ("max", f"{(width + 1) // 2},", "1,1", "^!50,50"):
            found = rendered(master, "full", size, "90", "default.png")
            assert np.allclose(np.asarray(found), (90, 150, 210), atol=3), (width, height, size)


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("image", [(2047, 1501), (2048, 1536), (4099, 4097)])
def test_a_flat_sheet_is_flat_to_its_edge_in_whatever_is_computed(
    tmp_path: Path, image: tuple[int, int], mode: str
) -> None:
    sheet = Image.new(mode, image, (243, 229, 201) if mode == "RGB" else 229)
    master = carved(sheet, tmp_path / "flat.tif")
    right, below = image[0] - 301, image[1] - 201
    for region, size in [("full", "max"), ("full", "777,"), (f"{right},{below},301,201", "^700,"), ("full", "200,")]:
        found = np.asarray(rendered(master, region, size, "0", "default.png")).astype(int)
        assert np.abs(found - np.asarray(sheet)[0, 0]).max() <= 2


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6])
def test_a_damaged_pyramid_is_an_error_and_never_a_grey_picture(page: Master, tmp_path: Path, kept: float) -> None:
    content = page.file.read_bytes()
    half = tmp_path / "half.tif"
    half.write_bytes(content[: int(len(content) * kept)] + b"\0" * int(len(content) * (1 - kept)))
    with pytest.raises(Damaged):
        rendered(page._replace(file=half), "full", "1000,", "0", "default.jpg")


def test_a_pyramid_that_is_gone_is_an_error(page: Master, tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"gone\.tif"):
        rendered(page._replace(file=tmp_path / "gone.tif"), "full", "1000,", "0", "default.jpg")


@pytest.mark.parametrize("stored", [b"", b"no picture", b"\xff\xd8\xff\xdb"])
def test_a_damaged_tile_is_an_error(corners: Master, stored: bytes) -> None:
    with pytest.raises(Damaged):
        pixels.recode(stored, resolved(corners.image, *TILE, "0", "gray.jpg")[0], ENCODING)


def test_half_a_tile_is_an_error(corners: Master) -> None:
    tile = BytesIO()
    corners.image.crop((0, 0, 512, 512)).save(tile, "JPEG", quality=85)
    with pytest.raises(Damaged):
        pixels.recode(tile.getvalue()[: tile.tell() // 2], resolved(corners.image, *TILE, "0", "gray.jpg")[0], ENCODING)


WHOLE = r"""
import re, sys
from pathlib import Path
from server.image import pixels
from server.image.grammar import parse
from server.image.answer_plan import Derived
from server.image.output_formats import Encoding
from manifests.scaling import Limits
from server.pyramid.tile_index import LevelTiles, TileIndex, pack, unpack
pixels.configure_libvips()
size = (6000, 6001)
request = parse(3, "full", "max", "!0", "default.jpg").resolve(*size, Limits())
peak = lambda: int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])
before = peak()
index = unpack(pack(b"", [LevelTiles(12, 12, [(0, 0)] * 144)]))
pixels.render(Path(sys.argv[1]), index, Derived(0, True), request, Encoding())
print(peak() - before)
"""


def test_a_whole_large_image_passes_through_in_rows(tmp_path: Path) -> None:
    """36 megapixels are 108 MB; the rows of tiles under way are a fraction of that."""
    pyvips.Image.black(6000, 6001, bands=3).copy(interpretation="srgb").tiffsave(
        str(tmp_path / "large.tif"), tile=True, pyramid=True, tile_width=512, tile_height=512, compression="jpeg"
    )
    said = subprocess.run(
        [sys.executable, "-c", WHOLE, str(tmp_path / "large.tif")],
        capture_output=True,
        text=True,
        check=True,
        env={"VIPS_CONCURRENCY": "1"},
        cwd=Path(__file__).parents[2],
    )
    assert int(said.stdout) < 70_000, "kilobytes"


@pytest.mark.parametrize("sharpen", [0.0, 1 / 32])
def test_a_shift_by_any_part_of_a_pixel_leaves_bare_paper_as_it_is(sharpen: float) -> None:
    paper = pyvips.Image.black(40, 2).linear(1, 229).cast("uchar")
    for shift in (i / 128 for i in range(1, 128)):
        taps = shift_taps(shift, sharpen=sharpen)
        assert sum(taps) == TAPS
        moved = paper.conv(pyvips.Image.new_from_array([taps], scale=TAPS), precision="integer")
        assert (moved.min(), moved.max()) == (229, 229), shift
