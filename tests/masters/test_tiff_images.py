"""Which images of a TIFF are its pages."""

import struct
from pathlib import Path

import numpy as np

from server.masters import decoding
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


PAGES = [CHART, np.ascontiguousarray(CHART[::-1]), np.ascontiguousarray(CHART[:, ::-1])]


def of_pages(path: Path, count: int) -> tuple[Path, list[int]]:
    """Each another shade of grey; and where in the file it says where the next directory is."""
    file = make.tiff_of_images(path, [np.full((8, 9, 3), shade, np.uint8) for shade in range(count)], [2] * count)
    content, links = file.read_bytes(), []
    (place,) = struct.unpack_from("<I", content, 4)
    while place:
        (tags,) = struct.unpack_from("<H", content, place)
        links.append(place + 2 + 12 * tags)
        (place,) = struct.unpack_from("<I", content, links[-1])
    return file, links


def led_elsewhere(file: Path, link: int, place: int) -> Path:
    content = bytearray(file.read_bytes())
    struct.pack_into("<I", content, link, place)
    file.write_bytes(content)
    return file


def shade(file: Path, number: int) -> int:
    return int(seen(file, number)[0].max())


def test_each_image_that_is_no_copy_is_a_page(tmp_path: Path) -> None:
    thumbnails = [np.ascontiguousarray(page[::4, ::4]) for page in PAGES]
    images = [image for pair in zip(PAGES, thumbnails, strict=True) for image in pair]
    file = make.tiff_of_images(tmp_path / "a.tif", images, [0, 1, 2, 1, 0, 1])
    assert decoding.count_pages(file) == 3
    for number, page in enumerate(PAGES, 1):
        pixels, decoded = seen(file, number)
        assert (pixels == page).all()
        assert (decoded.master.images, decoded.master.pages) == (3, 3)
        assert said(file, number) == []


def test_pages_may_differ_in_everything(tmp_path: Path) -> None:
    grey = np.arange(48 * 40, dtype=np.uint16).reshape(48, 40)
    file = tmp_path / "a.tif"
    with make.tifffile.TiffWriter(file, bigtiff=True, byteorder=">") as writer:
        writer.write(CHART, photometric="rgb", compression="deflate", metadata=None, resolution=(300, 300))
        writer.write(grey, metadata=None, tile=(16, 16))
        writer.write(grey > 900, photometric="minisblack", metadata=None)
    masters = [seen(file, number)[1].master for number in (1, 2, 3)]
    assert [(m.width, m.height, m.bits, m.colour, m.ppi) for m in masters] == [
        (CHART.shape[1], CHART.shape[0], 8, "rgb", 300),
        (40, 48, 16, "grey", None),
        (40, 48, 1, "grey", None),
    ]


def test_a_list_of_pages_that_breaks_off_gives_those_before_and_says_so(tmp_path: Path) -> None:
    file, links = of_pages(tmp_path / "a.tif", 5)
    led_elsewhere(file, links[2], 1 << 30)
    assert decoding.count_pages(file) == 4
    assert [shade(file, number) for number in (1, 2, 3)] == [0, 1, 2]
    assert [said(file, number) for number in (1, 2, 3, 4)] == [[], [], [], ["chain-broken"]]


def test_a_list_of_pages_that_leads_back_ends_and_the_last_page_says_so(tmp_path: Path) -> None:
    file, links = of_pages(tmp_path / "a.tif", 5)
    (second,) = struct.unpack_from("<I", file.read_bytes(), links[0])
    led_elsewhere(file, links[3], second)
    assert decoding.count_pages(file) == 4
    assert [said(file, number) for number in (1, 2, 3, 4)] == [[], [], [], ["chain-circle"]]
    assert shade(file, 4) == 3


def test_a_damaged_page_between_others_is_refused_alone(tmp_path: Path) -> None:
    file = make.tiff_of_images(tmp_path / "a.tif", PAGES, [0, 0, 0])
    content = bytearray(file.read_bytes())
    (first,) = struct.unpack_from("<I", content, 4)
    (tags,) = struct.unpack_from("<H", content, first)
    (second,) = struct.unpack_from("<I", content, first + 2 + 12 * tags)
    strips = next(at for at in range(second + 2, len(content), 12) if content[at : at + 2] == b"\x11\x01")
    struct.pack_into("<I", content, strips + 8, 1 << 30)
    file.write_bytes(content)
    assert decoding.count_pages(file) == 3
    assert [said(file, number) for number in (1, 2, 3)] == [[], ["truncated"], []]
