"""Which image of a TIFF is the page, where it holds several."""

import struct
from pathlib import Path

import numpy as np

from tests import make
from tests.masters.chart import CHART, Samples, off, said, seen
from tests.masters.tiff_writer import RGB, Tiff, entries_of, with_directory

THUMBNAIL = np.ascontiguousarray(CHART[::4, ::4])


def thumbnail_above_its_page(path: Path, subfile_type: int, page: Samples = CHART) -> Path:
    """The first directory is the thumbnail; the page stands in a subdirectory of it (TIFF Technical Note 1)."""
    small, large = THUMBNAIL.tobytes(), page.tobytes()
    of_page = entries_of(page, Tiff(RGB), [8 + len(small)], [len(large)])
    content = with_directory(small + large, {tag: e for tag, e in of_page.items() if e}, Tiff(RGB))
    (below,) = struct.unpack("<I", content[4:8])
    of_thumbnail = entries_of(THUMBNAIL, Tiff(RGB), [8], [len(small)])
    entries = {tag: e for tag, e in of_thumbnail.items() if e} | {254: (4, [subfile_type]), 330: (4, [below])}
    path.write_bytes(with_directory(content[8:], entries, Tiff(RGB)))
    return path


def test_a_page_below_its_thumbnail_is_the_page(tmp_path: Path) -> None:
    for says_that_it_is_one in (1, 0):
        file = thumbnail_above_its_page(tmp_path / "a.tif", says_that_it_is_one)
        assert off(file) == 0
        assert said(file) == []


def test_what_stands_below_a_page_and_is_no_copy_of_it_is_left_aside(tmp_path: Path) -> None:
    other = np.zeros((300, 20, 3), np.uint8)
    assert seen(thumbnail_above_its_page(tmp_path / "a.tif", 0, other))[0].shape == THUMBNAIL.shape


def test_a_thumbnail_in_front_of_its_page_is_left_aside(tmp_path: Path) -> None:
    file = make.tiff_of_images(tmp_path / "a.tif", [THUMBNAIL, CHART], [1, 0])
    assert off(file) == 0
    assert said(file) == []


def test_a_file_of_nothing_but_a_thumbnail_shows_it(tmp_path: Path) -> None:
    assert seen(make.tiff_of_images(tmp_path / "a.tif", [THUMBNAIL], [1]))[0].shape == THUMBNAIL.shape
