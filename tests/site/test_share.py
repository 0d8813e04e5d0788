"""What a reader takes along from a page."""

from dataclasses import replace

import pytest

from manifests.addresses import Addresses
from manifests.model import Box
from manifests.scaling import UNLIMITED, Limits
from server.site.share import Share, share
from tests.site.made_library import page, work

PUBLIC, LOCAL = Addresses("https://library.example"), Addresses("/scans")


def shared(box: Box | None = None, text: str | None = None, limits: Limits = UNLIMITED) -> Share:
    return share(work("Kieu"), replace(page("Kieu", 2), text=text), 1, box, limits, PUBLIC, LOCAL)


def test_a_page_is_cited_under_the_public_base_and_taken_home_from_the_host_that_was_asked() -> None:
    found = shared()
    assert found.address == "https://library.example/works/Kieu/pages/2"
    assert found.region is None
    assert found.pdf == "/scans/works/Kieu.pdf?pages=2"
    assert (found.text, found.alto) == (None, None)


def test_a_part_has_its_own_address_and_picture() -> None:
    found = shared(Box(700, 300, 90, 40))
    assert found.address == "https://library.example/works/Kieu/pages/2?xywh=700,300,90,40"
    assert found.image == "https://library.example/iiif/image/3/Kieu~2/700,300,90,40/max/0/default.jpg"
    assert found.picture == "/scans/iiif/image/3/Kieu~2/700,300,90,40/max/0/default.jpg"


def test_a_part_beyond_the_page_is_cut_and_one_outside_is_none() -> None:
    assert shared(Box(1500, 2000, 90, 40)).region == Box(1500, 2000, 1, 1)
    assert shared(Box(9000, 0, 10, 10)).address == shared().address


@pytest.mark.parametrize(("text", "has_text", "has_alto"), [("alto", True, True), ("plain", True, False)])
def test_text_is_offered_where_it_is_and_alto_where_words_have_places(
    text: str, has_text: bool, has_alto: bool
) -> None:
    found = shared(text=text)
    assert (found.text is not None, found.alto is not None) == (has_text, has_alto)


def test_the_picture_is_offered_in_sizes_that_the_server_gives() -> None:
    assert [(file.width, file.height) for file in shared().sizes] == [(1501, 2001), (751, 1001)]
    assert shared().sizes[1].address == "/scans/iiif/image/3/Kieu~2/full/751,1001/0/default.jpg"
    limited = shared(limits=Limits(width=1000)).sizes
    assert max(max(file.width, file.height) for file in limited) <= 1000
