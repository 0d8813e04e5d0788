"""How samples of any depth and kind become 16 bits (decisions.md, 41).

Unsigned integers: all that fit into their bits, from 0 to the largest. Floating point whose samples all lie between 0
and 1: as they are. Other floating point, and signed integers: from SMinSampleValue to SMaxSampleValue where the file
has both, else from the lowest sample of the image to the highest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from manifests.findings import make_finding
from manifests.model import Finding
from server.masters import tiff_directories as tags
from server.masters.decoded import Samples
from server.masters.tiff_numbers import TiffNumbers
from server.masters.tiff_pixels import FLOAT, SIGNED, Pixels


@dataclass(frozen=True, slots=True)
class Scale:
    """`low` becomes 0 and `high` full; `told` says whether whoever looks must be told."""

    low: float
    high: float
    told: bool = False

    def of(self, samples: Samples) -> Samples:
        """Over 0 to 65535; what is no number is 0."""
        span = self.high - self.low
        wide = samples.astype(np.float64)
        with np.errstate(invalid="ignore", over="ignore"):
            found = (wide - self.low) / span if span else wide * 0
        full: Samples = (np.nan_to_num(found, nan=0.0, posinf=1.0, neginf=0.0).clip(0, 1) * 65535).round()
        return full.astype(np.uint16)

    def finding(self) -> Iterator[Finding]:
        if self.told:
            yield make_finding("scaled-samples", low=f"{self.low:g}", high=f"{self.high:g}")


def scale_of(numbers: TiffNumbers) -> Scale:
    """Of the colour samples; it reads every piece where nothing else says what they are."""
    pixels = numbers.pixels
    if pixels.sample_format not in (FLOAT, SIGNED):
        return Scale(0, float((1 << pixels.bits) - 1))
    lows, highs = numbers.reals(tags.LOWEST_SAMPLE), numbers.reals(tags.HIGHEST_SAMPLE)
    if lows and highs and np.isfinite([*lows, *highs]).all() and min(lows) < max(highs):
        low, high = min(lows), max(highs)
    else:
        low, high = _extremes(numbers)
        if pixels.sample_format == FLOAT and low >= 0 and high <= 1:
            return Scale(0, 1)
    return Scale(low, high, told=True)


def alpha_scale(pixels: Pixels) -> Scale:
    """Opacity is no colour: of floating point 1 is opaque, of integers the largest."""
    if pixels.sample_format == FLOAT:
        return Scale(0, 1)
    bits = pixels.bits - (pixels.sample_format == SIGNED)
    return Scale(0, float((1 << bits) - 1))


def _extremes(numbers: TiffNumbers) -> tuple[float, float]:
    low, high = np.inf, -np.inf
    for plane, samples in numbers.all_seen():
        if numbers.pixels.separate and plane >= numbers.pixels.of_colour:
            continue
        colour = samples if numbers.pixels.separate else samples[..., : numbers.pixels.of_colour]
        finite = colour[np.isfinite(colour)]
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    return (low, high) if low <= high else (0.0, 1.0)
