"""Light as LogLuv TIFF has it (G. Ward, The LogLuv Encoding): its logarithm, and u' and v' of CIE 1976 in bytes."""

import numpy as np

from tests.masters.chart import Samples

LOG_L, LOG_LUV, SGILOG = 32844, 32845, 34676
_TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
"""Of linear sRGB in the light of D65."""


def light(picture: Samples) -> Samples:
    """Linear, of 8-bit sRGB."""
    signal = picture / 255
    return np.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4)


def log_l(luminance: Samples) -> Samples:
    """Of 16 bits."""
    with np.errstate(divide="ignore"):
        return np.where(luminance > 0, 256 * (np.log2(luminance) + 64), 0).astype(np.uint16)


def log_luv(linear: Samples) -> Samples:
    """Of 32 bits; in LogLuv white is the light of equal energy, as libtiff shows it."""
    white = _TO_XYZ.sum(axis=1)
    x, y, z = np.moveaxis(linear @ (_TO_XYZ / white[:, None]).T, -1, 0)
    total = np.maximum(x + 15 * y + 3 * z, 1e-12)
    u, v = np.where(y > 0, 4 * x / total, 4 / 19), np.where(y > 0, 9 * y / total, 9 / 19)
    return log_l(y).astype(np.uint32) << 16 | (410 * u).astype(np.uint32) << 8 | (410 * v).astype(np.uint32)


def packed(numbers: Samples) -> bytes:
    """Each row byte plane by byte plane, the highest first, in runs."""
    width = numbers.itemsize
    planes = numbers.astype(numbers.dtype.newbyteorder(">")).view(np.uint8).reshape(*numbers.shape, width)
    return b"".join(_runs(row[:, at].tolist()) for row in planes for at in range(width))


def _runs(row: list[int]) -> bytes:
    out, at = bytearray(), 0
    while at < len(row):
        length = next((n for n in range(1, len(row) - at) if row[at + n] != row[at]), len(row) - at)
        if length >= 4:
            length = min(length, 129)
            out += bytes([126 + length, row[at]])
        else:
            length = min(4, len(row) - at)
            out += bytes([length, *row[at : at + length]])
        at += length
    return bytes(out)
