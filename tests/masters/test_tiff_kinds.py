"""TIFFs of every kind of colour, however their samples are laid out, show the colours that were put in."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.masters import chart
from tests.masters.chart import ALPHA, CHART, COLOURS, ENTRIES, GREYS, PALETTE, STEPS, Samples, off, said, wide
from tests.masters.tiff_writer import (
    DEFLATE,
    FAX4,
    GREY,
    JPEG,
    LAB,
    LZW,
    NONE,
    PACKBITS,
    RGB,
    YCBCR,
    Tiff,
    write_tiff,
    ycbcr,
)  # fmt: skip
from tests.masters.tiff_writer import PALETTE as BY_PALETTE

LAYOUTS: Mapping[str, dict[str, Any]] = {
    "strip": {},
    "strips": {"rows": 16},
    "odd strips": {"rows": 7},
    "tiles": {"tile": (32, 32)},
    "one tile": {"tile": (112, 80)},
    "a tile far larger than the page": {"tile": (1024, 1024)},
    "strips, big-endian": {"rows": 16, "order": ">"},
    "tiles, big-endian": {"tile": (32, 48), "order": ">"},
    "strips, BigTIFF": {"rows": 16, "big": True},
    "tiles, big-endian BigTIFF": {"tile": (32, 32), "order": ">", "big": True},
}
COMPRESSIONS = {"none": NONE, "LZW": LZW, "deflate": DEFLATE, "PackBits": PACKBITS}
UNASSOCIATED, ASSOCIATED, UNSPECIFIED = {338: (3, [2])}, {338: (3, [1])}, {338: (3, [0])}
COLOUR_MAP = {320: (3, PALETTE.ravel().tolist())}


def premultiplied(picture: Samples) -> Samples:
    return (picture.astype(float) * ALPHA[:, :, None] / 255).round().astype(picture.dtype)


def narrow(bits: int) -> Samples:
    return GREYS >> (8 - bits)


def scaled(bits: int) -> Samples:
    """Grey steps in so many bits, as they look in eight."""
    return (STEPS >> (8 - bits)) * (255 // ((1 << bits) - 1))


def icc_lab(bits: int) -> Samples:
    """The chart as a profile's own CIELab: unsigned, with white of 16 bits at FF00."""
    stored = chart.cielab(bits)
    stored[..., 1:] ^= 1 << bits - 1
    if bits == 16:
        stored[..., 0] = (stored[..., 0] * (65280 / 65535)).round().astype(np.uint16)
    return stored


KINDS: Mapping[str, tuple[Samples, Tiff, Samples, float]] = {
    # name: samples, how they are laid out, the patches to be seen, by how many steps these may differ
    "RGB": (CHART, Tiff(RGB), COLOURS, 0),
    "RGB of 16 bits": (wide(CHART), Tiff(RGB), COLOURS, 0),
    "RGB with alpha": (np.dstack([CHART, ALPHA]), Tiff(RGB, tags=UNASSOCIATED), chart.on_white(COLOURS), 1),
    "RGB with associated alpha": (
        np.dstack([premultiplied(CHART), ALPHA]), Tiff(RGB, tags=ASSOCIATED), chart.on_white(COLOURS), 2,
    ),
    "RGB and a spot colour": (np.dstack([CHART, ALPHA]), Tiff(RGB, tags=UNSPECIFIED), COLOURS, 0),
    "grey": (GREYS, Tiff(GREY), STEPS, 0),
    "grey of 16 bits": (wide(GREYS), Tiff(GREY), STEPS, 0),
    "grey, white is zero": (255 - GREYS, Tiff(0), STEPS, 0),
    "grey with alpha": (np.dstack([GREYS, ALPHA]), Tiff(GREY, tags=UNASSOCIATED), chart.on_white(STEPS), 1),
    "grey, white is zero, with alpha": (
        np.dstack([255 - GREYS, ALPHA]), Tiff(0, tags=UNASSOCIATED), chart.on_white(STEPS), 1,
    ),
    "grey of 16 bits with alpha": (
        np.dstack([wide(GREYS), wide(ALPHA)]), Tiff(GREY, tags=UNASSOCIATED), chart.on_white(STEPS), 1,
    ),
    "grey and a spot colour": (np.dstack([GREYS, ALPHA]), Tiff(GREY, tags=UNSPECIFIED), STEPS, 0),
    "palette": (ENTRIES, Tiff(BY_PALETTE, tags=COLOUR_MAP), COLOURS, 0),
    "palette with alpha": (
        np.dstack([ENTRIES, ALPHA]), Tiff(BY_PALETTE, tags={**COLOUR_MAP, **UNASSOCIATED}), chart.on_white(COLOURS), 1,
    ),
    "CIELab of 8 bits": (chart.cielab(8), Tiff(LAB), COLOURS, 4),
    "CIELab of 16 bits": (chart.cielab(16), Tiff(LAB), COLOURS, 1),
    "CIELab of 8 bits with alpha": (
        np.dstack([chart.cielab(8), ALPHA]), Tiff(LAB, tags=UNASSOCIATED), chart.on_white(COLOURS), 4,
    ),
    "CIELab of 16 bits with alpha": (
        np.dstack([chart.cielab(16), wide(ALPHA)]), Tiff(LAB, tags=UNASSOCIATED), chart.on_white(COLOURS), 1,
    ),
    "ICCLab of 8 bits": (icc_lab(8), Tiff(9), COLOURS, 4),
    "ICCLab of 16 bits": (icc_lab(16), Tiff(9), COLOURS, 1),
    "YCbCr": (ycbcr(CHART), Tiff(YCBCR, subsampling=(1, 1)), COLOURS, 2),
    "YCbCr with alpha": (
        np.dstack([ycbcr(CHART), ALPHA]),
        Tiff(YCBCR, subsampling=(1, 1), tags=UNASSOCIATED),
        chart.on_white(COLOURS),
        2,
    ),
}  # fmt: skip
WITH_EXTRA = {"RGB and a spot colour", "grey and a spot colour"}


@pytest.mark.parametrize("planes", [False, True], ids=["pixels", "planes"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_colour_is_right_in_every_layout(tmp_path: Path, kind: str, planes: bool) -> None:
    samples, tiff, expected, tolerance = KINDS[kind]
    file = tmp_path / "a.tif"
    for compression, (name, layout) in zip(itertools.cycle(COMPRESSIONS.values()), LAYOUTS.items(), strict=False):
        write_tiff(file, samples, replace(tiff, compression=compression, planes=planes, **layout))
        assert off(file, expected) <= tolerance, (name, compression)
    assert said(file) == (["extra-channels"] if kind in WITH_EXTRA else [])


@pytest.mark.parametrize("subsampling", [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1), (4, 2), (4, 4)], ids=str)
@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_ycbcr_is_right_with_every_subsampling(tmp_path: Path, compression: str, subsampling: tuple[int, int]) -> None:
    for name, layout in LAYOUTS.items():
        if layout.get("rows", 16) % subsampling[1] == 0:
            tiff = Tiff(YCBCR, COMPRESSIONS[compression], subsampling=subsampling, **layout)
            assert off(write_tiff(tmp_path / "a.tif", ycbcr(CHART), tiff)) <= 3, name


def test_ycbcr_follows_the_luma_and_the_reference_that_the_file_names(tmp_path: Path) -> None:
    red, green, blue = (CHART[..., at].astype(float) for at in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    chroma = [(blue - luma) / 1.8556, (red - luma) / 1.5748]
    samples = np.stack([luma * 219 / 255 + 16, *(c * 112 / 127 + 128 for c in chroma)], -1).round().astype(np.uint8)
    tags = {
        529: (5, [2126, 10000, 7152, 10000, 722, 10000]),
        532: (5, [16, 1, 235, 1, 128, 1, 240, 1, 128, 1, 240, 1]),
    }
    assert off(write_tiff(tmp_path / "a.tif", samples, Tiff(YCBCR, subsampling=(1, 1), tags=tags))) <= 3


@pytest.mark.parametrize("tag", [None, (1, 1), (2, 1), (2, 2)], ids=str)
def test_jpeg_pieces_say_their_own_subsampling(tmp_path: Path, tag: tuple[int, int] | None) -> None:
    for data, layout in itertools.product(((1, 1), (2, 1), (2, 2)), LAYOUTS):
        if LAYOUTS[layout].get("rows", 16) % 16:  # JPEG wants strips of whole blocks
            continue
        tags = {530: (3, tag) if tag else None}
        tiff = Tiff(YCBCR, JPEG, subsampling=data, tags=tags, **LAYOUTS[layout])
        file = write_tiff(tmp_path / "a.tif", CHART, tiff)
        assert off(file) <= 12, (data, layout)
        assert said(file) == [], (data, layout)


@pytest.mark.parametrize("layout", ["strips", "tiles", "one tile", "a tile far larger than the page"])
@pytest.mark.parametrize("planes", [False, True], ids=["pixels", "planes"])
def test_jpeg_pieces_of_rgb_are_rgb(tmp_path: Path, planes: bool, layout: str) -> None:
    file = write_tiff(tmp_path / "a.tif", CHART, Tiff(RGB, JPEG, planes=planes, **LAYOUTS[layout]))
    assert off(file) <= 12
    assert said(file) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("bits", [1, 2, 4])
def test_planes_mean_nothing_where_a_pixel_has_one_sample(tmp_path: Path, bits: int, layout: str) -> None:
    for white_is_zero in (False, True):
        samples = narrow(bits) if not white_is_zero else (1 << bits) - 1 - narrow(bits)
        tiff = Tiff(0 if white_is_zero else GREY, bits=bits, tags={284: (3, [2])}, **LAYOUTS[layout])
        assert off(write_tiff(tmp_path / "a.tif", samples, tiff), scaled(bits)) == 0


@pytest.mark.parametrize("compression", [NONE, LZW, DEFLATE, PACKBITS, FAX4])
def test_the_first_bit_of_a_byte_may_be_its_lowest(tmp_path: Path, compression: int) -> None:
    for layout in ({}, {"rows": 16}):
        tiff = Tiff(GREY, compression, bits=1, low_bit_first=True, **layout)
        assert off(write_tiff(tmp_path / "a.tif", narrow(1), tiff), scaled(1)) == 0


@pytest.mark.parametrize("bits", [4, 8])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_palette_is_one_sample_too(tmp_path: Path, layout: str, bits: int) -> None:
    entries = ENTRIES % min(1 << bits, 24)
    tags = {320: (3, PALETTE[:, : 1 << bits].ravel().tolist()), 284: (3, [2])}
    file = write_tiff(tmp_path / "a.tif", entries, Tiff(BY_PALETTE, bits=bits, tags=tags, **LAYOUTS[layout]))
    numbers = np.arange(24).reshape(4, 6) % min(1 << bits, 24)
    assert off(file, COLOURS.reshape(-1, 3)[numbers]) == 0


def test_a_palette_may_have_more_entries_and_not_fewer(tmp_path: Path) -> None:
    longer = np.pad(PALETTE, ((0, 0), (0, 44)))
    file = write_tiff(tmp_path / "a.tif", ENTRIES, Tiff(BY_PALETTE, tags={320: (3, longer.ravel().tolist())}))
    assert off(file) == 0
    for shorter in ({320: (3, PALETTE[:, :100].ravel().tolist())}, {320: None}):
        assert said(write_tiff(tmp_path / "a.tif", ENTRIES, Tiff(BY_PALETTE, tags=shorter))) == ["unreadable"]


def test_a_last_strip_of_jpeg_may_be_whole(tmp_path: Path) -> None:
    padded = np.pad(CHART, ((0, 16), (0, 0), (0, 0)), mode="edge")
    file = write_tiff(tmp_path / "a.tif", padded, Tiff(YCBCR, JPEG, rows=40, tags={257: (4, [64])}))
    assert off(file) <= 12
    assert said(file) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_fax_is_read_in_tiles_and_with_planes(tmp_path: Path, layout: str) -> None:
    tiff = Tiff(GREY, FAX4, bits=1, tags={284: (3, [2])}, **LAYOUTS[layout])
    file = write_tiff(tmp_path / "a.tif", narrow(1), tiff)
    assert off(file, scaled(1)) == 0
    assert said(file) == []


@pytest.mark.parametrize("rows", [64, 16])
def test_a_fax_that_does_not_say_which_is_white_is_black_on_white_and_all_else_is_not(
    tmp_path: Path, rows: int
) -> None:
    unsaid = {262: None}
    fax = write_tiff(tmp_path / "a.tif", 1 - narrow(1), Tiff(GREY, FAX4, bits=1, rows=rows, tags=unsaid))
    assert off(fax, scaled(1)) == 0
    assert said(fax) == []
    plain = write_tiff(tmp_path / "b.tif", narrow(1), Tiff(GREY, PACKBITS, bits=1, rows=rows, tags=unsaid))
    assert off(plain, scaled(1)) == 0


@pytest.mark.parametrize("size", [(299, 383), (200, 300), (512, 512)], ids=str)
def test_a_large_jpeg_tile_on_a_small_page_is_read(tmp_path: Path, size: tuple[int, int]) -> None:
    picture = np.full((size[1], size[0], 3), (200, 120, 40), np.uint8)
    file = write_tiff(tmp_path / "a.tif", picture, Tiff(RGB, JPEG, tile=(1024, 1024)))
    pixels, _ = chart.seen(file)
    assert pixels.shape == picture.shape
    assert np.abs(pixels.astype(int) - picture).max() <= 3
