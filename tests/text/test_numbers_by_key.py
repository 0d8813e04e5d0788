"""Entries by key: all of one key, in order, and none of another."""

from hypothesis import given
from hypothesis import strategies as st

from manifests.text.numbers_by_key import NumbersByKey

KEYS = st.text("ab", max_size=2)


@given(st.lists(KEYS, max_size=12), KEYS)
def test_the_numbers_of_a_key_are_those_of_its_entries(keys: list[str], asked: str) -> None:
    assert list(NumbersByKey(keys).of(asked)) == [number for number, key in enumerate(keys) if key == asked]
