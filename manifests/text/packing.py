"""Several arrays and strings as one run of bytes, read back without copying the arrays and without running code.

A mark, the length of a JSON header that says what follows, the header, then each part at a multiple of eight bytes.
The same content gives the same bytes on every machine.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from manifests.errors import Damaged

MARK = b"mocbanW1"
_ALIGNED = 8


def pack(facts: Mapping[str, Any], texts: Mapping[str, str], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    parts = {name: text.encode() for name, text in texts.items()}
    parts |= {name: array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes() for name, array in arrays.items()}
    shapes = {name: [array.dtype.newbyteorder("<").str, list(array.shape)] for name, array in arrays.items()}
    header = {"facts": facts, "lengths": {name: len(part) for name, part in parts.items()}, "arrays": shapes}
    told = json.dumps(header, ensure_ascii=False).encode()
    return MARK + len(told).to_bytes(_ALIGNED, "little") + b"".join(map(_padded, (told, *(parts[n] for n in parts))))


def unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, str], dict[str, NDArray[Any]]]:
    """Raises Damaged where these are no such bytes."""
    if packed[:8] != MARK:
        raise Damaged("The stored words of a work are damaged or of a newer program; ingest the work again.")
    try:
        return _unpack(packed)
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged("The stored words of a work are damaged; ingest the work again.") from error


def _unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, str], dict[str, NDArray[Any]]]:
    length = int.from_bytes(packed[8:16], "little")
    header = json.loads(packed[16 : 16 + length])
    texts: dict[str, str] = {}
    arrays: dict[str, NDArray[Any]] = {}
    place = 16 + _whole(length)
    for name, size in header["lengths"].items():
        if name in header["arrays"]:
            kind, shape = header["arrays"][name]
            dtype = np.dtype(kind)
            found = np.frombuffer(packed, dtype, size // dtype.itemsize, place).reshape(shape)
            arrays[name] = found.astype(dtype.newbyteorder("="), copy=False)
        else:
            texts[name] = str(packed[place : place + size], "utf-8")
        place += _whole(size)
    if place != len(packed):
        raise ValueError(place)
    return header["facts"], texts, arrays


def _whole(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _padded(part: bytes) -> bytes:
    return part.ljust(_whole(len(part)), b"\0")
