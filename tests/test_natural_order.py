"""The order of people: what comes before what, and that it is an order."""

from pathlib import PurePath
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifests.natural_order import natural_key, page_key

ROWS = [
    ["1.tif", "2.tif", "10.tif"],
    ["0001.tif", "0002.tif", "0002 (2).tif", "0002-1.tif", "0002bis.tif", "0003.tif"],
    ["0002.png", "0002-1.jpg", "0002-2.png", "0002-10.png"],
    ["1.tif", "002.png", "3.tif", "0010.tif"],
    ["p1.tif", "P2.tif", "p10.tif"],
    ["9.tif", "a9.tif", "a10.tif", "b1.tif"],
    ["v1 p2.tif", "v1 p10.tif", "v2 p1.tif"],
    ["1" * 5000 + ".tif", "2" + "0" * 5000 + ".tif"],
    ["x.1.tif", "x.2.tif", "x.10.tif"],
    ["trang 1.tif", normalize("NFD", "trang 1 ảnh.tif"), "trang 1 ảnh 2.tif", "trang 2.tif"],
]

names = st.text(st.sampled_from("0129aAbéÉ-_ ().") | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:20])
def test_pages_lie_as_a_person_would_lay_them(row: list[str]) -> None:
    assert [file.name for file in sorted(map(PurePath, reversed(row)), key=page_key)] == row


@given(st.lists(names, unique=True))
def test_the_order_does_not_depend_on_what_came_first(found: list[str]) -> None:
    assert sorted(found, key=natural_key) == sorted(reversed(found), key=natural_key)


@given(names, st.integers(0, 10**30), st.integers(0, 10**30))
def test_a_smaller_number_comes_first(before: str, one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert natural_key(f"{before}#{small}") <= natural_key(f"{before}#{large}")


@given(names.filter(lambda name: not name[-1].isdigit()), names.filter(lambda name: not name[0].isdigit()))
def test_a_name_comes_before_those_that_it_begins(name: str, rest: str) -> None:
    number = f"{name}7"
    assert natural_key(number) < natural_key(number + rest)


@given(names)
def test_nfc_and_nfd_lie_side_by_side(name: str) -> None:
    composed, apart = (natural_key(normalize(form, name)) for form in ("NFC", "NFD"))
    assert composed[0] == apart[0]
