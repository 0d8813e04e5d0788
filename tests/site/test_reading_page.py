"""One page of a work, over made-up works."""

from tests.site.asking import Reader, client


def test_without_any_viewer_the_pages_are_pictures() -> None:
    page = Reader(client(viewers=()).get("/works/Kieu/pages/2?lang=en").text)
    pictures = [a for a in page.all("img") if "/iiif/" in str(a["src"])]
    assert pictures[0]["src"] == "/iiif/image/3/Kieu~2/full/751,1001/0/default.jpg"
    assert pictures[0]["alt"] == "Page 2"


def test_without_scripts_a_page_leads_to_those_beside_it() -> None:
    def beside(path: str) -> dict[str, str]:
        links = Reader(client().get(path).text).all("a")
        return {str(a["rel"]): str(a["href"]) for a in links if a.get("rel") in {"prev", "next"}}

    assert beside("/works/Kieu") == {"next": "/works/Kieu/pages/2"}
    assert beside("/works/Kieu/pages/2") == {"prev": "/works/Kieu/pages/1"}
