"""Several arrays and strings as one run of bytes, read back without copying the arrays and without running code.

Magic bytes, the length of a JSON header that says what follows, the header, each part at a multiple of eight bytes.
Numbers take as many bytes as the largest of their array needs. The same content gives the same bytes on every machine.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from manifests.errors import Damaged

MAGIC = b"mocbanW2"
MAGICS = (b"mocbanW1", MAGIC)
"""The first had wider numbers; it is read like the other, and a program that knew it alone says what it cannot read."""
_ALIGNED = 8


def pack(facts: Mapping[str, Any], texts: Mapping[str, str], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    parts = {name: text.encode() for name, text in texts.items()}
    narrow = {name: array.astype(_narrowest(array).newbyteorder("<")) for name, array in sorted(arrays.items())}
    parts |= {name: array.tobytes() for name, array in narrow.items()}
    shapes = {name: [array.dtype.newbyteorder("<").str, list(array.shape)] for name, array in narrow.items()}
    header = {"facts": facts, "lengths": {name: len(part) for name, part in parts.items()}, "arrays": shapes}
    described = json.dumps(header, ensure_ascii=False).encode()
    length = len(described).to_bytes(_ALIGNED, "little")
    return MAGIC + length + b"".join(map(_padded, (described, *parts.values())))


def unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, memoryview], dict[str, NDArray[Any]]]:
    """The texts as they are packed, in UTF-8. Raises Damaged where these are no such bytes."""
    if packed[:8] not in MAGICS:
        raise Damaged("The stored words of a work are damaged or of a newer program; ingest the work again.")
    try:
        return _unpack(packed)
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged("The stored words of a work are damaged; ingest the work again.") from error


def text_of(part: memoryview) -> str:
    """Raises Damaged where it is none."""
    try:
        return str(part, "utf-8")
    except UnicodeDecodeError as error:
        raise Damaged("The stored words of a work are damaged; ingest the work again.") from error


def _unpack(packed: bytes) -> tuple[dict[str, Any], dict[str, memoryview], dict[str, NDArray[Any]]]:
    length = int.from_bytes(packed[8:16], "little")
    header = json.loads(packed[16 : 16 + length])
    texts: dict[str, memoryview] = {}
    arrays: dict[str, NDArray[Any]] = {}
    offset = 16 + _aligned(length)
    for name, size in header["lengths"].items():
        if name in header["arrays"]:
            kind, shape = header["arrays"][name]
            dtype = np.dtype(kind)
            found = np.frombuffer(packed, dtype, size // dtype.itemsize, offset).reshape(shape)
            arrays[name] = found.astype(dtype.newbyteorder("="), copy=False)
        else:
            texts[name] = memoryview(packed)[offset : offset + size]
        offset += _aligned(size)
    if offset != len(packed):
        raise ValueError(offset)
    return header["facts"], texts, arrays


def _narrowest(array: NDArray[Any]) -> np.dtype[Any]:
    if not array.size:
        return np.dtype(np.uint8)
    return np.promote_types(np.min_scalar_type(int(array.min())), np.min_scalar_type(int(array.max())))


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _padded(part: bytes) -> bytes:
    return part.ljust(_aligned(len(part)), b"\0")
