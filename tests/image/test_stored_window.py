"""Parts of a level out of its stored tiles: the pixels that libvips decodes of them, from any place, or an error."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st

from manifests.errors import Busy, Damaged
from manifests.model import Box
from manifests.tiling import TILE, levels
from server.image.stop import Stop
from server.image.stored_window import Colours, Pixels, StoredLevel, read_window
from server.image.work_memory import WorkMemory
from server.pyramid.tile_index import tile
from tests.image.pyramids import Carved, carved

PAGES = [
    ((1501, 1001), "RGB"),
    ((1025, 700), "L"),
    ((40, 30), "RGB"),
    ((1, 1), "RGB"),
    ((513, 1), "L"),
    ((512, 512), "RGB"),
]
FINE = Colours()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Carved]:
    folder = tmp_path_factory.mktemp("library")
    return [carved(folder, *page) for page in PAGES]


def stored(page: Carved, level: int = 0) -> StoredLevel:
    return StoredLevel(page.file, page.index, level, *levels(*page.size)[level])


def window(level: StoredLevel, box: Box, colours: Colours = FINE) -> Pixels:
    with WorkMemory() as memory:
        return read_window(level, box, Stop(), memory, colours).copy()


def joined(level: StoredLevel) -> Pixels:
    """The whole level, each of its tiles decoded by libvips."""
    columns, rows = level.tiles.grid[level.number]
    return np.concatenate(
        [np.concatenate([decoded(level, column, row) for column in range(columns)], axis=1) for row in range(rows)]
    )


def decoded(level: StoredLevel, column: int, row: int) -> Pixels:
    image = pyvips.Image.jpegload_buffer(tile(level.file, level.tiles, level.number, column, row))
    return np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, image.bands)


def part(whole: Pixels, box: Box) -> Pixels:
    return whole[box.y : box.y + box.h, box.x : box.x + box.w]


@st.composite
def levels_and_boxes(draw: st.DrawFn) -> tuple[int, int, Box]:
    """The number of a page, of one of its levels, and a box; many of them at an edge of the level or of a tile."""
    page = draw(st.integers(0, len(PAGES) - 1))
    sizes = levels(*PAGES[page][0])
    level = draw(st.integers(0, len(sizes) - 1))
    (x, w), (y, h) = (draw(spans(side)) for side in sizes[level])
    return page, level, Box(x, y, w, h)


def spans(side: int) -> st.SearchStrategy[tuple[int, int]]:
    edges = [edge for near in (0, TILE, 2 * TILE, side) for edge in range(near - 2, near + 3) if 0 <= edge <= side]
    place = st.sampled_from(edges) | st.integers(0, side)
    pairs = st.tuples(place, place).filter(lambda pair: pair[0] != pair[1])
    return pairs.map(lambda pair: (min(pair), abs(pair[0] - pair[1])))


@settings(max_examples=150, deadline=None)
@given(levels_and_boxes())
def test_any_part_of_any_level_is_what_libvips_decodes_of_its_tiles(
    pages: list[Carved], place: tuple[int, int, Box]
) -> None:
    page, number, box = place
    level = stored(pages[page], number)
    assert np.array_equal(window(level, box), part(joined(level), box))


@settings(max_examples=60, deadline=None)
@given(levels_and_boxes())
def test_rough_colours_leave_the_luma_as_it_is(pages: list[Carved], place: tuple[int, int, Box]) -> None:
    page, number, box = place
    level = stored(pages[page], number)
    fine, rough = (luma(window(level, box, Colours(rough=rough))) for rough in (False, True))
    # Where a colour lies beyond what RGB can say it is cut off, and takes a little of the luma with it
    assert np.abs(fine - rough).mean() < 1


def luma(pixels: Pixels) -> np.ndarray:
    return pixels.astype(float) @ [0.299, 0.587, 0.114] if pixels.shape[2] == 3 else pixels[:, :, 0].astype(float)


def test_grey_is_the_luma_as_it_is_stored(pages: list[Carved]) -> None:
    level, box = stored(pages[0]), Box(400, 300, 700, 600)
    grey = window(level, box, Colours(grey=True))
    assert grey.shape == (600, 700, 1)
    assert np.abs(grey[:, :, 0] - luma(window(level, box))).mean() < 1


def test_a_grey_page_is_grey_whatever_is_wanted(pages: list[Carved]) -> None:
    assert window(stored(pages[1]), Box(0, 0, 9, 9)).shape == (9, 9, 1)


@pytest.mark.parametrize("box", [Box(900, 0, 601, 1001), Box(0, 700, 1501, 301), Box(0, 0, 1501, 1001)])
def test_the_last_tiles_are_as_near_to_those_of_the_tiff_as_a_second_encoding_leaves_them(
    pages: list[Carved], box: Box
) -> None:
    of_the_tiff = pyvips.Image.tiffload(str(pages[0].file)).numpy()
    difference = np.abs(window(stored(pages[0]), box).astype(int) - part(of_the_tiff, box))
    assert difference.mean() < 1
    whole = difference[: max(0, TILE - box.y), : max(0, TILE - box.x)]
    assert not whole.any(), "only last tiles are encoded twice"


def damaged(page: Carved, folder: Path, spoil: Callable[[bytes], bytes], column: int = 0, row: int = 0) -> Carved:
    place = page.index.place(0, column, row)
    content = page.file.read_bytes()
    spoilt = spoil(content[place.offset : place.offset + place.length])
    assert len(spoilt) == place.length
    file = folder / "damaged.tif"
    file.write_bytes(content[: place.offset] + spoilt + content[place.offset + place.length :])
    return page._replace(file=file)


HURT: dict[str, Callable[[bytes], bytes]] = {
    "nothing but zeros": lambda tile: bytes(len(tile)),
    "the second half zeros": lambda tile: tile[: len(tile) // 2] + bytes(len(tile) - len(tile) // 2),
    "no picture": lambda tile: b"no picture" + tile[10:],
    "an end in the middle": lambda tile: tile[: len(tile) // 3] + b"\xff\xd9" + tile[len(tile) // 3 + 2 :],
    "another width": lambda tile: tile[:9] + b"\x01\x00" + tile[11:],
}


@pytest.mark.parametrize("spoil", HURT.values(), ids=HURT)
@pytest.mark.parametrize("rows", [400, 512])
def test_a_damaged_tile_is_an_error_and_never_a_grey_picture(
    pages: list[Carved], tmp_path: Path, spoil: Callable[[bytes], bytes], rows: int
) -> None:
    page = damaged(pages[0], tmp_path, spoil)
    with pytest.raises(Damaged):
        window(stored(page), Box(0, 0, 600, rows))
    assert window(stored(page), Box(512, 0, 100, rows)).any(), "the tile beside it"


def test_a_tile_that_is_larger_than_it_should_be_is_an_error(pages: list[Carved]) -> None:
    level = stored(pages[0])
    with pytest.raises(Damaged):
        window(level._replace(width=1500), Box(1400, 0, 100, 100))


def test_a_file_that_is_gone_or_breaks_off_is_an_error(pages: list[Carved], tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"gone\.tif"):
        window(stored(pages[0])._replace(file=tmp_path / "gone.tif"), Box(0, 0, 1, 1))
    (tmp_path / "short.tif").write_bytes(pages[0].file.read_bytes()[:2000])
    with pytest.raises(Damaged, match=r"short\.tif"):
        window(stored(pages[0])._replace(file=tmp_path / "short.tif"), Box(600, 600, 100, 100))


def test_it_ends_before_the_next_tile_when_it_is_told_to(pages: list[Carved]) -> None:
    stop = Stop()
    stop.now()
    with pytest.raises(Busy), WorkMemory() as memory:
        read_window(stored(pages[0]), Box(0, 0, 10, 10), stop, memory, FINE)
