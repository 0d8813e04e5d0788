"""Where a page of results begins, as it stands in an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.errors import Malformed
from manifests.search.cursor import START, Cursor

NUMBERS = st.integers(0, 999_999_999)


@given(st.builds(Cursor, NUMBERS, NUMBERS, NUMBERS))
def test_what_is_written_is_read_back(cursor: Cursor) -> None:
    assert Cursor.parse(str(cursor)) == cursor


def test_the_beginning_is_nought() -> None:
    assert Cursor.parse("0") == START


@pytest.mark.parametrize("written", ["", "-1", "1.", "1.2.3.4", "x", "٣", "9" * 10, "1,2", "1 2", "1.2\n"])
def test_what_is_no_place_is_malformed(written: str) -> None:
    with pytest.raises(Malformed, match="no place"):
        Cursor.parse(written)
