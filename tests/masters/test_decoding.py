"""Masters of every kind come out upright, in 8 bits, looking as they should; what they were is written down."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from server.masters import decoding
from server.masters.decoding import DecodedMaster
from tests import make

LIMIT = 10_000_000
WIDTH, HEIGHT = 97, 61
PHOTO = make.photo(WIDTH, HEIGHT)
GREY = make.grey_photo(WIDTH, HEIGHT)
PAGE = make.text_page(WIDTH, HEIGHT)
BILEVEL = np.where(PAGE > 128, 255, 0).astype(np.uint8)

WRITERS: dict[str, tuple[Callable[[Path], Path], make.Picture, int]] = {
    # name: how to write the file, what it should look like, by how much it may differ
    "striped.tif": (lambda f: make.tiff(f, PHOTO, rowsperstrip=8), PHOTO, 0),
    "tiled.tif": (lambda f: make.tiff(f, PHOTO, tile=(32, 48)), PHOTO, 0),
    "planar.tif": (lambda f: make.planar_tiff(f, PHOTO), PHOTO, 0),
    "planar-tiled.tif": (lambda f: make.planar_tiff(f, PHOTO, tile=(32, 32)), PHOTO, 0),
    "planar-in-one-tile.tif": (lambda f: make.planar_tiff(f, PHOTO, tile=(112, 112)), PHOTO, 0),
    "planar-tiled-16.tif": (lambda f: make.planar_tiff(f, make.sixteen_bits(PHOTO), tile=(32, 32)), PHOTO, 0),
    "planar-tiled-big.tif": (lambda f: make.planar_tiff(f, PHOTO, tile=(32, 32), bigtiff=True), PHOTO, 0),
    "planar-tiled-other-order.tif": (lambda f: make.planar_tiff(f, PHOTO, tile=(112, 112), byteorder=">"), PHOTO, 0),
    "big.tif": (lambda f: make.big_tiff(f, PHOTO), PHOTO, 0),
    "big-other-order.tif": (lambda f: make.big_tiff(f, PHOTO, byteorder=">"), PHOTO, 0),
    "other-order.tif": (lambda f: make.tiff(f, make.sixteen_bits(PHOTO), byteorder=">"), PHOTO, 0),
    "16-bit.tif": (lambda f: make.tiff(f, make.sixteen_bits(PHOTO)), PHOTO, 0),
    "16-bit-planar.tif": (lambda f: make.planar_tiff(f, make.sixteen_bits(PHOTO)), PHOTO, 0),
    "grey.tif": (lambda f: make.tiff(f, GREY), GREY, 0),
    "16-bit-grey.tif": (lambda f: make.tiff(f, make.sixteen_bits(GREY)), GREY, 0),
    "min-is-white.tif": (lambda f: make.min_is_white_tiff(f, GREY), GREY, 0),
    "min-is-white-16.tif": (lambda f: make.min_is_white_tiff(f, make.sixteen_bits(GREY)), GREY, 0),
    "bilevel.tif": (lambda f: make.packed_tiff(f, BILEVEL, bitdepth=1), BILEVEL, 0),
    "bilevel-min-is-white.tif": (lambda f: make.packed_tiff(f, BILEVEL, bitdepth=1, miniswhite=True), BILEVEL, 0),
    "2-bit.tif": (lambda f: make.packed_tiff(f, GREY, bitdepth=2), GREY, 64),
    "4-bit.tif": (lambda f: make.packed_tiff(f, GREY, bitdepth=4), GREY, 16),
    "fax.tif": (lambda f: make.packed_tiff(f, BILEVEL, bitdepth=1, compression="ccittfax4"), BILEVEL, 0),
    "lzw.tif": (lambda f: make.packed_tiff(f, PHOTO, compression="lzw", predictor="horizontal"), PHOTO, 0),
    "deflate.tif": (lambda f: make.packed_tiff(f, PHOTO, compression="deflate"), PHOTO, 0),
    "packbits.tif": (lambda f: make.packed_tiff(f, PHOTO, compression="packbits"), PHOTO, 0),
    "webp.tif": (lambda f: make.packed_tiff(f, PHOTO, compression="webp", lossless=True, tile=True), PHOTO, 1),
    "jpeg-in.tif": (lambda f: make.packed_tiff(f, PHOTO, compression="jpeg", Q=85, tile=True), PHOTO, 90),
    "jpeg-in-strips.tif": (lambda f: make.packed_tiff(f, PHOTO, compression="jpeg", Q=85), PHOTO, 24),
    "baseline.jpg": (lambda f: make.jpeg(f, PHOTO), PHOTO, 12),
    "progressive.jpg": (lambda f: make.jpeg(f, PHOTO, progressive=True), PHOTO, 12),
    "grey.jpg": (lambda f: make.jpeg(f, GREY), GREY, 12),
    "plain.png": (lambda f: make.png(f, PHOTO), PHOTO, 0),
    "16-bit.png": (lambda f: make.png(f, make.sixteen_bits(PHOTO)), PHOTO, 0),
    "16-bit-grey.png": (lambda f: make.png(f, make.sixteen_bits(GREY)), GREY, 0),
    "grey.png": (lambda f: make.png(f, GREY), GREY, 0),
    "bilevel.png": (lambda f: make.narrow_png(f, BILEVEL, 1), BILEVEL, 0),
    "2-bit.png": (lambda f: make.narrow_png(f, GREY, 2), np.array(GREY // 64 * 85), 0),
    "4-bit.png": (lambda f: make.narrow_png(f, GREY, 4), np.array(GREY // 16 * 17), 0),
    "palette.png": (lambda f: make.png(f, PHOTO, palette=True), PHOTO, 24),
    "interlaced.png": (lambda f: make.png(f, PHOTO, interlace=True), PHOTO, 0),
}


def opened(file: Path) -> DecodedMaster:
    return decoding.open_upright(file, max_pixels=LIMIT)


def shown(file: Path) -> make.Picture:
    return make.pixels(opened(file).image)


def codes(file: Path) -> list[str]:
    return [finding.code for finding in decoding.examine(file, max_pixels=LIMIT).findings]


def difference(one: make.Picture, other: make.Picture) -> int:
    assert one.shape == other.shape
    return int(np.abs(one.astype(int) - other).max())


@pytest.mark.parametrize("name", WRITERS)
def test_a_master_looks_as_it_should(tmp_path: Path, name: str) -> None:
    write, expected, tolerance = WRITERS[name]
    found = shown(write(tmp_path / name))
    assert found.dtype == np.uint8
    assert difference(found, expected) <= tolerance


@pytest.mark.parametrize("name", WRITERS)
def test_examining_says_what_opening_finds(tmp_path: Path, name: str) -> None:
    file = WRITERS[name][0](tmp_path / name)
    examined = decoding.examine(file, max_pixels=LIMIT, thorough=True)
    assert examined.master == opened(file).master
    assert len(examined.sha256) == 64
    assert examined.master is not None
    assert (examined.master.width, examined.master.height) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["striped.tif", "tiled.tif", "deflated.tif", "plain.jpg", "plain.png"])
def test_every_orientation_comes_out_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    stored = make.as_stored(PHOTO, orientation)
    writers: dict[str, Callable[[], Path]] = {
        "striped.tif": lambda: make.tiff(tmp_path / kind, stored, orientation=orientation, rowsperstrip=8),
        "tiled.tif": lambda: make.tiff(tmp_path / kind, stored, orientation=orientation, tile=(32, 32)),
        "deflated.tif": lambda: make.tiff(tmp_path / kind, stored, orientation=orientation, compression="zlib"),
        "plain.jpg": lambda: make.jpeg(tmp_path / kind, stored, orientation=orientation),
        "plain.png": lambda: make.png_with_orientation(tmp_path / kind, stored, orientation),
    }
    upright = opened(writers[kind]())
    assert difference(make.pixels(upright.image), PHOTO) <= (12 if kind.endswith("jpg") else 0)
    assert upright.master.orientation == orientation
    assert (upright.master.width, upright.master.height) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_way_through_libtiffs_own_rgba_turns_only_once(tmp_path: Path, orientation: int) -> None:
    flat = np.full_like(PHOTO, 128)
    flat[: HEIGHT // 2, : WIDTH // 3, 0] = 230
    stored = make.as_stored(flat, orientation)
    file = make.tiff(tmp_path / "a.tif", stored, photometric="ycbcr", subsampling=(1, 1), orientation=orientation)
    found = shown(file)
    bright = found[:, :, 0] > 180
    assert found.shape == PHOTO.shape
    assert bright[0, 0]
    assert not bright[0, -1]
    assert not bright[-1, 0]
    assert not bright[-1, -1]


@pytest.mark.parametrize(
    "said", [b"<tiff:Orientation>6</tiff:Orientation>", b'<rdf:Description tiff:Orientation="6"/>']
)
def test_a_png_may_say_in_its_xmp_how_it_is_turned(tmp_path: Path, said: bytes) -> None:
    file = make.png_with_xmp(tmp_path / "a.png", make.as_stored(PHOTO, 6), b"<x:xmpmeta>" + said + b"</x:xmpmeta>")
    assert difference(shown(file), PHOTO) == 0


def test_a_comment_under_a_key_that_is_no_utf_8_does_no_harm(tmp_path: Path) -> None:
    assert difference(shown(make.png_with_comment(tmp_path / "a.png", PHOTO, b"Num\xe9ris\xe9")), PHOTO) == 0


def test_an_upright_image_carries_nothing_of_its_master(tmp_path: Path) -> None:
    upright = opened(make.jpeg(tmp_path / "a.jpg", PHOTO, orientation=6, dpi=(300, 300)))
    assert not {"orientation", "exif-data", "icc-profile-data"} & set(upright.image.get_fields())


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    half = make.with_alpha(PHOTO, 128)
    expected = np.round(PHOTO * (128 / 255) + 255 * (127 / 255)).astype(np.uint8)
    premultiplied = half.copy()
    premultiplied[:, :, :3] = np.round(PHOTO * (128 / 255))
    for name, file in {
        "unassociated": make.tiff(tmp_path / "u.tif", half, extrasamples=["unassalpha"]),
        "associated": make.tiff(tmp_path / "a.tif", premultiplied, extrasamples=["assocalpha"]),
        "wide": make.tiff(tmp_path / "w.tif", make.sixteen_bits(half), extrasamples=["unassalpha"]),
        "png": make.png(tmp_path / "p.png", half),
        "wide png": make.png(tmp_path / "w.png", make.sixteen_bits(half)),
    }.items():
        found = shown(file)
        assert difference(found, expected) <= 2, name


def test_grey_with_transparency_stays_grey(tmp_path: Path) -> None:
    file = make.png(tmp_path / "a.png", make.with_alpha(GREY, 0))
    assert (shown(file) == 255).all()
    assert shown(file).ndim == 2


def test_a_colour_made_invisible_by_a_png_is_white(tmp_path: Path) -> None:
    picture = PHOTO.copy()
    picture[:20, :20] = (1, 2, 3)
    found = shown(make.png_with_transparent_colour(tmp_path / "a.png", picture, (1, 2, 3)))
    assert (found[:20, :20] == 255).all()
    assert difference(found[20:], picture[20:]) == 0


def test_a_channel_that_is_no_transparency_hides_nothing(tmp_path: Path) -> None:
    file = make.tiff(tmp_path / "a.tif", make.with_alpha(PHOTO, 0), extrasamples=["unspecified"])
    assert difference(shown(file), PHOTO) == 0
    assert "extra-channels" in codes(file)


def test_transparency_behind_another_channel_is_found(tmp_path: Path) -> None:
    five = make.with_alpha(make.with_alpha(PHOTO, 77), 0)
    file = make.tiff(tmp_path / "a.tif", five, extrasamples=["unspecified", "unassalpha"])
    assert (shown(file) == 255).all()


@pytest.mark.parametrize("bits", [8, 16])
def test_a_palette_is_looked_up(tmp_path: Path, bits: int) -> None:
    colours = np.random.default_rng(5).integers(0, 256, (256 if bits == 8 else 65536, 3)).astype(np.uint8)
    indices = (np.arange(HEIGHT * WIDTH) * 37 % len(colours)).reshape(HEIGHT, WIDTH)
    file = make.palette_tiff(tmp_path / "a.tif", indices.astype(np.uint8 if bits == 8 else np.uint16), colours)
    assert difference(shown(file), colours[indices]) == 0
    assert opened(file).master.colour == "palette"


@pytest.mark.parametrize("marked", [True, False])
def test_a_pyramid_is_one_image(tmp_path: Path, marked: bool) -> None:
    levels = [PHOTO, PHOTO[::2, ::2], PHOTO[::4, ::4]]
    kinds = [0, 1, 1] if marked else [0, 0, 0]
    file = make.tiff_of_images(tmp_path / "a.tif", levels, kinds)
    assert opened(file).master.images == 1
    assert "several-images" not in codes(file)


def test_a_thumbnail_before_the_page_is_passed_over(tmp_path: Path) -> None:
    file = make.tiff_of_images(tmp_path / "a.tif", [PHOTO[::8, ::8], PHOTO], [1, 0])
    assert difference(shown(file), PHOTO) == 0
    assert opened(file).master.images == 1


def test_what_a_tiff_was_is_written_down(tmp_path: Path) -> None:
    file = make.tiff(
        tmp_path / "a.tif", make.sixteen_bits(PHOTO), resolution=(400, 400), resolutionunit="INCH", compression="zlib"
    )
    master = opened(file).master
    assert (master.format, master.bits, master.samples, master.colour) == ("tiff", 16, 3, "rgb")
    assert (master.ppi, master.compression, master.images, master.profile) == (400, "deflate", 1, None)


def test_resolution_in_centimetres_is_told_in_inches(tmp_path: Path) -> None:
    file = make.tiff(tmp_path / "a.tif", PHOTO, resolution=(236.22, 236.22), resolutionunit="CENTIMETER")
    assert opened(file).master.ppi == pytest.approx(600, abs=0.1)


@pytest.mark.parametrize("options", [{}, {"resolution": (1, 1), "resolutionunit": "INCH"}, {"resolution": (300, 300)}])
def test_no_resolution_is_made_up(tmp_path: Path, options: dict[str, Any]) -> None:
    options.setdefault("resolutionunit", "NONE")
    assert opened(make.tiff(tmp_path / "a.tif", PHOTO, **options)).master.ppi is None
    assert opened(make.jpeg(tmp_path / "a.jpg", PHOTO)).master.ppi is None
    assert opened(make.png(tmp_path / "a.png", PHOTO)).master.ppi is None


def test_the_resolution_of_a_jpeg_and_a_png_is_found(tmp_path: Path) -> None:
    assert opened(make.jpeg(tmp_path / "a.jpg", PHOTO, dpi=(600, 600))).master.ppi == pytest.approx(600)
    image = make.pyvips.Image.new_from_array(PHOTO).copy(xres=300 / 25.4, yres=300 / 25.4)
    image.pngsave(str(tmp_path / "a.png"))
    assert opened(tmp_path / "a.png").master.ppi == pytest.approx(300, abs=0.1)


def test_the_first_bytes_decide_what_a_page_is_read_as(tmp_path: Path) -> None:
    file = make.jpeg(tmp_path / "a.tif", PHOTO)
    assert opened(file).master.format == "jpeg"
    assert "other-name" in codes(file)


def test_a_page_read_again_after_it_was_replaced_shows_the_new_one(tmp_path: Path) -> None:
    file = make.tiff(tmp_path / "a.tif", PHOTO)
    assert difference(shown(file), PHOTO) == 0
    make.tiff(file, PHOTO[::-1])
    assert difference(shown(file), PHOTO[::-1]) == 0


def test_the_master_itself_is_not_touched(tmp_path: Path) -> None:
    file = make.tiff(tmp_path / "a.tif", PHOTO, photometric="cielab", orientation=6)
    before = file.read_bytes()
    file.chmod(0o400)
    decoding.examine(file, max_pixels=LIMIT, thorough=True)
    assert file.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.tif"]
