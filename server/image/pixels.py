"""The pixels that must be computed: from a pyramid, or from one stored tile, to the bytes of an answer.

`render` reads the level that the plan names and lets libvips stream: region, size, mirroring, rotation, quality, format
(Image API 3.0 section 4.6), so that memory is bounded by rows of tiles and by the encoded answer. `recode` is for a
tile in another quality, rotation or format; Pillow decodes it in a third of the time.

Nothing is decided here. One request is one thread: the server sets VIPS_CONCURRENCY.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from PIL import Image

from manifests.errors import Busy, Damaged
from manifests.tiling import TILE, levels
from server.image.answer_plan import Derived
from server.image.request import Resolved, Rotation
from server.image.sampling import PAD, TAPS, Axis, lay, shift_taps
from server.image.stop import Stop
from server.libvips import pyvips
from server.pyramid.tile_index import TileIndex, tile

_SHARPEN = 1 / 32
"""Brings a shifted reduced level, on text, to within 0.2 dB of one that needed no shift."""

_LUMA = (0.299, 0.587, 0.114)
"""Rec. 601, as in JPEG itself: `gray` is the luma that is stored."""

_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
"""Pillow counts the other way round."""


def configure_libvips() -> None:
    """Once in each process that renders: no two requests are alike, so what libvips remembers is only memory."""
    pyvips.cache_set_max(0)


def render(
    file: Path,
    index: TileIndex,
    derived: Derived,
    resolved: Resolved,
    quality: int,
    stop: Stop | None = None,
    into: BinaryIO | None = None,
) -> bytes:
    """The answer to a request that is no stored tile, or nothing where it is written into a file.

    `quality` is that of the lossy formats. Raises Damaged where the pyramid cannot be read or the file not be written,
    Busy where it was told to stop.
    """
    if derived.tile:
        stored = derived.tile
        whole_jpeg = tile(file, index, stored.level, stored.column, stored.row)
        body = recode(whole_jpeg, resolved, quality)
        if into is None:
            return body
        into.write(body)
        return b""
    return _render(_PyramidReader(file, index), derived, resolved, quality, stop or Stop(), into)


def recode(stored: bytes, resolved: Resolved, quality: int) -> bytes:
    """A stored tile (a JPEG file) as asked; not for `bitonal`, whose threshold is that of the whole image."""
    try:
        image = _recoloured(Image.open(BytesIO(stored), formats=["JPEG"]), resolved)
    except (OSError, SyntaxError) as error:  # Pillow's words for a file that breaks off, and for one that is none
        raise Damaged("A tile of this image cannot be read. Ingest the work again.") from error
    row, out = resolved.format, BytesIO()
    if not row.pillow:
        return _encoded(pyvips.Image.new_from_array(image), resolved, quality)
    image.save(out, row.pillow, **dict(row.pillow_options), **({"quality": quality} if row.lossy else {}))
    return out.getvalue()


def _recoloured(image: Image.Image, resolved: Resolved) -> Image.Image:
    """Decoded, in grey if that is asked (a JPEG has its grey ready), mirrored and turned."""
    if resolved.quality.grey:
        image.draft("L", image.size)
    image.load()
    if resolved.rotation.mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if resolved.rotation.degrees:
        image = image.transpose(_TURNS[resolved.rotation.degrees])
    return image


@dataclass(frozen=True, slots=True)
class _PyramidReader:
    """The levels of a pyramid as images."""

    file: Path
    index: TileIndex

    def open(self, level: int) -> pyvips.Image:
        """One that is a single tile is that tile: quicker than to open the TIFF."""
        grid = self.index.grid[level]
        if grid == (1, 1) or (self.index.last_are_complete and 1 in grid):
            return self._joined(level)
        return pyvips.Image.tiffload(str(self.file), page=level, access="random", fail_on="error")

    def _joined(self, level: int) -> pyvips.Image:
        """The TIFF of a strip has fewer levels in recipe 1, but of one row or column of tiles each stands alone."""
        columns, rows = self.index.grid[level]
        places = [(column, row) for row in range(rows) for column in range(columns)]
        tiles = [
            pyvips.Image.jpegload_buffer(tile(self.file, self.index, level, *place), fail_on="error")
            for place in places
        ]
        width, height = (columns - 1) * TILE + tiles[-1].width, (rows - 1) * TILE + tiles[-1].height
        return pyvips.Image.arrayjoin(tiles, across=columns).crop(0, 0, width, height)


def _render(
    reader: _PyramidReader, derived: Derived, resolved: Resolved, quality: int, stop: Stop, into: BinaryIO | None
) -> bytes:
    try:
        level = reader.open(derived.level)
        stop.watch(level)
        image = _resampled(level, derived, resolved)
        if resolved.quality.grey:
            image = _grey(image)
        if resolved.quality.bitonal:
            image = image >= _threshold(reader, resolved)
        image = _rotated(image, resolved.rotation)
        stop.watch(image)
        return _encoded(image, resolved, quality, into)
    except pyvips.Error as error:
        if stop.is_set:
            raise Busy("The picture took too long and was given up. Ask for a smaller one, or later.") from None
        raise Damaged("The pyramid {file} cannot be read. Ingest the work again.", file=reader.file.name) from error


def _resampled(image: pyvips.Image, derived: Derived, resolved: Resolved) -> pyvips.Image:
    region, scale = resolved.region, 1 << derived.level
    spans = (resolved.width, resolved.height) if derived.aligned else (region.w / scale, region.h / scale)
    across = lay(region.x / scale, spans[0], resolved.width)
    down = lay(region.y / scale, spans[1], resolved.height)
    image = _window(image, across, down)
    if across.block > 1 or down.block > 1:
        image = image.shrink(across.block, down.block)
    image = _shifted(image, across, down, _SHARPEN if derived.level else 0.0)
    if across.reduce > 1 or down.reduce > 1:
        image = image.reduce(across.reduce, down.reduce, kernel="lanczos3")
    image = image.crop(across.skip, down.skip, across.kept, down.kept)
    if (across.enlarge < 1) != (down.enlarge < 1) and (across.length > across.kept or down.length > down.kept):
        # Enlarged one way and reduced the other: libvips would read the reduced side again for every few columns of
        # the enlarged one. 100,000 x 1 pixels of a page took 6 seconds so, and take 1.
        image = image.copy_memory()
    return _enlarged(image, across, down, resolved)


def _window(image: pyvips.Image, across: Axis, down: Axis) -> pyvips.Image:
    """The given pixels; beyond the level's edge, and in its last fraction of a pixel, the nearest there is."""
    left, above = max(0, -across.start), max(0, -down.start)
    right = max(0, across.start + across.length - image.width)
    below = max(0, down.start + down.length - image.height)
    if left or above or right or below:
        image = image.embed(left, above, image.width + left + right, image.height + above + below, extend="copy")
    return image.crop(across.start + left, down.start + above, across.length, down.length)


def _shifted(image: pyvips.Image, across: Axis, down: Axis, sharpen: float) -> pyvips.Image:
    """Down first: libvips works in low strips, and what is shared between two of them is then only read twice."""
    if down.shift:
        column = [[tap] for tap in shift_taps(down.shift, sharpen=sharpen)]
        image = image.conv(_kernel(column), precision="integer")
    if across.shift:
        image = image.conv(_kernel([shift_taps(across.shift, sharpen=sharpen)]), precision="integer")
    x, y = (PAD if axis.shift else 0 for axis in (across, down))
    return image.crop(x, y, image.width - 2 * x, image.height - 2 * y)


def _enlarged(image: pyvips.Image, across: Axis, down: Axis, resolved: Resolved) -> pyvips.Image:
    if across.enlarge == 1 and down.enlarge == 1:
        return image
    # Both sides count from the middle of their first pixel.
    idx, idy = (-axis.offset + 0.5 - axis.enlarge / 2 for axis in (across, down))
    return image.affine(
        [1 / across.enlarge, 0, 0, 1 / down.enlarge],
        interpolate=pyvips.Interpolate.new("bicubic"),
        idx=idx,
        idy=idy,
        oarea=[0, 0, resolved.width, resolved.height],
        extend="copy",
    )


def _kernel(taps: list[list[int]]) -> pyvips.Image:
    return pyvips.Image.new_from_array(taps, scale=TAPS)


def _grey(image: pyvips.Image) -> pyvips.Image:
    if image.bands == 1:
        return image
    return (image.recomb([[*_LUMA]]) + 0.5).cast("uchar").copy(interpretation="b-w")


def _threshold(reader: _PyramidReader, resolved: Resolved) -> int:
    """One for the whole image, so that its regions fit together and a blank one stays blank: from a small level."""
    level = max(0, len(levels(*resolved.context.image)) - 2)
    counts = _grey(reader.open(level)).hist_find().tolist()[0]
    return otsu([int(count) for count in counts])


def otsu(counts: Sequence[int]) -> int:
    """The first grey value that counts as white, so that both sides differ most (Otsu 1979)."""
    total, mass = sum(counts), sum(grey * count for grey, count in enumerate(counts))
    dark = dark_mass = 0
    best, threshold = -1.0, 0
    for grey, count in enumerate(counts):
        dark, dark_mass = dark + count, dark_mass + grey * count
        if 0 < dark < total:
            between = (dark_mass * total - dark * mass) ** 2 / (dark * (total - dark))
            best, threshold = max((best, threshold), (between, grey + 1), key=lambda pair: pair[0])
    return threshold


def _rotated(image: pyvips.Image, rotation: Rotation) -> pyvips.Image:
    if rotation.mirrored:
        image = image.fliphor()
    if rotation.degrees:
        # A turn reads columns or bottom up; the rest of the pipeline would compute its rows again for each of them.
        image = image.copy_memory().rot(f"d{rotation.degrees}")
    return image


def _encoded(image: pyvips.Image, resolved: Resolved, quality: int, into: BinaryIO | None = None) -> bytes:
    row = resolved.format
    options = dict(row.options) | (dict(row.bitonal_options) if resolved.quality.bitonal else {})
    if row.lossy:
        options["Q"] = quality
    if into is None:
        return cast(bytes, image.write_to_buffer(row.suffix, keep="none", **options))
    image.write_to_target(pyvips.Target.new_to_descriptor(into.fileno()), row.suffix, keep="none", **options)
    return b""
