"""The pixels that must be computed: from a pyramid, or from one stored tile, to the bytes of an answer.

`render` reads the level that the plan names and lets libvips do the rest: region, size, mirroring, rotation, quality,
format (Image API 3.0 section 4.6). What is little stands in memory whole, what is more is streamed, so that memory is
bounded by rows of tiles and by the encoded answer. `recode` is for a tile in another quality, rotation or format.

Nothing is decided here. One request is one thread: the server sets VIPS_CONCURRENCY.
"""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from manifests.errors import Damaged
from manifests.model import Box
from manifests.tiling import levels
from server.image.answer_plan import Derived, is_encoded_at_once, is_read_at_once, level_of_thresholds
from server.image.bitonal import thresholds
from server.image.encoders import Making, encoded, sent
from server.image.jpeg_encoder import encode, pixels_of
from server.image.level_reader import LevelReader
from server.image.output_formats import JPG, Encoding
from server.image.pdf_page import of_jpeg
from server.image.request import Resolved
from server.image.sampling import PAD, TAPS, Axis, lay, shift_taps
from server.image.stop import Stop
from server.image.stored_window import Colours, Pixels, damaged_tile
from server.image.turning import WHITE, on_white, turned, with_alpha
from server.image.work_memory import WorkMemory
from server.libvips import pyvips
from server.pyramid.tile_index import TileIndex, tile

_SHARPEN = 1 / 32
"""Brings a shifted reduced level, on text, to within 0.2 dB of one that needed no shift."""

_LUMA = (0.299, 0.587, 0.114)
"""Rec. 601, as in JPEG itself: `gray` is the luma that is stored."""

_TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
"""By quarter turns. Pillow counts the other way round."""


def configure_libvips() -> None:
    """Once in each process that renders: no two requests are alike, so what libvips remembers is only memory."""
    pyvips.cache_set_max(0)


def render(
    file: Path,
    index: TileIndex,
    derived: Derived,
    resolved: Resolved,
    encoding: Encoding,
    stop: Stop | None = None,
    into: BinaryIO | None = None,
) -> bytes:
    """The answer to a request that is no stored tile, or nothing where it is written into a file.

    Raises Damaged where the pyramid cannot be read or the file not be written, Busy where it was told to stop.
    """
    if derived.tile:
        stored = derived.tile
        whole_jpeg = tile(file, index, stored.level, stored.column, stored.row)
        body = recode(whole_jpeg, resolved, encoding)
        return sent(body, into)
    with WorkMemory() as memory:
        making = Making(resolved, encoding, stop or Stop(), memory)
        becomes_jpeg = resolved.format.suffix == JPG.suffix and not resolved.has_corners
        colours = Colours(resolved.quality.grey, rough=becomes_jpeg)
        reader = LevelReader(file, index, resolved.context.image, making.stop, memory, colours)
        return _render(reader, derived, making, into)


def recode(stored: bytes, resolved: Resolved, encoding: Encoding) -> bytes:
    """A stored tile (a JPEG file) as asked; not for `bitonal`, whose thresholds are those of the whole image."""
    try:
        opened = Image.open(BytesIO(stored), formats=["JPEG"])
        is_grey = opened.mode == "L"
        if resolved.format.encoder == "pdf" and not resolved.rotation and is_grey >= resolved.quality.grey:
            return of_jpeg(stored, resolved, encoding.points, grey=is_grey)
        image = _recoloured(opened, resolved)
    except (OSError, SyntaxError) as error:  # Pillow's words for a file that breaks off, and for one that is none
        raise damaged_tile() from error
    row, out = resolved.format, BytesIO()
    if not row.pillow or resolved.has_corners:
        with WorkMemory() as memory:
            source = pyvips.Image.new_from_array(image)  # to be held: what is turned reads from its memory
            picture = _rotated(source, resolved) if resolved.has_corners else source
            return encoded(picture, Making(resolved, encoding, Stop(), memory))
    image.save(out, row.pillow, **dict(row.pillow_options), **({"quality": encoding.of(row)} if row.setting else {}))
    return out.getvalue()


def _recoloured(image: Image.Image, resolved: Resolved) -> Image.Image:
    """Decoded, in grey if that is asked (a JPEG has its grey ready), mirrored and turned by quarters."""
    if resolved.quality.grey:
        image.draft("L", image.size)
    image.load()
    if resolved.has_corners:
        return image
    if resolved.rotation.mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if resolved.rotation.quarters:
        image = image.transpose(_TURNS[resolved.rotation.quarters])
    return image


def _render(reader: LevelReader, derived: Derived, making: Making, into: BinaryIO | None) -> bytes:
    resolved = making.resolved
    try:
        if not is_encoded_at_once(resolved):
            return encoded(_image(reader, derived, resolved), making, into)
        pixels = _pixels(reader, derived, resolved)
        jpeg = encode(pixels, making.encoding.quality)
        if resolved.format is not JPG:
            jpeg = of_jpeg(jpeg, resolved, making.encoding.points, grey=pixels.shape[2] == 1)
        return sent(jpeg, into)
    except (pyvips.Error, RuntimeError) as error:
        reader.stop.raise_if_set()
        raise Damaged("The pyramid {file} cannot be read. Ingest the work again.", file=reader.file.name) from error


def _pixels(reader: LevelReader, derived: Derived, resolved: Resolved) -> Pixels:
    """Those of the answer; where nothing is changed about those that are stored, libvips does not see them."""
    as_they_are = derived.aligned and not resolved.rotation and not resolved.quality.bitonal
    if as_they_are and is_read_at_once(resolved, derived):
        x, y = (side >> derived.level for side in resolved.region[:2])
        return reader.pixels(derived.level, Box(x, y, resolved.width, resolved.height))
    return pixels_of(_image(reader, derived, resolved), reader.stop, reader.memory)


def _image(reader: LevelReader, derived: Derived, resolved: Resolved) -> pyvips.Image:
    image = _resampled(reader, derived, resolved)
    if resolved.quality.grey:
        image = _grey(image)
    if resolved.quality.bitonal:
        # How far above the threshold: a turn lies between pixels, and what is black is decided behind it
        above = image.cast("short") - _thresholds(reader, resolved)
        image = _rotated(above.cast("short"), resolved) >= 0
    else:
        image = _rotated(image, resolved)
    reader.stop.watch(image)
    return image


def _resampled(reader: LevelReader, derived: Derived, resolved: Resolved) -> pyvips.Image:
    region, scale = resolved.region, 1 << derived.level
    spans = (resolved.width, resolved.height) if derived.aligned else (region.w / scale, region.h / scale)
    across = lay(region.x / scale, spans[0], resolved.width)
    down = lay(region.y / scale, spans[1], resolved.height)
    image = _window(reader, derived, resolved, across, down)
    if across.block > 1 or down.block > 1:
        image = image.shrink(across.block, down.block)
    image = _shifted(image, across, down, _SHARPEN if derived.level else 0.0)
    if across.reduce > 1 or down.reduce > 1:
        image = image.reduce(across.reduce, down.reduce, kernel="lanczos3")
    image = _cropped(image, across.skip, down.skip, across.kept, down.kept)
    if (across.enlarge < 1) != (down.enlarge < 1) and (across.length > across.kept or down.length > down.kept):
        # Enlarged one way and reduced the other: libvips would read the reduced side again for every few columns of
        # the enlarged one. 100,000 x 1 pixels of a page took 6 seconds so, and take 1.
        image = image.copy_memory()
    return _enlarged(image, across, down, resolved)


def _cropped(image: pyvips.Image, x: int, y: int, width: int, height: int) -> pyvips.Image:
    """Each step that libvips is asked for costs a little, also one that does nothing."""
    return image if (image.width, image.height) == (width, height) else image.crop(x, y, width, height)


def _window(reader: LevelReader, derived: Derived, resolved: Resolved, across: Axis, down: Axis) -> pyvips.Image:
    """The given pixels; beyond the level's edge, and in its last fraction of a pixel, the nearest there is."""
    width, height = levels(*resolved.context.image)[derived.level]
    left, above = max(0, across.start), max(0, down.start)
    right, below = min(width, across.start + across.length), min(height, down.start + down.length)
    read = reader.at_once if is_read_at_once(resolved, derived) else reader.streamed
    image = read(derived.level, Box(left, above, right - left, below - above))
    if (image.width, image.height) == (across.length, down.length):
        return image
    return image.embed(left - across.start, above - down.start, across.length, down.length, extend="copy")


def _shifted(image: pyvips.Image, across: Axis, down: Axis, sharpen: float) -> pyvips.Image:
    """Down first: libvips works in low strips, and what is shared between two of them is then only read twice."""
    if down.shift:
        column = [[tap] for tap in shift_taps(down.shift, sharpen=sharpen)]
        image = image.convi(_kernel(column))
    if across.shift:
        image = image.convi(_kernel([shift_taps(across.shift, sharpen=sharpen)]))
    x, y = (PAD if axis.shift else 0 for axis in (across, down))
    return _cropped(image, x, y, image.width - 2 * x, image.height - 2 * y)


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


def _thresholds(reader: LevelReader, resolved: Resolved) -> pyvips.Image:
    level = level_of_thresholds(*resolved.context.image)
    grey = reader.pixels(level, Box(0, 0, *levels(*resolved.context.image)[level]))
    found = thresholds(grey[:, :, 0], 1 << level)
    return found.over(resolved.region, resolved.width, resolved.height).ceil()


def _rotated(image: pyvips.Image, resolved: Resolved) -> pyvips.Image:
    rotation = resolved.rotation
    if rotation.mirrored:
        image = image.fliphor()
    if not rotation.degrees:
        return image
    # A turn reads columns or bottom up; the rest of the pipeline would compute its rows again for each of them.
    image = image.copy_memory()
    if rotation.quarters is not None:
        return image.rot(f"d{90 * rotation.quarters}")
    picture, covered = turned(image, rotation)
    if resolved.quality.bitonal:
        return (covered >= 0.5).ifthenelse(picture, WHITE)
    return with_alpha(picture, covered) if resolved.is_see_through else on_white(picture, covered)
