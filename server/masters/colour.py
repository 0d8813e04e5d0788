"""The colours of a master as every screen shows them: 8-bit sRGB, or 8-bit grey with sRGB's tone curve.

Rendering is relative colorimetric with black point compensation: what lies inside sRGB keeps its colour exactly, paper
white becomes white, and the darkest ink black. Perceptual would bend colours that need no bending, each maker's profile
its own way, and a matrix profile has no such table. Nothing about files or orientation may live here.
"""

import io
import itertools
import struct
from dataclasses import dataclass

from PIL import ImageCms

from manifests.findings import make_finding
from manifests.model import Finding
from server.libvips import pyvips
from server.masters.header import VipsImage

ICC = "icc-profile-data"
RENDERING = {"intent": "relative", "black_point_compensation": True}
INVISIBLE = 2
"""Steps of 255 by which a profile may differ from sRGB and still be called sRGB: under 1 dE2000 anywhere."""

_SPACES = {"grey": b"GRAY", "rgb": b"RGB ", "palette": b"RGB ", "ycbcr": b"RGB ", "cmyk": b"CMYK", "lab": b"Lab "}
_ASSUMED = {"cmyk": "Chemical proof"}
"""Where it is not sRGB: the CMYK profile that libvips carries, by its own name."""


@dataclass(frozen=True, slots=True)
class DisplayImage:
    """`profile` is what the master's own profile calls itself."""

    image: VipsImage
    profile: str | None = None
    findings: tuple[Finding, ...] = ()


def to_display(image: VipsImage, colour: str) -> DisplayImage:
    """The image in 8-bit sRGB or grey, its transparency laid on white."""
    flat = _on_white(image)
    if colour == "lab":
        return DisplayImage(_from_lab(flat))
    profile = image.get(ICC) if image.get_typeof(ICC) else None
    assumed = _ASSUMED.get(colour, "sRGB")
    if profile is None:
        findings = (make_finding("no-profile", assumed=assumed),) if colour != "grey" else ()
        return DisplayImage(_assumed(flat, colour), None, findings)
    name = description(profile)
    if profile[36:40] != b"acsp":
        return DisplayImage(_assumed(flat, colour), name, (make_finding("bad-profile", assumed=assumed),))
    if profile[16:20] != _SPACES[colour]:
        return DisplayImage(
            _assumed(flat, colour), name, (make_finding("other-profile", profile=name or "?", assumed=assumed),)
        )
    if not _works(profile, colour):
        return DisplayImage(_assumed(flat, colour), name, (make_finding("bad-profile", assumed=assumed),))
    return DisplayImage(_by_profile(flat, colour, profile), name)


def _works(profile: bytes, colour: str) -> bool:
    """Asked of littleCMS through Pillow: libvips takes its own profile in silence where this one is damaged."""
    mode = {"grey": "L", "cmyk": "CMYK"}.get(colour, "RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (OSError, ImageCms.PyCMSError):
        return False
    return True


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
    lab = image.colourspace("lab") if image.interpretation != "lab" else image
    return lab.icc_export(output_profile="srgb", pcs="lab", depth=8, **RENDERING)


def _by_profile(image: VipsImage, colour: str, profile: bytes) -> VipsImage:
    if colour == "grey":
        return image.maplut(_tone_curve(image, profile))
    if colour != "cmyk" and _is_srgb(profile):
        return _eight_bits(image)
    return image.icc_transform("srgb", embedded=True, depth=8, **RENDERING)


def _tone_curve(image: VipsImage, profile: bytes) -> VipsImage:
    """What each grey becomes: one look-up for each pixel instead of three bands of arithmetic."""
    wide = image.format == "ushort"
    ramp = _with_profile(pyvips.Image.identity(ushort=wide), "grey16" if wide else "b-w", profile)
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
