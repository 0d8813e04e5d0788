"""From the samples of a JPEG 2000 image to grey, RGB, CMYK or CIELab (ISO/IEC 15444-1 I.5.3, 15444-2 M.11.7.3).

Which channel is which colour is planned before a pixel is decoded, so that what is not understood is refused first.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manifests.errors import N_
from server.libvips import pyvips
from server.masters import profiles
from server.masters.decoded import Samples, image_of
from server.masters.header import VipsImage
from server.masters.jp2_codestream import Component
from server.masters.jp2_header import ALPHA, PREMULTIPLIED, Channel, Jp2Header
from server.masters.refusal import master_refused

_BILEVEL, _CMYK, _LAB, _BILEVEL_2, _SRGB, _GREY, _SYCC, _ROMM = 0, 12, 14, 15, 16, 17, 18, 21
COLOURS: Mapping[int, tuple[str, int]] = {
    _BILEVEL: ("grey", 1),
    3: ("ycbcr", 3),
    _CMYK: ("cmyk", 4),
    _LAB: ("lab", 3),
    _BILEVEL_2: ("grey", 1),
    _SRGB: ("rgb", 3),
    _GREY: ("grey", 1),
    _SYCC: ("ycbcr", 3),
    _ROMM: ("rgb", 3),
}
"""EnumCS to the colour and its number of channels."""
_BY_PROFILE: Mapping[bytes, tuple[str, int]] = {b"GRAY": ("grey", 1), b"RGB ": ("rgb", 3), b"CMYK": ("cmyk", 4)}
_YCC_ALIKE = (1, 4, 24)
"""Other kinds of YCbCr, shown as sYCC with a word of warning."""
_ROMM_POINTS, _D50 = ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), (0.3457, 0.3585)


@dataclass(frozen=True, slots=True)
class Plan:
    """`bands` are the channels of colour in their order; `alpha` stands for itself; `spare` counts what is left out."""

    name: str
    bands: Sequence[Channel]
    alpha: Channel | None
    premultiplied: bool
    spare: int
    header: Jp2Header
    components: Sequence[Component]

    @property
    def profile(self) -> bytes | None:
        """The embedded one, or that of the colours that are named."""
        if self.header.profile is not None:
            return self.header.profile
        if self.header.colour in (_SRGB, _SYCC):
            return profiles.by_number(1, 13, grey=False)
        if self.header.colour == _ROMM:
            return profiles.matrix_profile("ROMM RGB", _ROMM_POINTS, _D50, profiles.gamma(1.8))
        return None


def plan_channels(header: Jp2Header, components: Sequence[Component]) -> Plan:
    """MasterRefused where the boxes name what is not there."""
    channels = header.channels or [Channel(number) for number in range(len(components))]
    if any(not _is_there(channel, header, components) for channel in channels):
        raise master_refused("unreadable", reason=N_("its header is broken"))
    name, count = _colour(header, len(channels))
    meanings = {at: header.meanings.get(at, (0, at + 1)) for at in range(len(channels))}
    coloured = sorted((of, at) for at, (kind, of) in meanings.items() if kind == 0 and 0 < of <= count)
    alphas = [(at, kind) for at, (kind, of) in meanings.items() if kind in (ALPHA, PREMULTIPLIED) and of == 0]
    if len(coloured) != count:
        raise master_refused("unsupported-pixels", what=f"JPEG 2000, {len(channels)} x {components[0].bits} bit")
    at, kind = alphas[0] if alphas else (None, 0)
    bands = [channels[number] for _, number in coloured]
    spare = len(channels) - count - (at is not None)
    alpha = channels[at] if at is not None else None
    return Plan(name, bands, alpha, kind == PREMULTIPLIED, spare, header, components)


def _is_there(channel: Channel, header: Jp2Header, components: Sequence[Component]) -> bool:
    return channel.component < len(components) and (channel.column is None or channel.column < len(header.palette))


def _colour(header: Jp2Header, channels: int) -> tuple[str, int]:
    if header.colour is not None and header.colour in COLOURS:
        return COLOURS[header.colour]
    if header.colour in _YCC_ALIKE:
        return COLOURS[_SYCC]
    said = _BY_PROFILE.get((header.profile or b"")[16:20])
    if said is not None and said[1] <= channels:
        return said
    return COLOURS[_SRGB] if channels >= 3 else COLOURS[_GREY]


def open_samples(samples: Samples, plan: Plan) -> VipsImage:
    """Grey, RGB, CMYK or `lab`, and behind it the transparency if there is one."""
    is_rgb_already = any(component.across > 1 for component in plan.components)  # the decoder mixes what it enlarges
    stored = image_of(samples, "multiband")
    half = _half(plan.components[0])
    shifted = (stored + half).cast("ushort") if half else stored
    colour = _joined([_channel(shifted, channel, plan) for channel in plan.bands])
    alpha = _channel(shifted, plan.alpha, plan) if plan.alpha is not None else None
    wide = colour.format == "ushort"
    if plan.name == "lab":
        colour = _lab(colour, plan)
        alpha = (alpha / 257).rint().cast("uchar") if alpha is not None and wide else alpha
        return colour if alpha is None else _joined([colour, alpha]).copy(interpretation="lab")
    if plan.name == "ycbcr" and not is_rgb_already:
        colour = _rgb(colour)
    if plan.header.colour == _BILEVEL:
        colour = colour.invert()
    kinds = {"grey": ("b-w", "grey16"), "cmyk": ("cmyk", "cmyk")}
    colour = colour.copy(interpretation=kinds.get(plan.name, ("srgb", "rgb16"))[wide])
    if alpha is None:
        return colour
    joined = _joined([colour, alpha]).copy(interpretation=colour.interpretation)
    return joined.unpremultiply().cast(colour.format) if plan.premultiplied else joined


def _half(component: Component) -> int:
    """What makes the lowest of signed samples 0."""
    return 1 << component.bits - 1 if component.signed else 0


def _joined(bands: Sequence[VipsImage]) -> VipsImage:
    return bands[0].bandjoin(list(bands[1:])) if len(bands) > 1 else bands[0]


def _channel(stored: VipsImage, channel: Channel, plan: Plan) -> VipsImage:
    band = stored[channel.component]
    if channel.column is None:
        return _full_scale(band, plan.components[channel.component].bits)
    bits, numbers = plan.header.palette[channel.column]
    numbers = [*numbers, *[numbers[-1]] * (max(256, 1 << plan.components[channel.component].bits) - len(numbers))]
    table = pyvips.Image.new_from_array([list(numbers)]).cast("ushort" if bits > 8 else "uchar")
    return _full_scale(band.maplut(table), bits)


def _full_scale(band: VipsImage, bits: int) -> VipsImage:
    """Over all of 8 or 16 bits."""
    if bits in (8, 16):
        return band.cast("uchar" if bits == 8 else "ushort")
    most = 255 if bits < 8 else 65535
    return (band * (most / ((1 << bits) - 1))).rint().cast("uchar" if bits < 8 else "ushort")


def _rgb(samples: VipsImage) -> VipsImage:
    """sYCC (IEC 61966-2-1 amendment 1): full range, with the numbers of Rec. 601."""
    half = 32768 if samples.format == "ushort" else 128
    matrix = [[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]]
    offsets = [-half * sum(row[1:]) for row in matrix]
    return (samples.recomb(matrix) + offsets).rint().cast(samples.format)


def _lab(samples: VipsImage, plan: Plan) -> VipsImage:
    """Ranges and offsets as the box has them, else those that hold where it has none."""
    bits = 16 if samples.format == "ushort" else 8
    most, half = (1 << bits) - 1, 1 << bits - 1
    ranges: Sequence[tuple[int, int]] = ((100, 0), (170, half), (200, (half >> 1) + (half >> 2)))
    if len(plan.header.parameters) >= 24:
        told = struct.unpack_from(">6I", plan.header.parameters)
        scale = most / ((1 << plan.components[0].bits) - 1)
        ranges = [(told[at], round(told[at + 1] * scale)) for at in (0, 2, 4)]
    bands = [(samples[at] - offset) * (span / most) for at, (span, offset) in enumerate(ranges)]
    return _joined(bands).cast("float").copy(interpretation="lab")
