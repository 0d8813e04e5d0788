"""Every tile that a viewer can ask for is there, at its size, in its place, and looks like its neighbours."""

import gc
import hashlib
import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import pyvips
from PIL import Image, ImageSequence
from tifffile import TiffFile

from manifests.errors import LibraryError
from manifests.tiling import levels
from server.masters import decoding
from server.masters.decoding import MasterRefused
from server.pyramid import build, tile_index
from tests.masters.scans import joined, scan, shrunk, stored, tile
from tests.patience import GUARD

SIZES = [
    (1, 1),
    (1, 700),
    (512, 512),
    (513, 1),
    (513, 513),
    (1023, 512),
    (1024, 1024),
    (1501, 1001),
    (2047, 513),
    (2050, 1026),
    (7201, 300),
]
"""Width and height: within one tile, full tiles, a pixel more, a pixel less, and the examples of the design."""


@pytest.fixture
def library(tmp_path):
    (tmp_path / "library" / "pyramids").mkdir(parents=True)
    return tmp_path / "library"


def carve(library: Path, master: Path, page: str = "0001", limit: int = 10**9, **more):
    return build.build_pyramid(master, library / "pyramids", "book", page, max_pixels=limit, **more)


def parts(library: Path) -> list[str]:
    return [file.name for file in library.rglob("*") if file.is_file() and file.suffix != ".tif"]


@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_tiles_of_every_level_join_into_the_shrunk_master(tmp_path, library, width, height, bands):
    image = scan(width, height, bands)
    made = carve(library, stored(tmp_path, image)).pyramid
    assert (made.width, made.height, made.grey) == (width, height, bands == 1)
    for level, (wide, high) in enumerate(levels(width, height)):
        seen = joined(library, made, level)
        assert seen.shape == (high, wide, bands)
        assert np.abs(seen - shrunk(image, level)).mean() < 1.5


PAPER = (243, 229, 201)
BORDERS = [(1536, 1536), (2048, 1536), (2047, 1501), (2049, 1025), (4099, 4097), (16_385, 520), (517, 17_000)]
"""Where black would come nearest: whole tiles on one level and not on the next, and many levels."""


@pytest.mark.parametrize(("width", "height"), BORDERS)
def test_a_flat_sheet_is_flat_to_its_edge_on_every_level(tmp_path, library, width, height):
    paper = pyvips.Image.new_from_array(np.full((height, width, 3), PAPER, np.uint8), interpretation="srgb")
    made = carve(library, stored(tmp_path, paper)).pyramid
    for level, (wide, high) in enumerate(levels(width, height)):
        assert np.abs(joined(library, made, level) - PAPER).max() <= 2
        assert np.abs(read(library / made.file, level).astype(int) - PAPER).max() <= 2
        assert joined(library, made, level).shape[:2] == (high, wide)


@pytest.mark.parametrize(("width", "height"), [*SIZES, *BORDERS[:4]])
def test_the_tiff_has_every_level_at_its_true_size(tmp_path, library, width, height):
    image = scan(width, height)
    file = library / carve(library, stored(tmp_path, image)).pyramid.file
    sizes = list(levels(width, height))
    with TiffFile(file) as opened:
        assert [(page.imagewidth, page.imagelength) for page in opened.pages] == sizes
    with Image.open(file) as opened:
        assert [frame.size for frame in ImageSequence.Iterator(opened)] == sizes
    for level, (wide, high) in enumerate(sizes):
        pixels = read(file, level)
        assert pixels.shape == (high, wide, 3)
        assert np.abs(pixels.astype(np.int16) - shrunk(image, level)).mean() < 1.5


def test_a_strip_keeps_its_mean_where_a_pixel_of_a_level_is_higher_than_the_strip(tmp_path, library):
    strip = np.zeros((40, 70_001), np.uint8)
    strip[-1] = 255
    made = carve(library, stored(tmp_path, pyvips.Image.new_from_array(strip))).pyramid
    for level in (6, 7, 8):
        for pixels in (joined(library, made, level), read(library / made.file, level)):
            assert np.abs(pixels.astype(int) - 255 / 40).max() <= 2


def read(file: Path, level: int) -> np.ndarray:
    """A level as libvips reads it from the TIFF."""
    image = pyvips.Image.tiffload(str(file), page=level, revalidate=True)
    return image.numpy().reshape(image.height, image.width, image.bands)


def test_no_seam_shows_where_a_cut_tile_meets_a_whole_one(tmp_path, library):
    image = scan(1501, 1001)
    made = carve(library, stored(tmp_path, image)).pyramid
    for level, edge in [(0, (1024, 512)), (1, (512, None))]:
        wrong = np.abs(joined(library, made, level) - shrunk(image, level))
        assert wrong[:, edge[0] - 2 : edge[0] + 2].mean() < 1.5
        assert edge[1] is None or wrong[edge[1] - 2 : edge[1] + 2].mean() < 1.5


def test_cut_tiles_have_the_tables_of_whole_ones_and_all_say_that_they_are_ycbcr(tmp_path, library):
    made = carve(library, stored(tmp_path, scan(1501, 1001))).pyramid
    stored_tile, ours = tile(library, made, 0, 0, 0), tile(library, made, 0, 2, 1)
    assert stored_tile.quantization == ours.quantization
    assert stored_tile.layer == ours.layer == [(1, 2, 2, 0), (2, 1, 1, 1), (3, 1, 1, 1)]
    assert "jfif" in stored_tile.info
    assert "jfif" in ours.info
    assert "adobe" not in stored_tile.info


def test_grey_stays_one_component(tmp_path, library):
    made = carve(library, stored(tmp_path, scan(600, 600, 1))).pyramid
    assert {tile(library, made, *place).mode for place in [(0, 0, 0), (0, 1, 1), (1, 0, 0)]} == {"L"}


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_same_master_gives_the_same_bytes_with_any_number_of_threads(tmp_path, library, threads):
    master = stored(tmp_path, scan(2301, 1701))
    before = pyvips.concurrency_get()
    try:
        pyvips.concurrency_set(1)
        first = carve(library, master).pyramid
        pyvips.concurrency_set(threads)
        assert carve(library, master) == carve(library, master)
        assert carve(library, master).pyramid == first
    finally:
        pyvips.concurrency_set(before)


def test_what_is_said_of_a_pyramid_is_true_of_its_file(tmp_path, library):
    master = stored(tmp_path, scan(700, 600))
    carved = carve(library, master)
    made, sha256 = carved.pyramid, hashlib.sha256(master.read_bytes()).hexdigest()
    file = library / made.file
    assert made.file == f"pyramids/book/0001.{sha256[:12]}.{build.RECIPE}.tif"
    assert made.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert made.length == file.stat().st_size
    assert carved.examined.sha256 == sha256
    assert parts(library) == []


@pytest.mark.parametrize("big", [False, True])
def test_any_tool_opens_a_pyramid_in_silence(tmp_path, library, big, caplog, capfd):
    image = scan(1501, 1001)
    made = carve(library, stored(tmp_path, image), bigtiff_from=0 if big else build.BIGTIFF_FROM).pyramid
    file = library / made.file
    gc.collect()  # what libvips says when images of other tests go, it says before we listen
    caplog.clear()
    capfd.readouterr()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with TiffFile(file) as opened:
            assert opened.is_bigtiff is big
            assert [page.shape for page in opened.pages] == [(1001, 1501, 3), (501, 751, 3), (251, 376, 3)]
        with Image.open(file) as opened:
            opened.load()
            assert opened.size == (1501, 1001)
    assert pyvips.Image.new_from_file(str(file), fail_on="warning").avg() == pytest.approx(image.avg(), abs=1)
    assert np.abs(joined(library, made, 1) - shrunk(image, 1)).mean() < 1.5
    assert (caplog.records, *capfd.readouterr()) == ([], "", "")


@pytest.mark.parametrize("name", ["master.png", "master.jpg", "master.tif"])
def test_every_format_of_master_passes_through_once_and_whole(tmp_path, library, name):
    image = scan(1300, 900)
    made = carve(library, stored(tmp_path, image, name)).pyramid
    assert np.abs(joined(library, made, 0) - shrunk(image, 0)).mean() < 2


def test_a_page_scanned_sideways_is_carved_upright(tmp_path, library):
    image = scan(1300, 900).copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)
    made = carve(library, stored(tmp_path, image)).pyramid
    assert (made.width, made.height) == (900, 1300)
    assert np.abs(joined(library, made, 1) - shrunk(image.rot90(), 1)).mean() < 1.5


def test_a_master_that_breaks_off_is_refused_and_leaves_nothing(tmp_path, library):
    master = stored(tmp_path, scan(1500, 1500))
    master.write_bytes(master.read_bytes()[: 3 * 1500 * 700])
    carved = carve(library, master)
    assert carved.pyramid is None
    assert [finding.severity for finding in carved.examined.findings] == ["error"]
    assert [file for file in library.rglob("*") if file.is_file()] == []


def test_a_master_larger_than_allowed_is_refused_by_number(tmp_path, library):
    carved = carve(library, stored(tmp_path, scan(100, 100)), limit=9_999)
    assert [finding.code for finding in carved.examined.findings] == ["too-large"]


def test_a_master_that_grows_while_it_is_read_is_refused_as_changing(tmp_path, library):
    master = stored(tmp_path, scan(600, 600))

    def grow(decoded):
        os.truncate(master, master.stat().st_size + 1)
        return decoded

    before = build.file_state(master)
    decoding.with_pixels(master, grow, max_pixels=10**9)
    with pytest.raises(MasterRefused) as refused:
        build.must_be_as_before(master, before)
    assert [finding.code for finding in refused.value.findings] == ["changing"]


def test_a_master_that_is_gone_is_refused_not_an_error(tmp_path, library):
    assert [finding.code for finding in carve(library, tmp_path / "gone.tif").examined.findings] == ["unreadable"]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from manifests.errors import LibraryError
from server.pyramid import build
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    build.build_pyramid(Path(sys.argv[1]), Path(sys.argv[2]), "book", "0001", max_pixels=10**9)
except LibraryError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 20_000, 45_000])
def test_a_full_disk_is_said_in_a_sentence_and_leaves_no_half_file(tmp_path, library, room):
    master = stored(tmp_path, scan(1500, 1500))
    arguments = [sys.executable, "-c", FULL_DISK, str(master), str(library / "pyramids"), str(room)]
    ran = subprocess.run(arguments, capture_output=True, text=True, timeout=GUARD, check=True)
    assert "cannot be written" in ran.stdout
    assert "disk has room" in ran.stdout
    assert [file for file in library.rglob("*") if file.is_file()] == []


def test_a_folder_that_may_not_be_written_is_said_in_a_sentence(tmp_path, library):
    (library / "pyramids" / "book").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"):
        carve(library, stored(tmp_path, scan(10, 10)))


def test_the_pyramid_carries_neither_time_nor_profile(tmp_path, library):
    made = carve(library, stored(tmp_path, scan(600, 600))).pyramid
    with TiffFile(library / made.file) as opened:
        names = {tag.name for page in opened.pages for tag in page.tags}
    assert names.isdisjoint({"DateTime", "InterColorProfile", "ImageDescription", "XMP", "ExifTag"})


def test_what_stands_behind_the_tiff_are_the_cut_tiles_and_nothing_else(tmp_path, library):
    made = carve(library, stored(tmp_path, scan(1501, 1001))).pyramid
    index, data = tile_index.unpack(made.index), (library / made.file).read_bytes()
    with TiffFile(library / made.file) as opened:
        stored_whole = {
            place for page in opened.pages for place in zip(page.dataoffsets, page.databytecounts, strict=True)
        }
    places = {
        index.place(level, column, row)[:2]
        for level, (columns, rows) in enumerate(index.grid)
        for column in range(columns)
        for row in range(rows)
    }
    ours = sorted(places - stored_whole)
    assert len(ours) == 4 + 2 + 1  # the last row and column of 3 x 2, 2 x 1 and 1 x 1 tiles
    assert [offset + length for offset, length in ours] == [*(offset for offset, _ in ours[1:]), len(data)]
    for offset, length in ours:
        assert (data[offset : offset + 2], data[offset + length - 2 : offset + length]) == (b"\xff\xd8", b"\xff\xd9")


def test_a_cut_tile_is_the_stored_one_within_what_a_second_encoding_costs(tmp_path, library):
    made = carve(library, stored(tmp_path, scan(1501, 1001))).pyramid
    difference = np.abs(read(library / made.file, 0).astype(int) - joined(library, made, 0))
    assert difference.max() <= 3
    assert difference.mean() < 0.5
