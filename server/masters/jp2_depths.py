"""JPEG 2000 whose components differ in depth, as where an opacity of one bit stands behind colours of eight.

OpenJPEG is bound to give all samples in one type and refuses. So each component is said to have the depth of the
deepest (ISO/IEC 15444-1 A.5.1), and what that changes is undone: without loss the middle of the scale is shifted
(G.1.2), else the steps of the quantisation are larger by as much (E.1.1).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from server.masters.decoded import Samples
from server.masters.jp2_codestream import Codestream, Component

_FIRST_DEPTH, _NEXT = 42, 3
"""Where the depths stand in a codestream, whose second marker is SIZ."""


def is_mixed(components: Sequence[Component]) -> bool:
    return len({component.bits for component in components}) > 1


def can_be_evened(codestream: Codestream) -> bool:
    """Components that are mixed with each other must agree; one transformed in a way of its own is not looked into."""
    first = codestream.components[:3]
    return not codestream.has_own_ways and not (codestream.mixes_colours and is_mixed(first))


def evened(components: Sequence[Component]) -> Sequence[Component]:
    deepest = max(component.bits for component in components)
    return [replace(component, bits=deepest) for component in components]


def said_to_be_even(content: bytes, components: Sequence[Component]) -> bytes:
    said = bytearray(content)
    for number, component in enumerate(evened(components)):
        said[_FIRST_DEPTH + _NEXT * number] = component.bits - 1 | (0x80 if component.signed else 0)
    return bytes(said)


def as_even(samples: Samples, codestream: Codestream) -> Samples:
    """The samples of what was said to be even, each component over the whole scale."""
    pairs = zip(codestream.components, evened(codestream.components), strict=True)
    bands = [
        _stretched(samples[:, :, number], told.bits, even.bits, lossless=codestream.lossless)
        for number, (told, even) in enumerate(pairs)
    ]
    return np.stack(bands, axis=2)


def _stretched(band: Samples, bits: int, deepest: int, *, lossless: bool) -> Samples:
    if bits == deepest:
        return band
    most, highest = (1 << deepest) - 1, (1 << bits) - 1
    found = band.astype(float)
    found = found - (1 << deepest - 1) + (1 << bits - 1) if lossless else found / (1 << deepest - bits)
    stretched: Samples = (found.clip(0, highest) * (most / highest)).round().astype(band.dtype)
    return stretched
