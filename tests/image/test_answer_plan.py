"""Which requests are stored tiles, in every spelling, and from which level the others are computed."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.errors import LibraryError
from manifests.scaling import Limits
from manifests.tiling import TILE, levels
from server.image.answer_plan import (
    Derived,
    StoredTile,
    is_encoded_at_once,
    is_read_at_once,
    pixels_read,
    plan_answer,
)
from server.image.grammar import parse
from server.image.sampling import lay
from tests.image.request_strategies import requests

LIMITS = Limits(area=10**9)
IMAGES = [(1501, 1001), (7201, 1201), (2047, 2047), (4099, 4097), (512, 512), (513, 512), (1, 1), (40, 3000), (1025, 1)]


def planned(image: tuple[int, int], *segments: str, version: int = 3, grey: bool = False) -> StoredTile | Derived:
    return plan_answer(parse(version, *segments).resolve(*image, LIMITS, grey=grey), *image)


def tiles(image: tuple[int, int]) -> Iterator[tuple[StoredTile, tuple[int, int, int, int], tuple[int, int]]]:
    """Every tile with region and size, by the program of the implementation notes, section 3."""
    width, height = image
    for level, (columns, rows) in enumerate(levels(width, height)):
        scale = 2**level
        reach = TILE * scale
        for row in range(-(-rows // TILE)):
            for column in range(-(-columns // TILE)):
                x, y = column * reach, row * reach
                w, h = min(reach, width - x), min(reach, height - y)
                yield StoredTile(level, column, row), (x, y, w, h), (-(-w // scale), -(-h // scale))


@pytest.mark.parametrize("image", IMAGES)
@pytest.mark.parametrize("version", [2, 3])
def test_every_tile_that_a_viewer_computes_is_a_stored_one(image: tuple[int, int], version: int) -> None:
    for tile, region, size in tiles(image):
        found = planned(
            image, "{},{},{},{}".format(*region), "{},{}".format(*size), "0", "default.jpg", version=version
        )
        assert isinstance(found, StoredTile), tile
        # A corner of a single pixel is a tile of several levels; the full size has it as it is.
        assert found == tile or size == (1, 1)


@pytest.mark.parametrize("image", [(1501, 1001), (7201, 1201), (2047, 2047), (4099, 4097)])
@pytest.mark.parametrize("version", [2, 3])
def test_all_spellings_of_a_tile_are_that_tile(image: tuple[int, int], version: int) -> None:
    for tile, (x, y, w, h), size in tiles(image):
        if min(size) < 8:  # the side of a sliver is a pixel or two at several levels, which says nothing
            continue
        spellings = ["{},", "{},{}", "!{},{}", f"pct:{100 / 2**tile.level}"]
        spellings += ["max"] if tile.level == 0 else []
        regions = [f"{x},{y},{w},{h}"] + ([f"{x},{y},99999,99999"] if x + w == image[0] and y + h == image[1] else [])
        regions += ["full"] if (w, h) == image else []
        for spelling in [each.format(*size) for each in spellings] + [f",{size[1]}"]:
            for region in regions:
                for last in ("default.jpg", "color.jpg"):
                    assert planned(image, region, spelling, "0", last, version=version) == tile, (region, spelling)


def test_the_whole_image_at_its_smallest_level_is_one_tile() -> None:
    assert planned((1501, 1001), "full", "!400,400", "0", "default.jpg") != StoredTile(2, 0, 0)
    assert planned((1501, 1001), "full", "376,", "0", "default.jpg") == StoredTile(2, 0, 0)
    assert planned((300, 200), "full", "!400,400", "0", "default.jpg") == StoredTile(0, 0, 0)
    assert planned((300, 200), "square", "200,", "0", "default.jpg") != StoredTile(0, 0, 0)


@pytest.mark.parametrize("rest", ["90/default.jpg", "!0/default.jpg", "0/gray.jpg", "0/default.png", "180/gray.webp"])
def test_a_tile_in_another_form_is_made_from_the_stored_one(rest: str) -> None:
    found = planned((1501, 1001), "512,512,512,489", "512,489", *rest.split("/"))
    assert isinstance(found, Derived)
    assert found.tile == StoredTile(0, 1, 1)


def test_black_and_white_is_never_made_from_a_single_tile() -> None:
    assert planned((1501, 1001), "0,0,512,512", "512,512", "0", "bitonal.jpg") == Derived(0, aligned=True)


def test_gray_is_a_stored_tile_of_a_grey_image() -> None:
    request = ("0,0,512,512", "512,", "0", "gray.jpg")
    assert planned((1501, 1001), *request, grey=True) == StoredTile(0, 0, 0)


@pytest.mark.parametrize(
    ("region", "size", "level", "aligned"),
    [
        ("0,0,3000,3000", "1500,1500", 1, True),
        ("1,1,3000,3000", "1500,1500", 1, False),
        ("1,1,3000,3000", "1501,1501", 0, False),
        ("0,0,3001,3001", "1501,1501", 0, False),
        ("1,1,3000,3000", "751,", 1, False),
        ("1,1,3000,3000", "750,", 2, False),
        ("full", "3601,", 1, True),
        ("full", "3600,", 1, False),
        ("full", "50,", 4, False),
        ("full", "400,", 3, False),
        ("1,1,1000,1000", "500,500", 1, False),
        ("1,1,1000,1000", "499,499", 0, False),
        ("5,5,100,100", "^200,", 0, False),
        ("5,5,100,100", "max", 0, True),
        ("1,1,3000,3000", "10,2999", 0, False),
    ],
)
def test_what_is_computed_is_read_from_the_deepest_level_that_is_large_enough_or_the_next_if_it_is_small(
    region: str, size: str, level: int, aligned: bool
) -> None:
    assert planned((7201, 10201), region, size, "0", "default.jpg") == Derived(level, aligned)


@given(requests, st.integers(1, 3000), st.integers(1, 3000))
def test_whatever_is_planned_exists(request_: tuple[int, str, str, str, str], width: int, height: int) -> None:
    version, *parts = request_
    try:
        resolved = parse(version, *parts).resolve(width, height, LIMITS)
    except LibraryError:
        return
    found = plan_answer(resolved, width, height)
    tile = found if isinstance(found, StoredTile) else found.tile
    if tile:
        columns, rows = levels(width, height)[tile.level]
        assert tile.column * TILE < columns
        assert tile.row * TILE < rows
    if isinstance(found, Derived):
        assert 0 <= found.level < len(levels(width, height))


@given(requests, st.integers(1, 70_000), st.integers(1, 70_000))
def test_what_a_plan_says_is_read_is_not_less_than_what_is(
    request_: tuple[int, str, str, str, str], width: int, height: int
) -> None:
    version, *parts = request_
    try:
        resolved = parse(version, *parts).resolve(width, height, LIMITS)
    except LibraryError:
        return
    found = plan_answer(resolved, width, height)
    if isinstance(found, Derived):
        scale, (columns, rows) = 1 << found.level, levels(width, height)[found.level]
        x, y, w, h = (side / scale for side in resolved.region)
        w, h = (resolved.width, resolved.height) if found.aligned else (w, h)
        across, down = lay(x, w, resolved.width), lay(y, h, resolved.height)
        assert min(across.length, columns) * min(down.length, rows) <= pixels_read(resolved, found)


@pytest.mark.parametrize(
    ("rest", "read", "encoded"),
    [
        ("1,1,3000,3000/1500,1500/0/default.jpg", True, True),
        ("0,0,3000,3000/max/0/default.jpg", False, False),
        ("full/100,/0/default.jpg", True, True),
        ("5,5,100,100/^3000,/0/default.jpg", True, False),
        ("5,5,100,100/max/0/default.png", True, False),
    ],
)
def test_what_is_little_is_read_and_encoded_at_once_and_the_rest_is_streamed(
    rest: str, read: bool, encoded: bool
) -> None:
    resolved = parse(3, *rest.split("/")).resolve(7201, 10201, LIMITS)
    found = plan_answer(resolved, 7201, 10201)
    assert isinstance(found, Derived)
    assert (is_read_at_once(resolved, found), is_encoded_at_once(resolved)) == (read, encoded)
