"""Which numbers are missing among the names of pages."""

import pytest

from manifests.ingest.numbering import Gap, gaps_in


@pytest.mark.parametrize(
    ("names", "gaps"),
    [
        ("0001 0002 0003", []),
        ("0001 0002 0004", [Gap(1, "0003")]),
        ("0008 0009 0012 0013", [Gap(2, "0010")]),
        ("1 2 4 10 3 9 8 7", [Gap(2, "5")]),
        ("tr9 tr11 tr12", [Gap(1, "tr10")]),
        ("a-1 a-2 a-4 b-1 b-2 b-3", [Gap(1, "a-3")]),
        ("a-1 a-2 a-4 b-1 b-3 b-4", [Gap(1, "a-3"), Gap(1, "b-2")]),
        ("1 2 2a 3", []),
        ("1r 1v 2r 2v 4r 4v", [Gap(1, "3")]),
        ("cover 1 2 3 back", []),
        ("1-verso 2-recto 4-verso", [Gap(1, "3")]),
        ("1-Bưu-thiếp 2-Thư-8-bit 4-Ảnh-sen 5-Tranh-in", []),
        ("1 3", []),
        ("1925 1930 1945", []),
        ("1 3 5 7", [Gap(3, "2")]),
        ("1 4 7", []),
        ("", []),
        ("999999999 1 2 3", []),
    ],
)
def test_numbers_that_are_missing_between_others(names: str, gaps: list[Gap]) -> None:
    assert gaps_in(names.split()) == gaps


def test_the_first_number_need_not_be_one() -> None:
    assert gaps_in(["0017", "0018", "0019"]) == []


def test_names_are_compared_however_their_accents_are_written() -> None:
    assert gaps_in(["tờ 1", "tờ 2", "to\u031b\u0300 4"]) == [Gap(1, "tờ 3")]
