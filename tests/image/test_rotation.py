"""Turned by any angle: how large the picture becomes, and how the number is written."""

from decimal import Decimal
from math import cos, hypot, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.scaling import Extent
from server.image.rotation import Rotation

sides = st.integers(1, 65_500)
angles = st.decimals("0", "359.999999999999", allow_nan=False, places=9)


@pytest.mark.parametrize(
    ("degrees", "size"),
    [("0", (300, 200)), ("90", (200, 300)), ("180", (300, 200)), ("270", (200, 300)), ("45", (354, 354))],
)
def test_the_size_is_that_of_the_box_around_it(degrees: str, size: tuple[int, int]) -> None:
    assert Rotation(Decimal(degrees)).turned(Extent(300, 200)) == size


@given(angles, sides, sides)
def test_the_box_holds_every_corner_and_is_less_than_a_pixel_too_large(
    degrees: Decimal, width: int, height: int
) -> None:
    found = Rotation(degrees).turned(Extent(width, height))
    angle = radians(float(degrees))
    across, down = abs(cos(angle)), abs(sin(angle))
    for side, exact in zip(found, (width * across + height * down, width * down + height * across), strict=True):
        assert exact - 1 / 32 < side < max(exact + 1, 1.01)
    assert max(found) <= hypot(width, height) + 1


@given(angles, sides, sides)
def test_a_mirrored_picture_and_one_turned_on_by_half_are_as_large(degrees: Decimal, width: int, height: int) -> None:
    size = Extent(width, height)
    assert Rotation(degrees, mirrored=True).turned(size) == Rotation(degrees).turned(size)
    assert Rotation((degrees + 180) % 360).turned(size) == Rotation(degrees).turned(size)


def test_only_quarters_leave_no_corners() -> None:
    assert [Rotation(Decimal(degrees)).quarters for degrees in ("0", "90", "180", "270", "90.0")] == [0, 1, 2, 3, 1]
    assert Rotation(Decimal("0.000000000001")).quarters is None


def test_it_is_written_without_an_exponent_or_zeros_that_say_nothing() -> None:
    assert [str(Rotation(Decimal(text), True)) for text in ("1E+2", "0.50", "1E-9")] == ["!100", "!0.5", "!0.000000001"]
