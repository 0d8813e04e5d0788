"""Pieces of a TIFF as libtiff takes them without a question: 8 or 16 bits, unsigned, without compression.

Each is made when it is asked for, so that such a page streams as any other does.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from manifests.errors import N_
from manifests.model import Finding
from server.masters.checked_deflate import MOST_BYTES
from server.masters.decoded import Samples
from server.masters.refusal import MasterRefused, master_refused
from server.masters.tiff_directories import Directory
from server.masters.tiff_layout import Layout
from server.masters.tiff_numbers import TiffNumbers
from server.masters.tiff_pixels import UNCOMPRESSED, UNSIGNED, Pixels
from server.masters.tiff_scaling import Scale, alpha_scale, scale_of

_MOST_TIMES = 4


@dataclass(frozen=True, slots=True)
class Recoded:
    """What to read instead: the bytes, where the pieces lie in them, and what the pixels now are."""

    pieces: "RecodedPieces"
    layout: Layout
    pixels: Pixels
    findings: Sequence[Finding]


def recoded(directory: Directory, layout: Layout, pixels: Pixels) -> Recoded:
    """MasterRefused where the pieces that had to be read are damaged."""
    _check_pieces_of_sense(layout)
    cut = layout.recut() if pixels.compression == UNCOMPRESSED and not layout.tiled and not pixels.separate else layout
    numbers = TiffNumbers(directory, cut, pixels)
    scale = None if pixels.colour == "palette" or pixels.bits == 8 else scale_of(numbers)
    if scale is None and pixels.sample_format != UNSIGNED:
        scale = scale_of(numbers)
    bits = 16 if scale is not None or pixels.bits > 8 else 8
    pieces = RecodedPieces(numbers, scale, bits, directory.order)
    plain = replace(pixels, bits=bits, compression=UNCOMPRESSED, predictor=1, sample_format=UNSIGNED)
    moved = replace(cut, bits=bits, offsets=pieces.offsets, lengths=pieces.lengths)
    return Recoded(pieces, moved, plain, tuple(scale.finding()) if scale is not None else ())


def _check_pieces_of_sense(layout: Layout) -> None:
    """Some tiles are larger than their page; none is so much larger."""
    image = replace(layout, across=layout.width, down=layout.height).piece_bytes
    if layout.piece_bytes > max(MOST_BYTES, _MOST_TIMES * image):
        raise master_refused("unreadable", reason=N_("its list of tags is broken"))


def check_pieces(directory: Directory, layout: Layout, pixels: Pixels) -> Sequence[Finding]:
    """MasterRefused where one of them is damaged."""
    for _ in TiffNumbers(directory, layout, pixels).all_seen():
        pass
    return ()


class RecodedPieces:
    """The pieces one behind the other, as a range of bytes."""

    def __init__(self, numbers: TiffNumbers, scale: Scale | None, bits: int, order: str) -> None:
        self._numbers, self._scale = numbers, scale
        self._kind = np.dtype(f"{order}u{bits // 8}")
        layout = replace(numbers.layout, bits=bits, samples=numbers.samples)
        self.lengths = layout.inflated_lengths
        *offsets, self.length = accumulate(self.lengths, initial=0)
        self.offsets: Sequence[int] = offsets
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._room = 1 + (numbers.pixels.samples if numbers.pixels.separate else 0)

    def read_into(self, buffer: memoryview, position: int) -> int:
        number = bisect_right(self.offsets, position) - 1
        try:
            piece = self._piece(number)
        except (MasterRefused, MemoryError):  # no exception may leave; libtiff complains, and each piece is looked at
            return 0
        part = piece[position - self.offsets[number] :][: len(buffer)]
        buffer[: len(part)] = part
        return len(part)

    def _piece(self, number: int) -> bytes:
        """Planes are asked for in turns, so that one of each is kept."""
        if number not in self._kept:
            self._kept[number] = self._made(number)
            if len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return self._kept[number]

    def _made(self, number: int) -> bytes:
        samples = self._numbers.piece(number)
        if self._scale is not None:
            samples = self._scaled(samples, number, self._scale)
        return samples.astype(self._kind).tobytes()

    def _scaled(self, samples: Samples, number: int, scale: Scale) -> Samples:
        pixels, layout = self._numbers.pixels, self._numbers.layout
        alpha = alpha_scale(pixels)
        if pixels.separate:
            plane = number // (layout.columns * layout.rows)
            return (scale if plane < pixels.of_colour else alpha).of(samples)
        if not pixels.extra:
            return scale.of(samples)
        colour, others = samples[..., : pixels.of_colour], samples[..., pixels.of_colour :]
        return np.concatenate([scale.of(colour), alpha.of(others)], axis=2)
