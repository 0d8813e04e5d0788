"""The canvases of a work: pages, gaps between them, and which of them a record means."""

import pytest

from manifests.metadata.record import NOTHING, PageNote, PageOrder, Place, Record
from manifests.presentation.leaves import (
    IN_ORDER,
    leaf_of,
    leaves_of,
    opening_page,
    orders_of,
    start_of,
)
from tests.presentation.make import page, pages


def missing(*names: str) -> Record:
    return Record(pages=tuple(PageNote(name, is_missing=True) for name in names))


def test_without_a_record_the_pages_are_the_leaves() -> None:
    assert leaves_of(pages(3)) == [leaf_of(one) for one in pages(3)]


@pytest.mark.parametrize(
    ("here", "gone", "ids"),
    [
        ("0001 0002 0004", "0003", "0001 0002 0003 0004"),
        ("0002 0003", "0001 0004", "0001 0002 0003 0004"),
        ("1 2 10", "9", "1 2 9 10"),
        ("0001 0005 0006", "0003 0002 0004", "0001 0002 0003 0004 0005 0006"),
        ("0001", "0001", "0001"),
        ("tờ-1 tờ-3", "tờ-2", "tờ-1 to-2 tờ-3"),
    ],
)
def test_a_missing_page_stands_where_its_name_would_stand(here: str, gone: str, ids: str) -> None:
    found = leaves_of([page(name) for name in here.split()], missing(*gone.split()))
    assert [leaf.id for leaf in found] == ids.split()


def test_a_missing_page_has_the_size_of_the_page_before_it() -> None:
    found = leaves_of([page("1", (100, 200)), page("3", (7, 8))], missing("0", "2"))
    assert [(leaf.width, leaf.height) for leaf in found] == [(100, 200), (100, 200), (100, 200), (7, 8)]


def test_a_page_that_was_missing_and_has_come_is_a_page() -> None:
    (leaf,) = leaves_of([page("1")], Record(pages=(PageNote("1", note={"vi": ("Mới chụp",)}, is_missing=True),)))
    assert leaf.page is not None
    assert leaf.note == {"vi": ("Mới chụp",)}


def test_what_a_record_says_of_a_page_is_on_its_leaf() -> None:
    place = Place(1, 2, 1, 2)
    record = Record(pages=(PageNote("0002", note={"vi": ("Rách",)}, places=(place,)),))
    first, second = leaves_of(pages(2), record)
    assert (first.note, first.places) == ({}, ())
    assert (second.note, second.places) == ({"vi": ("Rách",)}, (place,))


@pytest.mark.parametrize(("start", "found"), [("0002", "0002"), ("", None), ("0009", None), ("2", None)])
def test_the_leaf_to_open_at_is_one_that_is_here(start: str, found: str | None) -> None:
    leaf = start_of(Record(start=start), leaves_of(pages(3)))
    assert (leaf.id if leaf else None) == found


def test_the_page_to_open_at_is_one_that_can_be_seen() -> None:
    record = Record(start="0002", pages=missing("0002").pages)
    leaves = [page("0001"), page("0003")]
    assert opening_page(record, leaves).id == opening_page(NOTHING, leaves).id == "0001"
    assert opening_page(Record(start="0003"), leaves).id == "0003"


def test_another_order_stands_behind_that_of_now() -> None:
    other = PageOrder({"vi": ("Trước",)}, ("0002", "0009", "0001", "0002"))
    now, before = orders_of(Record(orders=(other,)), leaves_of(pages(2)))
    assert (now.label, list(now.leaves)) == (IN_ORDER, [0, 1])
    assert (before.label, before.leaves) == ({"vi": ("Trước",)}, [1, 0])


def test_an_order_of_pages_that_are_not_here_is_none() -> None:
    assert orders_of(Record(orders=(PageOrder({"vi": ("Trước",)}, ("9",)),)), leaves_of(pages(2))) == []
