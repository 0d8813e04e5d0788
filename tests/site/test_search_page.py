"""The search for people, asked as a browser asks, over made-up works."""

from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient

from manifests.model import Box, Hit, State
from manifests.search.across import WORKS_ON_A_PAGE
from server.site.search_page import PLACES_OF_A_WORK, PLACES_ON_A_PAGE, TITLES_ABOVE_THE_TEXTS
from tests.site.asking import BROWSER, Reader, client
from tests.site.made_library import FakeLibrary, hit, work


def places(count: int, name: str = "Kieu") -> list[Hit]:
    return [hit(name, 1, boxes=[Box(number, number, 9, 9)]) for number in range(count)]


def asking(*names: str, hits: list[Hit] | None = None) -> FlaskClient:
    return client(FakeLibrary([work(name) for name in names], hits or []))


def links(page: Reader, kind: str) -> list[str]:
    return [unquote_plus(str(a["href"])) for a in page.all("a") if a.get("class") == kind]


def following(page: Reader) -> str | None:
    return next((str(a["href"]) for a in page.all("a") if a.get("rel") == "next"), None)


def test_each_place_is_a_picture_with_its_box_and_how_well_it_fits() -> None:
    answer = client().get("/search?q=thư viện&lang=en")
    page = Reader(answer.text)
    found = [str(a["href"]) for a in page.all("a") if a.get("class") == "find"]
    assert found[0] == "/works/Kieu/pages/1?q=th%C6%B0+vi%E1%BB%87n&xywh=700,300,90,40"
    assert "xywh" not in found[2]
    assert {"x": "255", "y": "40", "width": "90", "height": "40"} in page.all("rect")
    assert "2 works hold these words." in answer.text
    assert "Other accents" in answer.text


def test_words_around_a_hit_have_the_blanks_of_the_print_and_no_others() -> None:
    assert "người đến <mark>thư viện</mark>, mỗi ngày" in client().get("/search?q=x").text


def test_a_thick_work_shows_its_best_places_and_leads_to_all_of_them() -> None:
    answer = asking("Kieu", "thin", hits=[*places(40), *places(1, "thin")]).get("/search?q=x&lang=en")
    assert answer.text.count('class="find"') == PLACES_OF_A_WORK + 1
    assert "40 places" in answer.text
    assert "All 40 places in this work" in answer.text
    assert answer.text.count("in this work") == 1, "one place that is shown needs no further page"
    assert "/search?q=x&amp;work=Kieu" in answer.text


def test_all_places_in_a_work_lead_to_the_last_and_back() -> None:
    count = PLACES_ON_A_PAGE * 2 + 5
    reader = asking("Kieu", hits=places(count))
    seen: list[str] = []
    path: str | None = "/search?q=x&work=Kieu&lang=en"
    before = None
    while path:
        answer = reader.get(path)
        page = Reader(answer.text)
        assert f"{count} places were found." in answer.text
        assert bool(seen) == any(a.get("rel") == "prev" for a in page.all("a"))
        seen += links(page, "find")
        before, path = path, following(page)
    assert before is not None
    assert len(set(seen)) == len(seen) == count
    assert f"These are {PLACES_ON_A_PAGE * 2 + 1} to {count}." in answer.text


def test_pages_of_works_lead_to_the_last() -> None:
    names = [f"W-{number:02d}" for number in range(WORKS_ON_A_PAGE * 2 + 3)]
    reader = asking(*names, hits=[hit(name) for name in names])
    seen: list[str] = []
    path: str | None = "/search?q=x&lang=en"
    while path:
        answer = reader.get(path)
        page = Reader(answer.text)
        is_last = following(page) is None
        assert ("About 23 works hold these words." in answer.text) != is_last
        assert ("From the beginning" in answer.text) == bool(seen)
        seen += [link.split("/")[2] for link in links(page, "find")]
        path = following(page)
    assert seen == names


def test_works_are_found_by_their_title_above_those_found_by_their_text() -> None:
    names = [f"Báo-{number}" for number in range(TITLES_ABOVE_THE_TEXTS + 2)]
    reader = asking("Kieu", *names, hits=places(1))
    first = reader.get("/search?q=Báo&lang=en")
    assert len(links(Reader(first.text), "card")) == TITLES_ABOVE_THE_TEXTS
    assert first.text.index("In the title") < first.text.index('class="find"')
    assert "/search?q=B%C3%A1o&amp;titles=1" in first.text
    every = Reader(reader.get("/search?q=Báo&titles=1&lang=en").text)
    assert links(every, "card") == [f"/works/{name}" for name in names]


def test_where_only_a_title_holds_the_words_no_text_is_said_to() -> None:
    answer = asking("Kieu").get("/search?q=Kieu&lang=en")
    assert "No text holds these words." in answer.text
    assert "Nothing was found" not in answer.text
    assert "All works with these words" not in answer.text


def test_a_long_list_of_titles_goes_on_where_it_stopped() -> None:
    reader = asking(*(f"Báo-{number:02d}" for number in range(50)))
    seen: list[str] = []
    path: str | None = "/search?q=Báo&titles=1"
    while path:
        page = Reader(reader.get(path).text)
        seen += links(page, "card")
        path = following(page)
    assert len(set(seen)) == len(seen) == 50


def test_where_nothing_is_found_what_may_have_been_meant_is_a_link() -> None:
    answer = asking("Kieu").get("/search?q=thu vein&lang=en")
    assert "Nothing was found for “thu vein”." in answer.text
    assert '<a href="/search?q=th%C6%B0+vi%E1%BB%87n" lang="vi">thư viện</a>' in answer.text
    other = asking("Kieu").get("/search?q=zzz&lang=en")
    assert "Did you mean" not in other.text
    assert "leave the accents out" in other.text


@pytest.mark.parametrize("asked", ["q=%20", "q=&titles=1"])
def test_nothing_asked_is_nothing_said(asked: str) -> None:
    answer = client().get(f"/search?{asked}&lang=en")
    assert answer.status_code == 200
    assert 'class="found"' not in answer.text


@pytest.mark.parametrize(
    "path", ["/search?q=x&start=x", "/search?q=x&titles=1&start=1.x", "/search?q=x&work=Kieu&start=-1"]
)
def test_a_start_that_is_none_is_refused_by_name(path: str) -> None:
    answer = client().get(path, headers={**BROWSER, "Accept-Language": "en"})
    assert answer.status_code == 400
    assert "start=" in answer.text


def test_the_language_can_be_changed_on_any_page_of_results() -> None:
    text = asking("Kieu", hits=places(50)).get("/search?q=x&work=Kieu&start=30&lang=en").text
    assert 'href="?q=x&amp;work=Kieu&amp;start=30&amp;lang=vi"' in text


@pytest.mark.parametrize(("name", "status"), [("nope", 404), ("Nhap", 404), ("Da-rut", 410)])
def test_a_work_that_is_not_there_has_no_places(name: str, status: int) -> None:
    assert client().get(f"/search?q=x&work={name}").status_code == status


def test_a_work_withdrawn_since_it_was_found_is_left_out() -> None:
    library = FakeLibrary([work("Da-rut", state=State.WITHDRAWN)], [hit("Da-rut")])
    answer = client(library).get("/search?q=x")
    assert answer.status_code == 200
    assert 'class="find"' not in answer.text
