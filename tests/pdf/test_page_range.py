"""Which pages are asked for."""

import pytest

from manifests.errors import Malformed
from server.pdf.page_range import page_range


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", range(20)),
        ("1", range(1)),
        ("20", range(19, 20)),
        ("3-10", range(2, 10)),
        ("3-", range(2, 20)),
        ("007", range(6, 7)),
        ("5-5", range(4, 5)),
        ("15-999999999", range(14, 20)),
    ],
)
def test_a_range_counts_from_one_and_ends_with_the_work(asked: str, found: range) -> None:
    assert page_range(asked, 20) == found


@pytest.mark.parametrize(
    "asked",
    [
        *("0", "0-", "0-5", "21", "21-30", "9999999999-", "10-3"),
        *("-5", "-", "x", "1-2-3", "1,3", "1 ", "1\n", "+1", "²", "٣", "1.5", "3–10", "9" * 1000),
    ],
)
def test_what_is_no_range_of_this_work_is_refused_in_a_sentence(asked: str) -> None:
    with pytest.raises(Malformed):
        page_range(asked, 20)
