"""The record on a work's page: what it says in both languages, and that nothing in it can act there."""

import pytest

from manifests.metadata.record import Entry, Link, Provider, Record
from server.language.translator import Translator
from server.site.record_card import RecordCard, Rights, Value, card
from tests.metadata.record_samples import FULL
from tests.site.asking import BROWSER, Reader, client
from tests.site.made_library import FakeLibrary, work

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def told(record: Record, language: str = "vi") -> RecordCard:
    return card(record.label, record, Translator(language))


def rows(record: Record, language: str = "vi") -> dict[str, list[str]]:
    return {row.label: [value.text for value in row.values] for row in told(record, language).rows}


def test_a_record_is_told_in_the_language_of_the_reader() -> None:
    assert rows(FULL) == {"Tác giả": ["Nguyễn Du"], "Thợ khắc": ["Một người"]}
    assert rows(FULL, "en")["Author"] == ["Nguyễn Du"]
    assert told(FULL).titles == [Value("Truyện Kiều", "vi", called="Tiếng Việt")]


def test_a_summary_in_several_languages_is_shown_in_that_of_the_reader_alone() -> None:
    record = Record(label={"vi": ("x",)}, summary={"vi": ("Thơ",), "en": ("Verse",)}, statement={"fr": ("Droits",)})
    assert [told(record, language).summary for language in ("vi", "en")] == [
        [Value("Thơ", "vi")],
        [Value("Verse", "en")],
    ]
    assert told(record).statement == [Value("Droits", "fr")]


def test_the_title_for_the_reader_comes_first_and_each_other_one_is_called_by_its_language() -> None:
    record = Record(label={"vi-Hani": ("傳翹",), "vi": ("Truyện Kiều",), "en": ("The Tale of Kiều",)})
    assert [(title.text, title.called) for title in told(record, "en").titles] == [
        ("The Tale of Kiều", "English"),
        ("傳翹", "Vietnamese (Nôm script)"),
        ("Truyện Kiều", "Vietnamese"),
    ]
    assert [title.language for title in told(record).titles] == ["vi", "vi-Hani", "en"]


def test_rights_are_told_in_words() -> None:
    rights = told(FULL, "en").rights
    assert rights is not None
    assert (rights.words, rights.name, rights.address) == ("In the public domain", "", FULL.rights)
    assert "free of copyright" in rights.allowed
    licensed = told(Record(label={"vi": ("x",)}, rights="http://creativecommons.org/licenses/by-nc/4.0/"))
    assert licensed.rights is not None
    assert (licensed.rights.words, licensed.rights.name) == (
        "CC BY-NC 4.0",
        "Creative Commons Ghi công – Phi thương mại 4.0",
    )
    unknown = told(Record(label={"vi": ("x",)}, rights="https://example.org/r"))
    assert unknown.rights == Rights("https://example.org/r", "", "", "https://example.org/r")


def test_what_the_record_says_in_no_language_is_marked_where_it_is_vietnamese() -> None:
    [row] = told(Record(entries=(Entry("creator", {"none": ("Nguyễn Du", "Balzac")}),)), "en").rows
    assert row.values == [Value("Nguyễn Du", "vi"), Value("Balzac")]


def test_languages_are_called_by_their_names() -> None:
    record = Record(label={"vi": ("x",)}, entries=(Entry("language", {"none": ("vi-Hani", "fre")}),))
    assert rows(record)["Ngôn ngữ"] == ["Chữ Nôm", "Tiếng Pháp"]


@pytest.mark.parametrize(
    ("field", "text", "address"),
    [
        ("doi", "10.1234/vnb60", "https://doi.org/10.1234/vnb60"),
        ("doi", "https://doi.org/10.1234/vnb60", "https://doi.org/10.1234/vnb60"),
        ("ark", "ark:/12148/bpt6k1", "https://n2t.net/ark:/12148/bpt6k1"),
        ("identifier", "https://hdl.example.org/1", "https://hdl.example.org/1"),
        ("identifier", "HN-1", ""),
        ("identifier", "javascript:alert(1)", ""),
        ("doi", "javascript:alert(1)", ""),
    ],
)
def test_an_identifier_leads_to_where_it_is_resolved(field: str, text: str, address: str) -> None:
    [row] = told(Record(entries=(Entry(field, {"none": (text,)}),))).rows
    assert [value.address for value in row.values] == [address]


def test_a_record_in_the_catalogue_is_called_by_its_label_or_its_address() -> None:
    links = (Link("https://opac.example.org/1/"), Link("https://x.example/", {"vi": ("Mục lục",)}))
    assert [link.text for link in told(Record(homepage=links)).links] == ["opac.example.org/1", "Mục lục"]


def test_html_in_a_record_is_shown_without_its_tags_or_as_text() -> None:
    record = Record(label={"vi": ("x",)}, summary={"none": ("<p>Thơ <b>Nôm</b></p>", "5 <b> 4")})
    assert [value.text for value in told(record).summary] == ["Thơ Nôm", "5 <b> 4"]


def test_nothing_in_a_record_acts_on_the_page() -> None:
    texts = {"none": (ATTACK,)}
    record = Record(
        label=texts, summary=texts, statement=texts, provider=Provider(texts), entries=(Entry(ATTACK, texts),)
    )
    page = client(FakeLibrary([work("Kieu")], records={"Kieu": record})).get("/works/Kieu", headers=BROWSER).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert not [attributes for _, attributes in Reader(page).tags if "onerror" in attributes]
