"""`work.toml`: every key, every mistake named with its place, and the template that ships."""

import re
from pathlib import Path

import pytest

from manifests.metadata import work_toml
from manifests.metadata.reader import BadRecord
from manifests.metadata.record import Entry, Link, PageNote, PageOrder, Place, Provider, Record
from manifests.model import Finding
from tests.metadata.record_samples import WORK_TOML

TEMPLATE = Path("config/work.toml").read_text(encoding="utf-8")
EXAMPLE = re.sub(r"^# (?=[a-z]+ ?[-a-z]* = |\[\[?[a-z]+\]\]?$|\"|0)", "", TEMPLATE, flags=re.MULTILINE)
"""The template with everything in it that can be said."""


def said(text: str) -> Record:
    return work_toml.read(text.encode()).record


def refused(text: str) -> Finding:
    with pytest.raises(BadRecord) as error:
        said(text)
    return error.value.finding


def test_every_key_is_read() -> None:
    assert said(WORK_TOML) == Record(
        id="Truyen-Kieu",
        label={"vi": ("Truyện Kiều",), "vi-Hani": ("傳翹",)},
        summary={"vi": ("Truyện thơ",), "en": ("A tale in verse",)},
        entries=(
            Entry("creator", {"none": ("Nguyễn Du",)}),
            Entry("date", {"none": ("1866",)}),
            Entry("Thợ khắc ván", {"none": ("Một người", "Người khác")}),
            Entry("language", {"none": ("vi-Hani", "vi")}),
        ),
        rights="http://creativecommons.org/publicdomain/mark/1.0/",
        statement={"none": ("Xin phép trước khi in lại",)},
        provider=Provider({"vi": ("Thư viện tỉnh",)}, "https://example.org/", "https://example.org/logo.png"),
        homepage=(Link("https://opac.example.org/1"),),
        direction="right-to-left",
        behavior="paged",
        pages=(
            PageNote("0001", {"none": ("Bìa",)}),
            PageNote("0002", {"vi": ("Tờ 1a",), "en": ("Leaf 1 recto",)}),
            PageNote("0003", {"none": ("1b-2a",)}, "facing-pages"),
            PageNote("0004", {}, "non-paged"),
        ),
    )


def test_the_template_is_a_record_that_says_nothing() -> None:
    assert said(TEMPLATE) == Record()


def test_the_template_shows_every_key_and_each_is_understood() -> None:
    record = said(EXAMPLE)
    unsaid = [name for name in Record.__dataclass_fields__ if not getattr(record, name)]
    assert unsaid == ["chapters", "files", "sequence", "targets"]
    assert {entry.field for entry in record.entries} >= {"creator", "publisher", "date", "shelfmark", "language"}


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('titel = "Kiều"', "record-key", "titel"),
        ('[provider]\nnamee = "x"', "record-key", "provider.namee"),
        ('[pages]\n0001 = { labell = "x" }', "record-key", "pages.0001.labell"),
        ("title = true", "record-value", "title"),
        ("title = [[1]]", "record-value", "title"),
        ('title = { "no tag" = "x" }', "record-value", "title"),
        ('viewing-direction = "rtl"', "record-value", "viewing-direction"),
        ('behavior = ["paged"]', "record-value", "behavior"),
        ('[pages]\n0001 = { behavior = "folded" }', "record-value", "pages.0001.behavior"),
        ('homepage = "javascript:alert(1)"', "record-value", "homepage"),
        ('[provider]\nname = "x"\nlogo = "data:text/html,x"', "record-value", "provider.logo"),
        ('provider = "x"', "record-value", "provider"),
        ("metadata = 1", "record-value", "metadata"),
        ("pages = []", "record-value", "pages"),
        ('edtf = "Tự Đức 19"', "record-value", "edtf"),
        ('nav-date = "1866?"', "record-value", "nav-date"),
        ("nav-date = 1.5", "record-value", "nav-date"),
        ("[pages]\n0005 = { after = 4 }", "record-value", "pages.0005.after"),
        ("coordinates = 'Huế'", "record-value", "coordinates"),
        ('[pages]\n0001 = { coordinates = "200, 300" }', "record-value", "pages.0001.coordinates"),
        ('[pages]\n0001 = { missing = "yes" }', "record-value", "pages.0001.missing"),
        ("start = 2", "record-value", "start"),
        ('homepage = [{ label = "x" }]', "record-value", "homepage.address"),
        ('homepage = { addres = "https://example.org/" }', "record-key", "homepage.addres"),
        ('homepage = { address = "https://example.org/", language = "no tag" }', "record-value", "homepage.language"),
        ('orders = "x"', "record-value", "orders"),
        ('[[orders]]\npages = ["1"]', "record-value", "orders.label"),
        ('[[orders]]\nlabels = "x"', "record-key", "orders.labels"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, code: str, place: str) -> None:
    finding = refused(text)
    assert (finding.code, finding.values.get("key", finding.values.get("place"))) == (code, place)


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    assert "line 2" in refused('id = "a"\ntitle = x\n').values["reason"]


def test_an_address_of_no_known_licence_is_shown_as_words_and_said() -> None:
    reading = work_toml.read(b'rights = "https://example.org/licence"')
    assert (reading.record.rights, reading.record.statement) == ("", {"none": ("https://example.org/licence",)})
    assert [finding.code for finding in reading.findings] == ["record-rights"]


@pytest.mark.parametrize("written", ["1866-05-03", '"1866-05-03"', "1866-05-03T00:00:00Z", "1866-05-03T00:00:00"])
def test_a_place_on_a_timeline_is_a_moment_in_utc_however_it_is_written(written: str) -> None:
    assert said(f"nav-date = {written}").nav_date == "1866-05-03T00:00:00Z"


def test_a_date_may_be_stated_and_a_page_that_is_missing() -> None:
    record = said('edtf = 1866\n[pages]\n0005 = { label = "3a", after = "0004" }')
    assert record == Record(date="1866", pages=(PageNote("0005", {"none": ("3a",)}, is_missing=True, after="0004"),))


def test_what_only_pages_and_places_have() -> None:
    record = said(
        'start = "0002"\ncoordinates = ["16.4637, 107.5909"]\n'
        'homepage = [{ address = "https://example.org/1", label = "Mục lục", language = "VI" }, "https://example.org/2"]\n'
        '[pages]\n0003 = { missing = true, note = { vi = "Mất" }, coordinates = "16.4637, 107.5909" }\n'
        '[[orders]]\nlabel = { vi = "Trước" }\npages = ["0002", 1]\n'
    )
    hue = Place(107.5909, 16.4637, 107.5909, 16.4637)
    assert (record.start, record.places) == ("0002", (hue,))
    assert record.homepage == (
        Link("https://example.org/1", {"none": ("Mục lục",)}, "vi"),
        Link("https://example.org/2"),
    )
    assert record.pages == (PageNote("0003", note={"vi": ("Mất",)}, places=(hue,), is_missing=True),)
    assert record.orders == (PageOrder({"vi": ("Trước",)}, ("0002", "1")),)
