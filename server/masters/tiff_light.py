"""TIFFs that hold light as it was measured (LogL and LogLuv), brought to what a screen can show (decisions.md, 41).

libtiff decodes both, and gives CIE XYZ where white is the light of equal energy; libvips hands it on as if it were D65.
"""

from collections.abc import Callable

import numpy as np

from manifests.findings import make_finding
from manifests.model import Finding
from server.libvips import pyvips
from server.masters import damage
from server.masters.header import VipsImage
from server.masters.refusal import master_refused
from server.masters.tiff_pixels import LOG_L

_SIGN = 0x8000
_STEPS, _OFFSET = 256, 64
"""Of the logarithm, in one power of two; and the lowest power."""
_OF_XYZ = 100
"""White in libvips' XYZ."""
_PERCENT = 99


def shown_light(opened: Callable[[], VipsImage], photometric: int) -> tuple[VipsImage, tuple[Finding, ...]]:
    """Grey or RGB of 16 bits. White is 1, or what one pixel in a hundred exceeds, where that is more."""
    white = max(1.0, _luminance_of(_percentile(opened(), photometric)))
    found = make_finding("scaled-samples", low="0", high=f"{white:.4g}")
    image = opened()
    if photometric == LOG_L:
        return _steps(image, photometric).maplut(_curve(white)).copy(interpretation="grey16"), (found,)
    linear = (image / white).copy(interpretation="xyz").colourspace("scrgb")
    return linear.colourspace("rgb16"), (found,)


def _percentile(image: VipsImage, photometric: int) -> float:
    try:
        return float(_steps(image, photometric).percent(_PERCENT))
    except pyvips.Error as error:
        raise master_refused("unreadable", reason=damage.DAMAGED) from error


def _steps(image: VipsImage, photometric: int) -> VipsImage:
    """Of the logarithm of the luminance; what is negative is black."""
    if photometric == LOG_L:
        stored = image.cast("int")
        return (stored >= 0).ifthenelse(stored, 0).cast("ushort")
    luminance = image[1] / _OF_XYZ
    steps = (luminance.log() / np.log(2) + _OFFSET) * _STEPS
    return (luminance > 0).ifthenelse(steps, 0).cast("ushort")


def _luminance_of(steps: float) -> float:
    return float(2 ** ((steps + 0.5) / _STEPS - _OFFSET)) if steps > 0 else 0.0


def _curve(white: float) -> VipsImage:
    """What each step is in sRGB's curve, of 16 bits."""
    steps = np.arange(_SIGN)
    light = np.where(steps > 0, 2.0 ** ((steps + 0.5) / _STEPS - _OFFSET) / white, 0).clip(0, 1)
    signal = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return pyvips.Image.new_from_array((signal * 65535).round()[None, :]).cast("ushort")
