"""Test images and the files that hold them, made in code: no test needs a file from elsewhere.

A picture is a numpy array (height x width, or height x width x bands). What writes a file takes its path first and
gives it back. Broken files are made from whole ones by the functions at the end; colour profiles by `tests.profiles`.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyvips
import tifffile
from PIL import Image, PngImagePlugin

Picture: TypeAlias = np.ndarray[Any, Any]
Tags: TypeAlias = Mapping[int, tuple[str, Sequence[int]]]
"""Number of a TIFF tag to the letter of its type in struct and its numbers."""


# Pictures


def photo(width: int, height: int) -> Picture:
    """Soft colours, no two corners alike, so that a turned or mirrored copy is seen."""
    x, y = np.linspace(0, 1, width)[None, :], np.linspace(0, 1, height)[:, None]
    bands = (40 + 200 * x + 0 * y, 230 - 180 * x * y, 60 + 150 * y + 0 * x)
    return np.stack([np.broadcast_to(band, (height, width)) for band in bands], axis=2).round().astype(np.uint8)


def grey_photo(width: int, height: int) -> Picture:
    return photo(width, height).mean(axis=2).round().astype(np.uint8)


def text_page(width: int, height: int) -> Picture:
    """Grey paper with lines of dark words: sharp edges, as print has them."""
    page = np.full((height, width), 235, np.uint8)
    letters = np.random.default_rng(7).random((height // 12 + 1, width // 3 + 1)) < 0.55
    for row in range(1, height // 12):
        line = np.repeat(letters[row], 3)[:width]
        page[row * 12 : row * 12 + 7, :][:, line] = 30
    page[:, : width // 12] = page[:, -(width // 12 + 1) :] = 235
    return page


def patches(bands: int, steps: int = 6, side: int = 4) -> Picture:
    """A chart of every mixture of the bands in so many steps, each patch a square of `side` pixels."""
    values = np.linspace(0, 255, steps).round().astype(np.uint8)
    mixtures = np.stack(np.meshgrid(*[values] * bands, indexing="ij"), axis=-1).reshape(-1, bands)
    chart = mixtures.reshape(steps, -1, bands)
    return chart.repeat(side, axis=0).repeat(side, axis=1)


def sixteen_bits(picture: Picture) -> Picture:
    return picture.astype(np.uint16) * 257


def with_alpha(picture: Picture, opacity: int) -> Picture:
    return np.dstack([picture, np.full(picture.shape[:2], opacity, picture.dtype)])


def as_stored(picture: Picture, orientation: int) -> Picture:
    """The pixels as a file holds them whose orientation says how to turn them upright (TIFF 6.0, tag 274)."""
    across = picture.swapaxes(0, 1)
    turned = {
        1: picture,
        2: picture[:, ::-1],
        3: picture[::-1, ::-1],
        4: picture[::-1],
        5: across,
        6: across[::-1],
        7: across[::-1, ::-1],
        8: across[:, ::-1],
    }
    return np.ascontiguousarray(turned[orientation])


def pixels(image: Any) -> Picture:
    """A pyvips image as an array, grey without a third axis."""
    found: Picture = image.numpy()
    return found[:, :, 0] if found.ndim == 3 and found.shape[2] == 1 else found


# Files


def tiff(path: Path, picture: Picture, *, orientation: int = 1, profile: bytes | None = None, **layout: Any) -> Path:
    """As tifffile lays it out: `tile`, `planarconfig`, `photometric`, `extrasamples`, `byteorder`, `bigtiff` ..."""
    layout.setdefault("photometric", "minisblack" if picture.ndim == 2 else "rgb")
    layout.setdefault("metadata", None)
    extra = [(274, "H", 1, orientation, True)] if orientation != 1 else []
    tifffile.imwrite(path, picture, iccprofile=profile, extratags=[*extra, *layout.pop("extratags", ())], **layout)
    return path


def planar_tiff(path: Path, picture: Picture, **layout: Any) -> Path:
    """Each band in a plane of its own."""
    return tiff(path, np.ascontiguousarray(np.moveaxis(picture, 2, 0)), planarconfig="separate", **layout)


def min_is_white_tiff(path: Path, picture: Picture, **layout: Any) -> Path:
    """Stored upside down in tone: 0 is white. Looks like `picture`."""
    return tiff(path, np.iinfo(picture.dtype).max - picture, photometric="miniswhite", **layout)


def big_tiff(path: Path, picture: Picture, **layout: Any) -> Path:
    return tiff(path, picture, bigtiff=True, **layout)


def palette_tiff(path: Path, picture: Picture, colours: Picture) -> Path:
    """`picture` counts into `colours`, an array of 256 x 3 bytes."""
    return tiff(path, picture, photometric="palette", colormap=colours.T.astype(np.uint16) * 257)


def tiff_of_images(path: Path, images: Sequence[Picture], subfile_types: Sequence[int]) -> Path:
    """Several directories in a chain, each with its NewSubfileType."""
    with tifffile.TiffWriter(path) as writer:
        for picture, kind in zip(images, subfile_types, strict=True):
            writer.write(picture, photometric="rgb", subfiletype=kind, metadata=None)
    return path


def packed_tiff(path: Path, picture: Picture, **options: Any) -> Path:
    """As libvips writes it: `compression` (lzw, deflate, packbits, ccittfax4, jpeg ...), `bitdepth`, `tile` ..."""
    _image(picture).tiffsave(str(path), **options)
    return path


def raw_tiff(path: Path, tags: Tags, *, order: str = "<", then: int = 0) -> Path:
    """A header and one directory of tags of shorts (H) and longs (I), whatever they claim; `then` is the next one.

    Behind the directory, at offset 4096, stand 4096 bytes of pixels.
    """
    entries, behind = b"", b""
    for tag, (letter, values) in sorted(tags.items()):
        value = struct.pack(f"{order}{len(values)}{letter}", *values)
        if len(value) > 4:
            behind, value = behind + value, struct.pack(f"{order}I", 1024 + len(behind))
        entries += struct.pack(f"{order}HHI", tag, {"H": 3, "I": 4}[letter], len(values)) + value.ljust(4, b"\0")
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(tags))
    directory = head + entries + struct.pack(f"{order}I", then)
    path.write_bytes((directory.ljust(1024, b"\0") + behind).ljust(4096, b"\0") + bytes(range(256)) * 16)
    return path


def tags(size: tuple[int, int] = (16, 16), **others: tuple[str, Sequence[int]]) -> Tags:
    """The tags of a small grey image whose pixels stand where `raw_tiff` puts them; others by name."""
    names = {"bits": 258, "compression": 259, "photometric": 262, "offsets": 273, "samples": 277, "lengths": 279}
    names |= {"width": 256, "height": 257, "rows": 278, "sample_format": 339, "extra_samples": 338}
    base: dict[str, tuple[str, Sequence[int]]] = {
        "width": ("I", [size[0]]),
        "height": ("I", [size[1]]),
        "bits": ("H", [8]),
        "compression": ("H", [1]),
        "photometric": ("H", [1]),
        "offsets": ("I", [4096]),
        "samples": ("H", [1]),
        "rows": ("I", [size[1]]),
        "lengths": ("I", [256]),
    }
    return {names[name]: value for name, value in (base | others).items()}


def jpeg(path: Path, picture: Picture, *, orientation: int = 1, profile: bytes | None = None, **options: Any) -> Path:
    """As Pillow writes it; four bands make a CMYK JPEG with Adobe's inverted inks."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    mode = {2: "L"}.get(picture.ndim) or {3: "RGB", 4: "CMYK"}[picture.shape[2]]
    size = picture.shape[1], picture.shape[0]
    options.setdefault("quality", 95)
    options.setdefault("subsampling", 0)
    Image.frombytes(mode, size, picture.tobytes()).save(path, "JPEG", exif=exif, icc_profile=profile, **options)
    return path


def png(path: Path, picture: Picture, *, profile: bytes | None = None, **options: Any) -> Path:
    """As libvips writes it: `bitdepth`, `palette`, `interlace` ..."""
    image = _image(picture)
    if profile is not None:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    image.pngsave(str(path), **options)
    return path


def png_with_xmp(path: Path, picture: Picture, xmp: bytes) -> Path:
    """Without EXIF, which would be believed first."""
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
    Image.fromarray(picture).save(path, "PNG", pnginfo=texts)
    return path


def png_with_comment(path: Path, picture: Picture, key: bytes) -> Path:
    """A chunk tEXt under this key, which may be Latin-1."""
    png(path, picture)
    content = path.read_bytes()
    path.write_bytes(content[:33] + _chunk(b"tEXt", key + b"\0made by hand") + content[33:])
    return path


def narrow_png(path: Path, picture: Picture, bits: int) -> Path:
    """Grey of 1, 2 or 4 bits, each row padded to a whole byte."""
    samples = (picture >> (8 - bits))[:, :, None] >> np.arange(bits - 1, -1, -1) & 1
    rows = np.packbits(samples.reshape(len(picture), -1), axis=1)
    filtered = np.hstack([np.zeros((len(rows), 1), np.uint8), rows])
    return raw_png(path, (picture.shape[1], picture.shape[0], bits, 0), zlib.compress(filtered.tobytes()))


def png_with_transparent_colour(path: Path, picture: Picture, colour: tuple[int, int, int]) -> Path:
    """RGB whose chunk tRNS makes one colour invisible."""
    Image.fromarray(picture).save(path, "PNG", transparency=colour)
    return path


def png_with_orientation(path: Path, picture: Picture, orientation: int) -> Path:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(picture).save(path, "PNG", exif=exif)
    return path


def _image(picture: Picture) -> Any:
    bands = 1 if picture.ndim == 2 else picture.shape[2]
    wide = picture.dtype == np.uint16
    image = pyvips.Image.new_from_array(picture)
    return image.copy(interpretation=("grey16" if wide else "b-w") if bands < 3 else ("rgb16" if wide else "srgb"))


# Broken and lying files


def truncated(path: Path, fraction: float) -> Path:
    """Only the first part of the file is left, as after a copy that broke off."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * fraction)])
    return path


def scribbled(path: Path, at: float = 0.5, length: int = 40) -> Path:
    """Some bytes in the middle are replaced by others."""
    content = bytearray(path.read_bytes())
    start = int(len(content) * at)
    content[start : start + length] = np.random.default_rng(3).integers(0, 255, length, np.uint8).tobytes()
    path.write_bytes(content)
    return path


def with_rubbish_behind(path: Path) -> Path:
    path.write_bytes(path.read_bytes() + b"left over by the scanner" * 20)
    return path


def jpeg_claiming(path: Path, width: int, height: int, bits: int = 8) -> Path:
    """A small JPEG whose frame says that it is of another size or depth."""
    jpeg(path, photo(16, 16))
    content = bytearray(path.read_bytes())
    frame = content.index(b"\xff\xc0\x00\x11\x08")
    content[frame + 4 : frame + 9] = struct.pack(">BHH", bits, height, width)
    path.write_bytes(content)
    return path


def png_claiming(path: Path, width: int, height: int, rows: bytes = b"") -> Path:
    """A grey PNG that says it is of this size, whatever the (compressed) rows hold."""
    return raw_png(path, (width, height, 8, 0), rows or zlib.compress(bytes(17 * 16)))


def raw_png(path: Path, header: tuple[int, int, int, int], rows: bytes) -> Path:
    """A PNG of this width, height, bit depth and colour type, with these compressed rows."""
    chunks = _chunk(b"IHDR", struct.pack(">IIBBBBB", *header, 0, 0, 0)) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    return path


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
