"""Where the samples of a TIFF's image lie in the file: in strips or tiles, in one plane or in several (TIFF 6.0).

Only numbers are made and checked here. What the samples mean, and how they are decoded, is said elsewhere.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from manifests.errors import N_
from server.masters import tiff_directories as tags
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory
from server.masters.tiff_pixels import UNCOMPRESSED, Pixels

_QUICK_BYTES, _QUICK_ROWS = 1 << 20, 128
"""Of one strip: each is asked for by itself, and from more rows on libvips would read them one by one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Pieces of `across` x `down` pixels, row by row; `samples` stand side by side in each pixel."""

    width: int
    height: int
    bits: int
    samples: int
    across: int
    down: int
    tiled: bool
    offsets: Sequence[int]
    lengths: Sequence[int]

    @property
    def columns(self) -> int:
        return -(-self.width // self.across)

    @property
    def rows(self) -> int:
        return -(-self.height // self.down)

    @property
    def piece_bytes(self) -> int:
        """A whole piece without compression."""
        return -(-self.across * self.samples * self.bits // 8) * self.down

    @property
    def inflated_lengths(self) -> Sequence[int]:
        """Of each piece without compression: tiles are whole, the last strip ends with the image."""
        last = self.height - (self.rows - 1) * self.down
        short = self.piece_bytes if self.tiled else self.piece_bytes // self.down * last
        every = self.columns * self.rows
        return [short if at % every == every - 1 else self.piece_bytes for at in range(len(self.offsets))]

    def planes(self) -> Sequence["Layout"]:
        """The samples of a pixel one by one, where each stands in a plane of its own."""
        count = self.columns * self.rows
        parts = [slice(at * count, (at + 1) * count) for at in range(self.samples)]
        return [replace(self, samples=1, offsets=self.offsets[part], lengths=self.lengths[part]) for part in parts]

    def recut(self) -> "Layout":
        """Strips without compression that follow each other may be cut anywhere: into such as are quick to read."""
        if any(self.offsets[at] + self.lengths[at] != self.offsets[at + 1] for at in range(len(self.offsets) - 1)):
            return self
        row = self.piece_bytes // self.down
        down = max(1, min(_QUICK_BYTES // row, _QUICK_ROWS, self.height))
        tops = range(0, self.height, down)
        offsets = [self.offsets[0] + row * top for top in tops]
        lengths = [row * min(down, self.height - top) for top in tops]
        return replace(self, down=down, offsets=offsets, lengths=lengths)

    def column_of_tiles(self) -> "Layout":
        """The tiles one below the other: strips as wide as a tile, which are read where tiles of the kind are not."""
        count = self.columns * self.rows
        return replace(self, width=self.across, height=self.down * count, tiled=False)


def layout_of(directory: Directory, pixels: Pixels) -> Layout:
    """Refuses what lies outside the file; lengths that are absent, or not needed, are worked out.

    Subsampled colour is measured in units of some Y with the one Cb and Cr that they share (section 21).
    """
    file_length = directory.file.stat().st_size
    bare = _bare_layout(directory, pixels)
    count = bare.columns * bare.rows * (pixels.samples if pixels.separate else 1)
    offsets = _offsets(directory, count)
    if pixels.compression == UNCOMPRESSED:
        lengths = replace(bare, samples=1 if pixels.separate else bare.samples, offsets=offsets).inflated_lengths
    else:
        lengths = _lengths(directory, offsets, file_length)
    if any(offset + length > file_length for offset, length in zip(offsets, lengths, strict=True)):
        raise master_refused("truncated")
    return replace(bare, offsets=offsets, lengths=lengths)


def _bare_layout(directory: Directory, pixels: Pixels) -> Layout:
    width, height = directory.size
    across, down = _piece(directory, width, height)
    by_x, by_y = pixels.subsampling
    if down % by_y and down < height:
        raise master_refused("unsupported-pixels", what=N_("subsampled colour in strips of odd height"))
    sides = (-(-side // by) for side, by in ((width, by_x), (height, by_y), (across, by_x), (down, by_y)))
    samples = by_x * by_y + 2 if pixels.subsampling != (1, 1) else pixels.samples
    columns, rows, across, down = sides
    return Layout(columns, rows, pixels.bits, samples, across, down, directory.tiled, (), ())


def _piece(directory: Directory, width: int, height: int) -> tuple[int, int]:
    if directory.tiled:
        across, down = directory.first(tags.TILE_WIDTH, 0), directory.first(tags.TILE_HEIGHT, 0)
    else:
        across, down = width, min(directory.first(tags.ROWS_PER_STRIP, 0) or height, height)
    if across < 1 or down < 1:
        raise master_refused("unreadable", reason=N_("its list of tags is broken"))
    return across, down


def _offsets(directory: Directory, count: int) -> Sequence[int]:
    offsets = directory.numbers(tags.TILE_OFFSETS) or directory.numbers(tags.STRIP_OFFSETS)
    if len(offsets) < count:
        raise master_refused("unreadable", reason=N_("its list of strips or tiles is too short"))
    if not all(offsets[:count]):
        raise master_refused("truncated")
    return offsets[:count]


def _lengths(directory: Directory, offsets: Sequence[int], file_length: int) -> Sequence[int]:
    given = directory.numbers(tags.TILE_LENGTHS) or directory.numbers(tags.STRIP_LENGTHS)
    lengths = [*given[: len(offsets)], *[0] * (len(offsets) - len(given))]
    if all(lengths):
        return lengths
    _refuse_pieces_left_out(offsets, lengths)
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], file_length], strict=True))
    return [length or max(ends[offset] - offset, 0) for offset, length in zip(offsets, lengths, strict=True)]


def _refuse_pieces_left_out(offsets: Sequence[int], lengths: Sequence[int]) -> None:
    """A length of 0 where another piece lies: nothing was written there, and that piece must not stand in for it."""
    pieces = list(zip(offsets, lengths, strict=True))
    given = sorted((offset, offset + length) for offset, length in pieces if length)
    starts = [start for start, _ in given]
    for offset, length in pieces:
        before = bisect_right(starts, offset)
        if not length and before and offset < given[before - 1][1]:
            raise master_refused("truncated")
