"""The colours that TIFF has and libvips' loader has not: YCbCr outside JPEG, CIELab, transparency beside any of them.

TIFF 6.0 sections 20 (reference black and white), 21 (YCbCr), 23 (CIELab) and 18 (associated alpha).
"""

from server.libvips import pyvips
from server.masters import tiff_directories as tags
from server.masters.header import VipsImage
from server.masters.joined_source import ByteRange
from server.masters.tiff_directories import Directory
from server.masters.tiff_layout import Layout
from server.masters.tiff_pixels import ICC_LAB, JPEG, Pixels
from server.masters.tiff_samples import SampleReader

_LUMA = (0.299, 0.587, 0.114)
_FULL_RANGE = (0, 255, 128, 255, 128, 255)
_INTERPRETATIONS = {
    ("grey", False): "b-w",
    ("grey", True): "grey16",
    ("rgb", False): "srgb",
    ("rgb", True): "rgb16",
    ("palette", False): "srgb",
    ("palette", True): "rgb16",
    ("ycbcr", False): "srgb",
    ("cmyk", False): "cmyk",
    ("cmyk", True): "cmyk",
}


def open_pixels(
    directory: Directory,
    layout: Layout,
    pixels: Pixels,
    *,
    access: str,
    fail_on: str,
    pieces: ByteRange | None = None,
) -> VipsImage:
    """Grey, RGB, CMYK or `lab`, and behind it the transparency if there is one; out of other bytes than the file's."""
    reader = SampleReader(directory, pixels, access, fail_on, pieces)
    if pixels.subsampling != (1, 1):
        return _rgb(_unpacked(reader.all(layout), pixels.subsampling), directory).crop(0, 0, *directory.size)
    bands = reader.all(layout)
    alpha = bands[bands.bands - pixels.samples + pixels.alpha] if pixels.alpha is not None else None
    colour = bands.extract_band(0, n=bands.bands - pixels.extra) if pixels.extra else bands
    if pixels.colour == "lab":
        return _with_alpha(_lab(colour, icc=pixels.photometric == ICC_LAB), _eight_bits(alpha))
    if pixels.colour == "ycbcr" and (pixels.compression != JPEG or pixels.separate or pixels.extra):
        colour = _rgb(colour, directory)
    kind = "grey" if colour.bands == 1 else pixels.colour
    colour = colour.copy(interpretation=_INTERPRETATIONS[kind, colour.format == "ushort"])
    joined = _with_alpha(colour, _full_scale(alpha, pixels))
    return joined.unpremultiply().cast(colour.format) if pixels.associated and alpha is not None else joined


def _with_alpha(colour: VipsImage, alpha: VipsImage | None) -> VipsImage:
    return colour if alpha is None else colour.bandjoin(alpha).copy(interpretation=colour.interpretation)


def _full_scale(alpha: VipsImage | None, pixels: Pixels) -> VipsImage | None:
    """libvips leaves narrow samples beside a palette's at the top of their byte, so that full is less than 255."""
    if alpha is None or pixels.colour != "palette" or pixels.bits >= 8 or pixels.separate:
        return alpha
    return ((alpha >> (8 - pixels.bits)) * (255 // ((1 << pixels.bits) - 1))).cast("uchar")


def _eight_bits(alpha: VipsImage | None) -> VipsImage | None:
    return (alpha / 257).rint().cast("uchar") if alpha is not None and alpha.format == "ushort" else alpha


def _lab(samples: VipsImage, *, icc: bool) -> VipsImage:
    """L* from 0 to 100 over the whole range; a* and b* signed, in 16 bits with a byte behind the point."""
    wide = samples.format == "ushort"
    half, white = (32768, 65280 if icc else 65535) if wide else (128, 255)
    stored = samples.extract_band(1, n=2)
    signed = (stored if icc else stored ^ half) - half
    lightness, signed = samples[0] * (100 / white), signed / 256 if wide else signed
    return lightness.bandjoin(signed).copy(interpretation="lab")


def _rgb(samples: VipsImage, directory: Directory) -> VipsImage:
    red, green, blue = _luma(directory)
    black_y, white_y, black_b, white_b, black_r, white_r = _reference(directory)
    y, b, r = 255 / (white_y - black_y), 127 / (white_b - black_b), 127 / (white_r - black_r)
    to_r, to_b = 2 - 2 * red, 2 - 2 * blue
    matrix = [
        [y, 0, r * to_r],
        [y, -b * to_b * blue / green, -r * to_r * red / green],
        [y, b * to_b, 0],
    ]
    blacks = (black_y, black_b, black_r)
    offsets = [0.5 - sum(factor * black for factor, black in zip(row, blacks, strict=True)) for row in matrix]
    plain = samples.copy(interpretation="multiband")
    return (plain.recomb(matrix) + offsets).cast("uchar").copy(interpretation="srgb")


def _luma(directory: Directory) -> tuple[float, float, float]:
    said = directory.fractions(tags.LUMA)
    if len(said) != 3 or min(said) <= 0 or abs(sum(said) - 1) > 0.1:
        return _LUMA
    return said[0], said[1], said[2]


def _reference(directory: Directory) -> tuple[float, ...]:
    said = directory.fractions(tags.REFERENCE)
    usable = len(said) == 6 and all(white > black for black, white in zip(said[::2], said[1::2], strict=True))
    return said if usable else _FULL_RANGE


def _unpacked(units: VipsImage, subsampling: tuple[int, int]) -> VipsImage:
    """One Y for each pixel, one Cb and Cr for a block of them: the Y of a block, Cb and Cr follow each other."""
    across, down = subsampling
    rows = [_one_row(units, row, across) for row in range(down)]
    luma = rows[0] if down == 1 else _interleaved(rows)
    chroma = units.extract_band(across * down, n=2).zoom(across, down)
    return luma.bandjoin(chroma)


def _one_row(units: VipsImage, row: int, across: int) -> VipsImage:
    return units.extract_band(row * across, n=across).bandunfold() if across > 1 else units[row]


def _interleaved(rows: list[VipsImage]) -> VipsImage:
    count = len(rows)
    tall = [row.zoom(1, count) for row in rows]
    which = pyvips.Image.xyz(tall[0].width, tall[0].height)[1] % count
    joined = tall[0]
    for at, row in enumerate(tall[1:], 1):
        joined = (which == at).ifthenelse(row, joined)
    return joined
