"""The page of a work as a whole, over made-up works."""

from manifests.errors import Damaged
from manifests.model import Hit
from tests.site.asking import Reader, client
from tests.site.made_library import FakeLibrary, work


def test_a_work_can_be_taken_home_below_whatever_a_proxy_adds() -> None:
    page = Reader(client().get("/works/Kieu", base_url="http://library.example/scans/").text)
    links = [attributes["href"] for attributes in page.all("a")]
    assert "/scans/works/Kieu.pdf" in links
    assert "/scans/works/Kieu/text.txt" not in links, "it has no text"
    assert "/scans/works/Kieu.pdf" in [attributes.get("action") for attributes in page.all("form")]


def test_a_work_whose_words_are_lost_opens_at_its_first_page() -> None:
    class Lost(FakeLibrary):
        def search(self, query: str, *, work: str | None = None, limit: int | None = None) -> list[Hit]:
            raise Damaged("The words are lost.")

    answer = client(Lost([work("Kieu")])).get("/works/Kieu?q=x")
    assert answer.status_code == 200
    assert "/iiif/presentation/3/Kieu/manifest" in answer.text
