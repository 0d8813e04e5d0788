"""Pixels as JPEG 2000 (OpenJPEG, through imagecodecs: libvips' own has none, decisions.md, 4 and 40)."""

from typing import Any

import numpy as np
from imagecodecs import jpeg2k_encode

from server.image.stored_window import Pixels


def encode_jp2(pixels: Pixels, level: int) -> bytes:
    """`level`: the ratio of signal and noise in dB, 0 for no loss at all."""
    samples: Any = pixels[:, :, 0] if pixels.shape[2] == 1 else pixels
    made = jpeg2k_encode(
        np.ascontiguousarray(samples), level=level, reversible=not level, codecformat="jp2", numthreads=1
    )
    return bytes(made)
