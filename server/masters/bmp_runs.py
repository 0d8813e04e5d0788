"""Rows of a BMP that stand in runs (BI_RLE8, BI_RLE4): the number of each pixel, in the order of the file."""

import numpy as np

from server.masters.decoded import Samples
from server.masters.refusal import master_refused

MOST_BYTES_A_PIXEL = 4
"""Of what a file may hold for an image: two for a run of one, and two for the mark behind a row of one."""
_END_OF_ROW, _END, _MOVE = 0, 1, 2


def unpack(content: bytes, width: int, height: int, bits: int) -> Samples:
    """Height x width numbers of 8 or 4 bits. What runs beyond its row is cut, what is passed over is 0.

    MasterRefused where the runs break off before the mark at their end.
    """
    rows = np.zeros((height, width), np.uint8)
    position, x, y = 0, 0, 0
    while y < height:
        if position + 2 > len(content):
            raise master_refused("truncated")
        count, value = content[position], content[position + 1]
        position += 2
        if count:
            x = _put(rows[y], x, _numbers(bytes([value]) * count, count, bits))
        elif value == _END:
            break
        elif value == _END_OF_ROW:
            x, y = 0, y + 1
        elif value == _MOVE:
            across, down = _taken(content, position, 2)
            x, y, position = x + across, y + down, position + 2
        else:
            length = value if bits == 8 else (value + 1) // 2
            x = _put(rows[y], x, _numbers(_taken(content, position, length), value, bits))
            position += length + length % 2  # filled up to two bytes
    return rows


def _put(row: Samples, x: int, numbers: Samples) -> int:
    """Where the next run begins."""
    end = x + len(numbers)
    row[x:end] = numbers[: max(len(row) - x, 0)]
    return end


def _numbers(packed: bytes, count: int, bits: int) -> Samples:
    found = np.frombuffer(packed, np.uint8)
    if bits == 4:
        found = np.stack([found >> 4, found & 15], axis=1).ravel()
    return found[:count]


def _taken(content: bytes, position: int, length: int) -> bytes:
    if position + length > len(content):
        raise master_refused("truncated")
    return content[position : position + length]
