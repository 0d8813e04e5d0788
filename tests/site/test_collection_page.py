"""Pages of collections, asked as a browser asks, of a library with collections in collections."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from manifests.library import Library
from manifests.settings import Settings
from server.app import create
from server.site.collection_page import MEMBERS_ON_A_PAGE, ON_THE_HOME_PAGE
from tests.ingest.fakes import ingest, scan
from tests.site.asking import BROWSER, Reader

TOML = """
[Han-Nom]
label = { vi = "Sách Hán Nôm", en = "Hán-Nôm books" }
summary = { vi = "Ván gỗ & <chép tay>" }
logo = "https://logos.example/han-nom.png"
homepage = "https://example.org/han-nom"
[Tho]
label = { vi = "Thơ Nôm" }
parent = "Han-Nom"
[Rong]
label = "Không có gì"
"""
ISSUE = '[serial]\ntitle = "Nam Phong"\n[metadata]\ndate = "1917-07-0%d"\n'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("site")
    library = Library.create(folder / "library", Settings())
    scans = folder / "scans"
    for name in ("kieu", "luc-van-tien"):
        scan(scans / name, "1.tif"), scan(scans / name, "1.txt", "trăm năm")
        (scans / name / "work.toml").write_text('[metadata]\ncollection = "Tho"\n', encoding="utf-8")
    for day in (1, 2):
        scan(scans / f"bao-{day}", "1.tif")
        (scans / f"bao-{day}" / "work.toml").write_text(ISSUE % day, encoding="utf-8")
    for number in range(MEMBERS_ON_A_PAGE * 2 + 1):
        scan(folder / "many" / f"m{number}", "1.tif")
    (scans / "collections.toml").write_text(TOML, encoding="utf-8")
    scan(scans / "alone", "1.tif"), scan(scans / "alone", "1.txt", "trăm năm")
    ingest(library, scans)
    ingest(library, folder / "many", collection="Nhieu")
    scan(folder / "drafts" / "nhap", "1.tif")
    ingest(library, folder / "drafts", collection="Kin", draft=True)
    yield library
    library.close()


@pytest.fixture
def browser(library: Library) -> FlaskClient:
    app = create(library)
    app.testing = True
    return app.test_client()


def ask(browser: FlaskClient, path: str, language: str = "en") -> tuple[str, Reader]:
    answer = browser.get(path, headers={**BROWSER, "Accept-Language": language})
    assert answer.status_code == 200
    return answer.text, Reader(answer.text)


def links(page: Reader, begin: str) -> list[str]:
    return [str(a["href"]) for a in page.all("a") if str(a["href"]).startswith(begin)]


def test_a_collection_says_what_it_is_and_shows_what_lies_in_it(browser: FlaskClient) -> None:
    text, page = ask(browser, "/collections/Han-Nom")
    assert '<h1 lang="en">Hán-Nôm books</h1>' in text
    assert "Ván gỗ &amp; &lt;chép tay&gt;" in text
    assert links(page, "/collections/Tho") == ["/collections/Tho"]
    assert "https://example.org/han-nom" in links(page, "https://")
    assert [a["href"] for a in page.all("link") if a.get("type") == "application/ld+json"] == [
        "http://localhost/iiif/presentation/3/collection/Han-Nom"
    ]


def test_its_logo_is_the_one_picture_of_another_server_that_is_allowed(browser: FlaskClient) -> None:
    answer = browser.get("/collections/Han-Nom", headers=BROWSER)
    images = next(part for part in answer.headers["Content-Security-Policy"].split("; ") if part.startswith("img-src"))
    assert images.split()[1:] == ["'self'", "http://localhost", "https://logos.example/han-nom.png"]
    assert "logos.example" not in browser.get("/collections/Tho", headers=BROWSER).headers["Content-Security-Policy"]


def test_crumbs_lead_back_to_the_library(browser: FlaskClient) -> None:
    text, page = ask(browser, "/collections/Tho", "vi")
    trail = text[text.index('class="trail"') : text.index("</nav>", text.index('class="trail"'))]
    assert trail.index('href="/"') < trail.index('href="/collections/Han-Nom"')
    assert set(links(page, "/works/")) == {"/works/kieu", "/works/luc-van-tien"}
    assert "2 tài liệu" in text


def test_a_year_of_a_newspaper_is_called_by_both_and_counts_issues(browser: FlaskClient) -> None:
    text, page = ask(browser, "/collections/Nam-Phong-1917")
    assert "Nam Phong, 1917</h1>" in text
    assert "2 issues" in text
    assert links(page, "/works/") == ["/works/bao-1", "/works/bao-2"]
    assert "1 year" in ask(browser, "/collections/Nam-Phong")[0]


def test_a_long_collection_is_read_to_its_end_and_back(browser: FlaskClient) -> None:
    path: str | None = "/collections/Nhieu"
    seen: list[str] = []
    visited: list[str] = []
    while path is not None:
        visited.append(path)
        _, page = ask(browser, path)
        seen += links(page, "/works/")
        path = next((str(a["href"]) for a in page.all("a") if a.get("rel") == "next"), None)
    assert seen == [f"/works/m{n}" for n in range(MEMBERS_ON_A_PAGE * 2 + 1)]
    back = [str(a["href"]) for a in ask(browser, visited[2])[1].all("a") if a.get("rel") == "prev"]
    assert back == [visited[1]]
    assert [str(a["href"]) for a in ask(browser, visited[1])[1].all("a") if a.get("rel") == "prev"] == [visited[0]]


@pytest.mark.parametrize("name", ["khong-co", "Rong", "Kin", "han-nom"])
def test_what_nobody_may_see_is_not_there(browser: FlaskClient, name: str) -> None:
    for path in (f"/collections/{name}", f"/iiif/presentation/3/collection/{name}", f"/search?collection={name}"):
        answer = browser.get(path, headers=BROWSER)
        assert answer.status_code == 404
        assert "nhap" not in answer.text


def test_the_search_stays_within_the_collection_and_those_below_it(browser: FlaskClient) -> None:
    _, page = ask(browser, "/collections/Han-Nom")
    assert {"type": "hidden", "name": "collection", "value": "Han-Nom"} in page.all("input")
    text, found = ask(browser, "/search?q=trăm năm&collection=Han-Nom")
    assert {link.split("/")[2].split("?")[0] for link in links(found, "/works/")} == {"kieu", "luc-van-tien"}
    assert "2 works hold these words." in text
    assert links(found, "/collections/") == ["/collections/Han-Nom"]
    assert {"type": "hidden", "name": "collection", "value": "Han-Nom"} in found.all("input")
    whole = links(ask(browser, "/search?q=trăm năm")[1], "/works/")
    assert any("/works/alone" in link for link in whole)
    title = ask(browser, "/search?q=kieu&collection=Tho&titles=1")[1]
    assert links(title, "/works/") == ["/works/kieu"]


@pytest.mark.parametrize("version", [1, 2])
def test_the_search_service_of_a_collection_answers_for_its_works_alone(browser: FlaskClient, version: int) -> None:
    answer = browser.get(f"/iiif/search/{version}/collection/Han-Nom?q=trăm năm").get_json()
    assert len(answer["items" if version == 2 else "resources"]) == 2
    empty = browser.get(f"/iiif/search/{version}/collection/Nam-Phong?q=trăm năm").get_json()
    assert not empty["items" if version == 2 else "resources"]
    assert browser.get(f"/iiif/search/{version}/collection/Rong?q=x").status_code == 404


def cards(page: Reader) -> list[str]:
    return [str(a["href"]).rpartition("/")[2] for a in page.all("a") if a.get("class") == "card"]


def test_a_collection_is_narrowed_down_to_a_list_of_all_that_fits_below_it(browser: FlaskClient) -> None:
    text, page = ask(browser, "/collections/Nam-Phong")
    assert cards(page) == ["Nam-Phong-1917"]
    assert "/collections/Nam-Phong?date=19XX" in links(page, "/collections/Nam-Phong?")
    assert links(page, "/collections/Nam-Phong?collection") == []
    text, page = ask(browser, "/collections/Nam-Phong?date=19XX")
    assert cards(page) == ["bao-1", "bao-2"]
    assert "2 works fit." in text
    hidden = [(one["name"], one["value"]) for one in page.all("input") if one.get("type") == "hidden"]
    assert hidden == [("collection", "Nam-Phong"), ("date", "19XX")]
    assert "/collections/Nam-Phong?date=191X" in links(page, "/collections/Nam-Phong")
    assert "The whole collection" in text
    assert "No work fits all of this." in ask(browser, "/collections/Han-Nom?date=19XX")[0]


def test_a_set_that_is_narrowed_down_stays_in_the_order_of_its_volumes(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "library", Settings())
    for number in (1, 2, 10):
        scan(tmp_path / "set" / f"tap-{number}", "1.tif")
        said = f'[set]\ntitle = "Thực lục"\nnumber = "{number}"\n[metadata]\nlanguage = "vie"\n'
        (tmp_path / "set" / f"tap-{number}" / "work.toml").write_text(said, encoding="utf-8")
    ingest(library, tmp_path / "set")
    _, page = ask(create(library).test_client(), "/collections/Thuc-luc?language=vi")
    assert cards(page) == ["set-tap-1", "set-tap-2", "set-tap-10"]
    library.close()


def test_from_a_collection_a_reader_goes_on_to_those_in_it_with_what_was_chosen(browser: FlaskClient) -> None:
    assert "/collections/Nam-Phong-1917?date=19XX" in links(
        ask(browser, "/collections/Nam-Phong?date=19XX")[1], "/collections/"
    )
    assert links(ask(browser, "/collections/Nam-Phong?date=18XX")[1], "/collections/Nam-Phong-1917") == []


def test_what_is_left_of_a_long_collection_is_read_to_its_end_with_the_choices(browser: FlaskClient) -> None:
    path: str | None = "/collections/top?collection=Nhieu&collection=Tho"
    seen: list[str] = []
    while path is not None:
        text, page = ask(browser, path)
        assert f"{MEMBERS_ON_A_PAGE * 2 + 3} works fit." in text
        seen += cards(page)
        path = next((str(a["href"]) for a in page.all("a") if a.get("rel") == "next"), None)
        assert path is None or path.startswith("/collections/top?collection=Nhieu&collection=Tho&after=m")
    wanted = ["kieu", "luc-van-tien", *(f"m{number}" for number in range(MEMBERS_ON_A_PAGE * 2 + 1))]
    assert seen == sorted(wanted)
    assert links(page, "/collections/top")[-1] == "/collections/top?collection=Nhieu&collection=Tho"


def test_the_home_page_is_narrowed_down_to_collections_as_the_reader_calls_them(browser: FlaskClient) -> None:
    text, page = ask(browser, "/")
    assert links(page, "/?collection=") == [f"/?collection={name}" for name in ("Han-Nom", "Nam-Phong", "Nhieu")]
    assert "Hán-Nôm books" in text
    text, page = ask(browser, "/?collection=Han-Nom", "vi")
    assert '<span lang="vi">Sách Hán Nôm</span>' in text
    assert "/?collection=Tho" in links(page, "/?collection=")
    assert cards(page) == ["kieu", "luc-van-tien"]
    assert "Nam Phong, 1917" in ask(browser, "/?collection=Nam-Phong-1917")[0]


def test_the_name_of_what_nobody_may_see_is_not_told_by_choosing_it(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "library", Settings())
    for name, is_draft in (("a", False), ("b", True)):
        scan(tmp_path / name / name, "1.tif")
        toml = f'[{name.upper()}]\nlabel = "Tên của {name.upper()}"'
        (tmp_path / name / "collections.toml").write_text(toml, encoding="utf-8")
        ingest(library, tmp_path / name, collection=name.upper(), draft=is_draft)
    browser = create(library).test_client()
    assert "Tên của A" in ask(browser, "/?collection=A")[0]
    for path in ("/?collection=B", "/?collection=A&collection=B", "/search?q=x&collection=A&collection=B"):
        assert "Tên của B" not in ask(browser, path)[0]
    library.close()


def test_a_search_has_its_collection_once_beside_other_choices(browser: FlaskClient) -> None:
    _, page = ask(browser, "/search?q=nam&titles=1&collection=Nam-Phong&date=19XX&lang=en")
    hidden = [(one["name"], one["value"]) for one in page.all("input") if one.get("type") == "hidden"]
    assert hidden == [("collection", "Nam-Phong"), ("date", "19XX")]
    assert all(str(a["href"]).count("collection=") <= 1 for a in page.all("a"))
    both = ask(browser, "/search?q=trăm năm&collection=Nam-Phong&collection=Tho")[1]
    assert {link.split("/")[2].split("?")[0] for link in links(both, "/works/")} == {"kieu", "luc-van-tien"}
    none = ask(browser, "/search?q=trăm năm&collection=Tho&date=19XX")[1]
    assert links(none, "/works/") == []
    assert "/works/alone" in str(links(ask(browser, "/search?q=trăm năm&collection=top")[1], "/works/"))


def test_the_home_page_begins_with_the_collections_that_lie_in_no_other(browser: FlaskClient) -> None:
    _, page = ask(browser, "/")
    assert links(page, "/collections/") == [f"/collections/{name}" for name in ("Han-Nom", "Nam-Phong", "Nhieu")]
    following = next(str(a["href"]) for a in page.all("a") if a.get("rel") == "next")
    assert links(ask(browser, following)[1], "/collections/") == []


def test_more_collections_than_the_home_page_holds_are_behind_a_link(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "library", Settings())
    for number in range(ON_THE_HOME_PAGE + 1):
        scan(tmp_path / "scans" / f"w{number}", "1.tif")
        ingest(library, tmp_path / "scans" / f"w{number}", collection=f"c{number}")
    browser = create(library).test_client()
    found = links(ask(browser, "/")[1], "/collections/")
    assert found == [*(f"/collections/c{number}" for number in range(ON_THE_HOME_PAGE)), "/collections/top"]
    assert len(links(ask(browser, "/collections/top")[1], "/collections/c")) == ON_THE_HOME_PAGE + 1
    library.close()


def test_a_slash_at_the_end_leads_to_the_page(browser: FlaskClient) -> None:
    answer = browser.get("/collections/Tho/?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/collections/Tho?lang=en")
