"""Values that mean nothing, in tags that pixels do not need, and lists that are not quite right, cost no page."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.masters.chart import CHART, off, said, seen
from tests.masters.tiff_writer import DEFLATE, LZW, NONE, RGB, Entry, Tiff, write_tiff

ODD: Mapping[str, tuple[int, Entry]] = {
    "Orientation 0": (274, (3, [0])),
    "Orientation 9": (274, (3, [9])),
    "Orientation 65535": (274, (3, [65535])),
    "ResolutionUnit 0": (296, (3, [0])),
    "ResolutionUnit 65535": (296, (3, [65535])),
    "FillOrder 0": (266, (3, [0])),
    "FillOrder 3": (266, (3, [3])),
    "ExtraSamples 9": (338, (3, [9])),
    "PlanarConfiguration 0": (284, (3, [0])),
    "PlanarConfiguration 9": (284, (3, [9])),
    "SampleFormat 9": (339, (3, [9])),
    "Predictor 7": (317, (3, [7])),
    "a negative XResolution": (282, (10, [-300, 1])),
    "a negative YResolution": (283, (10, [-1, 1])),
}
HARMLESS: Mapping[str, tuple[int, Entry | None]] = {
    "XResolution divided by 0": (282, (5, [300, 0])),
    "XResolution in letters": (282, (2, list(b"300\0"))),
    "RowsPerStrip 0": (278, (4, [0])),
    "RowsPerStrip without end": (278, (4, [4294967295])),
    "a subsampling of RGB": (530, (3, [7, 7])),
    "Exif outside the file": (34665, (4, [99999999])),
    "a subdirectory outside the file": (330, (4, [99999999])),
    "a white without light": (318, (5, [0, 0])),
    "a tag that nobody knows": (65000, (3, [1])),
    "no PhotometricInterpretation": (262, None),
    "no SamplesPerPixel": (277, None),
    "one BitsPerSample for all": (258, (3, [8])),
    "no StripByteCounts": (279, None),
    "StripByteCounts 0": (279, (4, [0])),
}


@pytest.mark.parametrize("compression", [NONE, LZW, DEFLATE])
@pytest.mark.parametrize("name", ODD)
def test_a_value_without_meaning_is_said_and_passed_over(tmp_path: Path, name: str, compression: int) -> None:
    tag, entry = ODD[name]
    file = write_tiff(tmp_path / "a.tif", CHART, Tiff(RGB, compression, tags={tag: entry}))
    assert off(file) == 0
    assert said(file) == ["odd-tag"]


@pytest.mark.parametrize("compression", [NONE, LZW])
@pytest.mark.parametrize("name", HARMLESS)
def test_what_pixels_do_not_need_may_be_wrong_or_absent(tmp_path: Path, name: str, compression: int) -> None:
    tag, entry = HARMLESS[name]
    file = write_tiff(tmp_path / "a.tif", CHART, Tiff(RGB, compression, tags={tag: entry}))
    assert off(file) == 0
    assert said(file) == []
    assert seen(file)[1].master.ppi is None


def test_lengths_of_what_is_not_compressed_are_not_needed(tmp_path: Path) -> None:
    for lengths in ([100], [4_000_000_000]):
        assert off(write_tiff(tmp_path / "a.tif", CHART, Tiff(RGB, NONE, tags={279: (4, lengths)}))) == 0


def test_tags_in_any_order_are_read(tmp_path: Path) -> None:
    file = write_tiff(tmp_path / "a.tif", CHART, Tiff(RGB, LZW))
    content = bytearray(file.read_bytes())
    start = int.from_bytes(content[4:8], "little") + 2
    first, second = slice(start, start + 12), slice(start + 12, start + 24)
    content[first], content[second] = content[second], content[first]
    file.write_bytes(content)
    assert off(file) == 0
    assert said(file) == []
