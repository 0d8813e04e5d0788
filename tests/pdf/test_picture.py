"""Which tiles are laid on a page, and where."""

from hypothesis import given
from hypothesis import strategies as st

from manifests.scaling import UNLIMITED, Limits
from manifests.tiling import TILE, levels
from server.pdf.picture import MOST_SHARP, READABLE, SHARP, drawn, level_of, pixels_of_a_page, tiles_of

SIZES = st.tuples(st.integers(1, 70_000), st.integers(1, 70_000))


@given(SIZES, st.sampled_from([SHARP, READABLE]))
def test_the_level_shown_is_the_largest_of_so_many_pixels(size: tuple[int, int], most: int) -> None:
    level = level_of(size, UNLIMITED, most)
    assert level is not None
    width, height = levels(*size)[level]
    assert width * height <= most
    if level:
        width, height = levels(*size)[level - 1]
        assert width * height > most or max(width, height) > 65_500


@given(SIZES, st.sampled_from([SHARP, READABLE]))
def test_the_tiles_cover_the_page_and_none_lies_beyond_it(size: tuple[int, int], most: int) -> None:
    ground, *shown = tiles_of(size, UNLIMITED, most)
    assert (ground.x, ground.y) == (0, 0)
    assert abs(ground.w - size[0]) + abs(ground.h - size[1]) < 1e-6
    assert max(ground.width, ground.height) <= TILE
    if shown:
        width, height = levels(*size)[shown[0].level]
        assert sum(tile.width * tile.height for tile in shown) == width * height
        assert {(tile.column, tile.row) for tile in shown} == {
            (column, row) for column in range(-(-width // TILE)) for row in range(-(-height // TILE))
        }
        assert abs(sum(tile.w * tile.h for tile in shown) - size[0] * size[1]) < 1e-3 * size[0] * size[1]


def test_a_page_of_a_single_tile_is_laid_once() -> None:
    assert len(tiles_of((512, 300), UNLIMITED, SHARP)) == 1


def test_no_level_beyond_the_limits_is_given_out() -> None:
    assert level_of((3000, 2000), Limits(width=1600), SHARP) == 1
    assert level_of((3000, 2000), Limits(area=400_000), SHARP) == 2
    assert level_of((3000, 2000), Limits(width=30), SHARP) is None
    assert tiles_of((3000, 2000), Limits(width=30), SHARP) == []


def test_a_few_pages_are_sharp_and_many_are_readable() -> None:
    page = (2480, 3508)
    sharp = MOST_SHARP // (2480 * 3508)
    assert pixels_of_a_page([page] * sharp, UNLIMITED) == SHARP
    assert pixels_of_a_page([page] * (sharp + 1), UNLIMITED) == READABLE
    assert levels(*page)[level_of(page, UNLIMITED, READABLE) or 0] == (1240, 1754)


def test_pages_that_may_not_be_shown_count_for_nothing() -> None:
    assert pixels_of_a_page([(5000, 5000)] * 1000, Limits(width=30)) == SHARP


def test_a_tile_is_drawn_upwards_from_the_lower_left_corner() -> None:
    tiles = tiles_of((1024, 512), UNLIMITED, SHARP)
    assert drawn(tiles, 512).decode() == (
        "q 1024 0 0 512 0 0 cm /T0 Do Q\nq 512 0 0 512 0 0 cm /T1 Do Q\nq 512 0 0 512 512 0 cm /T2 Do Q\n"
    )
