"""What a JPEG says of its colours elsewhere than in an ICC profile, and kinds of JPEG that are named when refused."""

import io
import struct
from pathlib import Path

import pytest
import pyvips
from imagecodecs import jpeg8_decode
from PIL import Image

from tests import profiles
from tests.masters.chart import CHART, GREYS, STEPS, Samples, off, said, seen
from tests.masters.colour_spaces import ADOBE, encoded, power


def exif(interoperability: bytes, colour_space: int = 0xFFFF) -> bytes:
    """Exif that says one thing of the colours: its directory, and below it that of interoperability (DCF 2.0)."""
    start = 8 + 2 + 12 + 4
    below = start + 2 + 2 * 12 + 4
    first = struct.pack("<HHHIII", 1, 0x8769, 4, 1, start, 0)
    second = struct.pack("<HHHIHHHHIII", 2, 0xA001, 3, 1, colour_space, 0, 0xA005, 4, 1, below, 0)
    third = struct.pack("<HHHI4sI", 1, 1, 2, 4, interoperability + b"\0", 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + third


def write_jpeg(path: Path, picture: Samples, **options: object) -> Path:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", **{"quality": 95, "subsampling": 0} | options)
    path.write_bytes(out.getvalue())
    return path


def test_r03_of_exif_is_adobe_rgb(tmp_path: Path) -> None:
    file = write_jpeg(tmp_path / "a.jpg", encoded(ADOBE, power(256 / 563)), exif=exif(b"R03"))
    assert off(file) <= 6
    assert seen(file)[1].master.profile == "Adobe RGB (1998)"
    assert seen(file)[1].findings == ()


def test_r98_of_exif_is_what_is_assumed_without_it(tmp_path: Path) -> None:
    assert off(write_jpeg(tmp_path / "a.jpg", CHART, exif=exif(b"R98", 1))) <= 6


def test_an_embedded_profile_counts_before_exif(tmp_path: Path) -> None:
    file = write_jpeg(tmp_path / "a.jpg", CHART, exif=exif(b"R03"), icc_profile=profiles.srgb_profile())
    assert off(file) <= 6


def test_a_grey_jpeg_with_a_profile_of_srgb_is_nothing_to_speak_of(tmp_path: Path) -> None:
    file = write_jpeg(tmp_path / "a.jpg", GREYS, icc_profile=profiles.srgb_profile())
    assert off(file, STEPS) <= 4
    assert said(file) == []


def test_cameras_that_write_odd_headers_are_forgiven(tmp_path: Path) -> None:
    """Zeros for the last bytes of the scan's header, as some telephones have it; JFIF of a version to come."""
    file = write_jpeg(tmp_path / "a.jpg", CHART)
    content = file.read_bytes()
    scan = content.index(b"\xff\xda") + 11
    for odd in (content[:scan] + bytes(3) + content[scan + 3 :], content[:11] + b"\x09" + content[12:]):
        file.write_bytes(odd)
        assert off(file) <= 6
        assert said(file) == ["odd-data"]


@pytest.mark.parametrize("marker", [0xC5, 0xC7, 0xCB], ids=hex)
def test_a_rare_kind_of_jpeg_is_refused_by_name(tmp_path: Path, marker: int) -> None:
    file = write_jpeg(tmp_path / "a.jpg", CHART)
    content = bytearray(file.read_bytes())
    content[content.index(b"\xff\xc0") + 1] = marker
    file.write_bytes(content)
    assert said(file) == ["unsupported-pixels"]


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(content)) + content


def test_arithmetic_coding_is_decoded(tmp_path: Path) -> None:
    """Whatever bytes the coder is given are a picture (T.81 annex D), and two libjpegs see the same one."""
    frame = struct.pack(">BHHB", 8, 64, 64, 1) + bytes([1, 0x11, 0])
    tables, scan = bytes([0] + [16] * 64), bytes([1, 1, 0, 0, 63, 0])
    coded = bytes.fromhex("c2e36b0a42f7827c67ebc8d44df77a5b95e4e83781234823c1189ecc40fce888")
    file = tmp_path / "a.jpg"
    head = b"\xff\xd8" + segment(0xDB, tables) + segment(0xC9, frame) + segment(0xDA, scan)
    file.write_bytes(head + coded + b"\xff\xd9")
    pixels, decoded = seen(file)
    assert (pixels[:, :, 0] == jpeg8_decode(file.read_bytes())).all()
    assert pixels.std() > 50
    assert (decoded.master.compression, decoded.master.colour) == ("jpeg arithmetic", "grey")
    file.write_bytes(head + coded)
    assert said(file) == ["odd-data"]


def test_of_a_picture_with_a_gain_map_the_picture_is_shown(tmp_path: Path) -> None:
    """As telephones write them: two JPEGs, and libvips has a loader that wants both."""
    file = tmp_path / "a.jpg"
    light = pyvips.Image.new_from_array(CHART).copy(interpretation="srgb").colourspace("scrgb")
    both = light.uhdrsave_buffer(Q=95)
    picture, _ = both[: both.rindex(b"\xff\xd8\xff")], file.write_bytes(both)
    (tmp_path / "b.jpg").write_bytes(picture)
    assert len(picture) < len(both)
    assert (seen(file)[0] == seen(tmp_path / "b.jpg")[0]).all()
    assert said(file) == []


def test_a_height_said_behind_the_pixels_is_a_rare_kind(tmp_path: Path) -> None:
    file = write_jpeg(tmp_path / "a.jpg", CHART)
    content = bytearray(file.read_bytes())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 7] = b"\0\0"
    file.write_bytes(content)
    assert said(file) == ["unsupported-pixels"]
