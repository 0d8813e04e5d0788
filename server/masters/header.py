"""What a reader of one master format gives, the same for every format: the header, and the image behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from manifests.errors import N_
from manifests.model import Finding, Master
from server.masters.refusal import master_refused

VipsImage: TypeAlias = Any
"""pyvips carries no types."""


def nothing() -> None:
    """What most formats check: their decoders complain by themselves."""


@dataclass(frozen=True, slots=True)
class OpenedMaster:
    """The stored image, not yet upright nor in the colours of a screen; decoded when its pixels are asked for.

    Behind the bands of colour stands at most one of transparency. `profile` is an ICC profile, found in the file or
    made from what the file says; `named` is what to call it where it was made. `ppi` is said only where the header did
    not say it. `check`, once every pixel was taken, raises what a decoder itself does not say of its data.
    """

    image: VipsImage
    orientation: int = 1
    profile: bytes | None = None
    ppi: float | None = None
    findings: Sequence[Finding] = ()
    check: Callable[[], None] = nothing


class OpenMaster(Protocol):
    """`access` and `fail_on` are libvips' own; `completed` adds the mark at the end that the file lacks."""

    def __call__(self, *, access: str, fail_on: str, completed: bool = False) -> OpenedMaster: ...


@dataclass(frozen=True, slots=True)
class MasterHeader:
    """`master` as stored, not yet upright.

    `faults` finds out what is wrong with the pixels, where the format knows better than by what the decoder of the
    whole complained of; it raises MasterRefused where they cannot be taken. `decoded_whole`: no row can be had before
    all of them stand in memory.
    """

    master: Master
    open: OpenMaster
    findings: Sequence[Finding] = ()
    faults: Callable[[], Sequence[Finding]] | None = None
    decoded_whole: bool = False


def check_size(header: MasterHeader, max_pixels: int, max_decoded: int | None = None) -> None:
    """Raises MasterRefused before a pixel is read; `max_decoded` is for what must stand in memory as a whole."""
    width, height = header.master.width, header.master.height
    if width < 1 or height < 1:
        raise master_refused("unreadable", reason=N_("0 pixels wide or high"))
    size = {"width": width, "height": height}
    if width * height > max_pixels:
        raise master_refused("too-large", **size, limit=max_pixels // 1_000_000, setting="max_master_pixels")
    if header.decoded_whole and max_decoded is not None and width * height > max_decoded:
        raise master_refused("decoded-whole", **size, limit=max_decoded // 1_000_000, setting="max_decoded_pixels")


def sensible_ppi(ppi: float | None) -> float | None:
    """Scanners write 1 or 0 where they mean that they do not know."""
    return round(ppi, 2) if ppi is not None and 10 <= ppi <= 100_000 else None
