"""TIFF masters: which image of the file is the page, what kind its pixels are, and the loader (TIFF 6.0).

Reading the directories is `directories`' business. Nothing is turned or coloured here.
"""

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from manifests.findings import make_finding
from manifests.model import Finding, Master
from server.libvips import pyvips
from server.masters import tiff_directories
from server.masters.header import MasterHeader, VipsImage, sensible_ppi
from server.masters.refusal import master_refused
from server.masters.tiff_directories import Directory
from server.masters.tiff_override import TiffOverride

_COLOURS: Mapping[int, tuple[str, int]] = {
    0: ("grey", 1),
    1: ("grey", 1),
    2: ("rgb", 3),
    3: ("palette", 1),
    5: ("cmyk", 4),
    6: ("ycbcr", 3),
    8: ("lab", 3),
}
"""PhotometricInterpretation to the colour and its number of samples."""

_DEPTHS: Mapping[str, tuple[int, ...]] = {
    "grey": (1, 2, 4, 8, 16),
    "palette": (1, 2, 4, 8, 16),
    "rgb": (8, 16),
    "cmyk": (8, 16),
    "ycbcr": (8,),
    "lab": (8, 16),
}
_COMPRESSIONS: Mapping[int, str] = {
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
}
"""Compression to its name: those that the bundled libvips decodes."""
JPEG = 7
MIN_IS_BLACK, RGB = 1, 2
SEPARATE = 2
MOST_EXTRA = 4
_INTERPRETATIONS = {("rgb", 8): "srgb", ("rgb", 16): "rgb16", ("cmyk", 8): "cmyk", ("cmyk", 16): "cmyk"}
_OTHER_COMPRESSIONS: Mapping[int, str] = {
    33003: "JPEG 2000",
    33005: "JPEG 2000",
    34661: "JBIG",
    34712: "JPEG 2000",
    34887: "LERC",
    34925: "LZMA",
    50000: "zstd",
    50002: "JPEG XL",
    52546: "JPEG XL",
}
_ASSOCIATED, _UNASSOCIATED = 1, 2
_NUMBERS_OF_OTHER_KINDS = {2: "signed numbers", 3: "floating point", 5: "complex numbers", 6: "complex numbers"}


def describe(file: Path) -> MasterHeader:
    found = tiff_directories.read_directories(file)
    page = next((at for at, directory in enumerate(found) if not directory.reduced), 0)
    directory = found[page]
    colour, bits, samples, alpha = _pixels(directory)
    if tiff_directories.end_of_pixels(file, directory) > file.stat().st_size:
        raise master_refused("truncated")
    width, height = directory.size
    images = _images(found)
    orientation = directory.first(tiff_directories.ORIENTATION, 1)
    master = Master(
        "tiff",
        width,
        height,
        bits,
        samples,
        colour,
        ppi=sensible_ppi(directory.ppi),
        orientation=orientation if 1 <= orientation <= 8 else 1,
        compression=_compression(directory),
        images=images,
    )
    several = (make_finding("several-images", images=images),) if images > 1 else ()
    return MasterHeader(master, (*several, *_left_out(colour, samples, alpha)), page, alpha)


def _pixels(directory: Directory) -> tuple[str, int, int, int | None]:
    """Colour, bits, samples and the place of the transparency."""
    photometric = directory.first(tiff_directories.PHOTOMETRIC, 1)
    if photometric not in _COLOURS:
        raise master_refused("unsupported-pixels", what=f"photometric interpretation {photometric}")
    colour, of_colour = _COLOURS[photometric]
    bits, samples = directory.first(tiff_directories.BITS, 1), directory.first(tiff_directories.SAMPLES, 1)
    strange = _strangeness(directory, colour, bits, samples - of_colour)
    if strange:
        raise master_refused("unsupported-pixels", what=strange)
    extra = directory.tags.get(tiff_directories.EXTRA_SAMPLES, ())[: samples - of_colour]
    alpha = next((of_colour + at for at, use in enumerate(extra) if use in (_ASSOCIATED, _UNASSOCIATED)), None)
    return colour, bits, samples, alpha


def _strangeness(directory: Directory, colour: str, bits: int, extra: int) -> str | None:
    """What about these pixels no loader of ours takes, in words."""
    kind = directory.first(tiff_directories.SAMPLE_FORMAT, 1)
    depths = set(directory.tags.get(tiff_directories.BITS, (1,)))
    if not 0 <= extra <= MOST_EXTRA:
        return f"{directory.first(tiff_directories.SAMPLES, 1)} samples a pixel"
    if kind in _NUMBERS_OF_OTHER_KINDS:
        return _NUMBERS_OF_OTHER_KINDS[kind]
    if depths != {bits} or bits not in _DEPTHS[colour]:
        return f"{bits} bits a sample" if len(depths) == 1 else "samples of unequal depth"
    if extra and directory.tiled and directory.first(tiff_directories.COMPRESSION, 1) == JPEG:
        return "JPEG tiles with transparency"
    planes = directory.tiled and directory.first(tiff_directories.PLANES, 1) == SEPARATE
    if planes and (extra or (colour, bits) not in _INTERPRETATIONS):
        return "planes in tiles"
    return None


def _left_out(colour: str, samples: int, alpha: int | None) -> Sequence[Finding]:
    of_colour = dict(_COLOURS.values())[colour]
    spare = samples - of_colour - (alpha is not None)
    return (make_finding("extra-channels", channels=spare),) if spare else ()


def _compression(directory: Directory) -> str:
    number = directory.first(tiff_directories.COMPRESSION, 1)
    if number not in _COMPRESSIONS:
        raise master_refused("unsupported-compression", compression=_OTHER_COMPRESSIONS.get(number, number))
    return _COMPRESSIONS[number]


def _images(found: Sequence[Directory]) -> int:
    """Smaller copies are no images of their own, whether they say so or each halves the one before."""
    pages = [directory for directory in found if not directory.reduced]
    halved = all(_halves(a, b) for a, b in itertools.pairwise(pages))
    return 1 if halved else len(pages)


def _halves(large: Directory, small: Directory) -> bool:
    return all(abs(b - a / 2) <= 1 for a, b in zip(large.size, small.size, strict=True)) and max(large.size) > 2


def load(file: Path, found: MasterHeader, *, access: str, fail_on: str) -> VipsImage:
    how = {"page": found.page, "access": access, "fail_on": fail_on, "unlimited": True, "revalidate": True}
    directory = tiff_directories.read_directories(file)[found.page]
    if directory.tiled and directory.first(tiff_directories.PLANES, 1) == SEPARATE:
        return _useful_bands(_planes_in_tiles(file, directory, found.master, how), found)
    if found.master.colour == "lab" and found.master.bits == 8:
        return _narrow_lab(file, directory, found, how)
    return _useful_bands(pyvips.Image.tiffload(str(file), **how), found)


def _planes_in_tiles(file: Path, directory: Directory, master: Master, how: Mapping[str, Any]) -> VipsImage:
    """Each plane is read as a grey image of its own ("tiled separate planes not supported")."""
    planes = []
    for plane in range(master.samples):
        view = TiffOverride(file, directory)
        for tag, number in (
            (tiff_directories.PHOTOMETRIC, MIN_IS_BLACK),
            (tiff_directories.SAMPLES, 1),
            (tiff_directories.PLANES, 1),
        ):
            view.set_number(tag, number)
        view.set_number(tiff_directories.BITS, master.bits)
        view.set_number(tiff_directories.SAMPLE_FORMAT, 1)
        for tag in (tiff_directories.TILE_OFFSETS, tiff_directories.TILE_LENGTHS):
            view.keep_part(tag, plane, master.samples)
        planes.append(view.open(**how))
    first = planes[0].bandjoin(planes[1:])
    return first.copy(interpretation=_INTERPRETATIONS[master.colour, master.bits])


def _narrow_lab(file: Path, directory: Directory, found: MasterHeader, how: Mapping[str, Any]) -> VipsImage:
    """CIELab in 8 bits is read as if it were RGB, then decoded ("bad labq format")."""
    view = TiffOverride(file, directory)
    view.set_number(tiff_directories.PHOTOMETRIC, RGB)
    image = _useful_bands(view.open(**how), found)
    lightness, signed = image[0] * (100 / 255), (image.extract_band(1, n=2) ^ 128) - 128
    return lightness.bandjoin(signed).copy(interpretation="lab")


def _useful_bands(image: VipsImage, found: MasterHeader) -> VipsImage:
    """libvips takes any band too many for transparency; only what says that it is one is."""
    of_colour = {"grey": 1, "cmyk": 4}.get(found.master.colour, 3)
    bands = image.extract_band(0, n=of_colour) if image.bands > of_colour else image
    if found.alpha is None or found.alpha >= image.bands:
        return bands
    return bands.bandjoin(image[found.alpha]).copy(interpretation=image.interpretation)


def ppi(image: VipsImage) -> float | None:
    return None
