"""Damage to pixels is found where the lengths of all parts still agree: the page is refused, or it is said."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from manifests.findings import FINDING_TYPES
from manifests.model import Severity
from server.libvips import complaints, pyvips
from server.masters import damage, decoding
from tests import make
from tests.masters.chart import CHART, LIMIT, off, said, seen
from tests.masters.tiff_writer import DEFLATE, FAX4, GREY, JPEG, LZW, RGB, YCBCR, Tiff, write_tiff

TEXT = make.text_page(640, 480)
BILEVEL = (TEXT > 128).astype(np.uint8)
PHOTO = make.photo(600, 400)


def fax3(path: Path) -> Path:
    Image.fromarray(BILEVEL * 255).convert("1").save(path, "TIFF", compression="group3")
    return path


WHOLE: Mapping[str, Callable[[Path], Path]] = {
    "fax G3": fax3,
    "fax G4 in strips": lambda f: write_tiff(f, BILEVEL, Tiff(GREY, FAX4, bits=1, rows=160)),
    "fax G4 in tiles": lambda f: write_tiff(f, BILEVEL, Tiff(GREY, FAX4, bits=1, tile=(320, 240))),
    "JPEG strip": lambda f: write_tiff(f, PHOTO, Tiff(YCBCR, JPEG)),
    "JPEG strips": lambda f: write_tiff(f, PHOTO, Tiff(YCBCR, JPEG, rows=80, subsampling=(2, 2))),
    "JPEG tiles": lambda f: write_tiff(f, PHOTO, Tiff(YCBCR, JPEG, tile=(208, 208))),
    "JPEG tiles far larger than the page": lambda f: write_tiff(f, PHOTO, Tiff(YCBCR, JPEG, tile=(2048, 2048))),
    "LZW strips": lambda f: write_tiff(f, PHOTO, Tiff(RGB, LZW, rows=80)),
    "LZW tiles": lambda f: write_tiff(f, PHOTO, Tiff(RGB, LZW, tile=(208, 208))),
    "deflate strips": lambda f: write_tiff(f, PHOTO, Tiff(RGB, DEFLATE, rows=80)),
    "deflate tiles": lambda f: write_tiff(f, PHOTO, Tiff(RGB, DEFLATE, tile=(208, 208))),
    "PNG": lambda f: make.png(f, PHOTO),
    "JPEG": lambda f: make.jpeg(f, PHOTO),
}


def damaged(path: Path, name: str, spoil: Callable[[bytearray, int, int], None]) -> Path:
    """`spoil` gets the file's bytes and two places in what is compressed, in about the middle of the file."""
    file = WHOLE[name](path)
    content = bytearray(file.read_bytes())
    spoil(content, len(content) // 3, len(content) // 3 + 400)
    file.write_bytes(content)
    return file


def noise(content: bytearray, start: int, end: int) -> None:
    content[start:end] = np.random.default_rng(5).integers(0, 255, end - start, np.uint8).tobytes()


def nothing(content: bytearray, start: int, end: int) -> None:
    content[start:end] = bytes(end - start)


@pytest.mark.parametrize("spoil", [noise, nothing], ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("name", WHOLE)
def test_damage_is_never_taken_in_without_a_word(tmp_path: Path, name: str, spoil: Callable[..., None]) -> None:
    found = decoding.examine(damaged(tmp_path / "a.tif", name, spoil), max_pixels=LIMIT, thorough=True).findings
    assert [finding for finding in found if finding.severity in (Severity.ERROR, Severity.WARNING)
            and finding.code != "other-name"]  # fmt: skip
    for finding in found:
        assert FINDING_TYPES[finding.code].sentence.format(**finding.values)
        assert all(value != "" for value in finding.values.values())


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_one_is_taken_in_without_a_word(tmp_path: Path, name: str) -> None:
    assert [code for code in said(WHOLE[name](tmp_path / "a.tif")) if code != "other-name"] == []


def test_a_fax_without_a_row_is_no_black_page(tmp_path: Path) -> None:
    for rows in (b"", b"\x00\x10\x01", b"\xff" * 9):
        tags = {259: (3, [3]), 279: (4, [len(rows)]), 273: (4, [8])}
        file = write_tiff(tmp_path / "a.tif", BILEVEL, Tiff(GREY, FAX4, bits=1, tags=tags))
        file.write_bytes(file.read_bytes()[:8] + rows.ljust(40, b"\0") + file.read_bytes()[48:])
        assert set(said(file)) <= {"unreadable", "truncated"}
        assert said(file)


def jpeg_bytes(*, progressive: bool = False) -> bytes:
    out = io.BytesIO()
    Image.fromarray(CHART).save(out, "JPEG", quality=95, subsampling=0, progressive=progressive)
    return out.getvalue()


@pytest.mark.parametrize("progressive", [False, True], ids=["baseline", "progressive"])
def test_a_jpeg_that_lacks_only_its_end_mark_is_taken_in_and_it_is_said(tmp_path: Path, progressive: bool) -> None:
    file = tmp_path / "a.jpg"
    for missing in (1, 2):
        file.write_bytes(jpeg_bytes(progressive=progressive)[:-missing])
        assert off(file) <= 8
        assert said(file) == ["odd-data"]


def test_a_jpeg_that_lacks_more_breaks_off(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    for missing in (20, 500):
        file.write_bytes(jpeg_bytes()[:-missing])
        assert said(file) == ["truncated"]


def test_a_png_that_lacks_only_its_end_mark_is_taken_in_and_it_is_said(tmp_path: Path) -> None:
    file = make.png(tmp_path / "a.png", CHART)
    whole = file.read_bytes()
    for missing in (12, 5):
        file.write_bytes(whole[:-missing])
        assert off(file) == 0
        assert said(file) == ["odd-data"]
    file.write_bytes(whole[:-30])
    assert said(file) == ["truncated"]


def test_a_jpeg_whose_last_rows_lack_bytes_is_never_taken_in_without_a_word(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    whole = jpeg_bytes()
    for missing in (4, 8, 16, 64):
        file.write_bytes(whole[: -2 - missing] + whole[-2:])
        assert said(file) in (["odd-data"], ["unreadable"])


def bits_flipped(whole: bytes, seed: int) -> bytes:
    content = bytearray(whole)
    scan = whole.index(b"\xff\xda") + 20
    content[scan + np.random.default_rng(seed).integers(len(content) - scan - 4)] ^= 1 << seed % 8
    return bytes(content)


def test_whatever_libjpeg_warns_of_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    warned = 0
    for seed in range(40):
        file.write_bytes(bits_flipped(make.jpeg(file, PHOTO).read_bytes(), seed))
        complaints()
        pyvips.Image.jpegload(str(file), access="sequential", fail_on="none").avg()
        if complaints():
            warned += 1
            assert said(file) in (["odd-data"], ["unreadable"], ["truncated"])
    assert warned > 5


def test_lzw_as_it_was_before_1988_is_no_fault(tmp_path: Path) -> None:
    """Its codes begin at the low bit of each byte; libtiff reads them and warns."""
    grey = np.arange(192, dtype=np.uint8).reshape(2, 96)
    numbers = [256, *grey.reshape(-1).tolist(), 257]
    packed = sum(number << 9 * at for at, number in enumerate(numbers)).to_bytes(-(-9 * len(numbers) // 8), "little")
    file = write_tiff(tmp_path / "a.tif", grey, Tiff(GREY, LZW, tags={279: (4, [len(packed)])}))
    file.write_bytes(file.read_bytes()[:8] + packed + file.read_bytes()[8 + len(packed) :])
    pixels, decoded = seen(file)
    assert (pixels[:, :, 0] == grey).all()
    assert decoded.findings == ()


def scan_of(content: bytes) -> int:
    return content.index(b"\xff\xda") + 20


@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_jpeg_whose_data_is_left_over_behind_its_last_row_is_damaged(tmp_path: Path, subsampling: int) -> None:
    out = io.BytesIO()
    Image.fromarray(PHOTO).save(out, "JPEG", quality=85, subsampling=subsampling)
    whole, file = out.getvalue(), tmp_path / "a.jpg"
    for left_over in (40, 5_000):
        middle = len(whole) // 2
        file.write_bytes(whole[:-2] + whole[middle : middle + left_over].replace(b"\xff", b"\x7f") + whole[-2:])
        assert said(file) == ["odd-data"]
        assert seen(file)[1].findings[0].values["reason"] == damage.DAMAGED
    file.write_bytes(whole[:-2] + bytes(40) + whole[-2:])
    assert said(file) == ["odd-data"]
    assert seen(file)[1].findings[0].values["reason"] != damage.DAMAGED


def test_what_follows_a_jpeg_and_what_is_inside_its_header_is_not_left_over(tmp_path: Path) -> None:
    file, whole = tmp_path / "a.jpg", jpeg_bytes()
    thumbnail = b"\xff\xe2" + (len(whole) + 2).to_bytes(2, "big") + whole
    for content in (whole + whole, whole + bytes(5_000), whole[:2] + thumbnail + whole[2:] + whole):
        file.write_bytes(content)
        assert off(file) <= 8
        assert said(file) == []


def test_a_jpeg_strip_whose_data_is_left_over_is_damaged(tmp_path: Path) -> None:
    file = write_tiff(tmp_path / "a.tif", PHOTO, Tiff(YCBCR, JPEG))
    content = bytearray(file.read_bytes())
    start = scan_of(bytes(content))
    for seed in range(6):
        damaged_scan = bytearray(content)
        place = start + np.random.default_rng(seed).integers(2_000)
        damaged_scan[place : place + 8] = bytes(8)
        file.write_bytes(bytes(damaged_scan))
        assert set(said(file)) & {"odd-data", "unreadable", "truncated"}
