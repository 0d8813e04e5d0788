"""The panel that narrows a list down: links that need no script, what is chosen, and how to take it back."""

from urllib.parse import parse_qs, urlsplit

import pytest

from server.site.facet_panel import Panel, facet_panel
from tests.site.asking import BROWSER, Reader, client
from tests.site.made_library import FakeLibrary, hit, work

LIBRARY = FakeLibrary(
    [work("Kieu"), work("Kieu-nom"), work("Lettre"), work("Fables"), work("Figaro")],
    [hit("Kieu"), hit("Fables")],
)
ENGLISH = {**BROWSER, "Accept-Language": "en"}
VIETNAMESE = {**BROWSER, "Accept-Language": "vi"}


def page(address: str, headers: dict[str, str] = ENGLISH) -> str:
    answer = client(LIBRARY).get(address, headers=headers)
    assert answer.status_code == 200
    return answer.text


def links(text: str, name: str) -> list[str]:
    return [str(a["href"]) for a in Reader(text).all("a") if f"{name}=" in str(a.get("href"))]


def narrowed(text: str) -> list[str]:
    return [str(a["href"]) for a in Reader(text).all("a") if a.get("class") == "card"]


def panel(address: str, fixed: dict | None = None) -> Panel:
    at_work = client(LIBRARY).application
    with at_work.test_request_context(address, headers=ENGLISH):
        return facet_panel(LIBRARY.browsing, fixed or {})  # type: ignore[arg-type]


def test_each_value_is_a_link_with_the_number_of_works_that_have_it() -> None:
    text = page("/")
    assert "French" in text
    assert '<span class="count">2</span>' in text
    assert links(text, "language") == ["/?language=fr", "/?language=vi"]
    assert all(a.get("rel") == "nofollow" for a in Reader(text).all("a") if "language=" in str(a["href"]))


def test_values_are_in_the_language_of_the_reader() -> None:
    text = page("/", VIETNAMESE)
    assert "Tiếng Pháp" in text
    assert "Ngôn ngữ" in text


def test_a_choice_narrows_the_list_and_says_how_to_take_it_back() -> None:
    text = page("/?language=fr")
    assert narrowed(text) == ["/works/Fables", "/works/Figaro"]
    assert "2 works fit." in text
    chosen = panel("/?language=fr")
    assert [(facet, option.text, option.address) for facet, option in chosen.taken_back] == [
        ("Language", "French", "/")
    ]
    assert chosen.without_any == "/"


def test_several_values_are_chosen_one_by_one_and_each_taken_back_alone() -> None:
    chosen = panel("/?language=fr&language=vi")
    assert chosen.chosen == {"language": ["fr", "vi"]}
    assert [option.address for _, option in chosen.taken_back] == ["/?language=vi", "/?language=fr"]
    [offered] = [group for group in panel("/?language=fr").groups if group.name == "language"]
    assert [option.address for option in offered.options] == ["/", "/?language=fr&language=vi"]


def test_what_is_asked_is_carried_on_and_where_one_stands_in_the_list_is_not() -> None:
    [offered] = [group for group in panel("/search?q=s%C3%A1ch&start=10&titles=1").groups if group.options]
    query = parse_qs(urlsplit(offered.options[0].address).query)
    assert query == {"q": ["sách"], "titles": ["1"], "language": ["fr"]}


def test_the_search_finds_in_what_was_chosen_alone_and_goes_on_there() -> None:
    text = page("/search?q=s%C3%A1ch&language=fr")
    assert "/works/Fables" in text
    assert "/works/Kieu" not in text
    assert {"type": "hidden", "name": "language", "value": "fr"} in Reader(text).all("input")


def test_a_list_goes_on_in_what_was_chosen_and_a_switch_of_language_keeps_it() -> None:
    many = FakeLibrary([work(f"F{number:02}") for number in range(30)] + [work("K")])
    text = client(many).get("/?language=fr&language=vi", headers=BROWSER).text
    [onward] = [a["href"] for a in Reader(text).all("a") if a.get("rel") == "next"]
    assert parse_qs(urlsplit(str(onward)).query) == {"after": ["F23"], "language": ["fr", "vi"]}
    switches = [parse_qs(urlsplit(str(a["href"])).query) for a in Reader(text).all("a") if a.get("hreflang")]
    assert [switch["language"] for switch in switches] == [["fr", "vi"], ["fr", "vi"]]


def test_what_a_page_stands_for_itself_narrows_and_is_not_offered() -> None:
    found = panel("/?language=vi", {"language": ["fr"]})
    assert (found.chosen, found.narrows, found.groups) == ({}, {"language": ["fr"]}, [])
    assert found.is_empty


@pytest.mark.parametrize("query", ["language=", "language=" + "x" * 101, "nonsense=fr", "language"])
def test_what_cannot_be_a_value_is_passed_over(query: str) -> None:
    assert panel(f"/?{query}").chosen == {}


def test_an_address_may_ask_for_many_values_and_not_for_any_number() -> None:
    asked = "&".join(f"language=x{number}" for number in range(1000))
    assert len(panel(f"/?{asked}").chosen["language"]) == 20


def test_a_value_that_is_mark_up_is_shown_as_text() -> None:
    text = page("/?language=%3Cscript%3Ealert(1)%3C/script%3E&kind=%22%3E")
    assert "<script>alert" not in text
    assert "No work fits all of this." in text


def test_a_library_without_records_shows_no_panel() -> None:
    text = client(FakeLibrary()).get("/", headers=BROWSER).text
    assert 'class="facets"' not in text
