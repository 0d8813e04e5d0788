"""Which pages lie open together."""

from dataclasses import replace

import pytest

from manifests.metadata.record import PageNote, Record
from manifests.presentation.leaves import leaves_of
from server.site.opening import facing_page
from tests.site.made_library import page


def pairs(behaviors: list[str], work: str = "paged") -> list[int | None]:
    """For each page the number of the one beside it, minus where that comes before."""
    pages = [replace(page("Kieu", number), behavior=kind) for number, kind in enumerate(behaviors, 1)]
    found = [facing_page(leaves_of(pages), here, work) for here in pages]
    return [None if beside is None else int(beside[0].id) * (-1 if beside[1] else 1) for beside in found]


@pytest.mark.parametrize(
    ("behaviors", "beside"),
    [
        ([""], [None]),
        ([""] * 5, [None, 3, -2, 5, -4]),
        ([""] * 4, [None, 3, -2, None]),
        (["", "non-paged", "", ""], [None, None, 4, -3]),
        (["", "", "non-paged", ""], [None, 4, None, -2]),
        (["", "facing-pages", "", ""], [None, None, 4, -3]),
        (["", "", "facing-pages", "", ""], [None, None, None, 5, -4]),
        (["facing-pages", "", ""], [None, 3, -2]),
    ],
)
def test_a_book_lies_open_at_two_pages(behaviors: list[str], beside: list[int | None]) -> None:
    assert pairs(behaviors) == beside


def test_what_is_no_bound_book_is_not_opened() -> None:
    assert pairs(["", "", ""], "individuals") == [None, None, None]


def test_beside_a_page_whose_picture_is_missing_lies_nothing() -> None:
    pages = [page("Kieu", number) for number in (1, 2, 4, 5)]
    leaves = leaves_of(pages, Record(pages=(PageNote("3", is_missing=True),)))
    assert [facing_page(leaves, here, "paged") for here in pages] == [None, None, (pages[3], False), (pages[2], True)]
