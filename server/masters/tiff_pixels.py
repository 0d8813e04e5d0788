"""What kind the pixels of a TIFF's image are, by its tags, and whether any decoder here takes them (TIFF 6.0)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from manifests.errors import N_
from server.masters import tiff_directories as tags
from server.masters.refusal import master_refused, unsupported_samples
from server.masters.tiff_directories import Directory
from server.masters.tiff_oddities import sensible

_COLOURS: Mapping[int, tuple[str, int]] = {
    0: ("grey", 1),
    1: ("grey", 1),
    2: ("rgb", 3),
    3: ("palette", 1),
    5: ("cmyk", 4),
    6: ("ycbcr", 3),
    8: ("lab", 3),
    9: ("lab", 3),
    32844: ("grey", 1),
    32845: ("rgb", 3),
}
"""PhotometricInterpretation to the colour and its number of samples."""
MIN_IS_WHITE, MIN_IS_BLACK, RGB, PALETTE, CMYK, YCBCR = 0, 1, 2, 3, 5, 6
ICC_LAB = 9
"""CIELab as profiles have it (TIFF Technical Note of 2002): a* and b* from their middle, white of 16 bits at FF00."""
_OF_CAMERAS = (32803, 34892)
"""A mosaic of filters, and what is made of it before any development (DNG 1.7)."""
LOG_L, LOG_LUV = 32844, 32845
"""Light by its logarithm: two kinds that libtiff has beside those of TIFF 6.0."""

_DEPTHS: Mapping[str, tuple[int, ...]] = {
    "grey": (1, 2, 4, 8, 16),
    "palette": (1, 2, 4, 8, 16),
    "rgb": (8, 16),
    "cmyk": (8, 16),
    "ycbcr": (8,),
    "lab": (8, 16),
}
COMPRESSIONS: Mapping[int, str] = {
    1: "none",
    2: "fax G3",
    3: "fax G3",
    4: "fax G4",
    5: "lzw",
    6: "jpeg (old)",
    7: "jpeg",
    8: "deflate",
    32773: "packbits",
    32946: "deflate",
    32766: "next",
    32809: "thunderscan",
    50001: "webp",
    34712: "jpeg 2000",
    33005: "jpeg 2000",
    34887: "lerc",
    34925: "lzma",
    50000: "zstd",
    50002: "jpeg xl",
    52546: "jpeg xl",
    34676: "logluv",
    34677: "logluv 24 bit",
}
"""Compression to its name: those that are decoded here."""
_OTHER_COMPRESSIONS: Mapping[int, str] = {33003: "JPEG 2000", 33004: "JPEG 2000", 34661: "JBIG"}
UNCOMPRESSED, FAX, LZW, OLD_JPEG, JPEG, DEFLATE, PACKBITS = 1, (2, 3, 4), 5, 6, 7, (8, 32946), 32773
REPACKED = (50000, 34925)
"""zstd and LZMA, which libtiff is given as deflated, so that the predictor stays its business."""
_WITH_PREDICTOR = (LZW, *DEFLATE, *REPACKED)
_TO_SAMPLES = (34712, 33005, 34887, 50002, 52546)
"""JPEG 2000, LERC, JPEG XL: their codecs say their samples themselves."""
_UNPACKED_HERE = (UNCOMPRESSED, LZW, *DEFLATE, PACKBITS, *REPACKED, *_TO_SAMPLES)
_MOST_BITS, _WIDE_BITS = 32, 64
_FLOAT_BITS = (16, 24, 32, 64)
_SCALED = ("grey", "rgb", "cmyk", "palette")
_OF_LIGHT: Mapping[int, tuple[int, ...]] = {LOG_L: (34676,), LOG_LUV: (34676, 34677)}
UNSIGNED, SIGNED, FLOAT = 1, 2, 3
"""Values of SampleFormat."""
_DIFFERENCES, _OF_FLOATS = 2, 3
"""Values of Predictor."""
_SUBSAMPLINGS = (1, 2, 4)
MOST_EXTRA = 4
ASSOCIATED, UNASSOCIATED = 1, 2
SEPARATE = 2
HIGH_BIT_FIRST, LOW_BIT_FIRST = 1, 2
"""Values of FillOrder."""
_COMPLEX = (5, 6)


@dataclass(frozen=True, slots=True)
class Pixels:
    """`alpha` is the place of the transparency among the samples, `subsampling` that of Cb and Cr across and down.

    `is_recoded`: of a depth, kind or compression that libvips does not read, so that the pieces are made anew here.
    """

    colour: str
    of_colour: int
    bits: int
    samples: int
    photometric: int
    compression: int
    separate: bool
    predictor: int
    alpha: int | None = None
    associated: bool = False
    subsampling: tuple[int, int] = (1, 1)
    sample_format: int = UNSIGNED
    is_recoded: bool = False

    @property
    def is_light(self) -> bool:
        return self.photometric in _OF_LIGHT

    @property
    def extra(self) -> int:
        return self.samples - self.of_colour


def pixels_of(directory: Directory) -> Pixels:
    """Refuses by name what is not taken."""
    depths = directory.numbers(tags.BITS) or (1,)
    samples = directory.first(tags.SAMPLES, len(depths))
    compression = directory.first(tags.COMPRESSION, 1)
    photometric = directory.first(tags.PHOTOMETRIC, _photometric_unsaid(samples, compression))
    if photometric in _OF_CAMERAS:
        raise master_refused("camera-raw")
    if photometric not in _COLOURS:
        raise _unsupported(f"PhotometricInterpretation {photometric}")
    colour, of_colour = _COLOURS[photometric]
    uses = directory.numbers(tags.EXTRA_SAMPLES)[: max(samples - of_colour, 0)]
    alphas = [(at, use) for at, use in enumerate(uses, of_colour) if use in (ASSOCIATED, UNASSOCIATED)]
    alpha, use = next(iter(alphas), (None, None))
    pixels = Pixels(
        colour,
        of_colour,
        depths[0],
        samples,
        photometric,
        compression,
        samples > 1 and directory.first(tags.PLANES, 1) == SEPARATE,
        sensible(directory, tags.PREDICTOR, 1) if compression in _WITH_PREDICTOR else 1,
        alpha,
        use == ASSOCIATED,
        _subsampling(directory, compression) if colour == "ycbcr" else (1, 1),
        _sample_format(directory, colour),
    )
    _check_compression(compression)
    _check(pixels, depths)
    if not _is_read_by_libvips(pixels):
        _check_recoded(pixels)
        pixels = replace(pixels, is_recoded=True)
    if colour == "cmyk" and sensible(directory, tags.INK_SET, 1) != 1:
        raise _unsupported(N_("inks other than cyan, magenta, yellow and black"))
    return pixels


def _photometric_unsaid(samples: int, compression: int) -> int:
    """Where the tag is missing: a fax is black on white (TIFF 6.0 section 10), as libtiff takes it too."""
    if samples >= 3:
        return RGB
    return MIN_IS_WHITE if compression in FAX else MIN_IS_BLACK


def _subsampling(directory: Directory, compression: int) -> tuple[int, int]:
    """JPEG says its own, whatever the tag says (TIFF Technical Note 2)."""
    if compression in (OLD_JPEG, JPEG):
        return 1, 1
    across, down = (*directory.numbers(tags.SUBSAMPLING), 2, 2)[:2]
    if across not in _SUBSAMPLINGS or down not in _SUBSAMPLINGS:
        raise master_refused("unreadable", reason=N_("its list of tags is broken"))
    return across, down


def _check_compression(number: int) -> None:
    if number not in COMPRESSIONS:
        raise master_refused("unsupported-compression", compression=_OTHER_COMPRESSIONS.get(number, number))


def _sample_format(directory: Directory, colour: str) -> int:
    """Of CIELab a* and b* are signed whatever the tag says; what is of no kind (4) is unsigned."""
    said = sensible(directory, tags.SAMPLE_FORMAT, UNSIGNED)
    return said if said in (SIGNED, FLOAT, *_COMPLEX) and not (colour == "lab" and said == SIGNED) else UNSIGNED


def _check(pixels: Pixels, depths: tuple[int, ...]) -> None:
    if not 0 <= pixels.extra <= MOST_EXTRA:
        raise _unsupported(f"SamplesPerPixel {pixels.samples}")
    if pixels.is_light or pixels.compression in _OF_LIGHT[LOG_LUV]:
        _check_light(pixels)
    if pixels.sample_format in _COMPLEX:
        raise _unsupported(N_("complex numbers"))
    if len(set(depths)) > 1:
        raise _unsupported(N_("samples of unequal depth"))
    strange = _mixture(pixels)
    if strange:
        raise _unsupported(strange)


def _is_read_by_libvips(pixels: Pixels) -> bool:
    """Whether the compression goes with the samples, and these with each other."""
    samples_of_a_piece = 1 if pixels.separate else pixels.samples
    if pixels.is_light:
        return True
    if pixels.bits not in _DEPTHS[pixels.colour] or pixels.sample_format != UNSIGNED:
        return False
    if pixels.compression in FAX:
        return (pixels.bits, samples_of_a_piece) == (1, 1)
    if pixels.compression in _TO_SAMPLES:
        return False
    if pixels.compression == JPEG:
        return pixels.bits == 8
    return pixels.colour != "grey" or pixels.bits >= 8 or samples_of_a_piece == 1


def _check_light(pixels: Pixels) -> None:
    if pixels.compression not in _OF_LIGHT.get(pixels.photometric, ()) or pixels.extra or pixels.separate:
        raise unsupported_samples(kind_of(pixels), pixels.samples, pixels.bits)


def _check_recoded(pixels: Pixels) -> None:
    """Refuses what is not decoded here either."""
    bits, floating = pixels.bits, pixels.sample_format == FLOAT
    fits = bits in _FLOAT_BITS if floating else 0 < bits <= _MOST_BITS or bits == _WIDE_BITS
    if pixels.colour == "palette" and (floating or bits > 16 or pixels.sample_format == SIGNED):
        fits = False
    if pixels.predictor == _DIFFERENCES and (floating or bits not in (8, 16, 32, 64)):
        fits = False
    if pixels.compression in _TO_SAMPLES and bits not in (8, 16, 32, 64):  # their decoders give whole bytes
        fits = False
    by_codec = pixels.compression in _UNPACKED_HERE or (pixels.compression == JPEG and bits == 12)
    of_codec = pixels.compression in _TO_SAMPLES and bits in (8, 16) and not floating
    if not fits or not by_codec or not (pixels.colour in _SCALED or of_codec):
        raise unsupported_samples(kind_of(pixels), pixels.samples, bits)


def kind_of(pixels: Pixels) -> str:
    """As the trade names it: TIFF, and how it is compressed."""
    return "TIFF" if pixels.compression == UNCOMPRESSED else f"TIFF {COMPRESSIONS[pixels.compression]}"


def _mixture(pixels: Pixels) -> str | None:
    """What is sound by itself and is not decoded together."""
    if pixels.predictor == _OF_FLOATS and pixels.sample_format != FLOAT:
        return N_("a predictor of floating point on other numbers")
    if pixels.subsampling != (1, 1) and (pixels.extra or pixels.separate or pixels.predictor != 1):
        return N_("subsampled colour with transparency, planes or a predictor")
    return None


def _unsupported(what: str) -> Exception:
    return master_refused("unsupported-pixels", what=what)
