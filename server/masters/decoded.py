"""Pixels that stand in memory as a whole, for libvips to go on with: those of decoders that give all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np

from server.libvips import pyvips
from server.masters import damage
from server.masters.header import VipsImage
from server.masters.refusal import MasterRefused, master_refused

Samples: TypeAlias = np.ndarray[Any, Any]
"""Height x width, or height x width x samples."""

_FORMATS = {"uint8": "uchar", "uint16": "ushort", "int8": "char", "int16": "short"}


@contextmanager
def as_damage() -> Iterator[None]:
    """Around a decoder that is not libvips': whatever it raises means that the file is damaged, but for three things.

    Memory that it lacks, and bytes that the disk does not give, are no fault of the file's; libvips' own complaints are
    judged by `damage`.
    """
    try:
        yield
    except (MasterRefused, MemoryError, OSError, pyvips.Error):
        raise
    except Exception as error:  # such decoders raise whatever their bindings meet: index, type and value errors too
        raise master_refused("unreadable", reason=damage.DAMAGED) from error


def image_of(samples: Samples, interpretation: str | None = None) -> VipsImage:
    """An image of 8 or 16 bits over these samples, grey or RGB with or without transparency if nothing else is said."""
    height, width = samples.shape[:2]
    bands = samples.shape[2] if samples.ndim == 3 else 1
    wide = samples.dtype == np.uint16
    kept = np.ascontiguousarray(samples)
    image = pyvips.Image.new_from_memory(kept, width, height, bands, _FORMATS[samples.dtype.name])
    return image.copy(interpretation=interpretation or _interpretation(bands, wide=wide))


def _interpretation(bands: int, *, wide: bool) -> str:
    if bands <= 2:
        return "grey16" if wide else "b-w"
    return "rgb16" if wide else "srgb"
