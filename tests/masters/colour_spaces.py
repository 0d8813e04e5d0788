"""The chart as cameras and programs encode it in other colour spaces than sRGB, worked out without any profile."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from tests.masters.chart import CHART, Samples

Point: TypeAlias = tuple[float, float]
Floats: TypeAlias = np.ndarray[Any, Any]

D65: Point = (0.3127, 0.3290)
SRGB: Sequence[Point] = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
P3: Sequence[Point] = ((0.68, 0.32), (0.265, 0.69), (0.15, 0.06))
BT2020: Sequence[Point] = ((0.708, 0.292), (0.17, 0.797), (0.131, 0.046))
ADOBE: Sequence[Point] = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))


def srgb_signal(light: Floats) -> Floats:
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def srgb_light(signal: Floats) -> Floats:
    return np.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4)


def bt709_signal(light: Floats) -> Floats:
    return np.where(light < 0.018, 4.5 * light, 1.099 * light**0.45 - 0.099)


def power(exponent: float) -> Callable[[Floats], Floats]:
    return lambda light: light**exponent


def linear(light: Floats) -> Floats:
    return light


def encoded(primaries: Sequence[Point], signal: Callable[[Floats], Floats], picture: Samples = CHART) -> Samples:
    """What a file of this space holds that shows the chart."""
    light = srgb_light(picture / 255)
    if picture.ndim == 3:
        light = light @ (np.linalg.inv(_to_xyz(primaries)) @ _to_xyz(SRGB)).T
    return (signal(light.clip(0, 1)) * 255).round().astype(np.uint8)


def _to_xyz(primaries: Sequence[Point]) -> Floats:
    full = np.array([(x / y, 1, (1 - x - y) / y) for x, y in primaries]).T
    x, y = D65
    return full * np.linalg.solve(full, np.array((x / y, 1, (1 - x - y) / y)))
