"""The catalogue card on a work's page: what it says in both languages, and that nothing in a record can act there."""

import re

import pytest

from manifests.metadata.record import Entry, Provider, Record
from server.language.translator import Translator
from server.site.record_card import Value, card
from tests.metadata.record_samples import FULL
from tests.site.asking import BROWSER, client
from tests.site.made_library import FakeLibrary, work

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def rows(record: Record, language: str = "vi") -> dict[str, list[str]]:
    return {row.label: [value.text for value in row.values] for row in card(record, Translator(language))}


def test_a_record_is_told_in_the_language_of_the_reader() -> None:
    told = rows(FULL)
    assert (told["Nhan đề"], told["Tác giả"], told["Thợ khắc"]) == (["Truyện Kiều"], ["Nguyễn Du"], ["Một người"])
    assert rows(FULL, "en")["Author"] == ["Nguyễn Du"]
    assert rows(FULL, "en")["Licence"] == ["In the public domain"]


def test_what_the_record_says_in_no_language_is_marked_where_it_is_vietnamese() -> None:
    (_, row) = card(
        Record(label={"vi": ("x",)}, entries=(Entry("creator", {"none": ("Nguyễn Du", "Balzac")}),)), Translator("en")
    )
    assert row.values == [Value("Nguyễn Du", "vi"), Value("Balzac")]


def test_languages_are_called_by_their_names() -> None:
    record = Record(label={"vi": ("x",)}, entries=(Entry("language", {"none": ("vi-Hani", "fre")}),))
    assert rows(record)["Ngôn ngữ"] == ["Chữ Nôm", "Tiếng Pháp"]


@pytest.mark.parametrize("record", [Record(), Record(label={"none": ("book",)})])
def test_a_title_alone_is_no_card(record: Record) -> None:
    assert card(record, Translator("vi")) == []
    page = client(FakeLibrary([work("Kieu")], records={"Kieu": record})).get("/works/Kieu", headers=BROWSER)
    assert "<dl>" not in page.text


def test_html_in_a_record_is_shown_without_its_tags_or_as_text() -> None:
    record = Record(label={"vi": ("x",)}, summary={"none": ("<p>Thơ <b>Nôm</b></p>", "5 <b> 4")})
    assert rows(record)["Tóm tắt"] == ["Thơ Nôm", "5 <b> 4"]


def test_nothing_in_a_record_acts_on_the_page() -> None:
    texts = {"none": (ATTACK,)}
    record = Record(
        label=texts, summary=texts, statement=texts, provider=Provider(texts), entries=(Entry(ATTACK, texts),)
    )
    page = client(FakeLibrary([work("Kieu")], records={"Kieu": record})).get("/works/Kieu", headers=BROWSER).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert not re.search(r"<[^>]*onerror", page.replace("&lt;", "").replace("&#34;", ""))
