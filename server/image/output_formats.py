"""The formats and qualities that can be asked of an image: one row each.

The grammar, info.json, the rendering and the tests read these rows, so that a new format is a row and what is
advertised is what is made. How to encode stands here as names and numbers only: no pixels and no libraries.

Image API 3.0 and 2.1, sections 4.4 and 4.5; which of them level 2 asks for: the compliance documents, 3.4 and 3.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

from manifests.errors import Misused
from manifests.scaling import LONGEST_JPEG_SIDE

EncoderOptions: TypeAlias = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """`longest` is the most pixels a side that the format can hold; `transparent`: what lies beside a turned picture
    is left open, elsewhere it is white. Black and white has white corners in every format: it has two values.

    `setting` is the field of `Encoding` that says how strongly it is compressed, `option` what the encoder calls that.
    `encoder`: who makes it (`server.image.encoders`). `suffix` and `options` are for libvips, which streams;
    `bitonal_options` come on top for black and white. `pillow` and `pillow_options` choose the encoder of Pillow, where
    it is the quicker one for a single tile.

    What it costs, as measured on scanned pages (`server.image.cost`): `nanoseconds` of a core for one sample to be
    encoded, `encoded` bytes that one becomes, `workspace` bytes that the encoder holds for each pixel while it works.
    `has_grey`: whether a pixel in grey is one sample, as it is not where grey is written as a colour;
    `bitonal_samples`: as how many one in black and white counts.
    """

    extension: str
    media_type: str
    level2: bool = False
    longest: int = 1_000_000  # what libpng reads where nobody tells it otherwise; nothing longer is sent
    transparent: bool = False
    setting: str = ""
    option: str = ""
    encoder: str = "libvips"
    suffix: str = ""
    options: EncoderOptions = ()
    bitonal_options: EncoderOptions = ()
    pillow: str = ""
    pillow_options: EncoderOptions = ()
    nanoseconds: float = 0.0
    encoded: float = 0.0
    workspace: float = 0.0
    has_grey: bool = True
    bitonal_samples: int = 1


JPG = OutputFormat(
    "jpg",
    "image/jpeg",
    level2=True,
    longest=LONGEST_JPEG_SIDE,
    setting="quality",
    option="Q",
    encoder="jpeg",
    suffix=".jpg",
    pillow="JPEG",
    pillow_options=(("subsampling", "4:2:0"),),
    nanoseconds=2.0,
    encoded=0.15,
)

FORMATS: tuple[OutputFormat, ...] = (
    JPG,
    OutputFormat(
        "png",
        "image/png",
        level2=True,
        transparent=True,
        setting="png_compression",
        option="compression",
        suffix=".png",
        bitonal_options=(("bitdepth", 1),),
        nanoseconds=20.0,
        encoded=0.7,
    ),
    OutputFormat(
        "webp",
        "image/webp",
        longest=16_383,
        transparent=True,
        setting="webp_quality",
        option="Q",
        suffix=".webp",
        options=(("effort", 2),),
        bitonal_options=(("lossless", True),),
        pillow="WEBP",
        pillow_options=(("method", 2),),
        nanoseconds=28.0,
        encoded=0.1,
        workspace=4.0,
        has_grey=False,
    ),
    # Effort 1 of 9: from 4 on the encoder takes half a minute for a page and saves nothing
    OutputFormat(
        "avif",
        "image/avif",
        longest=16_384,
        transparent=True,
        setting="avif_quality",
        option="Q",
        suffix=".avif",
        options=(("effort", 1),),
        bitonal_options=(("lossless", True),),
        nanoseconds=120.0,
        encoded=0.08,
        workspace=24.0,
        has_grey=False,
        bitonal_samples=6,
    ),
    OutputFormat(
        "tif",
        "image/tiff",
        transparent=True,
        setting="tif_compression",
        option="compression",
        suffix=".tif",
        options=(("predictor", "horizontal"), ("Q", 90), ("background", (255,))),  # a JPEG in it has no alpha
        bitonal_options=(("compression", "ccittfax4"), ("bitdepth", 1)),
        nanoseconds=20.0,
        encoded=1.01,
        workspace=1.0,
    ),
    # A palette for each picture, and of transparency one bit. Effort 1 of 10: the others take up to five times as long
    OutputFormat(
        "gif",
        "image/gif",
        longest=65_535,
        transparent=True,
        suffix=".gif",
        options=(("effort", 1),),
        bitonal_options=(("bitdepth", 1),),
        nanoseconds=150.0,
        encoded=0.35,
        workspace=12.0,
        has_grey=False,
    ),
    OutputFormat(
        "jp2",
        "image/jp2",
        longest=LONGEST_JPEG_SIDE,
        setting="jp2_quality",
        option="level",
        encoder="jpeg2000",
        bitonal_options=(("level", 0),),
        nanoseconds=95.0,
        encoded=0.2,
        workspace=28.0,
    ),
    # A page with one JPEG on it; black and white is deflated
    OutputFormat(
        "pdf",
        "application/pdf",
        longest=LONGEST_JPEG_SIDE,
        setting="quality",
        option="Q",
        encoder="pdf",
        suffix=".jpg",
        nanoseconds=3.0,
        encoded=0.2,
        workspace=0.5,
    ),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How strongly each format is compressed: the settings of the same names (`config/default.toml`).

    `points`: 1/72 inch that a pixel of the whole image is wide on a page of PDF.
    """

    quality: int = 85
    webp_quality: int = 80
    avif_quality: int = 65
    jp2_quality: int = 42
    png_compression: int = 3
    tif_compression: str = "lzw"
    points: float = 72 / 300

    def of(self, row: OutputFormat) -> Any:
        return getattr(self, row.setting) if row.setting else None

    def options(self, row: OutputFormat, *, bitonal: bool = False) -> dict[str, Any]:
        """What the encoder of this format is told."""
        told = dict(row.options) | ({row.option: self.of(row)} if row.setting else {})
        return told | (dict(row.bitonal_options) if bitonal else {})

    def identity(self, row: OutputFormat) -> str:
        """What of it decides the bytes in this format."""
        return f"{self.of(row)} {self.points:.6f}" if row.encoder == "pdf" else str(self.of(row))


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


def preferred(names: Sequence[str], formats: Sequence[OutputFormat] = FORMATS) -> tuple[str, ...]:
    """Those of the names (`preferred_formats` of the settings) that are among the formats, in the order of the names.

    Raises Misused where one is no format at all.
    """
    known = [row.extension for row in FORMATS]
    for name in names:
        if name not in known:
            raise Misused(
                "preferred_formats names {name}, which is no format. Is {near} meant? There are: {known}",
                name=name,
                near=get_close_matches(name, known, n=1, cutoff=0.0)[0],
                known="  ".join(known),
            )
    made = {row.extension for row in formats}
    return tuple(name for name in names if name in made)
