"""From an image of libvips to a JPEG that is encoded at once: quicker than libvips, where the picture is not large.

The same tables, the same colours in half the resolution, the same bytes but for a few in the headers.
"""

from typing import Any

import numpy as np
import simplejpeg

from server.image.stop import Stop
from server.image.stored_window import Pixels
from server.image.work_memory import WorkMemory
from server.libvips import pyvips

_SMALL = 2**20
"""Bytes that are quicker to have from libvips in one piece."""
_STRIP = 16
"""Rows: what libvips holds of them between its steps stays in the processor's cache."""


def encode(pixels: Pixels, quality: int) -> bytes:
    colours, sampling = ("gray", "gray") if pixels.shape[2] == 1 else ("rgb", "420")
    return bytes(simplejpeg.encode_jpeg(pixels, quality, colours, sampling))


def pixels_of(image: Any, stop: Stop, memory: WorkMemory) -> Pixels:
    """All of an image of 8 bits. Raises pyvips.Error, and Busy where it was told to stop."""
    width, height, bands = image.width, image.height, image.bands
    if width * height * bands <= _SMALL:
        return np.frombuffer(image.write_to_memory(), np.uint8).reshape(height, width, bands)
    found, region = memory.take(height * width * bands).reshape(height, width, bands), pyvips.Region.new(image)
    for top in range(0, height, _STRIP):
        stop.raise_if_set()
        rows = min(_STRIP, height - top)
        strip = np.frombuffer(region.fetch(0, top, width, rows), np.uint8)
        found[top : top + rows] = strip.reshape(rows, width, bands)
    return found
