"""Masters that are broken, lie or attack: refused by name, in bounded time and memory, and never a crash."""

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manifests.findings import FINDING_TYPES
from manifests.model import MasterReport, Severity
from server.masters import decoding
from tests import make
from tests.patience import GUARD

LIMIT = 10_000_000
PHOTO = make.photo(301, 203)
GREY = make.grey_photo(301, 203)


def examined(file: Path, *, thorough: bool = True) -> MasterReport:
    return decoding.examine(file, max_pixels=LIMIT, thorough=thorough)


def refusals(file: Path, *, thorough: bool = True) -> list[str]:
    """The codes for which the file is refused; every sentence can be said."""
    found = examined(file, thorough=thorough)
    for finding in found.findings:
        assert FINDING_TYPES[finding.code].sentence.format(**finding.values)
    errors = [finding.code for finding in found.findings if finding.severity == Severity.ERROR]
    assert bool(errors) == (found.master is None)
    return errors


WHOLE: dict[str, Callable[[Path], Path]] = {
    "strips.tif": lambda f: make.tiff(f, PHOTO, rowsperstrip=8),
    "tiles.tif": lambda f: make.packed_tiff(f, PHOTO, tile=True, tile_width=64, tile_height=64),
    "lzw.tif": lambda f: make.packed_tiff(f, PHOTO, compression="lzw"),
    "deflate.tif": lambda f: make.packed_tiff(f, PHOTO, compression="deflate"),
    "jpeg.tif": lambda f: make.packed_tiff(f, PHOTO, compression="jpeg", tile=True, tile_width=64, tile_height=64),
    "fax.tif": lambda f: make.packed_tiff(f, np.array(GREY // 128 * 255), compression="ccittfax4", bitdepth=1),
    "plain.jpg": lambda f: make.jpeg(f, PHOTO),
    "progressive.jpg": lambda f: make.jpeg(f, PHOTO, progressive=True),
    "plain.png": lambda f: make.png(f, PHOTO),
    "interlaced.png": lambda f: make.png(f, PHOTO, interlace=True),
}


@pytest.mark.parametrize("fraction", [0.02, 0.3, 0.6, 0.9, 0.97])
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_breaks_off_is_refused(tmp_path: Path, name: str, fraction: float) -> None:
    file = make.truncated(WHOLE[name](tmp_path / name), fraction)
    assert refusals(file) == ["truncated"]


def test_a_tiff_that_breaks_off_is_found_by_its_header_alone(tmp_path: Path) -> None:
    file = make.truncated(make.tiff(tmp_path / "a.tif", PHOTO), 0.9)
    assert refusals(file, thorough=False) == ["truncated"]


@pytest.mark.parametrize("name", ["lzw.tif", "deflate.tif", "plain.png"])
def test_garbled_pixels_are_refused(tmp_path: Path, name: str) -> None:
    assert refusals(make.scribbled(WHOLE[name](tmp_path / name))) in (["unreadable"], ["truncated"])


@pytest.mark.parametrize("name", WHOLE)
def test_rubbish_behind_the_image_does_no_harm(tmp_path: Path, name: str) -> None:
    assert refusals(make.with_rubbish_behind(WHOLE[name](tmp_path / name))) == []


def test_a_png_without_its_last_chunk_is_whole_enough(tmp_path: Path) -> None:
    file = make.png(tmp_path / "a.png", PHOTO)
    file.write_bytes(file.read_bytes()[:-12])
    assert refusals(file) in ([], ["truncated"])


def test_tags_that_nobody_knows_do_no_harm(tmp_path: Path) -> None:
    file = make.tiff(tmp_path / "a.tif", PHOTO, extratags=[(65000, "s", 0, "scanner", True), (65001, "I", 1, 7, True)])
    assert refusals(file) == []


def test_a_jpeg_with_bytes_too_many_is_taken_in_and_it_is_said(tmp_path: Path) -> None:
    file = make.jpeg(tmp_path / "a.jpg", PHOTO)
    content = file.read_bytes()
    scan = content.index(b"\xff\xda")
    file.write_bytes(content[:scan] + b"scanner" + content[scan:])
    assert refusals(file) == []
    assert "odd-data" in [finding.code for finding in examined(file).findings]


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    file.touch()
    assert refusals(file) == ["empty"]


def test_what_is_no_image_is_refused_whatever_its_name(tmp_path: Path) -> None:
    for content in (
        b"hello",
        b"8BPS something else",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        b"II*",
        b"\xff\xd8",
    ):
        file = tmp_path / "a.tif"
        file.write_bytes(content)
        assert refusals(file) == ["wrong-format"], content


def test_what_a_camera_measured_is_refused_by_name(tmp_path: Path) -> None:
    picture = make.tiff(tmp_path / "a.tif", PHOTO).read_bytes()
    (tmp_path / "thumbnail.nef").write_bytes(picture)
    make.tiff(tmp_path / "dng.tif", PHOTO, extratags=[(50706, "B", 4, (1, 4, 0, 0), True)])
    (tmp_path / "cr3.tif").write_bytes(b"\0\0\0\x18ftypcrx \0\0\0\1")
    (tmp_path / "raf.jpg").write_bytes(b"FUJIFILMCCD-RAW 0201")
    cr2 = make.raw_tiff(tmp_path / "cr2.tif", make.tags()).read_bytes()
    (tmp_path / "cr2.tif").write_bytes(
        cr2[:4] + (16).to_bytes(4, "little") + b"CR\2\0" + bytes(4) + cr2[8:1016] + cr2[1024:]
    )
    for name in ("thumbnail.nef", "dng.tif", "cr3.tif", "raf.jpg", "cr2.tif"):
        assert refusals(tmp_path / name) == ["camera-raw"], name


def test_a_file_that_is_not_there_is_refused_without_an_exception(tmp_path: Path) -> None:
    assert refusals(tmp_path / "a.tif") == ["unreadable"]
    (tmp_path / "folder.tif").mkdir()
    assert refusals(tmp_path / "folder.tif") == ["unreadable"]


def test_more_pixels_than_allowed_are_refused_before_any_is_read(tmp_path: Path) -> None:
    for file in (
        make.raw_tiff(tmp_path / "a.tif", make.tags((4_000_000_000, 4_000_000_000))),
        make.png_claiming(tmp_path / "a.png", 2_000_000_000, 2_000_000_000),
        make.jpeg_claiming(tmp_path / "a.jpg", 65_535, 65_535),
    ):
        assert refusals(file) == ["too-large"], file.name


def test_a_picture_within_the_limit_may_claim_more_than_it_holds(tmp_path: Path) -> None:
    assert refusals(make.png_claiming(tmp_path / "a.png", 3000, 3000)) == ["unreadable"]
    assert refusals(make.jpeg_claiming(tmp_path / "a.jpg", 3000, 3000)) == ["unreadable"]


def test_a_jpeg_of_nine_bits_is_named_as_such(tmp_path: Path) -> None:
    assert refusals(make.jpeg_claiming(tmp_path / "a.jpg", 16, 16, bits=9)) == ["unsupported-pixels"]


LYING_TAGS: dict[str, tuple[dict[str, Any], str]] = {
    "no width": ({"width": ("I", [0])}, "unreadable"),
    "33 bits": ({"bits": ("H", [33])}, "unsupported-pixels"),
    "32 bits in too few bytes": ({"bits": ("H", [32]), "width": ("I", [128])}, "truncated"),
    "floating point of 8 bits": ({"sample_format": ("H", [3])}, "unsupported-pixels"),
    "complex": ({"bits": ("H", [32]), "sample_format": ("H", [5])}, "unsupported-pixels"),
    "5000 bands": ({"samples": ("H", [5000]), "bits": ("H", [8] * 5000)}, "unsupported-pixels"),
    "5000 bands, one depth": ({"samples": ("H", [5000])}, "unsupported-pixels"),
    "unequal depths": (
        {"samples": ("H", [3]), "bits": ("H", [8, 16, 8]), "photometric": ("H", [2])},
        "unsupported-pixels",
    ),
    "colour filter array": ({"photometric": ("H", [32803])}, "camera-raw"),
    "unknown compression": ({"compression": ("H", [60000])}, "unsupported-compression"),
    "pixels outside the file": ({"offsets": ("I", [4_000_000_000])}, "truncated"),
    "too much compressed data": ({"compression": ("H", [5]), "lengths": ("I", [4_000_000_000])}, "truncated"),
    "too few strips": ({"rows": ("I", [4])}, "unreadable"),
    "fax of bytes": ({"compression": ("H", [4])}, "unsupported-pixels"),
    "LZW of no LZW": ({"compression": ("H", [5])}, "unreadable"),
    "JPEG of no JPEG": ({"compression": ("H", [7])}, "unreadable"),
    "fax of no fax": ({"compression": ("H", [4]), "bits": ("H", [1]), "width": ("I", [3000])}, "unreadable"),
    "deflate of no deflate": ({"compression": ("H", [8])}, "unreadable"),
}


@pytest.mark.parametrize("case", LYING_TAGS)
@pytest.mark.parametrize("order", ["<", ">"])
def test_tags_that_lie_are_refused(tmp_path: Path, case: str, order: str) -> None:
    lies, code = LYING_TAGS[case]
    assert refusals(make.raw_tiff(tmp_path / "a.tif", make.tags(**lies), order=order)) == [code]


def test_a_number_is_read_whatever_type_it_is_of(tmp_path: Path) -> None:
    file = make.tiff(tmp_path / "a.tif", PHOTO, photometric="cielab")
    content = file.read_bytes()
    entry = content.index(b"\x06\x01\x03\x00\x01\x00\x00\x00\x08")
    file.write_bytes(content[:entry] + b"\x06\x01\x08" + content[entry + 3 :])
    assert refusals(file) == []


def test_a_small_raw_tiff_without_lies_is_taken_in(tmp_path: Path) -> None:
    for order in ("<", ">"):
        assert refusals(make.raw_tiff(tmp_path / "a.tif", make.tags(), order=order)) == []


def test_directories_that_go_round_in_a_circle_end(tmp_path: Path) -> None:
    file = make.raw_tiff(tmp_path / "a.tif", make.tags(), then=8)
    found = examined(file)
    assert (decoding.count_pages(file), found.master is not None) == (1, True)
    assert "chain-circle" in [finding.code for finding in found.findings]


def test_a_next_directory_outside_the_file_is_a_page_that_is_not_found(tmp_path: Path) -> None:
    file = make.raw_tiff(tmp_path / "a.tif", make.tags(), then=1 << 30)
    assert decoding.count_pages(file) == 2
    assert refusals(file) == []
    lost = decoding.examine(file, max_pixels=LIMIT, number=2)
    assert [finding.code for finding in lost.findings] == ["chain-broken"]


EXAMINE = r"""
import json, re, sys
from pathlib import Path
from server.masters import decoding

found = decoding.examine(Path(sys.argv[1]), max_pixels=500_000_000, thorough=True)
peak = int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])  # not with what the parent had
print(json.dumps([[finding.code for finding in found.findings], peak // 1024]))
"""


def measured(file: Path) -> tuple[list[str], int]:
    """Codes and the peak of memory in megabytes, of a process of its own that is given a minute."""
    process = subprocess.run(
        [sys.executable, "-c", EXAMINE, str(file)], capture_output=True, text=True, timeout=GUARD, check=True
    )
    codes, megabytes = json.loads(process.stdout)
    return codes, megabytes


def test_a_png_that_unpacks_a_thousandfold_streams_through(tmp_path: Path) -> None:
    side = 20_000
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side + 1)) for _ in range(side)) + packer.flush()
    file = make.png_claiming(tmp_path / "a.png", side, side, rows)
    assert file.stat().st_size < 1_000_000
    codes, megabytes = measured(file)
    assert codes == []
    assert megabytes < 400


def test_a_tiff_that_unpacks_a_thousandfold_in_one_strip_is_bounded(tmp_path: Path) -> None:
    side = 20_000
    strip = zlib.compress(bytes(side * side))
    lies: dict[str, Any] = {"compression": ("H", [8]), "lengths": ("I", [len(strip)]), "rows": ("I", [side])}
    file = make.raw_tiff(tmp_path / "a.tif", make.tags((side, side), **lies))
    file.write_bytes(file.read_bytes()[:4096] + strip)
    codes, megabytes = measured(file)
    assert set(codes) <= {"unreadable"}
    assert megabytes < 1000


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(WHOLE)), place=st.floats(0, 0.999), length=st.integers(1, 60), head=st.booleans())
def test_whatever_is_scribbled_over_nothing_is_raised(
    tmp_path: Path, name: str, place: float, length: int, head: bool
) -> None:
    file = WHOLE[name](tmp_path / name)
    refusals(make.scribbled(file, place * 0.02 if head else place, length))
