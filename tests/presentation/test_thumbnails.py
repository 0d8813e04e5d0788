"""Thumbnails must be stored tiles: small enough to be one, and asked for by its exact size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.presentation.thumbnails import logo, of_work, thumbnail
from manifests.scaling import Limits
from manifests.tiling import TILE, levels
from tests.presentation.make import page, work

SIDES = st.integers(1, 200_000)


@pytest.mark.parametrize(
    ("size", "request_"),
    [
        ((1, 1), "full/1,1/0/default.jpg"),
        ((512, 512), "full/512,512/0/default.jpg"),
        ((513, 512), "full/257,256/0/default.jpg"),
        ((1501, 1001), "full/376,251/0/default.jpg"),
        ((4961, 7016), "full/311,439/0/default.jpg"),
        ((40_000, 1), "full/313,1/0/default.jpg"),
    ],
)
def test_the_thumbnail_is_the_largest_level_that_is_one_tile(size: tuple[int, int], request_: str) -> None:
    assert thumbnail("w~p", *size, Limits()).request == request_


def test_a_viewer_may_choose_the_next_larger_level_as_well() -> None:
    assert list(thumbnail("w~p", 1501, 1001, Limits()).sizes) == [(376, 251), (751, 501)]
    assert list(thumbnail("w~p", 4961, 7016, Limits()).sizes) == [(311, 439), (621, 877)]


@given(SIDES, SIDES)
def test_every_size_offered_is_a_level_and_the_first_is_the_thumbnail(width: int, height: int) -> None:
    found = thumbnail("w~p", width, height, Limits())

    assert max(found.width, found.height) <= TILE
    assert found.sizes[0] == (found.width, found.height)
    assert set(found.sizes) <= set(levels(width, height))
    assert list(found.sizes) == sorted(found.sizes)
    assert max(map(max, found.sizes)) <= 2 * TILE


def test_a_work_shows_its_first_image_where_it_has_one() -> None:
    found = of_work(work(shown_by=page("0001", (1501, 1001))), Limits())
    assert found is not None
    assert (found.image, found.request) == ("Sach-co~0001", "full/376,251/0/default.jpg")
    assert of_work(work(), Limits()) is None


@pytest.mark.parametrize(
    ("address", "format_"),
    [
        ("https://example.org/logo.PNG?v=2", {"format": "image/png"}),
        ("/iiif/image/3/a~1/full/90,/0/default.jpg", {"format": "image/jpeg"}),
        ("https://example.org/logo", {}),
        ("https://example.org/x.php?f=logo.svg", {}),
    ],
)
def test_the_format_of_a_logo_is_said_where_its_address_tells(address: str, format_: dict[str, str]) -> None:
    assert logo(address) == {"id": address, "type": "Image", **format_}
