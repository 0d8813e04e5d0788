"""A PNG shows the colours that its chunks tell, and one that breaks the rules is refused for what it breaks."""

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from server.masters import decoding
from tests import profiles
from tests.masters.chart import CHART, GREYS, LIMIT, STEPS, Samples, off, said, seen
from tests.masters.colour_spaces import (
    ADOBE,
    BT2020,
    D65,
    P3,
    SRGB,
    Point,
    bt709_signal,
    encoded,
    linear,
    power,
    srgb_signal,
)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def header(width: int, height: int, colour_type: int, bits: int = 8, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, interlace))


def write_png(path: Path, picture: Samples, *chunks: bytes, first: bytes | None = None) -> Path:
    """Of 8 bits, with these chunks before the pixels; `first` instead of its own header."""
    height, width = picture.shape[:2]
    rows = np.hstack([np.zeros((height, 1), np.uint8), picture.reshape(height, -1)]).tobytes()
    head = first or header(width, height, 0 if picture.ndim == 2 else 2)
    pixels = chunk(b"IDAT", zlib.compress(rows))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + pixels + chunk(b"IEND", b""))
    return path


def cicp(primaries: int, transfer: int, matrix: int = 0, full: int = 1) -> bytes:
    return chunk(b"cICP", bytes([primaries, transfer, matrix, full]))


def gama(number: int) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", number))


def chrm(primaries: Sequence[Point], white: Point = D65) -> bytes:
    numbers = [round(part * 100_000) for point in (white, *primaries) for part in point]
    return chunk(b"cHRM", struct.pack(">8I", *numbers))


def iccp(profile: bytes) -> bytes:
    return chunk(b"iCCP", b"profile\0\0" + zlib.compress(profile))


SRGB_CHUNK = chunk(b"sRGB", b"\0")

TOLD: Mapping[str, tuple[Samples, Sequence[bytes], str | None]] = {
    # name: the samples, the chunks that tell what they mean, what `profile` calls it
    "cICP of Display P3": (encoded(P3, srgb_signal), [cicp(12, 13)], "Display P3"),
    "cICP of linear Display P3": (encoded(P3, linear), [cicp(12, 8)], "Display P3"),
    "cICP of BT.2020": (encoded(BT2020, bt709_signal), [cicp(9, 14)], "BT.2020"),
    "cICP of sRGB": (CHART, [cicp(1, 13)], "sRGB"),
    "cICP before iCCP": (encoded(P3, srgb_signal), [cicp(12, 13), iccp(profiles.wide_gamut_profile())], "Display P3"),
    "iCCP before sRGB": (
        encoded(ADOBE, power(256 / 563)),
        [iccp(profiles.adobe_rgb_profile()), SRGB_CHUNK],
        "Wide green (test)",
    ),
    "sRGB before gAMA and cHRM": (CHART, [SRGB_CHUNK, gama(100_000), chrm(ADOBE)], "sRGB"),
    "gAMA and cHRM of Adobe RGB": (encoded(ADOBE, power(1 / 2.2)), [gama(45_455), chrm(ADOBE)], "PNG gAMA cHRM"),
    "gAMA and cHRM of sRGB": (CHART, [gama(45_455), chrm(SRGB)], "sRGB"),
    "gAMA 1.0": (encoded(SRGB, linear), [gama(100_000)], "PNG gAMA cHRM"),
    "gAMA as of a Macintosh": (encoded(SRGB, power(1 / 1.8)), [gama(55_556)], "PNG gAMA cHRM"),
    "cHRM alone": (encoded(P3, srgb_signal), [chrm(P3)], "PNG gAMA cHRM"),
}


@pytest.mark.parametrize("name", TOLD)
def test_the_colours_that_the_chunks_tell_are_shown(tmp_path: Path, name: str) -> None:
    samples, chunks, profile = TOLD[name]
    file = write_png(tmp_path / "a.png", samples, *chunks)
    assert off(file) <= 4
    assert seen(file)[1].master.profile == profile
    assert seen(file)[1].findings == ()


def test_a_grey_follows_its_gamma_too(tmp_path: Path) -> None:
    samples = encoded(SRGB, power(1 / 1.8), GREYS)
    assert off(write_png(tmp_path / "a.png", samples, gama(55_556)), STEPS) <= 2


def test_an_embedded_profile_that_is_no_use_is_said(tmp_path: Path) -> None:
    """libpng passes over such a profile in silence."""
    for profile, code in (
        (iccp(profiles.cmyk_profile()), "other-profile"),
        (iccp(profiles.grey_profile(1.8)), "other-profile"),
        (iccp(profiles.damaged(profiles.adobe_rgb_profile())), "bad-profile"),
        (iccp(bytes(1_000_000)), "bad-profile"),
        (chunk(b"iCCP", b"profile\0\0no deflate"), "bad-profile"),
        (iccp(profiles.adobe_rgb_profile())[:-1] + b"\0", "bad-profile"),
    ):
        file = write_png(tmp_path / "a.png", CHART, profile)
        assert off(file) == 0
        assert said(file) == [code]


NOT_KNOWN = [cicp(9, 16), cicp(9, 18), cicp(1, 13, full=0), cicp(2, 2), cicp(1, 13, matrix=1)]


@pytest.mark.parametrize("unknown", NOT_KNOWN)
def test_colours_told_in_a_way_not_known_are_said(tmp_path: Path, unknown: bytes) -> None:
    file = write_png(tmp_path / "a.png", CHART, unknown)
    assert off(file) == 0
    assert said(file) == ["unknown-colours"]
    file = write_png(tmp_path / "b.png", encoded(ADOBE, power(256 / 563)), unknown, iccp(profiles.adobe_rgb_profile()))
    assert off(file) <= 4


@pytest.mark.parametrize(
    "nonsense",
    [
        [gama(0)],
        [gama(1)],
        [gama(4_294_967_295)],
        [gama(45_455), chrm(SRGB, (0.0, 0.0))],
        [gama(45_455), chrm(((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)))],
        [gama(45_455), chrm(((0.1, 0.1), (0.2, 0.2), (0.3, 0.30001)))],
        [gama(45_455), chunk(b"cHRM", struct.pack(">8I", *[4_294_967_295] * 8))],
        [gama(45_455), chunk(b"cHRM", struct.pack(">8I", *[1] * 8))],
        [chunk(b"gAMA", b"\0")],
        [chunk(b"cHRM", b"\0" * 9)],
        [chunk(b"cICP", b"\1")],
        [gama(100_000)[:-1] + b"\0"],
    ],
)
def test_numbers_without_meaning_tell_no_colours(tmp_path: Path, nonsense: Sequence[bytes]) -> None:
    assert off(write_png(tmp_path / "a.png", CHART, *nonsense)) == 0


def test_only_phys_in_metres_is_a_resolution(tmp_path: Path) -> None:
    for unit, number, ppi in ((1, 11_811, 300), (0, 11_811, None), (1, 0, None), (1, 1_000, None)):
        file = write_png(tmp_path / "a.png", CHART, chunk(b"pHYs", struct.pack(">IIB", number, number, unit)))
        assert seen(file)[1].master.ppi == ppi
    assert seen(write_png(tmp_path / "a.png", CHART))[1].master.ppi is None


REFUSED: Mapping[str, tuple[Callable[[Path], Path], str]] = {
    "an unknown critical chunk": (
        lambda f: write_png(f, CHART, chunk(b"CgBI", b"0000")), "unsupported-pixels",
    ),
    "a header with a wrong checksum": (
        lambda f: write_png(f, CHART, first=header(96, 64, 2)[:-1] + b"\0"), "unreadable",
    ),
    "a second header": (lambda f: write_png(f, CHART, header(96, 64, 2)), "unreadable"),
    "a palette picture without a palette": (lambda f: write_png(f, GREYS, first=header(96, 64, 3)), "unreadable"),
    "bits that no such picture has": (lambda f: write_png(f, GREYS, first=header(96, 64, 3, bits=16)), "unreadable"),
    "an unknown interlacing": (lambda f: write_png(f, CHART, first=header(96, 64, 2, interlace=9)), "unreadable"),
    "a chunk without a name": (lambda f: write_png(f, CHART, chunk(b"\0\1\2\3", b"")), "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_png_that_breaks_the_rules_is_refused_for_what_it_breaks(tmp_path: Path, name: str) -> None:
    write, code = REFUSED[name]
    found = decoding.examine(write(tmp_path / "a.png"), max_pixels=LIMIT, thorough=True).findings
    assert [finding.code for finding in found] == [code]
    assert all(str(value).strip() for value in found[0].values.values())
