"""The pages for people, asked as a browser asks, over made-up works."""

import pytest
from flask.testing import FlaskClient

from manifests.errors import Damaged
from manifests.model import Hit
from server.site.pages import WORKS_ON_A_PAGE
from tests.site.asking import BROWSER, Reader, client
from tests.site.made_library import FakeLibrary, work


def test_the_first_page_shows_public_works_with_a_picture_that_is_one_stored_tile() -> None:
    page = Reader(client().get("/").text)
    links = [attributes["href"] for attributes in page.all("a")]
    assert "/works/Kieu" in links
    assert not [link for link in links if link and ("Nhap" in link or "Da-rut" in link)]
    pictures = [a["src"] for a in page.all("img") if a["src"] and "/iiif/" in a["src"]]
    assert pictures == ["/iiif/image/3/Kieu~1/full/376,501/0/default.jpg"]


def test_a_long_list_goes_on_where_it_stopped() -> None:
    many = client(FakeLibrary([work(f"W-{number:03d}") for number in range(WORKS_ON_A_PAGE + 3)]))
    seen: list[str] = []
    path: str | None = "/"
    while path:
        page = Reader(many.get(path).text)
        seen += [a["href"] for a in page.all("a") if a.get("class") == "card" and a["href"]]
        path = next((a["href"] for a in page.all("a") if a.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == WORKS_ON_A_PAGE + 3


def test_a_work_can_be_taken_home_below_whatever_a_proxy_adds() -> None:
    page = Reader(client().get("/works/Kieu", base_url="http://library.example/scans/").text)
    links = [attributes["href"] for attributes in page.all("a")]
    assert "/scans/works/Kieu.pdf" in links
    assert "/scans/works/Kieu/text.txt" not in links, "it has no text"
    assert "/scans/works/Kieu.pdf" in [attributes.get("action") for attributes in page.all("form")]


def test_an_empty_library_says_so() -> None:
    assert "nothing here yet" in client(FakeLibrary()).get("/?lang=en").text


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/works/Kieu/", "/works/Kieu"),
        ("/works/Kieu/pages/2/?q=thu&xywh=1,2,3,4", "/works/Kieu/pages/2?q=thu&xywh=1,2,3,4"),
        ("/search/?q=th%C6%B0", "/search?q=th%C6%B0"),
    ],
)
def test_a_slash_at_the_end_of_a_page_leads_to_the_page(path: str, leads_to: str) -> None:
    answer = client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (308, leads_to)
    below = client().get(path, base_url="http://library.example/scans/")
    assert below.headers["Location"] == f"/scans{leads_to}"


def test_an_api_has_no_second_address_with_a_slash() -> None:
    assert client().get("/iiif/presentation/3/Kieu/manifest/").status_code == 404


def test_a_withdrawn_work_is_named_by_its_title() -> None:
    answer = client().get("/works/Da-rut", headers={**BROWSER, "Accept-Language": "en"})
    assert "Da rut has been withdrawn" in answer.text


def test_a_page_no_longer_there_is_named_with_the_title_of_its_work() -> None:
    answer = client().get("/works/Kieu-nom/pages/gone", headers={**BROWSER, "Accept-Language": "en"})
    assert answer.status_code == 410
    assert "Page gone of Kieu nom is no longer in the library." in answer.text


def opened(asking: FlaskClient, path: str) -> dict[str, str | None]:
    return next(a for a in Reader(asking.get(path).text).all("div") if a.get("id") == "viewer")


def test_a_work_opens_in_the_viewer_that_was_chosen_last() -> None:
    asking = client()
    assert opened(asking, "/works/Kieu")["class"] == "viewer mirador"
    assert opened(asking, "/works/Kieu?viewer=uv")["class"] == "viewer uv"
    assert opened(asking, "/works/Kieu")["class"] == "viewer uv"
    assert opened(asking, "/works/Kieu?viewer=none")["class"] == "viewer mirador"


def test_the_viewer_is_told_the_page_the_words_and_the_box() -> None:
    told = opened(client(), "/works/Kieu/pages/2?q=thư viện&xywh=1,2,3,4")
    assert told["data-manifest"] == "http://localhost/iiif/presentation/3/Kieu/manifest"
    assert (told["data-index"], told["data-query"], told["data-xywh"]) == ("1", "thư viện", "1,2,3,4")
    assert "data-index" not in opened(client(), "/works/Kieu")


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "1,2,3,4,5", "-1,2,3,4", '"><script>', "1,2,3,99999999999"])
def test_a_box_that_is_none_is_left_out(box: str) -> None:
    assert "data-xywh" not in opened(client(), f"/works/Kieu/pages/2?xywh={box}")


def test_without_any_viewer_the_pages_are_pictures() -> None:
    page = Reader(client(viewers=()).get("/works/Kieu/pages/2?lang=en").text)
    pictures = [a for a in page.all("img") if "/iiif/" in str(a["src"])]
    assert pictures[0]["src"] == "/iiif/image/3/Kieu~2/full/751,1001/0/default.jpg"
    assert pictures[0]["alt"] == "Page 2"


def test_the_page_is_a_picture_before_its_viewer_has_come() -> None:
    asking = client()
    picture = next(a for a in Reader(asking.get("/works/Kieu").text).all("img") if "/iiif/" in str(a["src"]))
    assert picture["src"] == "/iiif/image/3/Kieu~1/full/751,1001/0/default.jpg"
    assert (picture["width"], picture["height"]) == ("751", "1001")
    found = Reader(asking.get("/works/Kieu/pages/2?xywh=700,300,90,40").text)
    assert found.all("image")[1]["href"] == "/iiif/image/3/Kieu~2/145,0,1200,680/1000,567/0/default.webp"
    assert found.all("rect") == [{"x": "700", "y": "300", "width": "90", "height": "40"}]


def test_what_the_viewer_asks_first_is_fetched_ahead() -> None:
    page = Reader(client().get("/works/Kieu/pages/2?viewer=uv&lang=vi").text)
    ahead = [str(a["href"]).partition("?")[0] for a in page.all("link") if a["rel"] == "preload"]
    assert ahead == [
        "http://localhost/iiif/presentation/3/Kieu/manifest",
        "http://localhost/iiif/image/3/Kieu~2/info.json",
        "/static/uv.vi.json",
        "/static/uv.js",
    ]
    assert not [a for a in page.all("script") if "uv.js" in str(a["src"])]


def test_without_scripts_a_page_leads_to_those_beside_it() -> None:
    def beside(path: str) -> dict[str, str]:
        links = Reader(client().get(path).text).all("a")
        return {str(a["rel"]): str(a["href"]) for a in links if a.get("rel") in {"prev", "next"}}

    assert beside("/works/Kieu") == {"next": "/works/Kieu/pages/2"}
    assert beside("/works/Kieu/pages/2") == {"prev": "/works/Kieu/pages/1"}


def test_a_work_whose_words_are_lost_opens_at_its_first_page() -> None:
    class Lost(FakeLibrary):
        def search(self, query: str, *, work: str | None = None, limit: int | None = None) -> list[Hit]:
            raise Damaged("The words are lost.")

    answer = client(Lost([work("Kieu")])).get("/works/Kieu?q=x")
    assert answer.status_code == 200
    assert "/iiif/presentation/3/Kieu/manifest" in answer.text
