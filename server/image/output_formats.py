"""The formats and qualities that can be asked of an image: one row each.

The grammar, info.json, the rendering and the tests read these rows, so that a new format is a row and what is
advertised is what is made. How to encode stands here as names and numbers only: no pixels and no libraries.

Image API 3.0 and 2.1, sections 4.4 and 4.5; which of them level 2 asks for: the compliance documents, 3.4 and 3.5.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from manifests.scaling import LONGEST_JPEG_SIDE

EncoderOptions: TypeAlias = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """`made` is False for a format that the specification names and that is not made here.

    `lossy` formats take the quality setting; `longest` is the most pixels a side that the format can hold.
    `suffix` and `options` choose the encoder of libvips, which streams whole images; `bitonal_options` come on top for
    black and white. `pillow` and `pillow_options` choose that of Pillow, where it is the quicker one for a single tile.

    What it costs, as measured on scanned pages (`server.image.cost`): `nanoseconds` of a core for one sample to be
    encoded, `encoded` bytes that one becomes, `workspace` bytes that the encoder holds for each pixel while it works.
    """

    extension: str
    media_type: str
    level2: bool = False
    made: bool = False
    lossy: bool = False
    longest: int = 1_000_000  # what libpng reads where nobody tells it otherwise; nothing longer is sent
    suffix: str = ""
    options: EncoderOptions = ()
    bitonal_options: EncoderOptions = ()
    pillow: str = ""
    pillow_options: EncoderOptions = ()
    nanoseconds: float = 0.0
    encoded: float = 0.0
    workspace: float = 0.0


JPG = OutputFormat(
    "jpg",
    "image/jpeg",
    level2=True,
    made=True,
    lossy=True,
    longest=LONGEST_JPEG_SIDE,
    suffix=".jpg",
    pillow="JPEG",
    pillow_options=(("subsampling", "4:2:0"),),
    nanoseconds=2.0,
    encoded=0.15,
)

FORMATS: tuple[OutputFormat, ...] = (
    JPG,
    # Level 3 of deflate: less than half the time of level 6 for nearly the same size, on scanned pages.
    OutputFormat(
        "png",
        "image/png",
        level2=True,
        made=True,
        suffix=".png",
        options=(("compression", 3),),
        bitonal_options=(("bitdepth", 1),),
        nanoseconds=17.0,
        encoded=0.6,
    ),
    OutputFormat(
        "webp",
        "image/webp",
        made=True,
        lossy=True,
        longest=16_383,
        suffix=".webp",
        options=(("effort", 2),),
        bitonal_options=(("lossless", True),),
        pillow="WEBP",
        pillow_options=(("method", 2),),
        nanoseconds=22.0,
        encoded=0.1,
        workspace=4.0,
    ),
    OutputFormat("tif", "image/tiff"),
    OutputFormat("gif", "image/gif"),
    OutputFormat("jp2", "image/jp2"),
    OutputFormat("pdf", "application/pdf"),
)


@dataclass(frozen=True, slots=True)
class Quality:
    """`grey`: one channel. `bitonal`: black and white alone. `level2` holds the versions whose level 2 asks for it."""

    name: str
    grey: bool = False
    bitonal: bool = False
    level2: frozenset[int] = frozenset({2, 3})


DEFAULT = Quality("default")

QUALITIES: tuple[Quality, ...] = (
    DEFAULT,
    Quality("color"),
    Quality("gray", grey=True),
    Quality("bitonal", grey=True, bitonal=True, level2=frozenset({2})),
)
