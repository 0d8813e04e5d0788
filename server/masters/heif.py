"""HEIF masters (HEIC, AVIF): what their boxes say, and how one is opened. Their decoders take the image whole.

libvips decodes AV1, libheif with libde265 what HEVC packed; both turn the image as the file says. The colours that the
file names are used here, with what Exif says of the turn passed over (ISO/IEC 23008-12 section 6.5.10, annex A).
"""

from functools import partial
from pathlib import Path

import numpy as np
import pillow_heif

from manifests.findings import make_finding
from manifests.model import Finding, Master
from server.libvips import pyvips
from server.masters import profiles
from server.masters.decoded import as_damage, image_of
from server.masters.header import MasterHeader, OpenedMaster, VipsImage
from server.masters.heif_items import HeifImage, read_primary
from server.masters.refusal import master_refused

_AV1, _HEVC = (b"av01",), (b"hvc1", b"hev1")
_NAMES = {b"jpeg": "JPEG", b"avc1": "H.264", b"vvc1": "H.266", b"j2k1": "JPEG 2000", b"unci": "none"}
_NOT_SAID = 2
"""Of primaries and transfer (H.273)."""


def describe(file: Path) -> MasterHeader:
    image = read_primary(file)
    if image.coding not in (*_AV1, *_HEVC):
        name = _NAMES.get(image.coding) or image.coding.decode("latin-1")
        raise master_refused("unsupported-compression", compression=f"HEIF {name}")
    width, height = image.upright
    samples = (1 if image.is_grey else 3) + image.has_alpha
    master = Master(
        "heif",
        width,
        height,
        image.bits,
        samples,
        "grey" if image.is_grey else "rgb",
        compression="av1" if image.coding in _AV1 else "hevc",
        images=image.images,
    )
    found = (make_finding("several-images", images=image.images),) if image.images > 1 else ()
    return MasterHeader(master, partial(_open, file, image), found, decoded_whole=True)


def _open(file: Path, image: HeifImage, *, access: str, fail_on: str, completed: bool = False) -> OpenedMaster:
    if image.coding in _AV1:
        opened = pyvips.Image.heifload(str(file), access=access, fail_on=fail_on, unlimited=True, revalidate=True)
    else:
        opened = _with_libheif(file)
    profile, found = _profile(image)
    return OpenedMaster(_of_its_kind(opened, image), profile=profile, findings=found)


def _of_its_kind(opened: VipsImage, image: HeifImage) -> VipsImage:
    """One band where the image is grey, and its transparency taken out where it was put in."""
    if image.premultiplied and opened.hasalpha():
        opened = opened.unpremultiply().cast(opened.format)
    if image.is_grey and opened.bands >= 3:
        grey = opened[0].bandjoin(opened[3]) if opened.bands == 4 else opened[0]
        return grey.copy(interpretation="grey16" if opened.format == "ushort" else "b-w")
    return opened


def _with_libheif(file: Path) -> VipsImage:
    with as_damage():
        opened = pillow_heif.open_heif(file, convert_hdr_to_8bit=False)
        return image_of(np.asarray(opened[opened.primary_index]))


def _profile(image: HeifImage) -> tuple[bytes | None, tuple[Finding, ...]]:
    if image.profile is not None or image.numbers is None or image.numbers == (_NOT_SAID, _NOT_SAID):
        return image.profile, ()
    primaries, transfer = (
        told if told != _NOT_SAID else meant for told, meant in zip(image.numbers, (1, 13), strict=True)
    )
    profile = profiles.by_number(primaries, transfer, grey=image.is_grey)
    if profile is not None:
        return profile, ()
    told = "-".join(str(number) for number in image.numbers)
    return None, (make_finding("unknown-colours", told=f"nclx {told}"),)
