"""What a shared link shows: the page it leads to, in words and as a picture; and no text that breaks out of it."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from manifests.addresses import Addresses
from manifests.metadata.record import Record
from manifests.model import Box, Page
from manifests.scaling import UNLIMITED, Limits
from server.site import link_preview
from server.site.first_picture import Candidate
from tests.citing.make import ATTACK, refer_to
from tests.site.asking import Reader, client
from tests.site.made_library import FakeLibrary, page, work

ADDRESSES = Addresses("https://library.example")
PAGE = page("Kieu", 2)


def sized(width: int, height: int) -> Page:
    return replace(PAGE, pyramid=replace(PAGE.pyramid, width=width, height=height))


@pytest.mark.parametrize(
    ("width", "height", "limits", "size"),
    [
        (1501, 2001, UNLIMITED, (1200, 1600)),
        (6000, 4000, UNLIMITED, (1200, 800)),
        (700, 900, UNLIMITED, (700, 900)),
        (6000, 4000, Limits(width=600), (600, 400)),
    ],
)
def test_the_picture_is_as_wide_as_messengers_ask_or_as_large_as_it_may_be(
    width: int, height: int, limits: Limits, size: tuple[int, int]
) -> None:
    address = f"https://library.example/iiif/image/3/Kieu~2/full/{size[0]},{size[1]}/0/default.jpg"
    assert link_preview.picture(sized(width, height), limits, ADDRESSES) == Candidate(address, *size)


def test_a_link_to_a_work_tells_its_title_and_summary() -> None:
    preview = link_preview.of_work(refer_to(), PAGE, 10, "Thư viện số", UNLIMITED, ADDRESSES)
    assert (preview.title, preview.description) == ("Truyện Kiều", "Thơ Nôm. Thư viện tỉnh")
    assert preview.address == "https://library.example/works/Kieu"
    assert preview.described["image"] == preview.image.address if preview.image else False


def test_a_link_to_a_page_shows_its_page() -> None:
    preview = link_preview.of_page(refer_to(), PAGE, "Trang 1b", 2, UNLIMITED, ADDRESSES)
    assert (preview.title, preview.address) == ("Trang 1b · Truyện Kiều", "https://library.example/works/Kieu/pages/2")
    assert preview.image is not None
    assert "Kieu~2" in preview.image.address
    assert preview.described["isPartOf"]["@id"] == "https://library.example/works/Kieu"


def test_a_link_to_a_part_of_a_page_shows_that_part_and_leads_to_it() -> None:
    column, word = Box(100, 200, 600, 1800), Box(100, 200, 120, 33)
    preview = link_preview.of_page(refer_to(), PAGE, "Trang 1b", 2, UNLIMITED, ADDRESSES, column)
    assert preview.shared == "https://library.example/works/Kieu/pages/2?xywh=100,200,600,1800"
    assert preview.address == "https://library.example/works/Kieu/pages/2"
    assert preview.image is not None
    assert preview.image.address.endswith("/iiif/image/3/Kieu~2/100,200,600,1800/600,1800/0/default.jpg")
    small = link_preview.picture(PAGE, UNLIMITED, ADDRESSES, word)  # a word alone is no picture
    assert small == link_preview.picture(PAGE, UNLIMITED, ADDRESSES)
    assert '?xywh=100,200,120,33"' in re.sub("&amp;", "&", client().get("/works/Kieu/pages/2?xywh=100,200,120,33").text)


def test_without_a_summary_the_card_is_told_and_without_a_card_the_library() -> None:
    assert link_preview.description(replace(refer_to(), summary="")) == (
        "Nguyễn Du. Liễu Văn đường, Tự Đức thập cửu niên (1866). Thư viện tỉnh"
    )
    assert link_preview.description(refer_to(Record(), {"none": ("x",)})) == "Thư viện số"
    assert len(link_preview.description(replace(refer_to(), summary="dài " * 500))) <= 300


def written(record: Record) -> tuple[str, Reader]:
    page = client(FakeLibrary([work("Kieu")], records={"Kieu": record})).get("/works/Kieu").text
    return page, Reader(page)


def test_the_page_of_a_work_bears_its_preview() -> None:
    _, page = written(Record())
    told = {str(a.get("property") or a.get("name")): str(a["content"]) for a in page.all("meta") if "content" in a}
    assert told["og:image"] == "http://localhost/iiif/image/3/Kieu~1/full/1200,1600/0/default.jpg"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "1600")
    assert (told["og:title"], told["og:url"]) == ("Kieu", "http://localhost/works/Kieu")
    assert told["twitter:card"] == "summary_large_image"
    assert told["description"] == told["og:description"]
    assert [a["href"] for a in page.all("link") if a["rel"] == "canonical"] == ["http://localhost/works/Kieu"]


def test_a_work_has_one_address_in_whatever_way_it_was_asked_for() -> None:
    for query in ("?lang=en", "?viewer=uv", "?q=thu", "?manifest=x"):
        page = Reader(client().get(f"/works/Kieu{query}").text)
        assert [a["href"] for a in page.all("link") if a["rel"] == "canonical"] == ["http://localhost/works/Kieu"]


def data(page: str) -> Any:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def test_no_text_of_a_record_leaves_the_data_or_an_attribute() -> None:
    attack = f'{ATTACK}"><script>alert(1)</script><!--'
    page, _ = written(Record(label={"none": (attack,)}, summary={"none": (attack,)}))
    assert "</script>" in data(page)["description"]
    assert "<script>alert" not in page
    assert page.count("<!--") == 0
