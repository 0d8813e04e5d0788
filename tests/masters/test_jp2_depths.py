"""JPEG 2000 of components that differ in depth."""

from pathlib import Path

import numpy as np
import pytest

from tests.masters.chart import ALPHA, CHART, COLOURS, OPACITIES, ROWS, STEPS, drawn, off, said, seen
from tests.masters.jp2_writer import GREY, SRGB, around, definitions, enumerated, of_depths, palette

PLANES = [CHART[:, :, band] for band in range(3)]
OPAQUE = definitions((0, 0, 1), (1, 0, 2), (2, 0, 3), (3, 1, 0))


@pytest.mark.parametrize("reversible", [True, False])
def test_an_opacity_of_one_bit_stands_behind_colours_of_eight(tmp_path: Path, reversible: bool) -> None:
    stream = of_depths([*PLANES, ALPHA > 127], [8, 8, 8, 1], reversible=reversible)
    file = around(tmp_path / "a.jp2", stream, (*ALPHA.shape, 4), 8, enumerated(SRGB), OPAQUE)
    seen_through = (OPACITIES > 127)[None, :, None]
    assert off(file, np.where(seen_through, COLOURS, 255)) <= 1
    assert said(file) == []


@pytest.mark.parametrize("reversible", [True, False])
def test_components_of_different_depths_have_one_scale(tmp_path: Path, reversible: bool) -> None:
    depths = [8, 5, 3]
    planes = [plane >> 8 - depth for plane, depth in zip(PLANES, depths, strict=True)]
    file = around(
        tmp_path / "a.jp2", of_depths(planes, depths, reversible=reversible), CHART.shape, 8, enumerated(SRGB)
    )
    wanted = [(COLOURS[..., n] >> 8 - bits) * (255 / ((1 << bits) - 1)) for n, bits in enumerate(depths)]
    assert off(file, np.stack(wanted, axis=2)) <= (1 if reversible else 3)
    assert seen(file)[1].master.bits == 8


def test_what_is_of_one_depth_is_left_alone(tmp_path: Path) -> None:
    steps = drawn(STEPS)[:, :, 0]
    file = around(
        tmp_path / "a.jp2", of_depths([steps >> 4, steps >> 4], [4, 4]), (*steps.shape, 2), 4, enumerated(GREY)
    )
    assert off(file, (STEPS >> 4) * 17.0) <= 0.5
    assert said(file) == ["extra-channels"]


def test_a_palette_beside_such_a_component_is_refused_by_name(tmp_path: Path) -> None:
    entries = drawn(np.arange(24).reshape(ROWS, -1))
    stream = of_depths([entries, ALPHA > 127], [8, 1])
    boxes = (palette(COLOURS.reshape(-1, 3)), enumerated(SRGB))
    assert said(around(tmp_path / "a.jp2", stream, (*entries.shape, 2), 8, *boxes)) == ["unsupported-pixels"]


def test_colours_that_are_mixed_must_be_of_one_depth(tmp_path: Path) -> None:
    stream = bytearray(of_depths([PLANES[0], PLANES[1] >> 3, PLANES[2] >> 3], [8, 5, 5]))
    stream[stream.index(b"\xff\x52") + 8] = 1
    file = around(tmp_path / "a.jp2", bytes(stream), CHART.shape, 8, enumerated(SRGB))
    assert said(file) == ["unsupported-pixels"]
