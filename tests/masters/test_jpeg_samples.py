"""JPEGs that are decoded whole: lossless ones of any depth, and those of 12 bits."""

import struct
from pathlib import Path

import numpy as np
import pytest
from imagecodecs import jpeg8_encode

from server.masters import decoding
from tests.masters.chart import CHART, GREYS, LIMIT, STEPS, Samples, off, said, seen
from tests.masters.test_jpeg import segment

LOSSLESS = {"lossless": True, "predictor": 4}


def write(file: Path, data: Samples, **how: object) -> Path:
    file.write_bytes(jpeg8_encode(data, **how))
    return file


@pytest.mark.parametrize("bits", [8, 12, 16])
def test_lossless_grey_is_shown_as_it_is(tmp_path: Path, bits: int) -> None:
    samples = GREYS if bits == 8 else (GREYS.astype(float) / 255 * ((1 << bits) - 1)).round().astype(np.uint16)
    file = write(tmp_path / "a.jpg", samples, bitspersample=bits, **LOSSLESS)
    assert off(file, STEPS) <= 0.5
    assert said(file) == []
    master = seen(file)[1].master
    assert (master.bits, master.compression) == (bits, "jpeg lossless")


def test_lossless_colour_is_rgb(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jpg", CHART, **LOSSLESS)
    assert (seen(file)[0] == CHART).all()


def test_twelve_bits_are_shown_over_the_whole_scale(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jpg", CHART.astype(np.uint16) * 16 + 8, bitspersample=12, level=98)
    assert off(file) <= 4
    assert said(file) == []
    assert seen(file)[1].master.bits == 12


@pytest.mark.parametrize("how", [LOSSLESS, {"bitspersample": 12}], ids=["lossless", "12 bit"])
def test_one_that_breaks_off_is_refused(tmp_path: Path, how: dict) -> None:
    data = CHART if "lossless" in how else CHART.astype(np.uint16) * 16
    file = write(tmp_path / "a.jpg", data, **how)
    file.write_bytes(file.read_bytes()[:-50])
    assert said(file) == ["truncated"]


def test_it_is_turned_as_exif_says(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jpg", CHART, **LOSSLESS)
    content = file.read_bytes()
    turned = b"Exif\0\0II*\0" + struct.pack("<IHHHII", 8, 1, 0x0112, 3, 1, 6) + bytes(4)
    file.write_bytes(content[:2] + segment(0xE1, turned) + content[2:])
    assert (seen(file)[0] == np.rot90(CHART, -1)).all()
    assert seen(file)[1].master.orientation == 6


def test_it_counts_as_decoded_whole(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jpg", CHART, **LOSSLESS)
    report = decoding.examine(file, max_pixels=LIMIT, max_decoded=100)
    assert [finding.code for finding in report.findings] == ["decoded-whole"]


def test_four_inks_are_refused_by_name(tmp_path: Path) -> None:
    inks = np.concatenate([CHART, CHART[:, :, :1]], axis=2)
    file = write(tmp_path / "a.jpg", inks, colorspace="CMYK", outcolorspace="CMYK", lossless=True)
    assert said(file) == ["unsupported-pixels"]
