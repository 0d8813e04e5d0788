"""ICC profiles for tests, written with struct (ICC.1:2001-04), so that no foreign profile lies in the repository."""

import struct
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
import pyvips
from PIL import ImageCms

Primaries: TypeAlias = Sequence[tuple[float, float]]

D50 = (0.9642, 1.0, 0.8249)
D65 = (0.9505, 1.0, 1.0891)
ADOBE: Primaries = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
WIDE: Primaries = ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001))
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


def adobe_rgb_profile() -> bytes:
    """Like Adobe RGB (1998): wider in green than sRGB, gamma 563/256."""
    return matrix_profile("Wide green (test)", ADOBE, D65, gamma_curve(563 / 256))


def wide_gamut_profile() -> bytes:
    """Like ProPhoto RGB: its green and blue are no colours at all."""
    return matrix_profile("Widest gamut (test)", WIDE, D50, gamma_curve(1.8))


def lightness_profile() -> bytes:
    """Like eciRGB v2: the tone curve is CIE lightness, a table of 1,024 steps."""
    steps = np.linspace(0, 100, 1024)
    luminance = np.where(steps > 8, ((steps + 16) / 116) ** 3, steps / 903.3)
    return matrix_profile("Lightness curve (test)", ((0.67, 0.33), (0.21, 0.71), (0.14, 0.08)), D50, _table(luminance))


def grey_profile(gamma: float) -> bytes:
    tags = {"desc": _text(f"Grey gamma {gamma} (test)"), "wtpt": _xyz(D50), "kTRC": gamma_curve(gamma)}
    return _profile("GRAY", tags)


def dot_gain_profile() -> bytes:
    """Like a 20 % dot gain: ink spreads, so middle tones print darker than the film says."""
    ink = 1 - np.linspace(0, 1, 256)
    tags = {"desc": _text("Dot gain (test)"), "wtpt": _xyz(D50), "kTRC": _table(1 - (ink + 0.8 * ink * (1 - ink)))}
    return _profile("GRAY", tags)


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@cache
def cmyk_profile() -> bytes:
    """The one that libvips carries."""
    image = pyvips.Image.black(1, 1, bands=4).copy(interpretation="cmyk")
    shown = image.icc_transform("cmyk", input_profile="cmyk", embedded=False)
    return bytes(shown.get("icc-profile-data"))


def damaged(profile: bytes) -> bytes:
    """Head and size are kept, the tables are not."""
    return profile[:132] + b"\xff" * (len(profile) - 132)


def without_red_and_blue(profile: bytes) -> bytes:
    """Of a matrix profile: two of its three colours are without light."""
    made = bytearray(profile)
    for name in (b"rXYZ", b"bXYZ"):
        (at,) = struct.unpack_from(">I", profile, profile.index(name) + 4)
        made[at + 8 : at + 20] = bytes(12)
    return bytes(made)


def gamma_curve(gamma: float) -> bytes:
    return struct.pack(">4sIIH", b"curv", 0, 1, round(gamma * 256))


def matrix_profile(name: str, primaries: Primaries, white: tuple[float, float, float], curve: bytes) -> bytes:
    columns = _adapted(_primaries_to_xyz(primaries, white), white)
    tags = {"desc": _text(name), "wtpt": _xyz(D50)}
    tags |= {f"{band}XYZ": _xyz(tuple(columns[:, at])) for at, band in enumerate("rgb")}
    tags |= {f"{band}TRC": curve for band in "rgb"}
    return _profile("RGB ", tags)


def _primaries_to_xyz(primaries: Primaries, white: tuple[float, float, float]) -> np.ndarray:
    full = np.array([(x / y, 1, (1 - x - y) / y) for x, y in primaries]).T
    return full * np.linalg.solve(full, np.array(white))


def _adapted(columns: np.ndarray, white: tuple[float, float, float]) -> np.ndarray:
    """To the white of the profile connection space, D50, after Bradford."""
    scale = np.diag((_BRADFORD @ np.array(D50)) / (_BRADFORD @ np.array(white)))
    adapted: np.ndarray = np.linalg.inv(_BRADFORD) @ scale @ _BRADFORD @ columns
    return adapted


def _table(values: np.ndarray) -> bytes:
    numbers = (values.clip(0, 1) * 65535).round().astype(">u2").tobytes()
    return struct.pack(">4sII", b"curv", 0, len(values)) + numbers


def _xyz(values: Sequence[float]) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(float(value) * 65536) for value in values))


def _text(name: str) -> bytes:
    ascii_name = name.encode() + b"\0"
    return struct.pack(">4sII", b"desc", 0, len(ascii_name)) + ascii_name + bytes(78)


def _profile(space: str, tags: dict[str, bytes]) -> bytes:
    padded = {name: content + bytes(-len(content) % 4) for name, content in tags.items()}
    table, body, at = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, content in padded.items():
        table += struct.pack(">4sII", name.encode(), at + len(body), len(tags[name]))
        body += content
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"test", 0x02400000, b"mntr", space.encode(), b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body
