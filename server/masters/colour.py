"""The colours of a master as every screen shows them: 8-bit sRGB, or 8-bit grey with sRGB's tone curve.

Rendering is relative colorimetric with black point compensation: what lies inside sRGB keeps its colour exactly, paper
white becomes white, and the darkest ink black. Perceptual would bend colours that need no bending, each maker's profile
its own way, and a matrix profile has no such table. Nothing about files or orientation may live here.
"""

import io
import itertools
import struct
from dataclasses import dataclass

from PIL import Image, ImageCms

from manifests.findings import make_finding
from manifests.model import Finding
from server.libvips import pyvips
from server.masters.header import VipsImage

ICC = "icc-profile-data"
RENDERING = {"intent": "relative", "black_point_compensation": True}
INVISIBLE = 2
"""Steps of 255 by which a profile may differ from sRGB and still be called sRGB: under 1 dE2000 anywhere."""

_LEAST_OF_WHITE = 128

_SPACES = {
    "grey": (b"GRAY", b"RGB "),
    "rgb": (b"RGB ",),
    "palette": (b"RGB ",),
    "ycbcr": (b"RGB ",),
    "cmyk": (b"CMYK",),
}
"""A grey is a colour with three equal parts, so that profiles of RGB fit it too."""
_ASSUMED = {"cmyk": "Chemical proof"}
"""Where it is not sRGB: the CMYK profile that libvips carries, by its own name."""


@dataclass(frozen=True, slots=True)
class DisplayImage:
    """`profile` is what the master's own profile calls itself."""

    image: VipsImage
    profile: str | None = None
    findings: tuple[Finding, ...] = ()


def to_display(image: VipsImage, colour: str, profile: bytes | None) -> DisplayImage:
    """The image in 8-bit sRGB or grey, its transparency laid on white."""
    if colour == "lab":
        return DisplayImage(_from_lab(image))
    flat = _on_white(image)
    colour = "grey" if flat.bands == 1 else colour
    assumed = _ASSUMED.get(colour, "sRGB")
    if profile is None:
        found = (make_finding("no-profile", assumed=assumed),) if colour != "grey" else ()
        return DisplayImage(_assumed(flat, colour), None, found)
    name = description(profile)
    fault = _fault(profile, colour)
    if fault:
        values = {"profile": name or "?"} if fault == "other-profile" else {}
        return DisplayImage(_assumed(flat, colour), name, (make_finding(fault, **values, assumed=assumed),))
    return DisplayImage(_by_profile(flat, colour, profile), name)


def _fault(profile: bytes, colour: str) -> str | None:
    """The code of what makes the profile no use for these pixels."""
    if profile[36:40] != b"acsp":
        return "bad-profile"
    if profile[16:20] not in _SPACES[colour]:
        return "other-profile"
    return None if _is_usable(profile) else "bad-profile"


def _is_usable(profile: bytes) -> bool:
    """Asked of littleCMS through Pillow: libvips takes its own profile in silence where this one is damaged.

    One of RGB whose white is dark or of a strong colour was filled with anything.
    """
    mode = {b"GRAY": "L", b"CMYK": "CMYK"}.get(profile[16:20], "RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        shown = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (OSError, ImageCms.PyCMSError):
        return False
    if mode != "RGB":
        return True
    white = ImageCms.applyTransform(Image.new("RGB", (1, 1), "white"), shown)
    return white is not None and min(white.tobytes()) >= _LEAST_OF_WHITE


def _on_white(image: VipsImage) -> VipsImage:
    if not image.hasalpha():
        return image
    white = 65535 if image.format == "ushort" else 255
    return image.flatten(background=[0 if image.interpretation == "cmyk" else white], max_alpha=white)


def _assumed(image: VipsImage, colour: str) -> VipsImage:
    if colour == "cmyk":
        return image.icc_transform("srgb", input_profile="cmyk", embedded=False, depth=8, **RENDERING)
    return _eight_bits(image)


def _eight_bits(image: VipsImage) -> VipsImage:
    if image.format == "uchar":
        return image
    return image.maplut((pyvips.Image.identity(ushort=True) / 257).rint().cast("uchar"))


def _from_lab(image: VipsImage) -> VipsImage:
    """Transparency is laid on white afterwards: in Lab white is no number of all bands."""
    colour = image.extract_band(0, n=3).copy(interpretation="lab")
    shown = colour.icc_export(output_profile="srgb", pcs="lab", depth=8, **RENDERING)
    if image.bands == 3:
        return shown
    joined = shown.bandjoin(image[3].cast("uchar")).copy(interpretation="srgb")
    return joined.flatten(background=255)


def _by_profile(image: VipsImage, colour: str, profile: bytes) -> VipsImage:
    if profile[16:20] == b"RGB " and _is_srgb(profile):
        return _eight_bits(image)
    if colour == "grey":
        return image.maplut(_tone_curve(image, profile))
    tagged = _with_profile(image, image.interpretation, profile)
    return tagged.icc_transform("srgb", embedded=True, depth=8, **RENDERING)


def _tone_curve(image: VipsImage, profile: bytes) -> VipsImage:
    """What each grey becomes: one look-up for each pixel instead of three bands of arithmetic."""
    wide = image.format == "ushort"
    ramp = pyvips.Image.identity(ushort=wide)
    if profile[16:20] == b"RGB ":
        ramp = _with_profile(ramp.bandjoin([ramp, ramp]), "rgb16" if wide else "srgb", profile)
    else:
        ramp = _with_profile(ramp, "grey16" if wide else "b-w", profile)
    return ramp.icc_transform("srgb", embedded=True, depth=8, **RENDERING)[1].copy_memory()


def _is_srgb(profile: bytes) -> bool:
    """Measured on patches, since names lie: sRGB is called by twenty names, and other things are called sRGB."""
    patches = _patches()
    shown = _with_profile(patches, "srgb", profile).icc_transform("srgb", embedded=True, depth=8, **RENDERING)
    return bool((shown - patches).abs().max() <= INVISIBLE)


def _patches() -> VipsImage:
    """Every mixture of six steps of red, green and blue, so also the corners and the greys."""
    steps = range(0, 256, 51)
    mixtures = bytes(band for mixture in itertools.product(steps, repeat=3) for band in mixture)
    return pyvips.Image.new_from_memory(mixtures, len(mixtures) // 3, 1, 3, "uchar")


def _with_profile(image: VipsImage, interpretation: str, profile: bytes) -> VipsImage:
    tagged = image.copy(interpretation=interpretation)
    tagged.set_type(pyvips.GValue.blob_type, ICC, profile)
    return tagged


def description(profile: bytes) -> str | None:
    """What the profile calls itself (ICC.1:2022, 9.2.41; ICC.1:2001-04, 6.5.17)."""
    try:
        return _description(profile)
    except (struct.error, UnicodeError):
        return None


def _description(profile: bytes) -> str | None:
    (count,) = struct.unpack_from(">I", profile, 128)
    for at in range(132, 132 + 12 * min(count, 100), 12):
        signature, offset, length = struct.unpack_from(">4sII", profile, at)
        if signature == b"desc" and offset + length <= len(profile):
            return _text(profile[offset : offset + length])
    return None


def _text(tag: bytes) -> str | None:
    if tag[:4] == b"desc":
        (length,) = struct.unpack_from(">I", tag, 8)
        text = tag[12 : 12 + length].decode("latin-1")
    elif tag[:4] == b"mluc":
        length, offset = struct.unpack_from(">II", tag, 20)
        text = tag[offset : offset + length].decode("utf-16-be")
    else:
        return None
    return text.split("\0")[0].strip() or None
