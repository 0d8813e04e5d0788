"""A picture turned by any angle: its pixels, and which of what is sent is picture at all.

Colours beyond the picture's edge are those of the edge, and how much of a pixel the picture covers is reckoned from
where the edge runs, not from the pixels: so no rim of another colour comes in, neither dark nor pale. No part of a turn
is a scaling (Image API 3.0 and 2.1, section 4.3). How large the turned picture is, says `server.image.rotation`.
"""

from math import cos, radians, sin
from typing import Any

from manifests.scaling import Extent
from server.image.rotation import Rotation
from server.libvips import pyvips

WHITE = 255

_BESIDE = 16
"""Pixels: so far the colours of the edge go on, so that white is not in the blocks that a lossy format makes of it."""


def turned(image: Any, rotation: Rotation) -> tuple[Any, Any]:
    """The picture clockwise about its middle, and how much it covers of each pixel, from 0 to 1. Far from it is white.

    Of any numbers; the picture should stand in memory, since it is read across.
    """
    width, height = image.width, image.height
    size = rotation.turned(Extent(width, height))
    angle = radians(float(rotation.degrees))
    across, down = cos(angle), sin(angle)
    wider = image.embed(_BESIDE, _BESIDE, width + 2 * _BESIDE, height + 2 * _BESIDE, extend="copy")
    found = wider.affine(
        [across, -down, down, across],
        interpolate=pyvips.Interpolate.new("bicubic"),
        idx=-(wider.width - 1) / 2,
        idy=-(wider.height - 1) / 2,
        odx=(size.width - 1) / 2,
        ody=(size.height - 1) / 2,
        oarea=[0, 0, *size],
        extend="copy",
    )
    inside = _inside(size, Extent(width, height), across, down)
    return (inside < 2 - _BESIDE).ifthenelse(WHITE, found), inside.clamp(min=0, max=1)


def _inside(size: Extent, picture: Extent, across: float, down: float) -> Any:
    """How far within the nearest edge the middle of each pixel lies, and half a pixel more; less than 0 beside it."""
    x, y = (place - (side - 1) / 2 for place, side in zip(pyvips.Image.xyz(*size).cast("float"), size, strict=True))
    u, v = (x * across + y * down).abs(), (y * across - x * down).abs()
    return ((picture.width + 1) / 2 - u).minpair((picture.height + 1) / 2 - v)


def on_white(picture: Any, covered: Any) -> Any:
    return ((picture - WHITE) * covered + (WHITE + 0.5)).cast("uchar")


def with_alpha(picture: Any, covered: Any) -> Any:
    return picture.bandjoin((covered * WHITE + 0.5).cast("uchar"))
