"""What a request for a page of an answer may say, and where its hits lie."""

import pytest

from manifests.addresses import Addresses
from manifests.model import Box, Hit, Tier
from manifests.search.answer_page import ignored, motivation_fits, page_address, targets_of


def test_an_address_keeps_what_was_asked_and_says_where_its_page_begins() -> None:
    asked = {"q": "thư", "motivation": "a b", "colour": "red"}
    assert page_address("u", asked, "") == "u?q=th%C6%B0&motivation=a%20b"
    assert page_address("u", {"q": ""}, "7") == "u?q=&start=7"
    assert page_address("u", {}, "") == "u"


def test_what_is_not_understood_is_ignored_by_name_unless_it_says_nothing() -> None:
    assert ignored({"q": "x", "start": "1", "motivation": "x", "user": "y", "date": "", "z": "1"}) == ["user", "z"]


@pytest.mark.parametrize(
    ("version", "asked", "fits"),
    [(1, "painting", True), (1, "supplementing", False), (2, "x supplementing", True), (2, "", True), (3, "x", False)],
)
def test_one_motivation_that_annotations_have_is_enough(version: int, asked: str, fits: bool) -> None:
    assert motivation_fits(version, {"motivation": asked}) is fits


def test_a_hit_lies_on_its_boxes_or_on_the_whole_canvas() -> None:
    def targets(*boxes: Box) -> list[str]:
        hit = Hit("w", "p", Tier.EXACT, boxes, "", "x", "")
        return [target.partition("#")[2] for target in targets_of(hit, lambda work, page: (5, 6), Addresses())]

    assert targets(Box(1, 2, 3, 4), Box(5, 6, 7, 8)) == ["xywh=1,2,3,4", "xywh=5,6,7,8"]
    assert targets() == ["xywh=0,0,5,6"]
