"""ICC profiles for colours that a file tells in other words: made here, so that there is one way to the screen.

ICC.1:2001-04 (matrix and grey profiles); the numbers of ITU-T H.273 that PNG's cICP uses; DCF 2.0 for Adobe RGB.
"""

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Point: TypeAlias = tuple[float, float]
"""x and y of CIE 1931."""
Curve: TypeAlias = bytes
Floats: TypeAlias = NDArray[np.float64]

D65: Point = (0.3127, 0.3290)
_C: Point = (0.310, 0.316)
_D50 = (0.9642, 1.0, 0.8249)
"""The white of the profile connection space, as X, Y, Z."""
_MOST_LIGHT = 100
"""Of one primary, where white is 1: no real ones come near, and the number still fits into a profile."""
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])

BT709: Sequence[Point] = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
"""Those of sRGB too."""
_P3: Sequence[Point] = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
_NTSC: Sequence[Point] = ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070))

_PRIMARIES: Mapping[int, tuple[str, Sequence[Point], Point]] = {
    1: ("BT.709", BT709, D65),
    4: ("BT.470 M", ((0.67, 0.33), (0.21, 0.71), (0.14, 0.08)), _C),
    5: ("BT.601 625", ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)), D65),
    6: ("BT.601 525", _NTSC, D65),
    7: ("SMPTE 240M", _NTSC, D65),
    8: ("Film", ((0.681, 0.319), (0.243, 0.692), (0.145, 0.049)), _C),
    9: ("BT.2020", ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)), D65),
    11: ("DCI P3", _P3, (0.314, 0.351)),
    12: ("Display P3", _P3, D65),
    22: ("EBU 3213", ((0.630, 0.340), (0.295, 0.605), (0.155, 0.077)), D65),
}
"""H.273 table 2."""


def _bt709(signal: Floats) -> Floats:
    return np.where(signal < 0.081, signal / 4.5, ((signal + 0.099) / 1.099) ** (1 / 0.45))


def _srgb(signal: Floats) -> Floats:
    return np.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4)


def gamma(exponent: float) -> Curve:
    """Light is the signal to this power."""
    return struct.pack(">4sIIH", b"curv", 0, 1, round(min(max(exponent, 1 / 256), 255) * 256))


def _sampled(light: Callable[[Floats], Floats]) -> Curve:
    steps = (light(np.linspace(0, 1, 4096)).clip(0, 1) * 65535).round().astype(">u2").tobytes()
    return struct.pack(">4sII", b"curv", 0, 4096) + steps


SRGB_CURVE = _sampled(_srgb)
_BT709_CURVE = _sampled(_bt709)
_CURVES: Mapping[int, Curve] = {
    **dict.fromkeys((1, 6, 14, 15), _BT709_CURVE),
    4: gamma(2.2),
    5: gamma(2.8),
    8: gamma(1.0),
    13: SRGB_CURVE,
}
"""H.273 table 3; what is made for more light than a sheet of paper has (16, 18) is not among them."""


def by_number(primaries: int, transfer: int, *, grey: bool) -> bytes | None:
    """The profile of two numbers of H.273; None where they are not known here."""
    if primaries not in _PRIMARIES or transfer not in _CURVES:
        return None
    name, points, white = _PRIMARIES[primaries]
    curve = _CURVES[transfer]
    if (primaries, transfer) == (1, 13):
        name = "sRGB"
    return grey_profile(name, curve) if grey else matrix_profile(name, points, white, curve)


def adobe_rgb() -> bytes:
    points = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
    return matrix_profile("Adobe RGB (1998)", points, D65, gamma(563 / 256))


def grey_profile(name: str, curve: Curve) -> bytes:
    return _profile(b"GRAY", {b"desc": _text(name), b"wtpt": _xyz(_D50), b"kTRC": curve})


def matrix_profile(name: str, primaries: Sequence[Point], white: Point, curve: Curve) -> bytes:
    """Raises ValueError where the points are no colours that span a plane."""
    columns = _columns(primaries, white)
    tags = {b"desc": _text(name), b"wtpt": _xyz(_D50)}
    tags |= {b"%cXYZ" % band: _xyz(columns[:, at]) for at, band in enumerate(b"rgb")}
    return _profile(b"RGB ", tags | {b"%cTRC" % band: curve for band in b"rgb"})


def _columns(primaries: Sequence[Point], white: Point) -> Floats:
    """X, Y and Z of full red, green and blue, seen in the light of D50 (after Bradford)."""
    if not all(y > 0 for _, y in (*primaries, white)):
        raise ValueError("a colour without light")
    seen = np.array(_D50)
    points = np.array([_to_xyz(point) for point in primaries]).T
    light = np.array(_to_xyz(white))
    try:
        full = points * np.linalg.solve(points, light)
    except np.linalg.LinAlgError as error:
        raise ValueError("colours on one line") from error
    adapt = np.linalg.inv(_BRADFORD) @ np.diag((_BRADFORD @ seen) / (_BRADFORD @ light)) @ _BRADFORD
    columns = np.asarray(adapt @ full, np.float64)
    if not np.isfinite(columns).all() or np.abs(columns).max() > _MOST_LIGHT:
        raise ValueError("colours almost on one line")
    return columns


def _to_xyz(point: Point) -> tuple[float, float, float]:
    x, y = point
    return x / y, 1.0, (1 - x - y) / y


def _xyz(values: Sequence[float] | Floats) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(float(value) * 65536) for value in values))


def _text(name: str) -> bytes:
    ascii_name = name.encode("ascii", "replace") + b"\0"
    return struct.pack(">4sII", b"desc", 0, len(ascii_name)) + ascii_name + bytes(78)


def _profile(space: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    start = 132 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content.ljust(-(-len(content) // 4) * 4, b"\0")
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"", 0x02400000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body
