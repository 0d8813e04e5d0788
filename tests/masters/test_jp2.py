"""JPEG 2000 in every colour that its boxes can name, of every depth; what is missing or not understood is refused."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ImageCms

from tests import make, profiles
from tests.masters.chart import (
    ALPHA,
    CHART,
    COLOURS,
    ENTRIES,
    GREYS,
    PALETTE,
    STEPS,
    Samples,
    cielab,
    off,
    on_white,
    said,
    seen,
    wide,
)
from tests.masters.jp2_writer import (
    CMYK,
    GREY,
    LAB,
    SRGB,
    SYCC,
    around,
    codestream,
    definitions,
    enumerated,
    joined,
    palette,
    resolution,
    with_profile,
    write_jp2,
)
from tests.masters.test_colour import VISIBLE, by_littlecms, mean_difference
from tests.masters.tiff_writer import ycbcr

OPAQUE = definitions((0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 1, 0))
BY_PALETTE = palette((PALETTE[:, :24] // 257).T)


def as_lab(samples: Samples) -> Samples:
    """As a file has it whose box says no ranges: from CIELab as TIFF has it, of 8 bits."""
    lab = samples.astype(np.int16)
    signed = (lab[..., 1:] ^ 128) - 128
    a, b = signed[..., 0] * 255 / 170 + 128, signed[..., 1] * 255 / 200 + 96
    return np.stack([lab[..., 0], a, b], axis=-1).round().clip(0, 255).astype(np.uint8)


KINDS: dict[str, tuple[Samples, tuple[bytes, ...], dict[str, Any], Samples, float]] = {
    # name: samples, boxes, how they are encoded, the patches to be seen, by how many steps these may differ
    "sRGB": (CHART, (enumerated(SRGB),), {}, COLOURS, 0),
    "sRGB of 16 bits": (wide(CHART), (enumerated(SRGB),), {}, COLOURS, 0),
    "sRGB with a component transform": (CHART, (enumerated(SRGB),), {"mct": True}, COLOURS, 0),
    "sRGB with loss": (CHART, (enumerated(SRGB),), {"reversible": False, "level": 45}, COLOURS, 3),
    "12 bits": ((CHART.astype(np.uint32) * 4095 // 255).astype(np.uint16), (enumerated(SRGB),),
                {"bitspersample": 12}, COLOURS, 1),
    "grey": (GREYS, (enumerated(GREY),), {}, STEPS, 0),
    "grey of 16 bits": (wide(GREYS), (enumerated(GREY),), {}, STEPS, 0),
    "grey of 4 bits": (GREYS >> 4, (enumerated(GREY),), {"bitspersample": 4}, (STEPS >> 4) * 17, 0),
    "grey of 1 bit, 0 is white": (1 - (GREYS >> 7), (enumerated(0),), {"bitspersample": 1}, (STEPS >> 7) * 255, 0),
    "grey of 1 bit, 0 is black": (GREYS >> 7, (enumerated(15),), {"bitspersample": 1}, (STEPS >> 7) * 255, 0),
    "sYCC": (ycbcr(CHART), (enumerated(SYCC),), {}, COLOURS, 2),
    "sYCC of 16 bits": (wide(ycbcr(CHART)), (enumerated(SYCC),), {}, COLOURS, 3),
    "CIELab": (as_lab(cielab(8)), (enumerated(LAB),), {}, COLOURS, 5),
    "palette": (ENTRIES.astype(np.uint8), (BY_PALETTE, enumerated(SRGB)), {}, COLOURS, 0),
    "with opacity": (np.dstack([CHART, ALPHA]), (enumerated(SRGB), OPAQUE), {}, on_white(COLOURS), 1),
    "with opacity first": (
        np.dstack([ALPHA, CHART]),
        (enumerated(SRGB), definitions((0, 1, 0), (1, 0, 1), (2, 0, 2), (3, 0, 3))), {}, on_white(COLOURS), 1,
    ),
    "blue first": (
        CHART[:, :, ::-1], (enumerated(SRGB), definitions((0, 0, 3), (1, 0, 2), (2, 0, 1))), {}, COLOURS, 0,
    ),
    "with premultiplied opacity": (
        np.dstack([(CHART * (ALPHA[:, :, None] / 255)).round().astype(np.uint8), ALPHA]),
        (enumerated(SRGB), definitions((0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 2, 0))), {}, on_white(COLOURS), 2,
    ),
    "without a word on its colours": (CHART, (), {}, COLOURS, 0),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_its_colours_are_seen(tmp_path: Path, kind: str) -> None:
    samples, header, options, patches, tolerance = KINDS[kind]
    file = write_jp2(tmp_path / "a.jp2", samples, *header, **options)
    assert off(file, patches) <= tolerance
    assert set(said(file)) <= {"no-profile"}


@pytest.mark.parametrize(("across", "down"), [(1, 1), (2, 1), (2, 2)])
def test_sycc_may_have_fewer_samples_of_colour(tmp_path: Path, across: int, down: int) -> None:
    stored = ycbcr(CHART)
    stream = joined([stored[..., 0], *(stored[::down, ::across, at] for at in (1, 2))], across, down)
    assert off(around(tmp_path / "a.jp2", stream, CHART.shape, 8, enumerated(SYCC))) <= 2
    odd = [stored[..., 0], stored[::2, ::2, 1], stored[:, ::2, 2]]
    file = tmp_path / "b.j2k"
    file.write_bytes(joined(odd, across, down))
    assert not seen_or_said(file)


def seen_or_said(file: Path) -> list[str]:
    """What is wrong beside what may be: that the components do not fit."""
    return [code for code in said(file) if code not in ("unreadable", "unsupported-pixels", "truncated")]


def test_signed_samples_are_as_good_as_others(tmp_path: Path) -> None:
    file = tmp_path / "a.j2k"
    for samples, offset in ((CHART, 128), (wide(CHART), 32768)):
        signed = (samples.astype(np.int32) - offset).astype(f"i{samples.itemsize}")
        file.write_bytes(codestream(signed))
        assert off(file) == 0


def test_a_bare_codestream_is_a_master(tmp_path: Path) -> None:
    file = tmp_path / "a.j2k"
    file.write_bytes(codestream(CHART))
    assert off(file) == 0
    assert [finding.code for finding in seen(file)[1].findings] == ["no-profile"]


@pytest.mark.parametrize("bits", [8, 16])
def test_a_profile_has_the_colours_of_littlecms(tmp_path: Path, bits: int) -> None:
    chart, profile = make.patches(3, side=8), profiles.adobe_rgb_profile()
    samples = chart if bits == 8 else make.sixteen_bits(chart)
    found, decoded = seen(write_jp2(tmp_path / "a.jp2", samples, with_profile(profile)))
    assert mean_difference(found, by_littlecms(chart, "RGB", profile)) <= VISIBLE
    assert decoded.master.profile == "Wide green (test)"


def test_grey_with_a_profile_has_the_tones_of_littlecms(tmp_path: Path) -> None:
    ramp, profile = np.arange(256, dtype=np.uint8).reshape(16, 16), profiles.grey_profile(1.8)
    found, _ = seen(write_jp2(tmp_path / "a.jp2", ramp, with_profile(profile)))
    assert mean_difference(found[:, :, 0], by_littlecms(ramp, "L", profile)) <= VISIBLE


@pytest.mark.parametrize("embedded", [True, False])
def test_cmyk_has_the_colours_of_littlecms(tmp_path: Path, embedded: bool) -> None:
    chart, profile = make.patches(4, steps=4, side=8), profiles.cmyk_profile()
    header = with_profile(profile) if embedded else enumerated(CMYK)
    found, _ = seen(write_jp2(tmp_path / "a.jp2", chart, header))
    assert mean_difference(found, by_littlecms(chart, "CMYK", profile)) <= VISIBLE


def test_lab_with_ranges_of_its_own_has_the_colours_of_littlecms(tmp_path: Path) -> None:
    values = np.meshgrid([10, 50, 90], [-20, 0, 25], [-30, 0, 20], indexing="ij")
    lab = np.stack([value.ravel() for value in values], axis=1).reshape(3, 9, 3).repeat(8, 0).repeat(8, 1)
    ranges = ((100, 0), (256, 128), (256, 128))
    samples = np.stack([lab[..., at] * 255 / span + offset for at, (span, offset) in enumerate(ranges)], axis=-1)
    told = struct.pack(">7I", *(number for pair in ranges for number in pair), 0x00443530)
    file = write_jp2(tmp_path / "a.jp2", samples.round().clip(0, 255).astype(np.uint8), enumerated(LAB, told))
    narrow = np.stack([np.round(lab[..., 0] * 2.55), lab[..., 1] % 256, lab[..., 2] % 256], axis=2).astype(np.uint8)
    expected = by_littlecms(narrow, "LAB", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes())
    assert mean_difference(seen(file)[0], expected) <= VISIBLE


def test_a_colour_space_that_is_not_known_is_said(tmp_path: Path) -> None:
    assert "unknown-colours" in said(write_jp2(tmp_path / "a.jp2", CHART, enumerated(99)))


def test_channels_that_are_no_colour_are_left_out(tmp_path: Path) -> None:
    file = write_jp2(tmp_path / "a.jp2", np.dstack([CHART, ALPHA]), enumerated(SRGB))
    assert off(file) == 0
    assert said(file) == ["extra-channels"]


def test_what_the_file_is_is_written_down(tmp_path: Path) -> None:
    master = seen(write_jp2(tmp_path / "a.jp2", wide(CHART), enumerated(SRGB), resolution(300)))[1].master
    assert (master.bits, master.samples, master.colour) == (16, 3, "rgb")
    assert (master.ppi, master.compression) == (pytest.approx(300, abs=0.2), "jpeg 2000 lossless")


def test_of_two_codestreams_the_first_is_the_page(tmp_path: Path) -> None:
    other = codestream(CHART[::-1])
    file = write_jp2(
        tmp_path / "a.jpx", CHART, enumerated(SRGB), behind=struct.pack(">I4s", 8 + len(other), b"jp2c") + other
    )
    assert off(file) == 0
    assert said(file) == ["several-images"]


def test_a_missing_mark_at_the_end_is_said_and_a_missing_part_refused(tmp_path: Path) -> None:
    file, whole = tmp_path / "a.j2k", codestream(CHART)
    file.write_bytes(whole[:-2])
    assert off(file) == 0
    assert said(file) == ["odd-data"]
    for length in (len(whole) - 3, len(whole) // 2, 60, 4):
        file.write_bytes(whole[:length])
        assert said(file) == ["truncated"], length


LYING: dict[str, tuple[bytes, ...]] = {
    "a palette without a mapping of channels": (palette(np.zeros((4, 3), np.uint8))[:-20], enumerated(SRGB)),
    "a channel of a component that is not there": (
        palette(np.zeros((4, 3), np.uint8))[:-12] + struct.pack(">HBB", 9, 1, 0) * 3, enumerated(SRGB),
    ),
    "a palette that breaks off": (struct.pack(">I4sHB", 11, b"pclr", 256, 3), enumerated(SRGB)),
    "more colours than channels": (enumerated(CMYK),),
    "definitions that name no colour": (enumerated(SRGB), definitions((0, 1, 0), (1, 1, 0), (2, 1, 0))),
}  # fmt: skip


@pytest.mark.parametrize("case", LYING)
def test_boxes_that_lie_are_refused_or_passed_over(tmp_path: Path, case: str) -> None:
    codes = said(write_jp2(tmp_path / "a.jp2", CHART, *LYING[case]))
    assert codes in (["unreadable"], ["unsupported-pixels"], ["truncated"], [])


def test_signs_that_differ_and_depths_that_are_too_great_are_named(tmp_path: Path) -> None:
    file, whole = tmp_path / "a.j2k", codestream(CHART)
    siz = whole.index(b"\xff\x51") + 4
    for depth in (0x87, 37):
        file.write_bytes(whole[: siz + 36] + bytes([depth]) + whole[siz + 37 :])
        assert said(file) == ["unsupported-pixels"], depth


def test_more_pixels_than_allowed_are_refused_before_any_is_decoded(tmp_path: Path) -> None:
    file, whole = tmp_path / "a.j2k", codestream(CHART)
    siz = whole.index(b"\xff\x51") + 4
    size = struct.pack(">8I", 60_000, 60_000, 0, 0, 60_000, 60_000, 0, 0)
    file.write_bytes(whole[: siz + 2] + size + whole[siz + 34 :])
    assert said(file) == ["too-large"]
