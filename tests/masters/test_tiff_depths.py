"""TIFFs whose samples libvips does not read: of any depth, signed, floating point, packed by codecs it lacks."""

import itertools
import lzma
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
import tifffile

from server.masters import decoding
from tests import make, profiles
from tests.masters.chart import (
    ALPHA,
    CHART,
    COLOURS,
    ENTRIES,
    GREYS,
    LIMIT,
    PALETTE,
    STEPS,
    Samples,
    off,
    on_white,
    said,
    seen,
)
from tests.masters.test_colour import VISIBLE, by_littlecms, mean_difference
from tests.masters.tiff_writer import CMYK, GREY, JPEG, LZW, PACKBITS, RGB, Tiff, write_tiff
from tests.masters.tiff_writer import PALETTE as BY_PALETTE

LAYOUTS: Mapping[str, dict[str, Any]] = {
    "strip": {},
    "odd strips": {"rows": 7},
    "tiles": {"tile": (32, 48)},
    "strips, big-endian": {"rows": 16, "order": ">"},
    "tiles, big-endian BigTIFF": {"tile": (32, 32), "order": ">", "big": True},
}
DEPTHS = [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 24, 31, 32]
ZSTD, LZMA, LERC, JPEG_2000, JPEG_XL = 50000, 34925, 34887, 34712, 50002
SIGNED, FLOAT = {339: (3, [2])}, {339: (3, [3])}
UNASSOCIATED = {338: (3, [2])}
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def of_depth(picture: Samples, bits: int) -> Samples:
    """From 8 bits to the nearest in so many."""
    most = (1 << bits) - 1
    return (picture.astype(np.float64) * most / 255).round().astype(np.uint32 if bits <= 32 else np.uint64)


def seen_at(patches: Samples, bits: int) -> Samples:
    most = (1 << bits) - 1
    return (patches.astype(np.float64) * most / 255).round() * 255 / most


@every_layout
@pytest.mark.parametrize("bits", DEPTHS)
def test_samples_of_any_depth_are_seen(tmp_path: Path, bits: int, layout: str) -> None:
    for planes in (False, True):
        tiff = Tiff(RGB, bits=bits, planes=planes, **LAYOUTS[layout])
        assert off(write_tiff(tmp_path / "a.tif", of_depth(CHART, bits), tiff), seen_at(COLOURS, bits)) <= 1
    grey = write_tiff(tmp_path / "b.tif", of_depth(GREYS, bits), Tiff(GREY, bits=bits, **LAYOUTS[layout]))
    assert off(grey, seen_at(STEPS, bits)) <= 1
    assert seen(grey)[1].master.bits == bits
    assert said(grey) == []


@pytest.mark.parametrize("bits", [6, 12, 32])
def test_white_may_be_zero(tmp_path: Path, bits: int) -> None:
    samples = ((1 << bits) - 1) - of_depth(GREYS, bits)
    assert off(write_tiff(tmp_path / "a.tif", samples, Tiff(0, bits=bits)), seen_at(STEPS, bits)) <= 1


@pytest.mark.parametrize("bits", [2, 4, 12, 32])
def test_transparency_lies_on_white(tmp_path: Path, bits: int) -> None:
    for planes in (False, True):
        samples = np.dstack([of_depth(CHART, bits), of_depth(ALPHA, bits)])
        tiff = Tiff(RGB, bits=bits, planes=planes, tags=UNASSOCIATED)
        expected = on_white(seen_at(COLOURS, bits))
        if bits >= 12:
            assert off(write_tiff(tmp_path / "a.tif", samples, tiff), expected) <= 2
        else:
            opaque = np.dstack([of_depth(CHART, bits), np.full_like(samples[..., 0], (1 << bits) - 1)])
            assert off(write_tiff(tmp_path / "a.tif", opaque, tiff), seen_at(COLOURS, bits)) <= 1


@pytest.mark.parametrize("bits", [3, 5, 6, 7, 12])
def test_a_palette_of_any_depth_is_looked_up(tmp_path: Path, bits: int) -> None:
    count = min(1 << bits, 24)
    table = np.zeros((3, 1 << bits), np.uint16)
    table[:, :count] = PALETTE[:, :count]
    tiff = Tiff(BY_PALETTE, bits=bits, tags={320: (3, table.ravel().tolist())})
    file = write_tiff(tmp_path / "a.tif", (ENTRIES.astype(int) % count).astype(np.uint16), tiff)
    assert off(file, COLOURS.reshape(-1, 3)[np.arange(24).reshape(4, 6) % count]) == 0


def test_cmyk_of_any_depth_has_the_colours_of_littlecms(tmp_path: Path) -> None:
    chart, profile = make.patches(4, steps=4), profiles.cmyk_profile()
    for bits in (4, 12, 32):
        tiff = Tiff(CMYK, bits=bits)
        found = seen(write_tiff(tmp_path / "a.tif", of_depth(chart, bits), tiff))[0]
        assert mean_difference(found, by_littlecms(chart, "CMYK", profile)) <= VISIBLE


def test_a_profile_is_asked_about_samples_of_other_depths_too(tmp_path: Path) -> None:
    chart, profile = make.patches(3), profiles.adobe_rgb_profile()
    for samples in (chart.astype(np.float32) / 255, of_depth(chart, 32)):
        found = seen(make.tiff(tmp_path / "a.tif", samples, profile=profile))[0]
        assert mean_difference(found, by_littlecms(chart, "RGB", profile)) <= VISIBLE
    ramp = np.arange(256).reshape(16, 16)
    grey = seen(make.tiff(tmp_path / "a.tif", (ramp / 255).astype(np.float32), profile=profiles.grey_profile(1.8)))[0]
    expected = by_littlecms(ramp.astype(np.uint8), "L", profiles.grey_profile(1.8))
    assert mean_difference(grey[:, :, 0], expected) <= VISIBLE


# Floating point and signed numbers


@every_layout
@pytest.mark.parametrize("width", [2, 4, 8])
def test_floating_point_from_0_to_1_is_seen_as_it_is(tmp_path: Path, width: int, layout: str) -> None:
    for planes in (False, True):
        samples = (CHART / 255 * 0.5).astype(f"f{width}")
        file = write_tiff(tmp_path / "a.tif", samples, Tiff(RGB, planes=planes, tags=FLOAT, **LAYOUTS[layout]))
        assert off(file, COLOURS / 2) <= 1
        assert said(file) == []


def test_floating_point_of_24_bits_is_seen_too(tmp_path: Path) -> None:
    """A sign, 7 bits of exponent around 63, 16 of fraction (TIFF Technical Note 3)."""
    stored = (GREYS / 255).astype(">f4").view(">u4")
    exponent = (stored >> 23 & 0xFF).astype(np.int64) - 127 + 63
    small = np.where(exponent > 0, exponent << 16 | (stored & 0x7FFFFF) >> 7, 0).astype(np.uint32)
    for order in "<>":
        assert off(write_tiff(tmp_path / "a.tif", small, Tiff(GREY, bits=24, order=order, tags=FLOAT)), STEPS) <= 1


def test_other_floating_point_is_seen_from_its_lowest_to_its_highest_and_it_is_said(tmp_path: Path) -> None:
    for low, span in ((-300.0, 900.0), (0.0, 255.0), (1000.0, 0.5)):
        samples = (low + GREYS / 255 * span).astype(np.float64)
        file = write_tiff(tmp_path / "a.tif", samples, Tiff(GREY, tags=FLOAT))
        assert off(file, STEPS) <= 1
        assert said(file) == ["scaled-samples"]


def test_what_the_file_says_is_lowest_and_highest_counts(tmp_path: Path) -> None:
    told = {340: (12, [0.0]), 341: (12, [510.0])}
    file = write_tiff(tmp_path / "a.tif", GREYS.astype(np.float32), Tiff(GREY, tags={**FLOAT, **told}))
    assert off(file, STEPS / 2) <= 1
    assert said(file) == ["scaled-samples"]


@pytest.mark.parametrize("bits", [8, 12, 16, 32])
def test_signed_numbers_are_seen_from_the_lowest_to_the_highest(tmp_path: Path, bits: int) -> None:
    half = 1 << bits - 1
    low, high = -half // 2, half // 4
    samples = np.round(low + GREYS / 255 * (high - low)).astype(np.int64)
    kind = {8: np.int8, 16: np.int16, 32: np.int32}.get(bits)
    stored = samples.astype(kind) if kind else (samples % (1 << bits)).astype(np.uint16)
    file = write_tiff(tmp_path / "a.tif", stored, Tiff(GREY, bits=bits, tags=SIGNED))
    assert off(file, STEPS) <= 2
    assert said(file) == ["scaled-samples"]


def test_what_is_no_number_is_black_and_moves_nothing(tmp_path: Path) -> None:
    samples = (GREYS / 255).astype(np.float32)
    samples[0, :4] = (np.nan, np.inf, -np.inf, np.nan)
    pixels, _ = seen(write_tiff(tmp_path / "a.tif", samples, Tiff(GREY, tags=FLOAT)))
    assert pixels[0, :4, 0].tolist() == [0, 255, 0, 0]
    assert np.abs(pixels[1:, :, 0].astype(int) - GREYS[1:]).max() <= 1


def test_a_page_of_one_number_is_no_division_by_zero(tmp_path: Path) -> None:
    for value in (0.0, 0.5, 7.0, np.nan):
        file = write_tiff(tmp_path / "a.tif", np.full((20, 30), value, np.float32), Tiff(GREY, tags=FLOAT))
        assert decoding.examine(file, max_pixels=LIMIT, thorough=True).master is not None


# Compressions


def predicted(piece: Samples) -> bytes:
    rows = piece.astype(piece.dtype.newbyteorder("="))
    rows[:, 1:] -= rows[:, :-1].copy()
    return rows.tobytes()


def zstd(raw: bytes) -> bytes:
    return bytes(imagecodecs.zstd_encode(raw))


PACKED: Mapping[str, tuple[int, Callable[[bytes], bytes]]] = {
    "zstd": (ZSTD, zstd),
    "LZMA": (LZMA, lzma.compress),
    "deflate": (8, zlib.compress),
    "LZW": (LZW, lambda raw: bytes(imagecodecs.lzw_encode(raw))),
    "PackBits": (PACKBITS, lambda raw: bytes(imagecodecs.packbits_encode(raw))),
}


CODED = [*itertools.product(PACKED, [1]), *itertools.product([name for name in PACKED if name != "PackBits"], [2])]
"""The compression, and the predictor that it may come with."""


def packed(samples: Samples, name: str, predictor: int = 1, **layout: Any) -> tuple[Samples, Tiff]:
    """As the compression has them, in strips of 16 rows if nothing else is said."""
    compression, pack = PACKED[name]

    def code(piece: Samples) -> bytes:
        if predictor == 3:
            return pack(imagecodecs.floatpred_encode(piece, axis=-2, dist=1).tobytes())
        return pack(predicted(piece) if predictor == 2 else piece.tobytes())

    layout = layout or {"rows": 16}
    tags: dict[int, Any] = {317: (3, [predictor])} if predictor != 1 else {}
    tags |= FLOAT if samples.dtype.kind == "f" else {}
    return samples, Tiff(GREY if samples.ndim == 2 else RGB, compression, coder=code, tags=tags, **layout)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32])
@pytest.mark.parametrize(("name", "predictor"), CODED)
def test_whole_numbers_are_unpacked(tmp_path: Path, name: str, kind: type, predictor: int) -> None:
    samples = of_depth(CHART, np.dtype(kind).itemsize * 8).astype(kind)
    file = write_tiff(tmp_path / "a.tif", *packed(samples, name, predictor))
    assert off(file) <= 1
    assert said(file) == []


@pytest.mark.parametrize("predictor", [1, 3])
@pytest.mark.parametrize("width", [2, 4, 8])
@pytest.mark.parametrize("name", ["zstd", "deflate", "LZW"])
def test_floating_point_is_unpacked(tmp_path: Path, name: str, width: int, predictor: int) -> None:
    for picture, patches in ((CHART, COLOURS), (GREYS, STEPS)):
        samples = (picture / 255).astype(f"f{width}")
        assert off(write_tiff(tmp_path / "a.tif", *packed(samples, name, predictor)), patches) <= 1


@pytest.mark.parametrize("name", ["zstd", "LZMA", "deflate", "LZW"])
@pytest.mark.parametrize("kind", [np.uint8, np.uint32])
def test_garbled_pieces_are_refused(tmp_path: Path, name: str, kind: type) -> None:
    samples = of_depth(CHART, np.dtype(kind).itemsize * 8).astype(kind)
    file = write_tiff(tmp_path / "a.tif", *packed(samples, name))
    content = bytearray(file.read_bytes())
    content[18:58] = bytes(range(200, 240))
    file.write_bytes(content)
    assert said(file) in (["unreadable"], ["truncated"])


@pytest.mark.parametrize("fraction", [0.3, 0.9, 0.99])
def test_pieces_that_break_off_are_refused(tmp_path: Path, fraction: float) -> None:
    for name, kind in itertools.product(("zstd", "deflate"), (np.uint8, np.float32)):
        samples = (CHART / 255).astype(np.float32) if kind is np.float32 else CHART
        file = make.truncated(write_tiff(tmp_path / "a.tif", *packed(samples, name)), fraction)
        assert said(file) == ["truncated"]


@pytest.mark.parametrize("codec", ["jpeg2000", "jpegxl", "lerc", "zstd", "lzma"])
@pytest.mark.parametrize("layout", [{"rowsperstrip": 16}, {"tile": (32, 32)}], ids=["strips", "tiles"])
def test_other_codecs_inside_are_decoded(tmp_path: Path, codec: str, layout: dict[str, Any]) -> None:
    options = {"jpeg2000": {"level": 0, "reversible": True, "mct": False}, "jpegxl": {"lossless": True}}.get(codec, {})
    for samples in (CHART, make.sixteen_bits(CHART)):
        file = tmp_path / "a.tif"
        tifffile.imwrite(
            file, samples, photometric="rgb", metadata=None, compression=codec, compressionargs=options, **layout
        )
        assert off(file) == 0, samples.dtype
        assert said(file) == []


def test_jpeg_of_twelve_bits_inside_is_decoded(tmp_path: Path) -> None:
    samples = (GREYS.astype(np.uint32) * 4095 // 255).astype(np.uint16)

    def code(piece: Samples) -> bytes:
        return bytes(imagecodecs.jpeg8_encode(piece[:, :, 0], bitspersample=12, level=98))

    for layout in ({}, {"rows": 16}, {"tile": (32, 32)}):
        file = write_tiff(tmp_path / "a.tif", samples, Tiff(GREY, JPEG, bits=12, coder=code, **layout))
        assert off(file, STEPS) <= 2
        assert said(file) == []
    file = write_tiff(tmp_path / "a.tif", samples, Tiff(GREY, JPEG, bits=12, coder=lambda piece: code(piece)[:-9]))
    assert said(file) == ["unreadable"]


# What is not decoded


REFUSED: Mapping[str, tuple[Samples, Tiff, str]] = {
    "complex numbers": (GREYS, Tiff(GREY, tags={339: (3, [6])}), "unsupported-pixels"),
    "33 bits": (GREYS, Tiff(GREY, tags={258: (3, [33])}), "unsupported-pixels"),
    **{
        f"a codec of whole bytes with {bits} bits": (
            GREYS, Tiff(GREY, tags={258: (3, [bits]), 259: (3, [JPEG_XL])}), "unsupported-pixels"
        )
        for bits in (1, 12, 24)
    },
    "floating point of 8 bits": (GREYS, Tiff(GREY, tags=FLOAT), "unsupported-pixels"),
    "a palette of floating point": (
        ENTRIES.astype(np.float32), Tiff(BY_PALETTE, tags={**FLOAT, 320: (3, PALETTE.ravel().tolist())}),
        "unsupported-pixels",
    ),
    "floating point in Lab": (CHART.astype(np.float32), Tiff(8, tags=FLOAT), "unsupported-pixels"),
    "no samples": (GREYS, Tiff(GREY, tags={258: (3, [0])}), "unsupported-pixels"),
    "a tile of gigabytes on a small page": (
        of_depth(GREYS, 12), Tiff(GREY, LZW, bits=12, tile=(112, 80), tags={322: (4, [60_000_000])}), "unreadable",
    ),
    "JBIG": (GREYS, Tiff(GREY, tags={259: (3, [34661])}), "unsupported-compression"),
    "differences of 12 bits": (
        of_depth(GREYS, 12), Tiff(GREY, LZW, bits=12, tags={317: (3, [2])}), "unsupported-pixels",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_decoded_is_named(tmp_path: Path, case: str) -> None:
    samples, tiff, code = REFUSED[case]
    assert said(write_tiff(tmp_path / "a.tif", samples, tiff)) == [code]


def test_a_piece_made_anew_that_is_nearly_the_image_counts_as_decoded_whole(tmp_path: Path) -> None:
    strip = zstd(bytes(9000 * 9000))
    lies: dict[str, Any] = {"compression": ("H", [ZSTD]), "lengths": ("I", [len(strip)]), "rows": ("I", [9000])}
    file = make.raw_tiff(tmp_path / "a.tif", make.tags((9000, 9000), **lies))
    file.write_bytes(file.read_bytes()[:4096] + strip)
    found = decoding.examine(file, max_pixels=10**9, max_decoded=80_000_000)
    assert [finding.code for finding in found.findings] == ["decoded-whole"]
