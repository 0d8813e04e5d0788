"""One page of a work, over made-up works."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from manifests.errors import Damaged
from manifests.metadata.record import Chapter, PageNote, Record
from manifests.text.store import WorkText
from tests.site.asking import Reader, client
from tests.site.made_library import FakeLibrary, work
from tests.text.text_samples import page

TEXT = WorkText.build([("1", page("Thư viện Quốc gia", "lớn nhất nước")), ("3", page("về thư viện tỉnh"))])


def with_text(text: WorkText = TEXT, record: Record | None = None) -> FlaskClient:
    """Three pages, the second without text."""
    library = FakeLibrary([replace(work("Kieu", pages=3), text="words")], records={"Kieu": record} if record else {})
    library.texts = {"Kieu": text}
    return client(library)


def beside(html: str) -> dict[str, str]:
    links = Reader(html).all("a")
    return {str(a["rel"]): str(a["href"]) for a in links if a.get("rel") in {"prev", "next"}}


def test_without_any_viewer_the_pages_are_pictures() -> None:
    page = Reader(client(viewers=()).get("/works/Kieu/pages/2?lang=en").text)
    pictures = [a for a in page.all("img") if "/iiif/" in str(a["src"])]
    assert pictures[0]["src"] == "/iiif/image/3/Kieu~2/full/751,1001/0/default.jpg"
    assert pictures[0]["alt"] == "Page 2"


def test_without_scripts_a_page_leads_to_those_beside_it() -> None:
    assert beside(client().get("/works/Kieu").text) == {"next": "/works/Kieu/pages/2"}
    assert beside(client().get("/works/Kieu/pages/2").text) == {"prev": "/works/Kieu/pages/1"}


def test_the_words_that_are_looked_for_go_along_to_the_next_page() -> None:
    assert beside(client().get("/works/Kieu/pages/2?q=thư").text) == {"prev": "/works/Kieu/pages/1?q=th%C6%B0"}


def test_the_text_stands_line_by_line_and_each_leads_to_its_place() -> None:
    html = with_text().get("/works/Kieu/pages/1?lang=en").text
    lines = [(a["href"], a["aria-label"]) for a in Reader(html).all("a") if "Line" in str(a.get("aria-label"))]
    assert lines == [("?xywh=100,100,340,40", "Line 1"), ("?xywh=100,160,260,40", "Line 2")]
    assert {"lang": "vi", "class": "block"} in Reader(html).all("div")
    assert "<span>Thư viện Quốc gia</span>" in html


def test_what_is_looked_for_is_marked_in_the_text_and_on_the_picture() -> None:
    html = with_text().get("/works/Kieu/pages/1?q=thu+vien").text
    assert "<mark>Thư viện</mark> Quốc gia" in html
    assert "q=thu%20vien&amp;xywh=" in html or "q=thu+vien&amp;xywh=" in html
    assert Reader(html).all("rect") == [{"x": "100", "y": "100", "width": "160", "height": "40"}]


def test_each_place_leads_to_the_next_and_the_last_to_none() -> None:
    asking, path, seen = with_text(), "/works/Kieu/pages/1?q=thư+viện", []
    while path:
        html = asking.get(path).text
        seen.append(" ".join(re.findall(r'<span aria-hidden="true">(\d+/\d+)</span>', html)))
        path = next((str(a["href"]) for a in Reader(html).all("a") if a.get("class") == "step-behind"), "")
    assert seen == ["", "1/2", "2/2"]


def test_words_that_stand_nowhere_are_said_to_be_nowhere() -> None:
    assert "Not found in this work" in with_text().get("/works/Kieu/pages/1?q=xyz&lang=en").text


def test_a_page_without_text_says_so() -> None:
    assert "This page has no text." in with_text().get("/works/Kieu/pages/2?lang=en").text
    assert "This page has no text." in client().get("/works/Kieu/pages/1?lang=en").text


def test_in_a_work_without_text_nothing_is_searched_but_the_library() -> None:
    for path in ("/works/Kieu/pages/2", "/works/Kieu"):
        assert "Search all texts" in client().get(f"{path}?lang=en").text
        assert "Search in this work" in with_text().get(f"{path}?lang=en").text


def test_whether_the_text_is_shown_is_remembered() -> None:
    asking = with_text()
    assert 'id="text"' in asking.get("/works/Kieu/pages/1").text
    assert 'id="text"' not in asking.get("/works/Kieu/pages/1?text=0").text
    assert "Show text" in asking.get("/works/Kieu/pages/1?lang=en").text
    assert 'id="text"' in asking.get("/works/Kieu/pages/1?text=1").text


def test_a_text_that_is_lost_is_no_text() -> None:
    class Lost(FakeLibrary):
        def text(self, work: str) -> WorkText | None:
            raise Damaged("The words are lost.")

    answer = client(Lost([replace(work("Kieu"), text="words")])).get("/works/Kieu/pages/1?q=x&lang=en")
    assert answer.status_code == 200
    assert "This page has no text." in answer.text


def test_a_page_is_chosen_from_a_list() -> None:
    asking = client()
    choices = Reader(asking.get("/works/Kieu/pages/2").text).all("option")
    assert choices == [{"value": "1"}, {"value": "2", "selected": None}]
    answer = asking.get("/works/Kieu/pages?page=2&q=thư", base_url="http://library.example/scans/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/scans/works/Kieu/pages/2?q=th%C6%B0")
    assert asking.get("/works/Kieu/pages").headers["Location"] == "/works/Kieu"
    assert asking.get("/works/Kieu/pages?page=9").status_code == 404
    assert asking.get("/works/Nhap/pages?page=1").status_code == 404


def test_the_present_chapter_is_marked() -> None:
    notes = (PageNote("1"), PageNote("2"), PageNote("3"))
    chapters = (Chapter({"vi": ("Tựa",)}, "1", "1"), Chapter({"vi": ("Hồi một",)}, "2", "3"))
    record = Record(label={"vi": ("Kiều",)}, pages=notes, chapters=chapters)
    html = with_text(record=record).get("/works/Kieu/pages/3").text
    rows = [
        (a["href"], a.get("aria-current")) for a in Reader(html).all("a") if a.get("lang") == "vi" and a.get("href")
    ]
    assert ("/works/Kieu/pages/1", None) in rows
    assert ("/works/Kieu/pages/2", "true") in rows


@pytest.mark.parametrize(
    ("direction", "is_backwards"), [("right-to-left", True), ("left-to-right", False), ("", False)]
)
def test_the_next_page_lies_where_the_reading_goes(direction: str, is_backwards: bool) -> None:
    html = with_text(record=Record(label={"vi": ("Kiều",)}, direction=direction)).get("/works/Kieu/pages/2").text
    assert ("turning backwards" in html) == is_backwards
    arrows = re.findall(r'rel="(\w+)"[^>]*><span aria-hidden="true">(.)</span>', html)
    assert dict(arrows) == {"prev": "›" if is_backwards else "‹", "next": "‹" if is_backwards else "›"}


def test_a_part_that_is_chosen_by_its_numbers_has_an_address() -> None:
    html = client().get("/works/Kieu/pages/2?x=700&y=300&w=90&h=40").text
    assert 'value="http://localhost/works/Kieu/pages/2?xywh=700,300,90,40"' in html
    assert re.search(r"<details[^>]*sharing[^>]* open>", html)
    assert not re.search(r"<details[^>]*sharing[^>]* open>", client().get("/works/Kieu/pages/2?xywh=7,3,9,4").text)


@pytest.mark.parametrize(("asked", "address"), [("", "pages/2"), ("&xywh=7,3,9,4", "pages/2?xywh=7,3,9,4")])
def test_a_page_or_a_part_of_it_is_cited_with_its_own_address(asked: str, address: str) -> None:
    html = client().get(f"/works/Kieu/pages/2?lang=en{asked}").text
    [said] = re.findall(r'id="page-citation">(.*?)</span>', html)
    assert said.startswith("<cite")
    assert "Page 2 [viewed" in said
    assert said.endswith(f"Available from: http://localhost/works/Kieu/{address}")


def test_who_wants_no_viewer_reads_the_page_that_the_server_draws() -> None:
    asking = client()
    html = asking.get("/works/Kieu/pages/2?viewer=picture&lang=en").text
    assert 'id="viewer"' not in html
    assert "No viewer is installed" not in html
    assert 'id="viewer"' not in asking.get("/works/Kieu/pages/1").text, "it is remembered"
    assert 'id="viewer"' in asking.get("/works/Kieu/pages/1?viewer=mirador").text


def test_a_book_lies_open_where_no_viewer_does_it() -> None:
    def beside(path: str, direction: str) -> str:
        record = Record(label={"vi": ("Kiều",)}, behavior="paged", direction=direction)
        html = with_text(record=record).get(path).text
        return " ".join(re.findall(r'class="page-picture ([^"]*)"', html))

    second, third = "/works/Kieu/pages/2?viewer=picture", "/works/Kieu/pages/3?viewer=picture"
    assert beside(second, "left-to-right") == "opening"
    assert beside(third, "left-to-right") == "opening on-the-right"
    assert beside(second, "right-to-left") == "opening on-the-right"
    assert beside("/works/Kieu/pages/1?viewer=picture", "") == ""
    assert beside("/works/Kieu/pages/2?viewer=mirador", "") == ""
    assert beside(f"{second}&xywh=1,2,30,40", "") == "", "who was led to a place sees that"


def test_to_draw_a_part_the_viewer_makes_room_and_comes_back() -> None:
    asking = client()
    html = asking.get("/works/Kieu/pages/2").text
    assert 'href="?draw=1"' in html
    assert 'id="viewer"' not in asking.get("/works/Kieu/pages/2?draw=1").text
    assert 'id="viewer"' in asking.get("/works/Kieu/pages/2?x=1&y=2&w=30&h=40").text
