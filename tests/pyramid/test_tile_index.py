"""The tile index keeps every place, stays small, and turns a stored tile into a JPEG with one read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.errors import Damaged, Missing
from manifests.tiling import TILE, levels
from server.pyramid import tile_index
from server.pyramid.tile_index import LevelTiles

TABLES = tile_index.SOI + b"\xff\xdbtables" + tile_index.EOI


def grid(width: int, height: int) -> list[LevelTiles]:
    """Places that are all different, beyond 4 GB too."""
    found = []
    for level, (wide, high) in enumerate(levels(width, height)):
        columns, rows = -(-wide // TILE), -(-high // TILE)
        places = [((level << 34) + 7 * tile, tile + 1) for tile in range(columns * rows)]
        found.append(LevelTiles(columns, rows, places))
    return found


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_every_place_comes_back(width, height):
    found = grid(width, height)
    index = tile_index.unpack(tile_index.pack(TABLES, found))
    assert index.grid == tuple((level.columns, level.rows) for level in found)
    for level, (columns, rows, places) in enumerate(found):
        corner = index.place(level, columns - 1, rows - 1)
        assert corner == (*places[-1], False)
        assert index.place(level, 0, 0) == (*places[0], False)


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_level_is_as_long_as_its_tiles(width, height):
    found = grid(width, height)
    lengths = tile_index.level_lengths(tile_index.pack(TABLES, found))
    assert lengths == [sum(length for _, length in level.places) for level in found]


def test_in_an_index_of_recipe_1_the_last_tile_of_each_row_and_column_is_complete_and_no_other():
    index = tile_index.unpack(b"\x01" + tile_index.pack(TABLES, grid(1501, 1501))[1:])
    complete = [[index.place(0, column, row).complete for column in range(3)] for row in range(3)]
    assert complete == [[False, False, True], [False, False, True], [True, True, True]]


def test_a_page_of_one_gigapixel_has_an_index_below_a_hundred_kilobytes():
    assert len(tile_index.pack(bytes(600), grid(32_000, 32_000))) < 100_000


@pytest.mark.parametrize("place", [(0, 3, 0), (0, 0, 3), (3, 0, 0), (-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_a_tile_outside_the_pyramid_is_missing(place):
    with pytest.raises(Missing):
        tile_index.unpack(tile_index.pack(TABLES, grid(1501, 1501))).place(*place)


@pytest.mark.parametrize(
    "spoil",
    [lambda b: b"", lambda b: b"\x09" + b[1:], lambda b: b[:-1], lambda b: b + b"\0", lambda b: b[:1], lambda b: b[:7]],
)
def test_an_index_of_another_form_is_damaged_not_misread(spoil):
    with pytest.raises(Damaged):
        tile_index.unpack(spoil(tile_index.pack(TABLES, grid(1501, 1501))))


def test_a_stored_tile_gets_marker_and_tables_in_front_and_a_complete_one_of_recipe_1_nothing(tmp_path):
    file = tmp_path / "pyramid.tif"
    file.write_bytes(b"II*\0" + tile_index.SOI + b"inside" + tile_index.SOI + b"whole")
    places = [(4, 8), (12, 7), (12, 7), (12, 7)]
    index = tile_index.unpack(b"\x01" + tile_index.pack(TABLES, [LevelTiles(2, 2, places)])[1:])
    assert tile_index.tile(file, index, 0, 0, 0) == tile_index.SOI + tile_index.JFIF + b"\xff\xdbtables" + b"inside"
    assert tile_index.tile(file, index, 0, 1, 0) == tile_index.SOI + b"whole"


def test_a_pyramid_cut_short_or_gone_is_damaged(tmp_path):
    file = tmp_path / "pyramid.tif"
    with pytest.raises(Damaged, match="gone"):
        tile_index.read_range(file, 0, 1)
    file.write_bytes(b"12345")
    assert tile_index.read_range(file, 1, 4) == b"2345"
    with pytest.raises(Damaged, match="breaks off"):
        tile_index.read_range(file, 1, 5)
