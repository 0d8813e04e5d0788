"""The samples of a TIFF's image as libvips decodes them, for each kind in the shape that libvips is right about.

libvips reads no planes in tiles, no tiles much larger than the page, no warnings of libtiff's from tiles, and scrambles
planes with transparency. Planes are therefore read one by one, and such tiles as strips one below the other. What the
samples mean is `tiff_colour`'s business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from manifests.errors import N_
from server.masters import tiff_directories as tags
from server.masters.checked_deflate import MOST_BYTES, CheckedPieces
from server.masters.header import VipsImage
from server.masters.joined_source import ByteRange, FileRange
from server.masters.jpeg import frame_at
from server.masters.refusal import master_refused
from server.masters.rewritten_tiff import Entry, open_rewritten
from server.masters.tiff_directories import Directory
from server.masters.tiff_layout import Layout
from server.masters.tiff_oddities import sensible
from server.masters.tiff_pixels import (
    CMYK,
    DEFLATE,
    FAX,
    HIGH_BIT_FIRST,
    JPEG,
    LOG_LUV,
    LOW_BIT_FIRST,
    MIN_IS_BLACK,
    PALETTE,
    REPACKED,
    RGB,
    UNCOMPRESSED,
    YCBCR,
    Pixels,
)

_DECODED_IN_TILES = frozenset({1, 5, 7, 8, 32946, 50001})
"""None, LZW, JPEG, deflate, WebP: those whose damage libvips tells of when they stand in tiles."""
_LARGEST_TILE = 8192
_MOST_TILE_BYTES = 100_000_000
_RAW = ("ycbcr", "lab")


class SampleReader:
    """Opens the samples of one image; everything here is asked for by `access` and `fail_on` as libvips has them."""

    def __init__(
        self, directory: Directory, pixels: Pixels, access: str, fail_on: str, pieces: ByteRange | None = None
    ) -> None:
        self._directory, self._pixels, self._pieces = directory, pixels, pieces
        self._access, self._fail_on = access, fail_on

    def all(self, layout: Layout) -> VipsImage:
        """The samples of each pixel as bands, in their order; a palette's number already as its colour.

        Of subsampled colour a pixel is a unit of the layout.
        """
        if not self._pixels.separate:
            return self._placed(layout, self._shown_as())
        planes = [self._placed(plane, self._plane(at)) for at, plane in enumerate(layout.planes())]
        return planes[0].bandjoin(planes[1:])

    def _shown_as(self) -> int:
        """The photometric interpretation to read by; what is no colour of libvips' is read as plain numbers."""
        pixels = self._pixels
        if pixels.colour == "ycbcr" and pixels.compression == JPEG and not pixels.extra:
            return YCBCR  # the decoder of JPEG gives RGB
        return RGB if pixels.colour in _RAW else pixels.photometric

    def _plane(self, number: int) -> int:
        return self._pixels.photometric if number == 0 and self._pixels.of_colour == 1 else MIN_IS_BLACK

    def _placed(self, layout: Layout, photometric: int) -> VipsImage:
        if not layout.tiled and self._pixels.compression == JPEG:
            whole = self._with_whole_last_strip(layout)
            return self._opened(whole, photometric, self._access).crop(0, 0, layout.width, layout.height)
        if not layout.tiled or self._takes_tiles(layout):
            return self._opened(layout, photometric, self._access)
        column = layout.column_of_tiles()
        tiles = self._opened(column, photometric, self._access if layout.columns == 1 else "random")
        grid = tiles if layout.columns == 1 else tiles.grid(layout.down, layout.columns, layout.rows)
        return grid.crop(0, 0, layout.width, layout.height)

    def _with_whole_last_strip(self, layout: Layout) -> Layout:
        """As many writers leave it, and libtiff warns of it (Technical Note 2 wants the strip cut)."""
        frame = frame_at(self._directory.file, layout.offsets[-1])
        is_whole = frame is not None and frame.height == layout.down
        return replace(layout, height=layout.rows * layout.down) if is_whole else layout

    def _takes_tiles(self, layout: Layout) -> bool:
        largest = min(_LARGEST_TILE, -(-2 * max(layout.width, layout.height) // 256) * 256)
        if max(layout.across, layout.down) > largest or layout.across % 16 or layout.down % 16:
            return False
        if self._pixels.compression == JPEG and not self._takes_jpeg_tiles(layout):
            return False
        return self._pixels.compression in _DECODED_IN_TILES and layout.piece_bytes <= _MOST_TILE_BYTES

    def _takes_jpeg_tiles(self, layout: Layout) -> bool:
        """libvips skews tiles that hold less than a whole one, as some writers leave those at the edge, in silence."""
        if self._pixels.extra or max(layout.lengths) > 2 * layout.piece_bytes:
            return False
        frames = (frame_at(self._directory.file, offset) for offset in layout.offsets)
        return all(frame is None or (frame.width, frame.height) == (layout.across, layout.down) for frame in frames)

    def _opened(self, layout: Layout, photometric: int, access: str) -> VipsImage:
        entries = self._entries(layout, photometric)
        pieces = self._pieces or FileRange(self._directory.file)
        if self._pixels.compression == UNCOMPRESSED and not layout.tiled:
            layout = layout.recut()
        if self._is_repacked(layout):
            low_bit_first = sensible(self._directory, tags.FILL_ORDER, 1) == LOW_BIT_FIRST
            compression = self._pixels.compression
            checked = CheckedPieces(self._directory.file, layout, compression, low_bit_first=low_bit_first)
            pieces = checked
            layout = replace(layout, offsets=checked.offsets, lengths=checked.lengths)
            entries = {**entries, tags.FILL_ORDER: ("H", [HIGH_BIT_FIRST]), tags.COMPRESSION: ("H", [DEFLATE[0]])}
        return open_rewritten(pieces, self._directory.order, layout, entries, access=access, fail_on=self._fail_on)

    def _is_repacked(self, layout: Layout) -> bool:
        compression = self._pixels.compression
        return compression in REPACKED or (compression in DEFLATE and layout.piece_bytes <= MOST_BYTES)

    def _entries(self, layout: Layout, photometric: int) -> Mapping[int, Entry]:
        entries: dict[int, Entry] = {
            tags.COMPRESSION: ("H", [self._pixels.compression]),
            tags.PHOTOMETRIC: ("H", [photometric]),
            tags.FILL_ORDER: ("H", [sensible(self._directory, tags.FILL_ORDER, 1)]),
        }
        extra = layout.samples - {RGB: 3, YCBCR: 3, CMYK: 4, LOG_LUV: 3}.get(photometric, 1)
        if extra > 0:
            entries[tags.EXTRA_SAMPLES] = ("H", [0] * extra)
        if photometric == CMYK:
            entries[tags.INK_SET] = ("H", [1])
        if photometric == PALETTE:
            entries[tags.COLOUR_MAP] = ("H", self._colour_map())
        if photometric == YCBCR:
            entries[tags.SUBSAMPLING] = ("H", self._sampling_in_jpeg(layout.offsets[0]))
        return entries | self._of_compression()

    def _colour_map(self) -> Sequence[int]:
        """So many reds, greens and blues as there are numbers; libtiff passes over a map of any other length."""
        numbers = self._directory.numbers(tags.COLOUR_MAP)
        stored = self._directory.first(tags.BITS, 1)
        each, needed, spare = len(numbers) // 3, 1 << stored, (1 << self._pixels.bits) - (1 << stored)
        if each < needed:
            raise master_refused("unreadable", reason=N_("its palette is missing"))
        bands = [[*numbers[band * each : band * each + needed], *[0] * spare] for band in range(3)]
        return [number for band in bands for number in band]

    def _sampling_in_jpeg(self, offset: int) -> tuple[int, int]:
        """As the data has it: libtiff warns where the tag says otherwise, or nothing."""
        frame = frame_at(self._directory.file, offset)
        return frame.sampling if frame is not None else (2, 2)

    def _of_compression(self) -> dict[int, Entry]:
        pixels, directory = self._pixels, self._directory
        if pixels.compression in FAX:
            options = {3: tags.T4_OPTIONS, 4: tags.T6_OPTIONS}.get(pixels.compression)
            return {options: ("I", [directory.first(options, 0) & 0b111])} if options else {}
        if pixels.compression == JPEG and directory.raw(tags.JPEG_TABLES):
            return {tags.JPEG_TABLES: ("B", directory.raw(tags.JPEG_TABLES))}
        return {tags.PREDICTOR: ("H", [pixels.predictor])} if pixels.predictor != 1 else {}
