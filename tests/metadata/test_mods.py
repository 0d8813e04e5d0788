"""MODS: every element that has a line, and what becomes of the others."""

import pytest

from manifests.metadata import mods
from manifests.metadata.reader import BadRecord
from manifests.metadata.record import Entry, Link, Place, Provider, Record
from tests.metadata.record_samples import MODS


def record(inside: str) -> Record:
    return mods.read(f'<m:mods xmlns:m="http://www.loc.gov/mods/v3">{inside}</m:mods>'.encode()).record


def line(inside: str, field: str) -> tuple[str, ...]:
    (found,) = [entry.values for entry in record(inside).entries if entry.field == field]
    return found["none"]


def test_every_element_is_read() -> None:
    assert mods.read(MODS.encode()).record == Record(
        label={"vi": ("Bản Truyện Kiều: truyện thơ",), "none": ("Truyện Kiều",), "vi-Hani": ("傳翹",)},
        summary={"vi": ("Truyện thơ lục bát.",)},
        entries=(
            Entry("other-title", {"none": ("Đoạn trường tân thanh",)}),
            Entry("creator", {"none": ("Nguyễn Du, 1765-1820",)}),
            Entry("contributor", {"none": ("Liễu Văn đường (nhà in)",)}),
            Entry("type", {"none": ("text",), "vi": ("truyện thơ",)}),
            Entry("place", {"none": ("Hà Nội",)}),
            Entry("publisher", {"none": ("Liễu Văn đường",)}),
            Entry("date", {"none": ("Tự Đức 19 (1866)",)}),
            Entry("digitisation: date", {"none": ("2019–2020",)}),
            Entry("language", {"none": ("vi-Hani",)}),
            Entry("extent", {"none": ("136 tờ",)}),
            Entry("format", {"none": ("ván khắc",)}),
            Entry("contents", {"none": ("Hồi 1",)}),
            Entry("note", {"none": ("Rách",)}),
            Entry("subject", {"none": ("Thơ Nôm -- Thế kỉ 19", "Từ Hải")}),
            Entry("isbn", {"none": ("978",)}),
            Entry("identifier", {"none": ("ppn: 123", "HN-1")}),
            Entry("shelfmark", {"none": ("VNb.60",)}),
            Entry("series", {"none": ("Tủ sách Nôm",)}),
            Entry("volume", {"none": ("1",)}),
            Entry("targetAudience", {"none": ("sinh viên",)}),
        ),
        rights="http://creativecommons.org/licenses/by/4.0/",
        statement={"none": ("Xin ghi nguồn",)},
        provider=Provider({"none": ("Viện Hán Nôm",)}),
        homepage=(Link("https://opac.example.org/1"),),
    )


def test_a_title_has_its_parts_as_on_a_card() -> None:
    inside = (
        "<m:titleInfo><m:title>Sử kí</m:title><m:partNumber>2</m:partNumber><m:partName>Lý</m:partName></m:titleInfo>"
    )
    assert record(inside).label == {"none": ("Sử kí. 2, Lý",)}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<m:namePart>Nguyễn Du</m:namePart>", "Nguyễn Du"),
        ('<m:namePart type="family">Balzac</m:namePart><m:namePart type="given">H.</m:namePart>', "Balzac, H."),
        ("<m:namePart>x</m:namePart><m:displayForm>Tố Như</m:displayForm>", "Tố Như"),
    ],
)
def test_a_name_is_shown_as_it_was_catalogued(name: str, shown: str) -> None:
    assert line(f"<m:name>{name}</m:name>", "creator") == (shown,)


def test_a_code_of_a_place_stands_only_where_there_is_no_name_of_it() -> None:
    assert line(
        '<m:originInfo><m:place><m:placeTerm type="code">vm</m:placeTerm></m:place></m:originInfo>', "place"
    ) == ("vm",)


def test_a_collection_of_one_is_that_one_and_of_several_none() -> None:
    one = "<mods><titleInfo><title>x</title></titleInfo></mods>"
    assert mods.read(f"<modsCollection>{one}</modsCollection>".encode()).record.label == {"none": ("x",)}
    with pytest.raises(BadRecord):
        mods.read(f"<modsCollection>{one}{one}</modsCollection>".encode())


def test_coordinates_locate_the_work_and_stay_a_line() -> None:
    found = record(
        "<m:subject><m:cartographics><m:scale>1:25 000</m:scale><m:coordinates>E 105°51'/N 21°02'</m:coordinates>"
        "</m:cartographics></m:subject>"
    )
    assert found.places == (Place(105.85, 21.033333, 105.85, 21.033333),)
    assert found.entries[0].field == "coverage"
