"""Light by its logarithm is shown as the picture that was measured, whatever its brightness."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import make
from tests.masters.chart import CHART, COLOURS, GREYS, STEPS, Samples, off, said
from tests.masters.logluv import LOG_L, LOG_LUV, SGILOG, light, log_l, log_luv, packed
from tests.masters.tiff_writer import Tiff, write_tiff

LAYOUTS: dict[str, dict[str, Any]] = {
    "strip": {}, "strips": {"rows": 16}, "odd strips": {"rows": 7}, "big-endian": {"rows": 16, "order": ">"},
}  # fmt: skip
every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def written(path: Path, numbers: Samples, photometric: int, **layout: Any) -> Path:
    count = 1 if photometric == LOG_L else 3
    tags = {339: (3, [2]), 258: (3, [16] * count), 277: (3, [count])}

    def code(piece: Samples) -> bytes:
        return packed(np.ascontiguousarray(piece[..., 0]))

    return write_tiff(path, numbers, Tiff(photometric, SGILOG, tags=tags, coder=code, **layout))


@every_layout
def test_grey_light_is_seen(tmp_path: Path, layout: str) -> None:
    file = written(tmp_path / "a.tif", log_l(light(GREYS)), LOG_L, **LAYOUTS[layout])
    assert off(file, STEPS) <= 1
    assert said(file) == ["scaled-samples"]


@every_layout
def test_coloured_light_is_seen_as_finely_as_it_is_stored(tmp_path: Path, layout: str) -> None:
    file = written(tmp_path / "a.tif", log_luv(light(CHART)), LOG_LUV, **LAYOUTS[layout])
    assert off(file) <= 6
    assert said(file) == ["scaled-samples"]


@pytest.mark.parametrize("times", [7.0, 500.0])
def test_light_brighter_than_white_is_brought_down(tmp_path: Path, times: float) -> None:
    grey = written(tmp_path / "a.tif", log_l(light(GREYS) * times), LOG_L)
    assert off(grey, STEPS) <= 1
    colour = written(tmp_path / "b.tif", log_luv(light(CHART) * times), LOG_LUV)
    assert off(colour, COLOURS) <= 6


def test_one_bright_spot_darkens_nothing(tmp_path: Path) -> None:
    bright = light(GREYS)
    bright[:4, :4] = 10_000
    file = written(tmp_path / "a.tif", log_l(bright), LOG_L)
    assert off(file, STEPS) <= 1


def test_light_that_breaks_off_is_refused(tmp_path: Path) -> None:
    written(tmp_path / "a.tif", log_luv(light(CHART)), LOG_LUV)
    assert said(make.truncated(tmp_path / "a.tif", 0.9)) == ["truncated"]
    file = written(tmp_path / "a.tif", log_luv(light(CHART)), LOG_LUV)
    content = bytearray(file.read_bytes())
    (end,) = struct.unpack_from("<I", content, 4)
    content[8 : end - 8] = bytes([1, 7] * end)[: end - 16]  # as many bytes, of fewer pixels
    file.write_bytes(content)
    assert said(file) == ["unreadable"]


def test_light_without_its_compression_is_named(tmp_path: Path) -> None:
    assert said(write_tiff(tmp_path / "a.tif", GREYS, Tiff(LOG_L))) == ["unsupported-pixels"]
    assert said(written(tmp_path / "b.tif", log_l(light(GREYS)), 1)) == ["unsupported-pixels"]
