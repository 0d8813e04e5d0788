"""What had another id answers 301 at every address of its own, and the address there answers 200."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from manifests.library import Library
from manifests.settings import Settings
from server.front_door.leading_on import address_now
from tests.patience import until
from tests.routes.filled import draw, filled, ingest
from tests.routes.serving import Running, running

ADDRESSES = [
    "/works/book",
    "/works/book?q=th%C6%B0%20vi%E1%BB%87n&lang=vi",
    "/works/book/pages/0001?q=s%C3%A1ch&xywh=1,2,3,4",
    "/works/book/text.txt",
    "/works/book/pages/0001.txt",
    "/works/book/pages/0001.alto.xml",
    "/works/book.pdf?pages=1-1",
    "/iiif/image/3/book~0001",
    "/iiif/image/3/book~0001/info.json",
    "/iiif/image/2/book%7E0001/info.json",
    "/iiif/image/3/book~0001/full/max/0/default.jpg",
    "/iiif/image/2/book~0001/0,0,100,100/50,/0/gray.png",
    "/iiif/presentation/3/book/manifest",
    "/iiif/presentation/2/book/manifest",
    "/iiif/presentation/3/book/canvas/0001",
    "/iiif/presentation/3/book/annotations/0001/line",
    "/iiif/presentation/2/book/annotations/0001/word",
    "/iiif/presentation/3/book/annotations/0001/painting",
    "/iiif/presentation/3/book/annotations/0001/painting/image",
    "/iiif/search/1/book?q=th%C6%B0",
    "/iiif/search/2/book?q=a+b&motivation=painting",
    "/iiif/autocomplete/2/book?q=th",
    "/search?q=s%C3%A1ch&work=book",
    "/works/b%6Fok",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`book` is now called `sach`, by way of `quyen`; `draft` is `secret`; `away` is `gone`, and withdrawn."""
    folder = tmp_path_factory.mktemp("served")
    library = filled(folder)
    for name, shade, draft in (("draft", 90, True), ("away", 120, False)):
        (folder / "scans" / name).mkdir()
        draw(folder / "scans" / name / "0001.tif", shade)
        ingest(library, folder / "scans" / name, draft=draft)
    library.rename("book", "quyen"), library.rename("quyen", "sach")
    library.rename("draft", "secret")
    library.rename("away", "gone"), library.withdraw("gone")
    library.close()
    with running(folder / "library", folder / "log", MOCBAN_LANGUAGES="en") as server:
        yield server


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_former_address_leads_to_the_present_one_in_one_step(served: Running, address: str, method: str) -> None:
    answer = served.ask(address, method)
    assert (answer.status, answer.body) == (301, b"")
    where = answer.headers["location"]
    assert urlsplit(where).query == urlsplit(address).query.replace("work=book", "work=sach")
    assert where == address_now(urlsplit(address).path, urlsplit(address).query, "book", "sach")
    assert "book" not in where
    assert "sach" in where
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-cache"
    then = served.ask(where, method)
    assert then.status == (303 if address.endswith("~0001") else 200)


def test_a_browser_is_led_on_too(served: Running) -> None:
    answer = served.ask("/works/quyen/pages/0001", accept="text/html")
    assert (answer.status, answer.headers["location"]) == (301, "/works/sach/pages/0001")


def test_below_a_folder_of_a_proxy_the_address_bears_it(served: Running) -> None:
    """Only a trusted proxy may say so; here nobody is, so the address stays as it is."""
    answer = served.ask("/works/book", x_forwarded_prefix="/lib")
    assert answer.headers["location"] == "/works/sach"


@pytest.mark.parametrize(
    "address", ["/works/{}", "/iiif/presentation/3/{}/manifest", "/iiif/image/3/{}~0001/info.json"]
)
def test_nobody_is_led_to_a_draft_or_to_what_was_withdrawn(served: Running, address: str) -> None:
    never = served.ask(address.format("never-was"))
    draft = served.ask(address.format("draft"))
    assert (draft.status, draft.body.replace(b"draft", b"never-was")) == (404, never.body)
    assert served.ask(address.format("secret")).status == 404
    for name in ("away", "gone"):
        answer = served.ask(address.format(name))
        assert (answer.status, "location" in answer.headers) == (410, False)


def test_a_page_that_never_was_is_not_found_where_the_work_is_now(served: Running) -> None:
    answer = served.ask("/iiif/presentation/3/book/canvas/9999")
    then = served.ask(answer.headers["location"]) if answer.status == 301 else answer
    assert then.status == 404
    assert served.ask("/iiif/image/3/book~9999/info.json").status == 404


def test_the_change_shows_while_it_is_served(tmp_path: Path) -> None:
    library = filled(tmp_path)
    with running(tmp_path / "library", tmp_path / "log") as server:
        tile = "/iiif/image/3/book~0001/full/max/0/default.jpg"
        assert server.ask(tile).status == 200
        library.rename("book", "sach")
        library.close()
        answer = server.ask("/works/book/text.txt")
        assert answer.status == 301
        until_is(server, tile, 301)
        until_is(server, tile.replace("book", "sach"), 200)
        renamed_back(tmp_path)
        until_is(server, tile, 200)
        former = tile.replace("book", "sach")  # each worker believes for a moment what it has read
        until(lambda: server.ask(former).headers.get("location") == tile, f"{former} leads to {tile}")


def renamed_back(folder: Path) -> None:
    library = Library.open(folder / "library", Settings())
    library.rename("sach", "book")
    library.close()


def until_is(server: Running, address: str, status: int) -> None:
    until(lambda: server.ask(address).status == status, f"{status} at {address}")


def test_a_work_named_like_its_own_pdf_leads_to_its_page_but_not_away_from_a_pdf(tmp_path: Path) -> None:
    library = filled(tmp_path)
    library.rename("book", "Atlas.pdf"), library.rename("Atlas.pdf", "Atlas")
    (tmp_path / "scans" / "map").mkdir()
    draw(tmp_path / "scans" / "map" / "0001.tif", 90)
    ingest(library, tmp_path / "scans" / "map")
    library.rename("map", "Map.pdf"), library.rename("Map.pdf", "Chart")
    library.close()
    with running(tmp_path / "library", tmp_path / "log") as server:
        assert server.ask("/works/Atlas.pdf").headers["content-type"] == "application/pdf"
        assert server.ask("/works/Map.pdf").headers["location"] == "/works/Chart"
