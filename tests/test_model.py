"""The values of the model: levels as viewers ask for them, and that nothing changes once it is said."""

import dataclasses
from datetime import UTC, datetime
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests import model
from manifests.model import Change, ChangeKind
from manifests.tiling import TILE, levels

SIDES = st.integers(1, 200_000)

TABLE = [
    ((1, 1), [(1, 1)]),
    ((512, 512), [(512, 512)]),
    ((513, 1), [(513, 1), (257, 1)]),
    ((1501, 1001), [(1501, 1001), (751, 501), (376, 251)]),
    ((4096, 4096), [(4096, 4096), (2048, 2048), (1024, 1024), (512, 512)]),
    ((4099, 4097), [(4099, 4097), (2050, 2049), (1025, 1025), (513, 513), (257, 257)]),
]


@pytest.mark.parametrize(("size", "expected"), TABLE)
def test_levels_are_halved_and_rounded_up_until_one_fits_a_tile(
    size: tuple[int, int], expected: list[tuple[int, int]]
) -> None:
    assert list(levels(*size)) == expected


@given(SIDES, SIDES)
def test_each_level_is_the_full_size_divided_once_and_never_a_level_s_own_half(width: int, height: int) -> None:
    for step, size in enumerate(levels(width, height)):
        assert size == (ceil(Fraction(width, 2**step)), ceil(Fraction(height, 2**step)))


@given(SIDES, SIDES)
def test_the_last_level_is_the_first_that_fits_one_tile(width: int, height: int) -> None:
    *larger, last = levels(width, height)
    assert max(last) <= TILE
    assert all(max(size) > TILE for size in larger)


VALUES = [value for value in vars(model).values() if dataclasses.is_dataclass(value)]


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_is_frozen(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert hasattr(kind, "__slots__")


def test_a_change_refuses_to_be_changed() -> None:
    change = Change(1, "map", ChangeKind.CREATED, datetime(2026, 1, 31, 8, tzinfo=UTC))
    with pytest.raises(dataclasses.FrozenInstanceError):
        change.seq = 2  # type: ignore[misc]


def test_kinds_are_the_words_that_others_read() -> None:
    assert [*model.Tier] == ["exact", "marks", "error", "near"]
    assert [*model.State] == ["draft", "public", "withdrawn", "removed"]
