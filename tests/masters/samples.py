"""One picture as a master of every format that is taken in, as near to it as the format allows."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pillow_heif
import pyvips
from imagecodecs import jpeg2k_encode
from PIL import Image

from tests import make
from tests.make import Picture
from tests.masters.pdf_writer import PdfPage, as_jpeg, write_pdf

Writer: TypeAlias = Callable[..., Path]
"""Takes the path, the picture and an ICC profile, where the format holds one."""


def webp(path: Path, picture: Picture, profile: bytes | None = None, **options: object) -> Path:
    options.setdefault("lossless", True)
    Image.fromarray(picture).save(path, "WEBP", icc_profile=profile, exact=True, **options)
    return path


def gif(path: Path, picture: Picture, **options: object) -> Path:
    """Of at most 256 colours, none of them lost where the picture has no more."""
    colours, numbers = np.unique(picture.reshape(-1, picture.shape[-1]), axis=0, return_inverse=True)
    if len(colours) > 256:
        Image.fromarray(picture).quantize(256, dither=Image.Dither.NONE).save(path, "GIF", **options)
        return path
    stored = Image.fromarray(numbers.reshape(picture.shape[:2]).astype(np.uint8), "P")
    stored.putpalette(colours.tobytes())
    stored.save(path, "GIF", optimize=False, **options)
    return path


def bmp(path: Path, picture: Picture, **options: object) -> Path:
    Image.fromarray(picture).save(path, "BMP", **options)
    return path


def jpeg_2000(path: Path, picture: Picture, **options: object) -> Path:
    options = {"level": 0, "reversible": True, "mct": False} | options
    path.write_bytes(jpeg2k_encode(np.ascontiguousarray(picture), **options))
    return path


def heic(path: Path, picture: Picture, profile: bytes | None = None, **options: object) -> Path:
    mode = {2: "L"}.get(picture.ndim) or {3: "RGB", 4: "RGBA"}[picture.shape[2]]
    size = picture.shape[1], picture.shape[0]
    options = {"quality": -1, "chroma": 444} | options
    image = pillow_heif.from_bytes(mode, size, picture.tobytes())
    if profile is not None:
        image.info["icc_profile"] = profile
        image[0].info["icc_profile"] = profile
    image.save(path, **options)
    return path


def avif(path: Path, picture: Picture, profile: bytes | None = None, **options: object) -> Path:
    bands = 1 if picture.ndim == 2 else picture.shape[2]
    wide = picture.dtype == np.uint16
    image = pyvips.Image.new_from_array(picture)
    image = image.copy(interpretation=("grey16" if wide else "b-w") if bands < 3 else ("rgb16" if wide else "srgb"))
    if profile is not None:
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    image.heifsave(str(path), **({"compression": "av1", "lossless": True} | options))
    return path


def pdf(path: Path, picture: Picture) -> Path:
    return write_pdf(path, PdfPage(as_jpeg(picture), picture.shape[1], picture.shape[0]))


WRITERS: Mapping[str, tuple[str, Writer, int]] = {
    # name of the row in the table: usual extension, how to write it, by how many steps of 255 it may differ
    "tiff": (".tif", make.tiff, 0),
    "jp2": (".jp2", jpeg_2000, 0),
    "png": (".png", make.png, 0),
    "heif": (".heic", heic, 2),
    "webp": (".webp", webp, 0),
    "jpeg": (".jpg", make.jpeg, 8),
    "gif": (".gif", gif, 0),
    "bmp": (".bmp", bmp, 0),
    "pdf": (".pdf", pdf, 8),
}
WITH_PROFILE = ("tiff", "png", "heif", "webp", "jpeg")
"""Those whose writer here embeds one."""
