"""The pixels of a BMP: rows of numbers, and the masks or the palette that say which colours these are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from server.masters import tiff_directories as tags
from server.masters.bmp_runs import MOST_BYTES_A_PIXEL, unpack
from server.masters.decoded import Samples, image_of
from server.masters.header import VipsImage
from server.masters.joined_source import FileRange
from server.masters.refusal import master_refused
from server.masters.rewritten_tiff import Entry, open_rewritten
from server.masters.tiff_layout import Layout
from server.masters.tiff_pixels import MIN_IS_BLACK, PALETTE, RGB, UNCOMPRESSED


@dataclass(frozen=True, slots=True)
class Mask:
    """Which bits of a pixel's number are one sample: it is shifted, and `most` is its largest value."""

    shift: int
    most: int

    @classmethod
    def of(cls, number: int) -> "Mask":
        shift = (number & -number).bit_length() - 1 if number else 0
        return cls(shift, (1 << (number >> shift).bit_length()) - 1)


@dataclass(frozen=True, slots=True)
class BmpPixels:
    """`masks` are those of red, green, blue and perhaps alpha; `colours` a palette of as many as a number can name."""

    width: int
    height: int
    bits: int
    from_below: bool
    is_packed: bool
    starts: int
    masks: Sequence[Mask]
    colours: Sequence[tuple[int, int, int]]

    @property
    def row_bytes(self) -> int:
        """Rows are filled up to four bytes."""
        return (self.width * self.bits + 31) // 32 * 4


def check_length(file: Path, pixels: BmpPixels) -> None:
    """Raises MasterRefused where rows lie outside the file; some writers leave away what fills the last one up."""
    last = -(-pixels.width * pixels.bits // 8)
    end = pixels.starts + (0 if pixels.is_packed else pixels.row_bytes * (pixels.height - 1) + last)
    if end > file.stat().st_size:
        raise master_refused("truncated")


def open_pixels(file: Path, pixels: BmpPixels, *, access: str, fail_on: str) -> VipsImage:
    """Grey or RGB, and behind it the transparency if there is one."""
    if pixels.is_packed:
        return image_of(_coloured(_unpacked(file, pixels), pixels))
    if pixels.bits <= 8:
        return _as_grey(_opened(file, pixels, 1, PALETTE, access, fail_on), pixels)
    if pixels.bits == 24:
        stored = _opened(file, pixels, 3, RGB, access, fail_on)
        return stored[2].bandjoin([stored[1], stored[0]]).copy(interpretation="srgb")
    masked = _masked(_opened(file, pixels, 1, MIN_IS_BLACK, access, fail_on), pixels.masks[:3])
    if len(pixels.masks) < 4:
        return masked.copy(interpretation="srgb")
    alpha = _masked(_opened(file, pixels, 1, MIN_IS_BLACK, "random", fail_on), pixels.masks[3:])
    if not alpha.max():  # nothing would be seen: the writer only left room
        return masked.copy(interpretation="srgb")
    alpha = _masked(_opened(file, pixels, 1, MIN_IS_BLACK, access, fail_on), pixels.masks[3:])
    return masked.bandjoin(alpha).copy(interpretation="srgb")


def _opened(file: Path, pixels: BmpPixels, samples: int, photometric: int, access: str, fail_on: str) -> VipsImage:
    """The rows as strips of a TIFF, the lowest one last."""
    rows = range(pixels.height - 1, -1, -1) if pixels.from_below else range(pixels.height)
    layout = Layout(
        pixels.width,
        pixels.height,
        pixels.bits // samples,
        samples,
        pixels.width,
        1,
        False,
        [pixels.starts + row * pixels.row_bytes for row in rows],
        [-(-pixels.width * pixels.bits // 8)] * pixels.height,
    )
    entries: dict[int, Entry] = {tags.COMPRESSION: ("H", [UNCOMPRESSED]), tags.PHOTOMETRIC: ("H", [photometric])}
    if photometric == PALETTE:
        entries[tags.COLOUR_MAP] = ("H", [colour[band] * 257 for band in range(3) for colour in pixels.colours])
    return open_rewritten(FileRange(file), "<", layout, entries, access=access, fail_on=fail_on)


def _masked(numbers: VipsImage, masks: Sequence[Mask]) -> VipsImage:
    plain = numbers.copy(interpretation="multiband")
    bands = [((plain >> mask.shift) & mask.most) * (255 / mask.most) for mask in masks]
    return bands[0].bandjoin(bands[1:]).rint().cast("uchar")


def _as_grey(image: VipsImage, pixels: BmpPixels) -> VipsImage:
    """One band where the palette has nothing but greys."""
    eight = (image / 257).cast("uchar") if image.format == "ushort" else image
    is_grey = all(red == green == blue for red, green, blue in pixels.colours)
    return eight[0].copy(interpretation="b-w") if is_grey else eight.copy(interpretation="srgb")


def _coloured(numbers: Samples, pixels: BmpPixels) -> Samples:
    colours = np.array(pixels.colours, np.uint8)
    found: Samples = (colours[:, :1] if not (colours[:, :1] != colours).any() else colours)[numbers]
    return found


def _unpacked(file: Path, pixels: BmpPixels) -> Samples:
    """The numbers of the colours, height x width."""
    with file.open("rb") as stream:
        stream.seek(pixels.starts)
        content = stream.read(MOST_BYTES_A_PIXEL * pixels.width * pixels.height)
    rows = unpack(content, pixels.width, pixels.height, pixels.bits)
    return rows[::-1] if pixels.from_below else rows
