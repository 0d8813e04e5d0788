"""What a reader of one master format found in a file's header, the same for every format."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from manifests.model import Finding, Master
from server.masters.refusal import master_refused

VipsImage: TypeAlias = Any
"""pyvips carries no types; its images never leave `server.image`."""


@dataclass(frozen=True, slots=True)
class MasterHeader:
    """`master` as stored, not yet upright; `page` is the place of its image in the file."""

    master: Master
    findings: tuple[Finding, ...] = ()
    page: int = 0
    alpha: int | None = None
    """Which band is transparency; the bands that are neither colour nor this one mean nothing."""


def check_size(width: int, height: int, max_pixels: int) -> None:
    if width < 1 or height < 1:
        raise master_refused("unreadable", reason="0 pixels wide or high")
    if width * height > max_pixels:
        limit = max_pixels // 1_000_000
        raise master_refused("too-large", width=width, height=height, limit=limit, setting="max_master_pixels")


def sensible_ppi(ppi: float | None) -> float | None:
    """Scanners write 1 or 0 where they mean that they do not know."""
    return round(ppi, 2) if ppi is not None and 10 <= ppi <= 100_000 else None
