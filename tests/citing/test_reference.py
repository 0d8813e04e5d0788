"""What is cited of a work, out of its record."""

from dataclasses import replace

import pytest

from manifests.citing.kinds import Kind
from manifests.citing.reference import is_organisation, one_line
from manifests.metadata.record import Entry, Record
from tests.citing.make import KIEU, refer_to


def said(field: str, *values: str) -> Record:
    return Record(entries=(Entry(field, {"none": values}),))


def test_a_work_is_cited_by_its_title_in_latin_letters_and_the_others_are_named_too() -> None:
    found = refer_to()
    assert (found.title, found.language) == ("Truyện Kiều", "vi")
    assert found.titles == ("傳翹", "Kim-Vân-Kiều")
    assert refer_to(title={"lzh-Hani": ("大南",)}).title == "大南"


def test_a_work_without_a_record_is_cited_by_its_label_at_the_library() -> None:
    found = refer_to(Record(), {"none": ("Bản đồ",)})
    assert (found.title, found.language, found.held_by, found.kind) == ("Bản đồ", "", "Thư viện số", Kind.OTHER)
    assert (found.authors, found.date, found.year) == ((), "", "")


def test_names_stand_without_years_and_roles() -> None:
    assert refer_to().authors == ("Nguyễn Du",)
    assert refer_to().contributors == ("Đào Duy Anh", "Viện Văn học")
    written = ("Balzac, Honoré de, 1799-1850", "Trần Tế Xương (1870–1907)", "Nguyễn Trãi; Lê Lợi", "Khuyết danh")
    expected = ("Balzac, Honoré de", "Trần Tế Xương", "Nguyễn Trãi", "Lê Lợi", "Khuyết danh")
    assert refer_to(said("creator", *written)).authors == expected


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("1866", "1866"),
        ("Tự Đức thập cửu niên (1866)", "1866"),
        ("Tự Đức năm thứ 12", "1859"),
        ("[khoảng 1870]", "1870"),
        ("1866–1870", ""),
        ("12/1866, in lại 1866", "1866"),
        ("18660", ""),
        ("thế kỉ 19", ""),
        ("", ""),
    ],
)
def test_the_year_is_the_only_one_that_the_date_names(date: str, year: str) -> None:
    assert replace(refer_to(), date=date).year == year


def test_a_date_that_the_record_states_outright_goes_before_what_is_understood_of_its_line() -> None:
    assert replace(refer_to(), date="Nhâm Tuất", edtf="1862").year == "1862"


def test_languages_are_tags_and_what_is_none_is_left_out() -> None:
    assert refer_to().languages == ("vi-Hani", "fr")


def test_a_doi_is_known_in_whatever_address_it_stands() -> None:
    assert refer_to().doi == "10.1234/vnb60"
    assert refer_to(said("doi", "không có")).doi == ""


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (KIEU, Kind.BOOK),
        (said("isbn", "978"), Kind.BOOK),
        (said("issn", "1859-1124"), Kind.PERIODICAL),
        (said("subject", "Sách"), Kind.OTHER),
        (Record(entries=(Entry("publisher", {"none": ("x",)}), Entry("type", {"none": ("Bản đồ",)}))), Kind.MAP),
    ],
)
def test_what_has_a_publisher_is_a_book_where_the_record_does_not_say_otherwise(record: Record, kind: Kind) -> None:
    assert refer_to(record).kind is kind


def test_a_text_is_one_line_of_what_can_be_seen() -> None:
    assert one_line("<p>Thơ <b>Nôm</b></p>") == "Thơ Nôm"
    assert one_line(" a\r\n\tb\x00c\u2028d\u202ee ") == "a b c de"
    assert one_line("𡨸喃 \ue000") == "𡨸喃 \ue000", "letters of private use stand for Nôm in older texts"
    assert refer_to().summary == "Thơ Nôm"


@pytest.mark.parametrize(("name", "is_one"), [("Viện Văn học", True), ("Imprimerie nationale", True), ("Bộ", True),
                                              ("Nguyễn Du", False), ("Hội", True), ("Hoài Thanh", False)])  # fmt: skip
def test_an_organisation_is_known_by_its_words(name: str, is_one: bool) -> None:
    assert is_organisation(name) == is_one
