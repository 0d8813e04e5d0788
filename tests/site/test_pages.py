"""The pages for people, asked as a browser asks, over made-up works."""

import pytest

from server.site.pages import WORKS_ON_A_PAGE
from tests.site.asking import Reader, client
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
